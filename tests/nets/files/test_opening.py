from __future__ import annotations

from pathlib import Path

import pytest
import torch

from digitpad.core.errors import DigitpadError
from digitpad.core.weights_record import WeightsRecord
from digitpad.datasets import DIGITS
from digitpad.nets.files.opening import open_weights
from digitpad.nets.files.weights_file import save_weights
from digitpad.nets.inputs import InputForm
from digitpad.nets.modules import build
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.nets.spec.open_choices import OpenChoices
from tests.nets.pages import PAGES
from tests.nets.reads import opened_files

OWN = (
    "import torch\nfrom torch import nn\n"
    "class Net(nn.Module):\n"
    "    def __init__(self):\n"
    "        super().__init__()\n"
    "        self.last = nn.Linear(784, 10)\n"
    "    def forward(self, x):\n"
    "        return self.last(x.flatten(1))\n"
)


def saved(tmp_path: Path, state: dict, record: dict[str, str] | None = None) -> Path:
    if record is None:
        torch.save(state, tmp_path / "net.pth")
        return tmp_path / "net.pth"
    save_weights(tmp_path / "net.safetensors", state, record)
    return tmp_path / "net.safetensors"


@pytest.mark.parametrize("name", ["lenet5", "lenet5-1998", "lenet5-003"])
def test_a_file_with_a_record_opens_as_the_record_says(tmp_path, name):
    state = build(name).state_dict()
    record = {"network": name, "mean": "0.25", "std": "0.5", "seed": "4"}
    opened = open_weights(saved(tmp_path, state, record))
    assert all(
        torch.equal(tensor, state[key]) for key, tensor in opened.network.state_dict().items()
    )
    assert opened.form == InputForm(NETWORKS[name].side, NETWORKS[name].fit, 0.25, 0.5)
    assert opened.record.as_metadata() == record and not opened.is_own
    assert (opened.parameters, opened.gives_distances) == (
        NETWORKS[name].parameters,
        name == "lenet5-1998",
    )
    assert (opened.tutorial, opened.notes) == (NETWORKS[name].tutorial, NETWORKS[name].notes)


def test_a_record_without_mean_and_std_means_mnist_s(tmp_path):
    opened = open_weights(saved(tmp_path, build("lenet5").state_dict(), {"network": "lenet5"}))
    assert (opened.form.mean, opened.form.std) == (0.1307, 0.3081)


def test_a_page_s_file_gets_the_record_that_its_script_did_not_write(tmp_path):
    opened = open_weights(saved(tmp_path, PAGES["cnn-32-64"]().state_dict()))
    assert (opened.record.network, opened.record.dataset) == ("cnn-32-64", "mnist")
    assert (opened.form.mean, opened.form.std) == (0.1307, 0.3081)
    assert open_weights(saved(tmp_path, PAGES["lenet5"]().state_dict())).form == InputForm(
        28, "same", 0.0, 1.0
    )


def test_net_may_say_what_the_record_says_and_nothing_else(tmp_path):
    path = saved(tmp_path, build("lenet5").state_dict(), {"network": "lenet5"})
    assert open_weights(path, "lenet5").network.name == "lenet5"
    with pytest.raises(
        DigitpadError,
        match="belongs to the network 'lenet5', not to 'lenet5-relu'; leave --net away",
    ):
        open_weights(path, "lenet5-relu")


def test_a_network_that_there_is_not_is_told_whether_the_record_or_the_reader_names_it(tmp_path):
    with pytest.raises(DigitpadError, match="no network named 'alexnet'; known: lenet5, "):
        open_weights(saved(tmp_path, {"a": torch.zeros(1)}, {"network": "alexnet"}))
    with pytest.raises(DigitpadError, match="no network named 'alexnet'"):
        open_weights(saved(tmp_path, PAGES["lenet5"]().state_dict()), "alexnet")


def test_another_precision_is_noted_after_what_the_page_errs_in(tmp_path):
    state = {name: tensor.half() for name, tensor in PAGES["lenet5"]().state_dict().items()}
    opened = open_weights(saved(tmp_path, state))
    assert opened.notes[:-1] == NETWORKS["lenet5"].notes and "float16" in opened.notes[-1]


def test_a_reader_s_own_module_is_fed_raw_digits_unless_its_weights_tell(tmp_path):
    (tmp_path / "net.py").write_text(OWN)
    state, net = (
        {"last.weight": torch.ones(10, 784), "last.bias": torch.zeros(10)},
        f"{tmp_path / 'net.py'}:Net",
    )
    opened = open_weights(saved(tmp_path, state), net)
    assert (
        opened.is_own
        and opened.parameters == 7850
        and opened.form == InputForm(28, "same", 0.0, 1.0)
    )
    assert opened.network.title == "Net" and opened.record == WeightsRecord(mean=0.0, std=1.0)
    told = open_weights(saved(tmp_path, state, {"mean": "0.5", "std": "0.5"}), net)
    assert told.form == InputForm(28, "same", 0.5, 0.5)


