"""Drawings that are not explained, and why; told before anything is asked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from digitpad.explain.results import NoReason
from digitpad.ink.drawing import Mark, Stroke

MOST_MARKS = 200
_TWICE = 800.0
MOST_LENGTH = 8_000.0
"""In pad units along all strokes: a digit has some hundreds. What is longer takes so long to draw
that drawings would wait."""


def reason_against(marks: Sequence[Mark], needs_strokes: bool = False) -> NoReason | None:
    """Why a drawing is not explained by changing it, or None. needs_strokes: a picture alone will
    not do."""
    strokes = [mark for mark in marks if isinstance(mark, Stroke)]
    if len(strokes) == len(marks) and all(stroke.erases for stroke in strokes):
        return NoReason.EMPTY
    if needs_strokes and not strokes:
        return NoReason.NO_STROKES
    if len(marks) > MOST_MARKS or sum(map(_length, strokes)) > MOST_LENGTH:
        return NoReason.TOO_LARGE
    return None


def weight_of(marks: Sequence[Mark]) -> float:
    """How long it takes to draw a drawing otherwise and to bring it to 28 x 28, 1 for a dot: about,
    since a part of an explanation shall not take longer than drawings can wait."""
    return 1.0 + sum(_length(mark) for mark in marks if isinstance(mark, Stroke)) / _TWICE


def _length(stroke: Stroke) -> float:
    legs = np.diff(stroke.points[:, :2], axis=0)
    return float(np.hypot(legs[:, 0], legs[:, 1]).sum())
