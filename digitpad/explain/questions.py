"""What the recogniser is asked for explanations; nothing here needs torch or Qt.

Long work is done in parts, between which drawings are read; who asks (digitpad.engine.parted) says
which part is wanted now, and puts the answers together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digitpad.explain.part import Part as Part
from digitpad.explain.part import QuestionT as QuestionT
from digitpad.explain.results import SweepKind
from digitpad.ink.drawing import Mark

INTERVALS = 16
"""Between blank paper and the digit; a gradient is taken in the middle of each, and of its halves
where that is not enough."""
INTERVALS_AT_ONCE = 4
"""Of these as many are halved together, so that the answer is the same however it is asked for."""


@dataclass(frozen=True)
class WeightsQuestion:
    """The weights of a layer, by its name: of all maps, or of one, which always fits."""

    layer: str
    map: int | None = None


@dataclass(frozen=True, eq=False)
class WhyQuestion:
    """Why the class first leads second for a digit, float32 (28, 28) in [0, 1]. is_random: by the
    network with its weights shuffled. intervals: how many the path is cut into at first, of which
    INTERVALS_AT_ONCE are asked for together."""

    digit: npt.NDArray[np.float32]
    first: int
    second: int
    is_random: bool = False
    intervals: int = INTERVALS

    @property
    def groups(self) -> int:
        """How many times it is asked for."""
        return math.ceil(self.intervals / INTERVALS_AT_ONCE)


@dataclass(frozen=True, eq=False)
class PiecesQuestion:
    """What the drawing of these marks is read as without each of its pieces. removed: pieces that
    are taken away in all that is read, by their numbers."""

    marks: tuple[Mark, ...]
    removed: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class HistoryQuestion:
    """What the drawing of these marks is read as along its length. steps: how many."""

    marks: tuple[Mark, ...]
    steps: int = 64


@dataclass(frozen=True, eq=False)
class NormalisationQuestion:
    """What the drawing of these marks is read as at each stage of its normalisation."""

    marks: tuple[Mark, ...]


@dataclass(frozen=True, eq=False)
class SweepQuestion:
    """What the drawing of these marks is read as along some changes, one sweep after the other."""

    marks: tuple[Mark, ...]
    kinds: tuple[SweepKind, ...] = tuple(SweepKind)
