"""The IDX format of MNIST and its relatives.

A big-endian magic number (two zero bytes, the type of the values, the number of dimensions), a
32-bit size for each dimension, then the values: 0x00000803 for images, 0x00000801 for labels, and
0x00000C02 for QMNIST's labels, rows of 32-bit integers.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import N_, _

_MOST_PIXELS = 4_096
_MAGIC = {"images": b"\0\0\x08\x03", "labels": b"\0\0\x08\x01", "rows of labels": b"\0\0\x0c\x02"}

_NAMES = {
    "images": N_("images"),
    "labels": N_("labels"),
    "rows of labels": N_("rows of labels"),
}


def idx_array(content: bytes, kind: str, path: Path) -> np.ndarray:
    """The values of an IDX file of a kind: "images", uint8 (n, rows, columns); "labels", uint8
    (n,); "rows of labels", big-endian int32 (n, k).

    path: named where something does not fit, which raises DigitpadError. A file of no pictures
    gives n = 0.
    """
    magic = _MAGIC[kind]
    dimensions = magic[3]
    value = np.dtype(np.uint8 if magic[2] == 8 else ">i4")
    header_bytes = 4 + 4 * dimensions
    if len(content) < header_bytes or content[:4] != magic:
        raise DigitpadError(
            _(
                "{path} is not an IDX file of {kind} (its magic number is wrong); get it again"
            ).format(path=path, kind=_(_NAMES[kind]))
        )
    shape = tuple(int(size) for size in np.frombuffer(content, ">u4", dimensions, 4))
    # Without pictures the other sizes are free, and may be too large for an array.
    if max(shape[1:], default=0) > _MOST_PIXELS:
        raise DigitpadError(
            _("{path} says its pictures are {n:,} wide; get it again").format(
                path=path, n=max(shape[1:])
            )
        )
    held, odd = divmod(len(content) - header_bytes, value.itemsize)
    if math.prod(shape) != held or odd:
        raise DigitpadError(
            _("{path} says it holds {n:,} values and has {held:,}; get it again").format(
                path=path, n=math.prod(shape), held=held
            )
        )
    return np.frombuffer(content, value, offset=header_bytes).reshape(shape)
