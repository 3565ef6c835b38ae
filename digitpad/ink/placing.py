"""Putting a drawing of any unit and size somewhere on the pad."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

import numpy as np

from digitpad.ink.drawing import PAD_SIZE

RANDOM_SHARE = (0.35, 0.80)
FIT_SHARE = 0.70


class Placement(str, Enum):
    """Where a drawing is put on the pad; the values are the command line's words.

    RANDOM: its longer side 35-80 % of the pad, anywhere on it. FIT: 70 %, centred.
    """

    RANDOM = "random"
    FIT = "fit"

    __str__ = str.__str__


def place(
    strokes: Sequence[np.ndarray],
    how: Placement | str = Placement.FIT,
    rng: np.random.Generator | None = None,
    share: float | None = None,
) -> list[np.ndarray]:
    """Strokes scaled alike both ways and moved onto the pad.

    strokes: float (n, 2) or (n, 3) each, in any unit. rng: what RANDOM draws from. share: another
    length of the longer side, as a share of the pad. Returns new float32 arrays; a third column is
    kept; no strokes give none. A drawing without extent (a dot) is only moved. Raises ValueError
    where how is no placement, and for RANDOM without rng.
    """
    how = Placement(how)
    if not strokes:
        return []
    every = np.concatenate([np.asarray(stroke, dtype=np.float64)[:, :2] for stroke in strokes])
    low, high = every.min(axis=0), every.max(axis=0)
    if how is Placement.RANDOM:
        if rng is None:
            raise ValueError("placing at random needs rng, for example numpy.random.default_rng(0)")
        drawn_share = rng.uniform(*RANDOM_SHARE)
        where = rng.uniform(0.0, 1.0, size=2)
    else:
        drawn_share, where = FIT_SHARE, np.array([0.5, 0.5])
    longest = float((high - low).max())
    unit = (drawn_share if share is None else share) * PAD_SIZE / longest if longest > 0 else 1.0
    corner = where * (PAD_SIZE - (high - low) * unit)
    placed = []
    for stroke in strokes:
        moved = np.array(stroke, dtype=np.float64)
        moved[:, :2] = (moved[:, :2] - low) * unit + corner
        placed.append(moved.astype(np.float32))
    return placed
