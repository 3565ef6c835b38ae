from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch

from digitpad.core.errors import DigitpadError
from digitpad.nets.files import weight_sets
from digitpad.nets.files.torch_file import parse_torch_file
from digitpad.nets.files.weight_sets import find_sets, one_set, parse_arrays

STATE = {"a.weight": torch.ones(2, 3), "a.bias": torch.zeros(2)}
EMA = {"a.weight": torch.zeros(2, 3), "a.bias": torch.ones(2)}
PATH = Path("a.npz")


def npz(**arrays: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def with_header(shape: str, numbers: int, dtype: str = "<f4") -> bytes:
    """An archive of one array whose header tells of this shape, with so many bytes behind it."""
    head = f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': {shape}, }}\n".encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        magic = b"\x93NUMPY\x01\x00" + len(head).to_bytes(2, "little")
        archive.writestr("a.npy", magic + head + bytes(numbers))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("held", "names"),
    [
        (STATE, [""]),
        ({"model": STATE, "optimizer": {"state": {0: {"step": torch.ones(1)}}}}, ["model"]),
        ({"model": STATE, "model_ema": EMA, "epoch": 3}, ["model", "model_ema"]),
        ({"run": {"net": STATE}, "best": torch.tensor(0.9)}, ["run.net"]),
        ({**STATE, "epoch": 4, "note": "best"}, [""]),
        ({"best": torch.tensor(0.9), "epoch": 4}, []),
        ([STATE], []),
    ],
)
def test_the_sets_of_weights_are_found_by_their_keys(held, names):
    assert list(find_sets(held)) == names


def test_one_that_is_named_or_the_only_one_that_fits_is_taken():
    sets = {"model": STATE, "model_ema": EMA}
    assert one_set(PATH, sets, "model_ema", lambda _: True) is EMA
    assert one_set(PATH, sets, "", lambda one: one is STATE) is STATE
    with pytest.raises(DigitpadError) as caught:
        one_set(PATH, sets, "", lambda _: True)
    assert str(caught.value).endswith("--set model or --set model_ema")
    with pytest.raises(DigitpadError, match="has no set of weights 'ema'; it holds 'model', 'mod"):
        one_set(PATH, sets, "ema", lambda _: True)
    with pytest.raises(DigitpadError, match="it is one set of weights alone"):
        one_set(PATH, {"": STATE}, "ema", lambda _: True)


def test_a_checkpoint_of_dictionaries_within_itself_comes_to_an_end():
    held: dict[str, object] = {}
    held["again"] = held
    assert find_sets(held) == {}


@pytest.mark.parametrize("dtype", ["float16", "float32", ">f4", "float64", "int64", "uint8"])
def test_arrays_become_tensors_by_their_names(dtype):
    array = np.arange(6).reshape(2, 3).astype(dtype)
    turned = np.asfortranarray(array)
    found = parse_arrays(PATH, npz(**{"a.weight": array, "b": turned, "n": np.array(3, dtype)}))
    assert list(found) == ["a.weight", "b", "n"]
    assert found["a.weight"].tolist() == found["b"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert found["n"].shape == ()


@pytest.mark.parametrize(
    "content",
    [
        with_header("(2, 3)", 20),
        with_header("(1000000, 1000000)", 24),
        with_header("(-2, -3)", 20),
        with_header("(1, 1, 1, 1, 1, 1, 1, 1, 1)", 4),
        with_header("__import__('os')", 4),
        npz(a=np.zeros(3))[:-30],
    ],
)
def test_arrays_that_are_not_what_they_say_are_refused(content):
    with pytest.raises(DigitpadError, match="is damaged or cut short"):
        parse_arrays(PATH, content)


def test_arrays_of_objects_are_never_unpickled():
    content = npz(a=np.array([{"a": 1}], dtype=object))
    with pytest.raises(DigitpadError, match="holds object, no plain numbers"):
        parse_arrays(PATH, content)


def test_the_number_of_arrays_and_tensors_is_limited(monkeypatch):
    monkeypatch.setattr(weight_sets, "MOST_TENSORS", 1)
    with pytest.raises(DigitpadError, match="holds 2 arrays"):
        parse_arrays(PATH, npz(a=np.zeros(1), b=np.zeros(1)))
    with pytest.raises(DigitpadError, match="holds 2 tensors"):
        one_set(PATH, {"": STATE}, "", lambda _: True)


def test_an_npz_is_one_set_of_weights(tmp_path):
    sets = parse_torch_file(PATH, npz(**{"a.weight": np.ones((2, 3), np.float32)}))
    assert torch.equal(sets[""]["a.weight"], torch.ones(2, 3))
