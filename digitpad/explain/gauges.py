"""What can be measured of a digit, to be held against a data set's spread.

Size and place are no measures: normalisation makes them the same for all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digitpad.explain.results import Gauge, Gauged
from digitpad.explain.spread import spread
from digitpad.ink.parts import connected

SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The shares of the data set that lie below a gauge's percentiles."""

INKED = 0.5
"""From here on a pixel counts as ink where shapes are told."""

_FAINT = 0.25
_THIRDS = 3

Digit = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Shape:
    """The shape of a digit's ink. parts: connected ones; loops: holes in them; elongation: how long
    it is for its width, as the ratio of its two spreads, 1 of a disc; thirds: the share of the ink
    in each ninth of the field, row by row, nine numbers that add up to 1."""

    parts: int
    loops: int
    elongation: float
    thirds: tuple[float, ...]


def measure(digit: Digit) -> dict[Gauge, float]:
    """The measures of a digit, float32 (28, 28) in [0, 1]; there is ink in it."""
    ink = digit.astype(np.float64)
    # A line of a width has an edge on either side: twice its area through the length of its edges.
    padded = np.pad(ink, 1)
    down, across = np.diff(padded, axis=0)[:, :-1], np.diff(padded, axis=1)[:-1]
    edges = float(np.hypot(down, across).sum())
    mass = float(ink.sum())
    _, spread_y, joint = _moments(ink)
    is_ink = digit >= min(_FAINT, float(digit.max()))
    rows, columns = np.flatnonzero(is_ink.any(axis=1)), np.flatnonzero(is_ink.any(axis=0))
    return {
        Gauge.PEN_WIDTH: 2 * mass / edges,
        # Rows go down: what leans to the right has its top at the right.
        Gauge.SLANT: float(np.degrees(np.arctan2(-joint, max(spread_y, 1e-9)))),
        Gauge.ASPECT: float((columns[-1] - columns[0] + 1) / (rows[-1] - rows[0] + 1)),
        Gauge.MASS: mass,
    }


def gauged(digit: Digit) -> tuple[Gauged, ...]:
    """Each measure of a digit beside MNIST's spread; of an empty digit none."""
    if not digit.any():
        return ()
    found = []
    for gauge, value in measure(digit).items():
        quantiles = spread().gauges[gauge]
        levels = np.linspace(0, 1, len(quantiles))
        percentiles = tuple(float(one) for one in np.interp(SHARES, levels, quantiles))
        rank = float(np.interp(value, quantiles, levels))
        found.append(Gauged(gauge, value, percentiles, rank))
    return tuple(found)


def shape_of(digit: Digit) -> Shape:
    """The shape of a digit's ink, of which there is some."""
    mask = digit >= min(INKED, float(digit.max()))
    parts = len(connected(mask))
    ink = digit.astype(np.float64)
    spread_x, spread_y, joint = _moments(ink)
    middle, off = (spread_x + spread_y) / 2, np.hypot((spread_x - spread_y) / 2, joint)
    elongation = float(np.sqrt((middle + off) / max(middle - off, 1e-3)))
    edges = np.linspace(0, len(ink), _THIRDS + 1).round().astype(int)
    sums = np.add.reduceat(np.add.reduceat(ink, edges[:-1], axis=0), edges[:-1], axis=1)
    return Shape(parts, parts - _euler(mask), elongation, tuple((sums / ink.sum()).ravel()))


def _moments(ink: npt.NDArray[np.float64]) -> tuple[float, float, float]:
    """The spread of ink across, down, and of both together, in pixels squared."""
    rows, columns = np.indices(ink.shape)
    shares = ink / ink.sum()
    x, y = columns - (shares * columns).sum(), rows - (shares * rows).sum()
    return (
        float((shares * x * x).sum()),
        float((shares * y * y).sum()),
        float((shares * x * y).sum()),
    )


def _euler(mask: npt.NDArray[np.bool_]) -> int:
    """Parts less holes, of 8-connected ink, by counting squares of four pixels (Gray, "Local
    Properties of Binary Images in Two Dimensions", 1971)."""
    padded = np.pad(mask, 1).astype(np.int64)
    a, b, c, d = padded[:-1, :-1], padded[:-1, 1:], padded[1:, :-1], padded[1:, 1:]
    inked = a + b + c + d
    diagonal = (inked == 2) & (a == d)
    found = (inked == 1).sum() - (inked == 3).sum() - 2 * diagonal.sum()
    return int(found) // 4