def test_weights_that_a_module_turns_away_itself_are_said_in_a_line(tmp_path):
    code = (
        OWN + "    def load_state_dict(self, *given):\n        raise RuntimeError('not\\nmine')\n"
    )
    (tmp_path / "net.py").write_text(code)
    path = saved(tmp_path, {"last.weight": torch.ones(10, 784), "last.bias": torch.zeros(10)})
    with pytest.raises(
        DigitpadError, match=r"net.pth cannot be loaded into Net of .*net.py: not mine$"
    ):
        open_weights(path, f"{tmp_path / 'net.py'}:Net")


def test_what_cannot_be_computed_with_is_called_as_the_file_calls_it(tmp_path):
    state = PAGES["lenet5"]().state_dict()
    for changed, words in (
        (state["net.3.weight"].to_sparse(), "net.3.weight is sparse or of a special kind"),
        (state["net.3.weight"].int(), "net.3.weight is int32, not float32"),
        (state["net.3.weight"] / 0, "net.3.weight has values that are not finite"),
    ):
        with pytest.raises(DigitpadError, match=words):
            open_weights(saved(tmp_path, {**state, "net.3.weight": changed}))


@pytest.mark.parametrize("record", [{"mean": "nan"}, {"std": "0"}, {"temperature": "inf"}])
def test_a_record_that_cannot_be_computed_with_is_refused(tmp_path, record):
    path = saved(tmp_path, build("lenet5").state_dict(), {"network": "lenet5", **record})
    with pytest.raises(DigitpadError, match=r"net.safetensors: its \w+ is .*, no usable number"):
        open_weights(path)


def test_the_outputs_mean_what_the_record_says_or_their_numbers(tmp_path):
    state = build("lenet5").state_dict()
    named = {"network": "lenet5", "classes": "a,b,c,d,e,f,g,h,i,j"}
    assert open_weights(saved(tmp_path, state, named)).classes == tuple("abcdefghij")
    assert open_weights(saved(tmp_path, state, {"network": "lenet5"})).classes == DIGITS
    with pytest.raises(DigitpadError, match="names 2 classes where the network has 10"):
        open_weights(saved(tmp_path, state, {"network": "lenet5", "classes": "a,b"}))


@pytest.mark.parametrize("record", [None, {"network": "lenet5"}])
def test_a_file_is_opened_once_and_read_whole_once(tmp_path, monkeypatch, record):
    path = saved(tmp_path, build("lenet5").state_dict(), record)
    reads = opened_files(monkeypatch, path)
    open_weights(path, "lenet5")
    assert reads == [path.stat().st_size]


def test_a_set_of_weights_in_a_checkpoint_may_be_said(tmp_path):
    (tmp_path / "net.py").write_text(OWN)
    first = {"last.weight": torch.ones(10, 784), "last.bias": torch.zeros(10)}
    second = {"last.weight": torch.zeros(10, 784), "last.bias": torch.ones(10)}
    path = saved(tmp_path, {"model": first, "ema": second, "other": {"a": torch.zeros(3)}})
    net = f"{tmp_path / 'net.py'}:Net"
    with pytest.raises(DigitpadError, match=r"--set model or --set ema$"):
        open_weights(path, net)
    opened = open_weights(path, net, OpenChoices(set="ema"))
    assert bool(opened.network.module.last.bias.all())
    # It is remembered.
    assert bool(open_weights(path, net).network.module.last.bias.all())


def test_letters_are_named_as_emnist_has_them(tmp_path):
    (tmp_path / "net.py").write_text(OWN.replace("10", "47"))
    state = {"last.weight": torch.ones(47, 784), "last.bias": torch.zeros(47)}
    opened = open_weights(saved(tmp_path, state), f"{tmp_path / 'net.py'}:Net")
    assert len(opened.classes) == 47 and opened.classes[10] == "A" and opened.classes[-1] == "t"


def test_a_network_that_may_be_another_and_reads_little_is_told(tmp_path):
    state = {f"l{i}": one for i, one in enumerate(PAGES["lenet5"]().state_dict().values())}
    notes = open_weights(saved(tmp_path, state), "lenet5").notes
    assert "could not be guessed" in notes[-2] and "another network of the same shapes" in notes[-1]


def test_a_side_that_a_network_of_the_catalogue_has_not_is_refused(tmp_path):
    path = saved(tmp_path, build("lenet5").state_dict(), {"network": "lenet5"})
    with pytest.raises(DigitpadError, match="takes 28 × 28, not 32; leave --side away"):
        open_weights(path, "", OpenChoices(side=32))
    assert open_weights(path, "", OpenChoices(mean=0.5, std=0.5)).form.mean == 0.5
