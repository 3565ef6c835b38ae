"""Pixels in files that are no pictures: arrays of numpy, and rows of 784 in CSV."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import numpy as np
from numpy.lib import format as npy

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.ink.decoding import WORKING_SIDE, scaled
from digitpad.ink.paper import shrunk

ROW = 784
SIDE = 28
MAX_UNPACKED_BYTES = 128 << 20
MAX_PIXELS = 16_000_000
_MAX_ARRAYS = 16
_LONGEST_LINE = 32 * ROW


def is_array(content: bytes) -> bool:
    """Whether a file is numpy's, by its first bytes: .npy, or .npz, which is a zip of them."""
    return content[:6] == b"\x93NUMPY" or content[:4] == b"PK\x03\x04"


def is_rows(content: bytes) -> bool:
    """Whether a file's first two lines look like rows of 784 numbers, with or without a heading and
    a label in front."""
    for line in content[: 4 * _LONGEST_LINE].split(b"\n")[:2]:
        if _is_heading(line):
            continue
        if line.count(b",") in (ROW - 1, ROW) or line.count(b";") in (ROW - 1, ROW):
            return True
    return False


def arrays(content: bytes, name: str) -> Iterator[tuple[str, np.ndarray]]:
    """The pictures of a .npy or .npz file: their names within it ("" where there is but one) and
    grey levels, float32 (h, w) in 0 to 255.

    A picture is (h, w), (h, w, 1 to 4), or 784 values; several are (n, 784), (n, 28, 28) and the
    like. Raises DigitpadError where it is no such file, holds objects, more than
    MAX_UNPACKED_BYTES,
    values that are not finite, or arrays of other shapes; nothing in it is ever run.
    """
    if content[:6] == b"\x93NUMPY":
        yield from _pictures(_array(content, name), "", name)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = [info for info in packed.infolist() if info.filename.endswith(".npy")]
            if not members:
                raise DigitpadError(
                    _("{name} is a zip without arrays of numpy; take a picture").format(name=name)
                )
            for info in members[:_MAX_ARRAYS]:
                if info.file_size > MAX_UNPACKED_BYTES:
                    raise _too_many(name)
                with packed.open(info) as stream:
                    unpacked = stream.read(info.file_size + 1)
                array = _array(unpacked, f"{name}, {info.filename[:60]}")
                inner = info.filename[:-4][:60]
                if array.ndim >= 2 or array.size == ROW:
                    yield from _pictures(array, inner if len(members) > 1 else "", name)
    except DigitpadError:
        raise
    except Exception as error:
        raise DigitpadError(
            _("{name} is damaged and cannot be read as .npz; get it again").format(name=name)
        ) from error


def _too_many(name: str) -> DigitpadError:
    return DigitpadError(
        _("{name} has more than the {max_unpacked_bytes:,} bytes of values that are read").format(
            name=name, max_unpacked_bytes=MAX_UNPACKED_BYTES
        )
    )


def _array(content: bytes, name: str) -> np.ndarray:
    """The array of a .npy file, seen in its bytes; only numbers, so that nothing is run."""
    try:
        stream = io.BytesIO(content)
        version = npy.read_magic(stream)
        header = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
        shape, fortran, kind = header(stream)
        start = stream.tell()
    except Exception as error:
        raise DigitpadError(
            _("{name} is damaged and cannot be read as .npy; get it again").format(name=name)
        ) from error
    if kind.kind not in "buif" or kind.itemsize > 8:
        raise DigitpadError(
            _("{name} holds {kind}, not numbers; save the pixels as uint8").format(
                name=name, kind=str(kind)[:40]
            )
        )
    count = 1
    for side in shape:
        count *= side
    if count * kind.itemsize > MAX_UNPACKED_BYTES:
        raise _too_many(name)
    if count <= 0 or count * kind.itemsize > len(content) - start:
        raise DigitpadError(
            _("{name} has no pixels, or fewer than it says; get it again").format(name=name)
        )
    flat = np.frombuffer(content, kind, count, start)
    return flat.reshape(shape, order="F" if fortran else "C")


