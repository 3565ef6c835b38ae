from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digitpad.core.errors import DigitpadError
from digitpad.nets.files.weights_file import load_weights, parse_weights, save_weights
from digitpad.nets.modules import build
from digitpad.nets.spec.record import is_torch_content, read_metadata, read_record
from tests.nets.reads import opened_files

RECORD = {"network": "lenet5", "mean": "0.1307", "note": "é"}


@pytest.fixture
def saved(tmp_path) -> Path:
    path = tmp_path / "net.safetensors"
    save_weights(path, build("lenet5").state_dict(), RECORD)
    return path


def refused(path: Path) -> str:
    """The one line that each way of opening path is refused with; the module stays as it was."""
    network = build("lenet5")
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    with pytest.raises(DigitpadError) as caught:
        load_weights(path, network)
    assert all(torch.equal(before[name], tensor) for name, tensor in network.state_dict().items())
    message = str(caught.value)
    assert "\n" not in message
    assert str(path) in message
    return message


def changed(path: Path, **tensors: torch.Tensor | None) -> Path:
    state = {**build("lenet5").state_dict()}
    for name, tensor in tensors.items():
        key = name.replace("__", ".")
        if tensor is None:
            del state[key]
        else:
            state[key] = tensor
    save_weights(path, state, RECORD)
    return path


def with_header(path: Path, header: object, body: bytes = b"", length: int | None = None) -> Path:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    path.write_bytes((len(text) if length is None else length).to_bytes(8, "little") + text + body)
    return path


def test_what_is_saved_is_loaded_bit_for_bit_with_its_record(tmp_path):
    first, second, path = build("lenet5"), build("lenet5"), tmp_path / "net.safetensors"
    save_weights(path, first.state_dict(), RECORD)
    assert load_weights(path, second).as_metadata() == RECORD == read_metadata(path)
    assert all(
        torch.equal(a, b) for a, b in zip(first.parameters(), second.parameters(), strict=True)
    )


def test_the_record_is_read_without_torch(saved):
    code = (
        "import sys; from pathlib import Path; from digitpad.nets.spec.record import read_metadata;"
        "print(read_metadata(Path(sys.argv[1]))['network'], 'torch' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(saved)]
    output = subprocess.run(command, capture_output=True, text=True, check=True)
    assert output.stdout.split() == ["lenet5", "False"]


def test_weights_of_another_network_are_refused(tmp_path):
    path = tmp_path / "net.safetensors"
    save_weights(path, build("lenet5").state_dict(), {"network": "other"})
    assert "'other'" in refused(path)
    save_weights(path, build("lenet5").state_dict(), {})
    assert "does not say its network" in refused(path)


def test_what_does_not_fit_is_named(tmp_path):
    path = tmp_path / "net.safetensors"
    assert "C1.bias (6,) is missing" in refused(changed(path, C1__bias=None))
    assert "C9 (1,) is too many" in refused(changed(path, C9=torch.zeros(1)))
    assert "F6.bias is (83,) where (84,) is needed" in refused(
        changed(path, F6__bias=torch.zeros(83))
    )
    assert "C3.bias is int64, not float32" in refused(
        changed(path, C3__bias=torch.zeros(16, dtype=torch.int64))
    )
    assert "C3.bias has values that are not finite" in refused(
        changed(path, C3__bias=torch.full((16,), torch.nan))
    )


def test_the_last_tensor_being_wrong_leaves_the_first_untouched(tmp_path):
    # refused() compares every tensor; the output layer is loaded last.
    refused(changed(tmp_path / "net.safetensors", output__bias=torch.full((10,), torch.inf)))


@pytest.mark.parametrize("is_zip", [True, False])
def test_what_torch_saved_is_told_apart_and_has_no_record(tmp_path, saved, is_zip):
    path = tmp_path / "net.pth"
    torch.save({"a": torch.zeros(1)}, path, _use_new_zipfile_serialization=is_zip)
    assert is_torch_content(path.read_bytes()[:8]) and read_metadata(path) == {}
    assert not is_torch_content(saved.read_bytes()[:8])


@pytest.mark.parametrize(
    "header",
    [
        b"not JSON at all",
        b"\xff\xfe\x00\x00",
        b"[1, 2]",
        b'{"a": NaN}',
        b'{"a": 1, "a": 2}',
        b"[" * 100_000,
        {"__metadata__": {"network": 5}},
        {"__metadata__": ["network"]},
        {"a": 7},
        {"a": {"dtype": "F32", "shape": [1], "data_offsets": [0]}},
        {"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, -4]}},
        {"a": {"dtype": "F32", "shape": [True], "data_offsets": [0, 4]}},
        {"a": {"dtype": "F32", "shape": [2**70], "data_offsets": [0, 4]}},
        {"a": {"dtype": "F99", "shape": [1], "data_offsets": [0, 4]}},
        {"a": {"dtype": "F32", "shape": [3], "data_offsets": [0, 4]}},
        {"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}},
        {"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}, "b": {}},
        {
            "a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]},
            "b": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]},
        },
    ],
)
def test_a_header_that_makes_no_sense_is_refused(tmp_path, header):
    path = with_header(tmp_path / "net.safetensors", header, body=bytes(4))
    assert "damaged" in refused(path)
    with pytest.raises(DigitpadError):
        read_metadata(path)


def test_the_header_alone_is_read_for_a_record(saved, monkeypatch):
    reads = opened_files(monkeypatch)
    assert read_record(saved).network == "lenet5"
    assert len(reads) == 1 and reads[0] < 2000 < saved.stat().st_size


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ({"a": {"dtype": "F32", "shape": [1] * 9, "data_offsets": [0, 4]}}, "than 8 dimensions"),
        (
            {"a": {"dtype": "F32", "shape": [99_999_999] * 90_000, "data_offsets": [0, 4]}},
            "than 8 dimensions",
        ),
        ({str(n): {} for n in range(10_001)}, "has 10,001 tensors, more than 10,000"),
    ],
    ids=["nine", "without-end", "tensors"],
)
def test_a_header_without_end_is_refused_before_anything_is_computed(tmp_path, header, words):
    text = json.dumps(header, separators=(",", ":"))
    path = with_header(tmp_path / "net.safetensors", text.encode(), body=bytes(4))
    with pytest.raises(DigitpadError, match=words):
        read_record(path)


