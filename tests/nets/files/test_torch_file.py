from __future__ import annotations

import pickle
import zipfile
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torch import nn

from digitpad.core.errors import DigitpadError
from digitpad.nets.files import torch_file
from digitpad.nets.files.opening import open_weights
from digitpad.nets.files.torch_file import parse_torch_file
from digitpad.nets.files.weight_sets import one_set
from digitpad.nets.recognizer import Recognizer

STATE = {"a.weight": torch.arange(6.0).reshape(2, 3), "a.bias": torch.ones(2)}


def saved(tmp_path: Path, held: object, is_zip: bool = True) -> Path:
    path = tmp_path / "best_model.pth"
    torch.save(held, path, _use_new_zipfile_serialization=is_zip)
    return path


def read(path: Path) -> dict[str, torch.Tensor]:
    return one_set(path, parse_torch_file(path, path.read_bytes()), "", lambda _: False)


def refused(path: Path) -> str:
    """The one line that the file is refused with, by itself and by the recogniser."""
    with pytest.raises(DigitpadError) as caught:
        read(path)
    message = str(caught.value)
    assert "\n" not in message and len(message) < 600 and str(path) in message
    return message


@pytest.mark.parametrize("is_zip", [True, False])
@pytest.mark.parametrize(
    "held",
    [
        STATE,
        OrderedDict(STATE),
        {"epoch": 3, "state_dict": STATE},
        {
            "model": OrderedDict(STATE),
            "optimizer": {"state": {}, "param_groups": [{"lr": 0.1}]},
            "best": 0.99,
        },
        {"epoch": 3, "trainer": {"state": {"net": STATE, "best": torch.tensor(0.9)}}},
        {**STATE, "accuracy": 0.98, "epoch": 3},
        {name: nn.Parameter(tensor) for name, tensor in STATE.items()},
    ],
)
def test_a_state_dict_is_found_alone_and_in_a_checkpoint_however_deep(tmp_path, held, is_zip):
    tensors = read(saved(tmp_path, held, is_zip))
    assert list(tensors) == list(STATE) and not any(
        tensor.requires_grad for tensor in tensors.values()
    )
    assert all(torch.equal(tensors[name], tensor) for name, tensor in STATE.items())


@pytest.mark.parametrize("is_zip", [True, False])
def test_a_whole_module_is_refused_with_the_way_to_save_its_weights(tmp_path, is_zip):
    message = refused(saved(tmp_path, nn.Linear(2, 2), is_zip))
    assert (
        "torch.nn.modules.linear.Linear" in message
        and "torch.save(model.state_dict(), 'weights.pth')" in message
    )


def test_what_would_be_run_is_never_run(tmp_path):
    class Bomb:
        def __reduce__(self):
            return (Path.touch, (tmp_path / "opened",))

    (tmp_path / "bare.pth").write_bytes(pickle.dumps({"a": Bomb()}, protocol=2))
    refused(tmp_path / "bare.pth")
    refused(saved(tmp_path, {**STATE, "b": Bomb()}))
    assert not (tmp_path / "opened").exists()


@pytest.mark.filterwarnings("ignore:.torch.jit")
def test_a_program_is_refused(tmp_path):
    path = tmp_path / "script.pt"
    torch.jit.save(torch.jit.trace(nn.Linear(2, 2), torch.zeros(1, 2)), str(path))
    assert "TorchScript" in refused(path) and "state_dict" in refused(path)


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ({}, "holds no weights but a dict;"),
        ({"epoch": 3, "loss": 0.1}, "holds no weights but a dict of epoch, loss"),
        (torch.zeros(3), "a single tensor"),
        ([torch.zeros(3)], "holds no weights but a list"),
        (
            {"model": STATE, "ema": STATE},
            "several sets of weights ('model', 'ema'); say which is to be read with: "
            "--set model or",
        ),
        ({str(number): torch.zeros(1) for number in range(2001)}, "2,001 tensors"),
    ],
)
def test_what_holds_no_weights_or_several_is_refused(tmp_path, held, words):
    assert words in refused(saved(tmp_path, held))


@pytest.mark.parametrize("is_zip", [True, False])
def test_a_file_cut_short_is_refused(tmp_path, is_zip):
    path = saved(tmp_path, STATE, is_zip)
    whole = path.read_bytes()
    for length in (1, 2, 9, 100, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        assert "damaged or cut short" in refused(path)


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.pth"
    with path.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(2 << 30)
    for opened in (open_weights, lambda path: Recognizer(path, "cpu")):
        with pytest.raises(
            DigitpadError, match=r"has 2,147,483,648 bytes, more than the 268,435,456"
        ):
            opened(path)


def test_an_archive_that_unpacks_to_more_than_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(torch_file, "FILE_LIMIT_BYTES", 100_000)
    path = tmp_path / "bomb.pth"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data/0", bytes(1_000_000))
    assert path.stat().st_size < 100_000 and "unpacks to more than" in refused(path)


def test_an_archive_that_torch_did_not_write_is_refused(tmp_path):
    path = tmp_path / "other.pth"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "damaged" in refused(path)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 4000), value=st.integers(0, 255), is_zip=st.booleans())
def test_any_changed_byte_is_read_or_refused_with_one_line(tmp_path, place, value, is_zip):
    path = saved(tmp_path, STATE, is_zip)
    content = bytearray(path.read_bytes())
    content[place % len(content)] = value
    path.write_bytes(content)
    try:
        read(path)
    except DigitpadError as error:
        assert "\n" not in str(error)


def test_numpy_numbers_beside_the_weights_do_not_matter(tmp_path):
    held = {"model": STATE, "best": np.float64(0.98), "count": np.int64(3)}
    assert list(read(saved(tmp_path, held))) == list(STATE)


def test_a_pickle_that_would_hang_is_refused_at_once(tmp_path):
    key: tuple = ()
    for _ in range(15):
        key = (key, key)
    message = refused(saved(tmp_path, {"weights": STATE, "long": [key] * 3}))
    assert "tuples within tuples" in message
