"""Generated digits are kept between runs: what takes minutes to draw is read in a second."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import torch

from digitpad.core.errors import DigitpadError
from digitpad.core.files import write_beside
from digitpad.core.paths import PACKAGE, cache_folder

Pool = tuple[np.ndarray, np.ndarray]
"""Digits uint8 (n, 28, 28), and int64 (n,) that tells what each is."""

_FEWEST_KEPT = 4_000
"""Fewer are drawn sooner than it matters."""
_DRAWING_MODULES = ("curves", "drawing", "normalize", "rasterize")
"""What of the pad draws a digit: editing the rest of it leaves the cache as it is."""
_MOST_FILES = 9
"""Those of three runs; each has about 120 MB at most."""


def kept(
    name: str, count: int, seed: int, draw: Callable[[], Pool], drawn_from: bytes = b""
) -> Pool:
    """The pool of this name, number and seed from the folder of what is kept, or drawn, and then
    kept there.

    name: a word for the file. drawn_from: what it is made of beside the seed. A pool counts as the
    same only while the code and the tables that draw it, NumPy and PyTorch are the same. A kept
    file that is damaged is drawn anew; a folder that cannot be written keeps nothing.
    """
    if count < _FEWEST_KEPT:
        return draw()
    key = hashlib.sha256(
        f"{_generator()} {name} {count} {seed} ".encode() + drawn_from
    ).hexdigest()[:24]
    path = cache_folder() / "drawn" / f"{name}-{key}.npz"
    found = _read(path, count)
    if found is None:
        found = draw()
        _write(path, found)
    return found


def _read(path: Path, count: int) -> Pool | None:
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            digits, numbers = arrays["digits"], arrays["numbers"]
        path.touch()
    except Exception:  # what is missing or damaged fails in any way, and is drawn anew
        return None
    fits = digits.dtype == np.uint8 and digits.shape == (count, 28, 28)
    return (
        (digits, numbers)
        if fits and numbers.dtype == np.int64 and numbers.shape == (count,)
        else None
    )


def _write(path: Path, pool: Pool) -> None:
    stream = io.BytesIO()
    np.savez(stream, digits=pool[0], numbers=pool[1])
    try:
        write_beside(path, stream.getvalue())
        others = sorted(
            path.parent.glob("*.npz"), key=lambda file: file.stat().st_mtime, reverse=True
        )
        for old in others[_MOST_FILES:]:
            old.unlink()
    except (DigitpadError, OSError):
        return


@cache
def _generator() -> str:
    """What tells one state of the code that draws from another."""
    digest = hashlib.sha256(f"{np.__version__} {torch.__version__}".encode())
    sources = [*(PACKAGE / "handwriting").glob("*.py"), *(PACKAGE / "handwriting").glob("*.json")]
    sources += [PACKAGE / "ink" / f"{name}.py" for name in _DRAWING_MODULES]
    for source in sorted([*sources, PACKAGE / "training" / "data" / "repenned.py"]):
        digest.update(source.name.encode() + source.read_bytes())
    return digest.hexdigest()
