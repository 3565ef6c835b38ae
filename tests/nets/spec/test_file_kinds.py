from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitpad.core.errors import DigitpadError
from digitpad.nets.files.torch_file import parse_torch_file
from digitpad.nets.spec.file_kinds import check_archive_kind, check_kind
from digitpad.nets.spec.record import read_record


def packed_tar() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("weights.pth"), io.BytesIO())
    return stream.getvalue()


def picture() -> bytes:
    stream = io.BytesIO()
    Image.new("L", (28, 28)).save(stream, "PNG")
    return stream.getvalue()


def array() -> bytes:
    stream = io.BytesIO()
    np.save(stream, np.zeros(3))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89HDF\r\n\x1a\n" + bytes(500), "is an HDF5 file, as Keras saves; write the network"),
        (b"\x1c\x00\x00\x00TFL3" + bytes(50), "is a TensorFlow Lite model; take the network"),
        (b"\x08\x07\x12\x07pytorch\x1a\x032.1", "is an ONNX model; take the PyTorch network"),
        (b"\x08\x0a:\x80\x01graph", "is an ONNX model"),
        (b"version https://git-lfs.github.com/spec/v1\n", "a pointer of Git LFS"),
        (b"\n<!DOCTYPE html><html>", "is a web page; download the file itself"),
        (b"<html><body>Not found", "is a web page"),
        (packed_tar(), "is a tar archive; unpack it"),
        (b"\x1f\x8b\x08" + bytes(30), "is a packed file"),
        (picture(), "is a picture; give it its own ending"),
        (array(), "is a single NumPy array"),
        (b"import torch\nfrom torch import nn\n", "is a program's text; name it with its class"),
    ],
)
def test_what_holds_no_weights_is_named_as_what_it_is(tmp_path, content, words):
    path = tmp_path / "weights.bin"
    path.write_bytes(content)
    with pytest.raises(DigitpadError) as caught:
        read_record(path)
    assert words in str(caught.value) and str(path) in str(caught.value)


@pytest.mark.parametrize("low", [0x1208, 0x4D42, 0x1F8B])
def test_a_safetensors_header_may_be_as_long_as_another_file_begins(low):
    header = low.to_bytes(8, "little") + b'{"__metadata__":{}'
    check_kind(Path("a.safetensors"), header)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["net/constants.pkl", "net/data.pkl"], "torch.save(torch.jit.load('a.pt').state_dict()"),
        (["net/archive_format", "net/models/model.json"], "torch.export.load('a.pt').state_dict"),
        (["serialized_exported_program.json"], "is a program of torch.export"),
        (["config.json", "metadata.json", "model.weights.h5"], "is a Keras model"),
        (["best/epoch3.pth"], "is a zip archive; unpack it"),
    ],
)
def test_archives_that_hold_no_weights_to_be_opened_are_named(names, words):
    with pytest.raises(DigitpadError) as caught:
        check_archive_kind(Path("a.pt"), names)
    assert words in str(caught.value)


def test_an_archive_in_a_pth_is_named_before_anything_in_it_is_read(tmp_path):
    path = tmp_path / "model.keras"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("model.weights.h5", b"")
    with pytest.raises(DigitpadError, match="is a Keras model"):
        parse_torch_file(path, path.read_bytes())
