from __future__ import annotations

import numpy as np
import pytest

from digitpad.core.errors import DigitpadError
from digitpad.core.paths import shipped_weights
from digitpad.core.weights_record import WeightsRecord
from digitpad.explain.plain_weights import plain_layer_weights
from digitpad.explain.results import NoReason
from digitpad.explain.weights import layer_weights
from digitpad.nets.files.weights_file import save_weights
from digitpad.nets.modules import build
from digitpad.nets.plain_reader import PlainReader
from digitpad.nets.recognizer import Recognizer


@pytest.mark.parametrize("name", ["lenet5", "lenet5-1998", "lenet5-003", "convnet-dropout"])
def test_every_layer_has_the_weights_that_torch_has(name, tmp_path):
    path = tmp_path / "net.safetensors"
    save_weights(path, build(name).state_dict(), WeightsRecord(network=name))
    plain, torched = PlainReader(path), Recognizer(path, "cpu")
    for layer in plain.info.layers:
        for map_ in (None, layer.shape[0] - 1):
            ours = plain_layer_weights(plain, layer.name, map_)
            theirs = layer_weights(torched.network, torched.form, layer.name, map_)
            for field in ("layer", "kind", "source", "first", "mean", "std", "reason"):
                assert getattr(ours, field) == getattr(theirs, field), (layer.name, field)
            np.testing.assert_array_equal(ours.kernels, theirs.kernels)
            np.testing.assert_array_equal(ours.groups, theirs.groups)
            assert len(ours.steps) == len(theirs.steps)
            for mine, other in zip(ours.steps, theirs.steps, strict=True):
                assert (mine.kind, mine.function) == (other.kind, other.function)
                np.testing.assert_array_equal(mine.factor, other.factor)
                np.testing.assert_array_equal(mine.shift, other.shift)


def test_what_is_not_there_is_refused_and_what_is_too_large_says_so(tmp_path):
    reader = PlainReader(shipped_weights())
    for layer, map_ in (("C9", None), ("C1", 6)):
        with pytest.raises(DigitpadError):
            plain_layer_weights(reader, layer, map_)
    path = tmp_path / "net.safetensors"
    save_weights(path, build("cnn-32-64").state_dict(), WeightsRecord(network="cnn-32-64"))
    assert plain_layer_weights(PlainReader(path), "F5").reason is NoReason.TOO_LARGE
