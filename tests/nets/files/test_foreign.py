from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from digitpad.core.errors import DigitpadError
from digitpad.nets.files import feeding
from digitpad.nets.files.foreign import identify_network, networks_like
from digitpad.nets.files.weights_file import save_weights
from digitpad.nets.recognizer import Recognizer
from digitpad.nets.spec.catalogue import NETWORKS
from tests.nets.pages import PAGES, TWINS

DIGIT = np.random.default_rng(0).random((28, 28), dtype=np.float32)
AMBIGUOUS = {*TWINS, *TWINS.values()}


@pytest.fixture(autouse=True)
def _nothing_to_guess_by(monkeypatch):
    """Networks of random weights read nothing, which takes its time to be found out."""
    monkeypatch.setattr(feeding, "_test_images", lambda name: None)


def made(name: str) -> nn.Module:
    torch.manual_seed(0)
    return PAGES[name]().eval()


def fed(name: str) -> torch.Tensor:
    """The digit as the page's script feeds it."""
    x = torch.from_numpy(DIGIT)[None, None]
    if name == "lenet5-003":
        x = nn.functional.interpolate(x, size=(32, 32), mode="bilinear", align_corners=False)
        x = (x * 255).round() / 255
    return (x - 0.1307) / 0.3081 if name in ("lenet5-003", "cnn-32-64") else x


def what_the_page_gives(name: str, module: nn.Module) -> torch.Tensor:
    with torch.no_grad():
        given = module(fed(name))
    return given[0] if isinstance(given, tuple) else given


# The page of 002 drops maps of a vector, of which PyTorch warns.
@pytest.mark.filterwarnings("ignore:dropout2d")
@pytest.mark.parametrize("name", PAGES)
def test_a_page_s_own_file_is_known_and_gives_what_the_page_s_network_gives(tmp_path, name):
    module = made(name)
    torch.save(module.state_dict(), tmp_path / "best_model.pth")
    reader = Recognizer(tmp_path / "best_model.pth", "cpu", name if name in AMBIGUOUS else "")
    answer = reader.recognize(DIGIT)
    expected = what_the_page_gives(name, module)[0].numpy()
    given = answer.probabilities if name == "convnet-dropout" else answer.logits
    np.testing.assert_allclose(given, expected, atol=1e-5)
    info = reader.info
    assert (
        info.network == name
        and info.layers == NETWORKS[name].layer_infos
        and info.metadata["network"] == name
    )
    assert info.classes[0] == ("T-shirt" if NETWORKS[name].dataset == "fashion-mnist" else "0")


def test_every_network_whose_page_saves_one_is_tried():
    assert set(PAGES) == {name for name, network in NETWORKS.items() if network.file_names}


@pytest.mark.parametrize("name", ["lenet5", "lenet5-1998"])
def test_the_same_tensors_are_known_in_safetensors_without_a_record(tmp_path, name):
    from digitpad.nets.modules import build

    state = PAGES[name]().state_dict() if name in PAGES else build(name).state_dict()
    save_weights(tmp_path / "net.safetensors", state, {"format": "pt"})
    assert Recognizer(tmp_path / "net.safetensors", "cpu").info.network == name


@pytest.mark.parametrize(("one", "other"), TWINS.items())
def test_where_two_networks_fit_both_are_named_and_net_chooses(one, other):
    state = made(one).state_dict()
    with pytest.raises(
        DigitpadError, match=f"fits {one} and {other} alike.*--net {one} or --net {other}"
    ):
        identify_network(Path("a.pth"), state)
    assert identify_network(Path("a.pth"), state, other)[0] == other
    assert {network.name for network in networks_like(state)} == {one, other}


def test_the_order_of_the_tensors_does_not_matter_where_names_tell():
    state = made("lenet5").state_dict()
    name, tensors = identify_network(Path("a.pth"), dict(reversed(state.items())))
    assert name == "lenet5" and torch.equal(tensors["F6.bias"], state["net.9.bias"])


def test_other_names_are_a_reason_to_ask_and_net_is_the_answer():
    state = {
        f"my{name.replace('.', '_')}": tensor
        for name, tensor in made("lenet5").state_dict().items()
    }
    with pytest.raises(DigitpadError) as caught:
        identify_network(Path("a.pth"), state)
    assert "bring its class: --net FILE.py:CLASS" in str(caught.value)
    assert str(caught.value).endswith("--net lenet5 (tanh, average pooling, MNIST)")
    assert torch.equal(
        identify_network(Path("a.pth"), state, "lenet5")[1]["C3.weight"], state["mynet_3_weight"]
    )


@pytest.mark.parametrize("prefix", ["my.", "module.", "_orig_mod.module.", "a.b.c."])
def test_what_is_before_all_names_and_counters_are_no_part_of_them(prefix):
    state = made("lenet5").state_dict()
    wrapped = {f"{prefix}{name}": tensor for name, tensor in state.items()}
    wrapped |= {"n_averaged": torch.tensor(3), f"{prefix}net.0.total_ops": torch.zeros(1)}
    name, tensors = identify_network(Path("a.pth"), wrapped)
    assert name == "lenet5" and torch.equal(tensors["C3.weight"], state["net.3.weight"])


def test_what_does_not_fit_the_nearest_network_is_said_layer_by_layer():
    state = made("lenet5").state_dict()
    state["net.0.weight"] = torch.zeros(8, 1, 5, 5)
    del state["net.11.bias"]
    state["extra"] = torch.zeros(2)
    with pytest.raises(DigitpadError) as caught:
        identify_network(Path("a.pth"), state)
    assert str(caught.value).startswith(
        "a.pth fits no network of the catalogue; the nearest is lenet5: net.0.weight is "
    )
    for words in (
        "(8, 1, 5, 5) where (6, 1, 5, 5) is needed",
        "net.11.bias (10,) is missing",
        "extra (2,) is too many",
    ):
        assert words in str(caught.value)


def test_what_does_not_fit_the_network_that_was_named_is_said_layer_by_layer():
    with pytest.raises(DigitpadError) as caught:
        identify_network(Path("a.pth"), made("lenet5").state_dict(), "lenet5-relu")
    message = str(caught.value)
    assert (
        "does not fit lenet5-relu: net.6.weight is (120, 16, 5, 5) where fc1.weight is (120, 256)"
        in message
    )


@pytest.mark.parametrize("net", ["", "lenet5-max"])
def test_a_file_of_quite_another_network_is_told_in_one_line_of_limited_length(net):
    state = {f"{'long' * 100}.{number}.weight": torch.zeros(number, 7) for number in range(500)}
    with pytest.raises(DigitpadError) as caught:
        identify_network(Path("a.pth"), state, net)
    message = str(caught.value)
    assert (
        "\n" not in message
        and len(message) < 1200
        and "more" in message
        and "--net FILE.py:CLASS" in message
    )


def test_a_name_that_is_in_no_table_is_told():
    with pytest.raises(DigitpadError, match="no network named 'alexnet'"):
        identify_network(Path("a.pth"), made("lenet5").state_dict(), "alexnet")