def test_a_record_that_cannot_be_used_is_refused_by_its_header(tmp_path):
    for told in ({"mean": "nan"}, {"temperature": "0"}, {"command": "x" * 600_000}):
        path = with_header(tmp_path / "net.safetensors", {"__metadata__": told})
        with pytest.raises(DigitpadError, match=r"net\.safetensors: its "):
            read_record(path)


@pytest.mark.parametrize("length", [0, 1, 3, 10_000, 2**63, 2**64 - 1])
def test_a_wrong_header_length_is_refused(tmp_path, length):
    assert "damaged" in refused(with_header(tmp_path / "net.safetensors", {}, bytes(8), length))


def test_a_header_over_the_limit_is_refused(tmp_path):
    path = with_header(tmp_path / "net.safetensors", {"__metadata__": {"x": "y" * 1_100_000}})
    assert "header's length" in refused(path)


def test_a_file_cut_short_or_with_more_behind_it_is_refused(saved):
    whole = saved.read_bytes()
    for content in (whole[:-1], whole + b"\0", whole[:100], whole[:4]):
        saved.write_bytes(content)
        assert "damaged" in refused(saved)


def test_missing_empty_and_directory_are_refused(tmp_path):
    assert "does not exist" in refused(tmp_path / "none.safetensors")
    (tmp_path / "empty").touch()
    assert "is empty" in refused(tmp_path / "empty")
    assert "is a directory" in refused(tmp_path)


def test_a_header_of_640_bytes_is_no_pickle(tmp_path):
    # 640 is 0x0280, whose bytes begin as a pickle's do.
    text = json.dumps({"__metadata__": {"network": "lenet5"}}).encode()
    path = with_header(tmp_path / "net.safetensors", text.ljust(640))
    assert read_metadata(path) == {"network": "lenet5"}
    assert not is_torch_content(path.read_bytes()[:8])


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.integers(0, 3000), value=st.integers(0, 255))
def test_any_changed_byte_is_loaded_or_refused_with_one_line(saved, place, value):
    content = bytearray(saved.read_bytes())
    content[place] = value
    path = saved.with_name("changed.safetensors")
    path.write_bytes(content)
    try:
        read_metadata(path)
        parse_weights(path, path.read_bytes())
    except DigitpadError as error:
        assert "\n" not in str(error)
