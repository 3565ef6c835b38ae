"""The cache of synthetic handwriting: what takes minutes to make is read in a second."""

from __future__ import annotations

import functools
import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from digitpad.core.errors import DigitpadError
from digitpad.core.files import write_beside
from digitpad.core.paths import PACKAGE, cache_folder
from digitpad.training.leftovers import sweep

LabelledArrays = tuple[np.ndarray, np.ndarray]
"""Digits uint8 (n, 28, 28), and int64 (n,) that tells what each is."""

_FEWEST_CACHED = 4_000
"""Fewer are made sooner than it matters."""
_MOST_FILES = 9
"""Those of three runs; each has about 120 MB at most."""
_INK_MODULES = ("capsules", "curves", "drawing", "normalize", "rasterize")
"""What of the pad makes a digit of strokes; the rest of ink/ has no part in it."""


def cached(
    name: str,
    count: int,
    seed: int,
    make: Callable[[], LabelledArrays],
    made_from: bytes = b"",
) -> LabelledArrays:
    """The digits of this name, count and seed out of the cache, or made, and then put there.

    name: a word for the file. made_from: what make takes beside the seed. Digits are taken from the
    cache only while the code and the templates that make them, NumPy and PyTorch are the same. A
    damaged file is made anew; where the folder cannot be written nothing is cached.
    """
    if count < _FEWEST_CACHED:
        return make()
    key = hashlib.sha256(f"{_generator()} {name} {count} {seed} ".encode() + made_from).hexdigest()
    path = cache_folder() / "drawn" / f"{name}-{key[:24]}.npz"
    found = _read(path, count)
    if found is None:
        found = make()
        _write(path, found)
    return found


def generator_digest(package: Path = PACKAGE) -> str:
    """A digest, hexadecimal, of the files of a package that make synthetic handwriting, and of
    them alone: editing another file leaves it as it is."""
    sources = [*(package / "handwriting").glob("*.py"), *(package / "handwriting").glob("*.json")]
    sources += [package / "ink" / f"{name}.py" for name in _INK_MODULES]
    sources.append(package / "training" / "data" / "repenned.py")
    digest = hashlib.sha256()
    for source in sorted(sources):
        digest.update(source.name.encode() + source.read_bytes())
    return digest.hexdigest()


@functools.cache
def _generator() -> str:
    """What tells one state of all that makes digits from another."""
    return f"{generator_digest()} {np.__version__} {torch.__version__}"


def _read(path: Path, count: int) -> LabelledArrays | None:
    """What a file of the cache holds, or None where it is missing, damaged or of another shape."""
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            digits, numbers = arrays["digits"], arrays["numbers"]
        path.touch()
    except Exception:  # what is missing or damaged fails in any way, and is made anew
        return None
    fits = digits.dtype == np.uint8 and digits.shape == (count, 28, 28)
    if fits and numbers.dtype == np.int64 and numbers.shape == (count,):
        return digits, numbers
    return None


def _write(path: Path, found: LabelledArrays) -> None:
    """Put digits into the cache, and take away what was used longest ago and what a killed run
    left half written."""
    stream = io.BytesIO()
    np.savez(stream, digits=found[0], numbers=found[1])
    try:
        sweep(path.parent)
        write_beside(path, stream.getvalue())
        others = sorted(
            path.parent.glob("*.npz"), key=lambda file: file.stat().st_mtime, reverse=True
        )
        for old in others[_MOST_FILES:]:
            old.unlink()
    except (DigitpadError, OSError):
        return
