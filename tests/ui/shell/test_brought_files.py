from __future__ import annotations

import gzip
import json
import zipfile

import pytest

from digitpad.core.paths import shipped_weights
from digitpad.ui.shell.brought_files import FileKind, kind_of

DRAWING = json.dumps({"format": "digitpad-strokes", "version": 1, "samples": []}).encode()
HEADER = b"\x40\0\0\0\0\0\0\0{"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.digitpad", b"", FileKind.DRAWING),
        ("a.json", DRAWING, FileKind.DRAWING),
        ("a", b" \n" + DRAWING, FileKind.DRAWING),
        ("a.json.gz", gzip.compress(DRAWING, mtime=0), FileKind.DRAWING),
        ("a.json", b'{"mean": 0.5}', FileKind.PICTURE),
        ("a.gz", b"\x1f\x8b broken", FileKind.PICTURE),
        ("a.bin", b"", FileKind.NETWORK),
        ("noending", HEADER + b'"a": 1}', FileKind.NETWORK),
        ("net.py", b"import torch", FileKind.NETWORK),
        ("a.png", b"\x89PNG\r\n\x1a\n", FileKind.PICTURE),
        ("a.png", b"", FileKind.PICTURE),
    ],
)
def test_a_file_is_told_by_its_content(tmp_path, name, content, kind):
    file = tmp_path / name
    file.write_bytes(content)
    assert kind_of(file) is kind


def test_weights_are_told_whatever_their_name_is(tmp_path):
    copy = tmp_path / "mine.txt"
    copy.write_bytes(shipped_weights().read_bytes())
    assert kind_of(copy) is FileKind.NETWORK
    saved = tmp_path / "model.zip"
    for inside, kind in (("archive/data.pkl", FileKind.NETWORK), ("a.png", FileKind.PICTURE)):
        with zipfile.ZipFile(saved, "w") as archive:
            archive.writestr(inside, b"x")
        assert kind_of(saved) is kind


def test_a_folder_and_what_is_not_there_may_be_pictures(tmp_path):
    assert kind_of(tmp_path) is FileKind.PICTURE
    assert kind_of(tmp_path / "gone") is FileKind.PICTURE
