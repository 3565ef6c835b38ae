"""Files of data sets, made for the tests."""

from __future__ import annotations

import bz2
import gzip
from pathlib import Path

import numpy as np

from digitpad.datasets import DATASETS


def idx_bytes(values: np.ndarray) -> bytes:
    """values, uint8 or int32, as the content of an IDX file."""
    sizes = b"".join(size.to_bytes(4, "big") for size in values.shape)
    kind, stored = (8, values) if values.dtype == np.uint8 else (12, values.astype(">i4"))
    return bytes((0, 0, kind, values.ndim)) + sizes + stored.tobytes()


def write_idx(path: Path, values: np.ndarray, packed: bool = False) -> Path:
    """values as an IDX file."""
    content = idx_bytes(values)
    if packed:
        path = path.with_name(path.name + ".gz")
        content = gzip.compress(content)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def usps_line(label: int, pixels: np.ndarray) -> bytes:
    """A line of USPS: label from 1 to 10, pixels float (256,) in [-1, 1]."""
    return (
        f"{label} ".encode()
        + " ".join(f"{i}:{value:g}" for i, value in enumerate(pixels, 1)).encode()
        + b" \n"
    )


def write_set(folder: Path, n: int = 4, packed: bool = False, name: str = "mnist") -> Path:
    """The files of a data set, with n pictures each, of the classes 0, 1, 2 and so on."""
    entry = DATASETS[name]
    folder.mkdir(parents=True, exist_ok=True)
    for file in entry.files:
        if entry.form == "usps":
            lines = []
            for i in range(n):
                pixels = np.full(256, -1.0)
                pixels[16 * 2 + 4 : 16 * 14 + 4 : 16] = 1 - i / 10
                lines.append(usps_line(i % 10 + 1, pixels))
            content = b"".join(lines)
            (folder / file.published).write_bytes(bz2.compress(content)) if packed else (
                folder / file.name
            ).write_bytes(content)
            continue
        if "images" in file.name:
            values = (np.arange(n * 784).reshape(n, 28, 28) % 251).astype(np.uint8)
        elif entry.form == "qmnist":
            values = np.stack([np.arange(n) % 10, *([np.full(n, -7)] * 7)], axis=1).astype(np.int32)
        else:
            values = (np.arange(n) % 10).astype(np.uint8)
        write_idx(folder / file.name, values, packed)
    return folder
