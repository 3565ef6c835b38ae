"""The synthetic handwriting that teaching replays and measures with, drawn in pieces by several
processes, which load neither torch nor Qt."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from digitpad.core.parallel import in_processes
from digitpad.datasets import NON_DIGIT
from digitpad.handwriting.non_digits import make_non_digits
from digitpad.handwriting.pen_styles import make_digits

_PIECE = 250
_FEW = 1_000
"""Fewer are drawn sooner than processes are started."""


@dataclass(frozen=True)
class Drawn:
    """A set to draw: so many digits, or drawings that are none, from a seed of their own."""

    are_digits: bool
    count: int
    seed: int


def draw_sets(
    sets: Sequence[Drawn],
    progress: Callable[[float], None] = lambda share: None,
    workers: int | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """The sets one behind the other: digits uint8 (n, 28, 28), labels int64 (n,), NON_DIGIT for
    what is none.

    progress: told the share that is drawn, in (0, 1]. workers: processes; as many as there are
    cores unless told. The same seeds give the same for any number of them.
    """
    pieces = [
        (one.are_digits, min(_PIECE, one.count - first), (one.seed, first // _PIECE))
        for one in sets
        for first in range(0, one.count, _PIECE)
    ]
    if not pieces:
        return np.empty((0, 28, 28), np.uint8), np.empty(0, np.int64)
    if workers is None:
        few = sum(count for _digits, count, _seed in pieces) < _FEW
        workers = 1 if few else os.cpu_count() or 1
    digits, labels = [], []
    for number, made in enumerate(in_processes(_draw, *zip(*pieces, strict=True), workers=workers)):
        digits.append(made[0])
        labels.append(made[1])
        progress((number + 1) / len(pieces))
    return np.concatenate(digits), np.concatenate(labels)


def _draw(are_digits: bool, count: int, seed: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """A piece of a set; its seed is made of the set's and of its place."""
    number = int(np.random.SeedSequence(seed).generate_state(1)[0]) & 0x7FFF_FFFF
    if are_digits:
        return make_digits(count, number)[:2]
    digits, _ = make_non_digits(count, number)
    return digits, np.full(count, NON_DIGIT, np.int64)