def _pictures(array: np.ndarray, inner: str, name: str) -> Iterator[tuple[str, np.ndarray]]:
    """The pictures in an array, by its shape."""
    shape = array.shape
    if array.ndim == 1 and array.size == ROW:
        several = array.reshape(1, SIDE, SIDE)
    elif array.ndim == 2 and shape[1] == ROW:
        several = array.reshape(-1, SIDE, SIDE)
    elif array.ndim == 2 or (array.ndim == 3 and shape[2] <= 4 < shape[0]):
        several = array[None]
    elif array.ndim == 3:
        several = array
    elif array.ndim == 4 and shape[1] in (1, 3):
        several = np.moveaxis(array, 1, -1)
    elif array.ndim == 4 and shape[3] in (1, 3, 4):
        several = array
    else:
        raise DigitpadError(
            _(
                "{name} has the shape {shape}; pictures are (height, width), (n, 784) or "
                "(n, 28, 28)"
            ).format(name=name, shape=str(shape)[:60])
        )
    for number in range(len(several)):
        label = f" {inner}" * bool(inner) + f"[{number}]" * (len(several) > 1)
        yield label, _levels(several[number], f"{name}{label}")


def _levels(pixels: np.ndarray, name: str) -> np.ndarray:
    if pixels.ndim == 3:
        weights = {1: [1.0], 3: [0.299, 0.587, 0.114], 4: [0.299, 0.587, 0.114, 0.0]}
        pixels = pixels @ np.array(weights.get(pixels.shape[2], [1 / pixels.shape[2]] * 2))
    if pixels.size > 4 * MAX_PIXELS or pixels.shape[0] * pixels.shape[1] > MAX_PIXELS:
        raise DigitpadError(
            _(
                "{name} is {shape:,} × {shape2:,} values; at most {max_pixels:,} a picture are read"
            ).format(
                name=name, shape=pixels.shape[0], shape2=pixels.shape[1], max_pixels=MAX_PIXELS
            )
        )
    if min(pixels.shape) < 1:
        raise DigitpadError(_("{name} has no pixels").format(name=name))
    levels = pixels.astype(np.float32)
    if not np.isfinite(levels).all():
        raise DigitpadError(_("{name} has values that are not finite").format(name=name))
    return scaled(shrunk(levels, WORKING_SIDE))


def rows(content: bytes, name: str) -> Iterator[tuple[str, np.ndarray]]:
    """The pictures of a CSV file of 784 values a line, row after row of pixels, as they are read:
    "[n]", n from 0, and grey levels, float32 (28, 28) in 0 to 255.

    A heading is left out, and so is a label in front (785 values). Any scale is taken. Raises
    DigitpadError at the first line that is not so, naming it.
    """
    number = 0
    for line_number, line in enumerate(io.BytesIO(content), start=1):
        if len(line) > _LONGEST_LINE:
            raise DigitpadError(
                _("{name}, line {line_number} is too long for a row of {row} values").format(
                    name=name, line_number=line_number, row=ROW
                )
            )
        if not line.strip() or (line_number == 1 and _is_heading(line)):
            continue
        try:
            values = [float(v) for v in line.replace(b";", b",").split(b",")]
        except ValueError as error:
            raise DigitpadError(
                _("{name}, line {line_number} holds what is no number").format(
                    name=name, line_number=line_number
                )
            ) from error
        if len(values) not in (ROW, ROW + 1):
            raise DigitpadError(
                _("{name}, line {line_number} has {n} values; a row of pixels has {row}").format(
                    name=name, line_number=line_number, n=len(values), row=ROW
                )
            )
        pixels = np.array(values[-ROW:], np.float32)
        if not np.isfinite(pixels).all():
            raise DigitpadError(
                _("{name}, line {line_number} has values that are not finite").format(
                    name=name, line_number=line_number
                )
            )
        yield f"[{number}]", scaled(pixels.reshape(SIDE, SIDE))
        number += 1
    if number == 0:
        raise DigitpadError(_("{name} has no row of {row} values").format(name=name, row=ROW))


def _is_heading(line: bytes) -> bool:
    """Whether a line's first value is a word."""
    first = line.replace(b";", b",").split(b",", 1)[0].strip(b"\xef\xbb\xbf\"' \t\r\n")
    try:
        float(first)
    except ValueError:
        return True
    return False
