"""IDX files made for the tests."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np

from digitpad.training.mnist import DIGESTS


def write_idx(path: Path, values: np.ndarray, packed: bool = False) -> Path:
    """values, uint8, as an IDX file."""
    sizes = b"".join(size.to_bytes(4, "big") for size in values.shape)
    content = bytes((0, 0, 8, values.ndim)) + sizes + values.tobytes()
    if packed:
        path = path.with_name(path.name + ".gz")
        content = gzip.compress(content)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def write_set(folder: Path, n: int = 4, packed: bool = False) -> Path:
    """Four files named as MNIST's, with n digits each."""
    for name in DIGESTS:
        values = np.arange(n) % 10 if "labels" in name else np.arange(n * 784).reshape(n, 28, 28) % 251
        write_idx(folder / name, values.astype(np.uint8), packed)
    return folder
