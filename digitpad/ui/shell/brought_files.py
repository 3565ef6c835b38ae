"""What a file is that a person brings: a drawing, a network, or a picture, told by its content."""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from enum import Enum
from itertools import islice
from pathlib import Path

from digitpad.nets.spec.file_kinds import LOOKED_AT_BYTES
from digitpad.ui.shell.network_files import network_files

DRAWING_ENDING = ".digitpad"
_LOOKED_AT = 64 << 10
_MOST_NAMES = 1_000


class FileKind(Enum):
    """What a file holds; a folder, and what nothing is known of, may be pictures."""

    DRAWING = "drawing"
    NETWORK = "network"
    PICTURE = "picture"


def kind_of(file: Path) -> FileKind:
    """What a file holds, by its content, and by its ending where the content does not tell."""
    if file.suffix.lower() == DRAWING_ENDING or _holds_drawings(file):
        return FileKind.DRAWING
    if network_files([file]) or _begins_as_weights(file):
        return FileKind.NETWORK
    return FileKind.PICTURE


def _holds_drawings(file: Path) -> bool:
    # Here, so that the window opens sooner.
    from digitpad.ink.strokes_file import FORMAT

    start = _start(file, _LOOKED_AT)
    if start[:2] == b"\x1f\x8b":
        with contextlib.suppress(zlib.error):
            start = zlib.decompressobj(wbits=31).decompress(start, _LOOKED_AT)
    return start.lstrip()[:1] == b"{" and f'"{FORMAT}"'.encode() in start


def _begins_as_weights(file: Path) -> bool:
    """Whether it is a safetensors file, or a zip archive as torch.save writes it."""
    start = _start(file, LOOKED_AT_BYTES)
    if start[8:9] == b"{" and not any(start[3:8]):
        return True
    if start[:4] != b"PK\x03\x04":
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            names = list(islice(archive.namelist(), _MOST_NAMES))
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False
    return any(name.endswith("/data.pkl") for name in names)


def _start(file: Path, count: int) -> bytes:
    try:
        if not file.is_file():
            return b""
        with file.open("rb") as stream:
            return stream.read(count)
    except (OSError, ValueError):
        return b""
