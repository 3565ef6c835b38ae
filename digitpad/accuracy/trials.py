"""What the networks are tried on, one setting after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from digitpad.accuracy.corruptions import CORRUPTIONS, MOVED, corrupted
from digitpad.accuracy.evaluation import digits_of
from digitpad.accuracy.pen_sets import PenSet
from digitpad.accuracy.synthetic import Drawn, drawn_kinds, drawn_letters, drawn_styles
from digitpad.core.parallel import in_processes
from digitpad.datasets import LabelledDigits
from digitpad.ink.drawing import PAD_SIZE, PEN_WIDTH
from digitpad.ink.normalize import normalize
from digitpad.ink.placing import FIT_SHARE, Placement

PEN_WIDTH_SHARES = (0.04, 0.06, 0.08, 0.12, 0.16, 0.20, 0.25, 0.30)
"""Pen widths, of the drawing's longer side."""
SIZES = (0.12, 0.20, 0.35, 0.50, 0.65, 0.80, 0.95)
"""Longer sides, of the pad."""
ANGLES = (-15, -10, -5, 0, 5, 10, 15)
"""Degrees, anticlockwise."""
USUAL_PEN_SHARE = 0.12
"""The width of MNIST's strokes, of their digit's height."""

PEN, SIZE, SIZE_AND_PEN, ROTATION = "pen", "size", "size and pen", "rotation"
SWEEPS: dict[str, tuple[float, ...]] = {
    PEN: PEN_WIDTH_SHARES,
    SIZE: SIZES,
    SIZE_AND_PEN: SIZES,
    ROTATION: ANGLES,
}
"""What is changed step by step while all else stays; the pen is PEN_WIDTH wide, or grows with
the drawing."""

Key = tuple[str | float, ...]
"""Which trial: ("mnist",), ("corruption", name), ("renormalized", name), ("place", pen set,
a Placement), (a sweep's name, pen set, setting), ("kinds",), ("letters",) or ("styles",)."""


@dataclass(frozen=True)
class Effort:
    """How many drawings are read: of MNIST's test set and of each pen set at most (None: all), at
    every step of the sweeps of a pen set that has more than sweep_whole, of each kind of what is no
    digit, of letters in all, and of each style.
    """

    mnist: int | None = None
    pen_set: int | None = None
    sweep_whole: int = 4_000
    sweep: int = 1_000
    kind: int = 1_000
    letters: int = 4_000
    style: int = 60


FULL = Effort()
QUICK = Effort(mnist=300, pen_set=60, sweep_whole=20, sweep=20, kind=20, letters=120, style=1)


@dataclass(frozen=True, eq=False)
class Trial:
    """Digits float32 (n, 28, 28) with labels int64 (n,); drawn: what generated drawings are of."""

    key: Key
    digits: np.ndarray
    labels: np.ndarray
    drawn: Drawn | None = None

    @property
    def about(self) -> str:
        """What is tried, in a few words."""
        return " ".join(str(part) for part in self.key)


@dataclass(frozen=True, eq=False)
class PlannedTrial:
    """A trial still to be made, by any process: make(*ingredients) gives its digits, or what is
    Drawn."""

    key: Key
    make: Callable[..., np.ndarray | Drawn]
    ingredients: tuple[Any, ...]
    labels: np.ndarray | None = None

    def make_trial(self) -> Trial:
        """Make it."""
        made = self.make(*self.ingredients)
        if isinstance(made, Drawn):
            return Trial(self.key, made.digits, made.labels, made)
        assert self.labels is not None
        return Trial(self.key, made, self.labels)


def planned_trials(
    mnist: LabelledDigits, pen_sets: Sequence[PenSet], seed: int, effort: Effort
) -> list[PlannedTrial]:
    """All trials; the same seed gives the same.

    mnist: the test set, of which the first are taken where effort asks for fewer.
    """
    found = _on_mnist(mnist, seed, effort)
    for pen_set in pen_sets:
        found += _on_pen_set(pen_set, seed, effort)
    found.append(PlannedTrial(("kinds",), drawn_kinds, (effort.kind, seed)))
    found.append(PlannedTrial(("letters",), drawn_letters, (effort.letters, seed)))
    found.append(PlannedTrial(("styles",), drawn_styles, (effort.style, seed)))
    return found


def trials(planned: Sequence[PlannedTrial], workers: int = 1) -> Iterator[Trial]:
    """Make what is planned, in its order; with more than one worker in so many processes."""
    return in_processes(PlannedTrial.make_trial, planned, workers=workers)


def _on_mnist(mnist: LabelledDigits, seed: int, effort: Effort) -> list[PlannedTrial]:
    digits = mnist.digits[: effort.mnist].astype(np.float32) / 255
    labels = mnist.labels[: effort.mnist].astype(np.int64)
    found = [PlannedTrial(("mnist",), np.array, (digits,), labels)]
    for name in CORRUPTIONS:
        found.append(PlannedTrial(("corruption", name), corrupted, (name, digits, seed), labels))
        if name in MOVED:
            found.append(
                PlannedTrial(("renormalized", name), _renormalized, (name, digits, seed), labels)
            )
    return found


def _renormalized(name: str, digits: np.ndarray, seed: int) -> np.ndarray:
    ink = np.floor(corrupted(name, digits, seed) * 255 + 0.5).astype(np.uint8)
    return np.stack([normalize(sheet) for sheet in ink])


def _on_pen_set(pen_set: PenSet, seed: int, effort: Effort) -> list[PlannedTrial]:
    if effort.pen_set is not None:
        pen_set = pen_set.part(effort.pen_set, seed)
    found = [
        PlannedTrial(
            ("place", pen_set.name, place),
            digits_of,
            (pen_set.samples, place, PEN_WIDTH, seed),
            pen_set.labels,
        )
        for place in Placement
    ]
    part = (
        pen_set if len(pen_set.samples) <= effort.sweep_whole else pen_set.part(effort.sweep, seed)
    )
    for sweep, settings in SWEEPS.items():
        for setting in settings:
            found.append(
                PlannedTrial(
                    (sweep, part.name, setting), _swept, (part, sweep, setting, seed), part.labels
                )
            )
    return found


def _swept(pen_set: PenSet, sweep: str, setting: float, seed: int) -> np.ndarray:
    if sweep == PEN:
        return digits_of(pen_set.samples, Placement.FIT, setting * FIT_SHARE * PAD_SIZE, seed)
    if sweep == SIZE:
        return digits_of(pen_set.samples, Placement.RANDOM, PEN_WIDTH, seed, share=setting)
    if sweep == SIZE_AND_PEN:
        return digits_of(
            pen_set.samples,
            Placement.RANDOM,
            USUAL_PEN_SHARE * setting * PAD_SIZE,
            seed,
            share=setting,
        )
    return digits_of(pen_set.turned(setting).samples, Placement.RANDOM, PEN_WIDTH, seed)
