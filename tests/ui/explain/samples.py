"""Explanations as a recogniser may give them, for panels that run alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from digitpad.explain.history import assemble
from digitpad.explain.normalisation import digits_of, stages_of
from digitpad.explain.pieces import cut
from digitpad.explain.questions import HistoryQuestion
from digitpad.explain.results import (
    Attribution,
    History,
    NoReason,
    Normalisation,
    Pieces,
    Readings,
    Sweep,
    SweepKind,
)
from digitpad.explain.sweeps import STEPS, values_of
from digitpad.ink.drawing import Mark, Stroke
from digitpad.ink.normalize import FIELD

BAR_AND_STEM = (
    Stroke.through([(80, 60), (140, 62), (200, 58), (170, 140), (140, 230)]),
    Stroke.through([(110, 150), (190, 142)]),
)
"""A crossed 7, of two strokes."""


def attribution(**changes: Any) -> Attribution:
    """Why 7 leads 1 by 9.4: ink +12.5 and -1.5, paper and biases -1.6."""
    ink = np.zeros((FIELD, FIELD), np.float32)
    ink[8, 6:16] = 1.25
    ink[9:19, 14] = -0.15
    missing = np.zeros((FIELD, FIELD), np.float32)
    missing[20, 4:9] = -0.4
    made = Attribution(7, 1, 9.4, ink, 11.0, -1.6, missing, 16)
    return replace(made, **changes)


def readings(logits: np.ndarray) -> Readings:
    """What is read where these are the logits, (n, 10), all accepted, in one frame."""
    given = np.asarray(logits, np.float32)
    frames = np.tile(np.float32([40, 40, 7]), (len(given), 1))
    return Readings(given, np.ones(len(given), bool), frames)


def leading(*margins: float, first: int = 7, second: int = 1) -> Readings:
    """What is read where one class leads another by these margins; all others lie far behind."""
    logits = np.full((len(margins), 10), -20.0, np.float32)
    logits[:, first] = margins
    logits[:, second] = 0.0
    return readings(logits)


def pieces(marks: tuple[Mark, ...] = BAR_AND_STEM, **changes: Any) -> Pieces:
    """A drawing in pieces, of which the first loses 4.8 by its ink and 1.5 by the shift, the
    second makes 1 lead, and each of the others gains 0.5."""
    found = cut(marks)
    held, anew = np.full(len(found), 9.9), np.full(len(found), 9.9)
    held[:2], anew[:2] = (4.6, 1.0), (3.1, -2.0)
    patches = any(piece.stroke is None for piece in found)
    made = Pieces(found, patches, leading(9.4), leading(*held), leading(*anew))
    return replace(made, **changes)


def history(marks: tuple[Mark, ...] = BAR_AND_STEM, steps: int = 8, **changes: Any) -> History:
    """A drawing in steps, of which the first two are rejected, the next are read as 1, and those
    from the sixth on as 7; the pen was lifted between its strokes."""
    question = HistoryQuestion(marks, steps)
    margins = np.linspace(-6.0, 8.0, steps)
    margins[2:5], margins[5:] = -3.0, np.linspace(2.0, 9.0, steps - 5)
    read = leading(*margins)
    accepted = np.arange(steps) > 1
    return replace(assemble(question, replace(read, accepted=accepted), 1.0), **changes)


def normalisation(**changes: Any) -> Normalisation:
    """The four stages of a crossed 7: read as 7, as 1, as 7 but rejected, as 7."""
    digits = digits_of(BAR_AND_STEM, False)
    read = leading(7.9, -3.7, 0.5, 9.4)
    read = replace(read, accepted=np.array([True, True, False, True]), frames=digits.frames)
    return replace(Normalisation(stages_of(False), digits.digits, read), **changes)


def sweeps(marks: tuple[Mark, ...] = BAR_AND_STEM, **reasons: NoReason) -> tuple[Sweep, ...]:
    """All sweeps of a drawing: the lead of 7 over 1 falls from 9.4 to both sides and breaks near
    the ends, but for size, where it stays. reasons: why there is none of a kind, by its name."""
    found = []
    for kind in SweepKind:
        values = values_of(kind, marks)
        margins = np.full(len(values), 9.4)
        if kind is not SweepKind.SIZE:
            margins -= 11.0 * np.linspace(-1, 1, len(values)) ** 2
        read = leading(*margins)
        reason = reasons.get(kind.name.lower())
        found.append(Sweep(kind, values, STEPS // 2, read, read.flips(), reason))
    return tuple(found)
