from __future__ import annotations

import json
import os
import subprocess
import sys

import numpy as np
import pytest
import torch

from digitpad.core.errors import DigitpadError
from digitpad.core.paths import shipped_weights
from digitpad.core.results import ReaderKind
from digitpad.core.weights_record import WeightsRecord
from digitpad.nets.files.weights_file import save_weights
from digitpad.nets.inputs import InputForm
from digitpad.nets.layers import MODULES
from digitpad.nets.modules import build
from digitpad.nets.needing_torch import NeedsTorchError
from digitpad.nets.plain_layers import ACTIVATE, PLAIN_LAYERS
from digitpad.nets.plain_reader import PlainNetwork, PlainReader
from digitpad.nets.recognizer import Recognizer
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.nets.spec.layer_types import ACTIVATIONS, Pool


def arrays(network: torch.nn.Module) -> dict[str, np.ndarray]:
    return {name: tensor.numpy().copy() for name, tensor in network.state_dict().items()}


def strokes(n: int) -> np.ndarray:
    """Digits of 256 levels, paper around them, as drawings have."""
    random = np.random.default_rng(5)
    digits = np.zeros((n, 28, 28), np.float32)
    digits[:, 5:23, 5:23] = random.integers(0, 256, (n, 18, 18)).astype(np.float32) / 255
    return digits


@pytest.mark.parametrize("name", NETWORKS)
def test_every_layer_of_every_network_gives_what_torch_gives(name):
    torch.manual_seed(3)
    declaration, network = NETWORKS[name], build(name).eval()
    plain = PlainNetwork(declaration, arrays(network))
    sizes = PlainNetwork(declaration, {k: np.abs(v) for k, v in arrays(network).items()})
    digits = strokes(3)
    with torch.inference_mode():
        taken = network.form.of(torch.from_numpy(digits)[:, None])
        logits, expected = network.activations(taken)
    x = network.form.of_array(digits)
    np.testing.assert_array_equal(x, taken[:, 0].numpy())
    found_logits, found = plain.activations(x)
    assert list(found) == list(expected)
    before = np.abs(x)[:, None]
    for info, layer in zip(declaration.layer_infos, sizes.layers, strict=True):
        ours, theirs = found[info.name], expected[info.name].numpy()
        assert ours.shape == theirs.shape and ours.dtype == np.float32
        terms = layer.compute(before).reshape(ours.shape)
        assert np.all(np.abs(ours - theirs) <= 1e-5 * np.maximum(1, terms)), info.name
        before = np.abs(ours)
    np.testing.assert_allclose(found_logits, logits.numpy(), rtol=1e-5, atol=1e-4)


def test_every_type_of_layer_and_every_activation_has_a_row():
    assert PLAIN_LAYERS.keys() == MODULES.keys()
    assert ACTIVATE.keys() == {None, *ACTIVATIONS}


@pytest.mark.parametrize("fit, side", [("same", 28), ("pad", 32), ("resize", 32), ("resize", 45)])
def test_digits_come_to_the_input_bit_by_bit_as_torch_brings_them(fit, side):
    form = InputForm(side, fit, 0.1307, 0.3081)
    digits = strokes(50)
    expected = form.of(torch.from_numpy(digits)[:, None])[:, 0].numpy()
    np.testing.assert_array_equal(form.of_array(digits), expected)


@pytest.mark.parametrize("name", ["lenet5", "lenet5-1998", "lenet5-relu"])
def test_a_file_is_read_as_the_recogniser_reads_it(name):
    ours, theirs = PlainReader(shipped_weights(name)), Recognizer(shipped_weights(name), "cpu")
    assert ours.info.reader is ReaderKind.NUMPY and theirs.info.reader is ReaderKind.TORCH
    for field in ("network", "layers", "metadata", "classes", "fed_by", "notes", "side", "fit"):
        assert getattr(ours.info, field) == getattr(theirs.info, field), field
    blot = np.zeros((28, 28), np.float32)
    blot[8:20, 8:20] = 1
    for digit in (*strokes(4), np.zeros((28, 28), np.float32), blot):
        mine, other = ours.recognize(digit), theirs.recognize(digit)
        assert mine.rejection == other.rejection and mine.ranking == other.ranking
        np.testing.assert_allclose(mine.probabilities, other.probabilities, atol=1e-5)
    digits = (strokes(70) * 255).astype(np.uint8)
    for mine, other in zip(ours.read_batch(digits), theirs.read_batch(digits), strict=True):
        np.testing.assert_allclose(mine, other, atol=1e-5)


def test_wrong_input_is_refused_as_the_recogniser_refuses_it():
    reader = PlainReader(shipped_weights())
    with pytest.raises(ValueError, match="28"):
        reader.recognize(np.zeros((27, 28), np.float32))
    with pytest.raises(ValueError, match="finite"):
        reader.logits(np.full((1, 28, 28), np.nan, np.float32))
    assert reader.logits(np.zeros((0, 28, 28), np.float32)).shape == (0, 10)


def saved(path, name="lenet5", record=None, **changes):
    state = {**build(name).state_dict(), **changes}
    state = {key: one for key, one in state.items() if one is not None}
    save_weights(path, state, WeightsRecord(network=name) if record is None else record)
    return path


@pytest.mark.parametrize(
    "changes",
    [
        {"F6.bias": None},
        {"F6.bias": torch.zeros(83)},
        {"F6.bias": torch.zeros(84, dtype=torch.float64)},
        {"F6.bias": torch.full((84,), torch.nan)},
        {"more": torch.zeros(1)},
        {"record": {}},
    ],
)
def test_what_is_not_plainly_a_network_of_the_catalogue_is_left_to_torch(changes, tmp_path):
    with pytest.raises(NeedsTorchError):
        PlainReader(saved(tmp_path / "net.safetensors", **changes))


def test_what_was_said_of_a_file_is_left_to_torch(tmp_path):
    path = saved(tmp_path / "net.safetensors")
    assert PlainReader(path).info.record.mean == pytest.approx(0.1307)
    with pytest.raises(NeedsTorchError):
        PlainReader(path, "net.py:Net")
    path.with_name(f"{path.name}.json").write_text(json.dumps({"mean": 0.5, "std": 0.5}))
    with pytest.raises(NeedsTorchError):
        PlainReader(path)


def test_errors_are_those_of_the_recogniser(tmp_path):
    path = saved(tmp_path / "net.safetensors")
    for net in ("lenet5-relu", "lenet5"):
        said = []
        for reader in (PlainReader, lambda file, net: Recognizer(file, "cpu", net)):
            with pytest.raises(DigitpadError) as caught:
                reader(path, net)
            said.append(str(caught.value))
        assert said[0] == said[1]
        path.write_bytes(path.read_bytes()[:-10])


def test_nothing_of_it_loads_torch():
    code = (
        "import sys, numpy as np; from digitpad.nets.plain_reader import PlainReader\n"
        "from digitpad.core.paths import shipped_weights\n"
        "PlainReader(shipped_weights()).recognize(np.zeros((28, 28), np.float32))\n"
        "assert 'torch' not in sys.modules and 'PIL' not in sys.modules"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, env=os.environ)


def test_a_layer_without_a_row_is_left_to_torch(monkeypatch):
    monkeypatch.delitem(PLAIN_LAYERS, Pool)
    with pytest.raises(NeedsTorchError):
        PlainReader(shipped_weights())
