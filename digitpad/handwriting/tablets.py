"""Pens and tablets: a writer's lines become strokes on the pad, with the faults of what they
are drawn with."""

from __future__ import annotations

import math

import numpy as np

from digitpad.handwriting.geometry import cut_normal
from digitpad.handwriting.jitter import DEFAULT_JITTER, HandwritingJitter
from digitpad.ink.curves import evenly
from digitpad.ink.drawing import NEUTRAL_PRESSURE, PAD_SIZE, Stroke


def pen_strokes(
    rng: np.random.Generator,
    lines: list[np.ndarray],
    jitter: HandwritingJitter = DEFAULT_JITTER,
    thickest: float = 1.0,
) -> list[Stroke]:
    """Lines become strokes somewhere on the pad, with the faults of pens and tablets.

    lines: float (m, 2) each, m >= 1, in any unit alike both ways. thickest: no pen is wider than
    this part of the longer side. Returns strokes in pad units, whose points all lie on the pad and
    whose longer side (without the pen's width) is 12-95 % of it. Raises ValueError without lines.
    """
    every = np.concatenate(lines)
    low, high = every.min(axis=0), every.max(axis=0)
    longer = max(float((high - low).max()), 1e-6)
    smallest, largest = jitter.size
    # Most people fill a good part of the pad; a fifth of the drawings has any size at all.
    share = (
        rng.uniform(smallest, largest)
        if rng.random() < 0.2
        else min(max(rng.normal(0.58, 0.15), smallest), largest)
    )
    unit = share * PAD_SIZE / longer
    pen = _pen_width(rng, jitter, thickest)
    room = PAD_SIZE - (high - low) * unit
    margin = (
        np.zeros(2)
        if rng.random() < jitter.cut_share
        else np.minimum(pen * share * PAD_SIZE, room) / 2
    )
    corner = margin + rng.uniform(0, 1, 2) * (room - 2 * margin)
    lines = [(line - low) / longer for line in lines]
    if rng.random() < jitter.tremor_share:
        size = rng.uniform(*jitter.tremor) / 100
        lines = [line + size * _wandering(rng, len(line), 2, 1) for line in lines]
    if rng.random() < jitter.sparse_share:
        lines = _sparse(rng, lines, jitter)
    if rng.random() < jitter.skip_share:
        lines = _skipped(rng, lines)
    pressed = rng.random() < jitter.pressure_share
    tapered = pressed and rng.random() < 0.5
    strokes = []
    for line in lines:
        points = np.empty((len(line), 3), np.float32)
        points[:, :2] = (line * (longer * unit) + corner).clip(0, PAD_SIZE)
        points[:, 2] = NEUTRAL_PRESSURE
        if pressed:
            points[:, 2] += jitter.pressure_spread * _wandering(rng, len(line), 1, 6)[:, 0]
            if tapered:
                points[:, 2] -= 0.3 * (np.linspace(-1, 1, len(line)) ** 6) * rng.random()
            points[:, 2] = points[:, 2].clip(0.05, 1.0)
        if rng.random() < jitter.reversed_share:
            points = points[::-1].copy()
        strokes.append(Stroke(points, pen * share * PAD_SIZE))
    if rng.random() < jitter.dot_share:
        strokes.append(_stray_dot(rng, strokes))
    return strokes


def _pen_width(rng: np.random.Generator, jitter: HandwritingJitter, thickest: float) -> float:
    """A pen's width as a part of the drawing's longer side."""
    thin, thick = jitter.pen_limits[0], min(jitter.pen_limits[1], thickest)
    kind = rng.random()
    if kind < jitter.hairline_share:
        return float(rng.uniform(thin, min(jitter.hairline, thick)))
    if kind < jitter.hairline_share + jitter.extreme_pen_share:
        return float(thin + (thick - thin) * math.sqrt(rng.random()))
    return float(
        np.clip(jitter.pen_width[0] * np.exp(jitter.pen_width[1] * cut_normal(rng)), thin, thick)
    )


def _wandering(rng: np.random.Generator, count: int, width: int, span: int) -> np.ndarray:
    """Random numbers (count, width) of spread about 1 that change over ``span`` samples: a line
    shakes, and pressure wanders, from one sample to the next."""
    noise = rng.standard_normal((count + 2 * span, width))
    sums = np.cumsum(np.concatenate([np.zeros((1, width)), noise]), axis=0)
    window = 2 * span + 1
    numbers: np.ndarray = (sums[window:] - sums[:-window]) / np.sqrt(window)
    return numbers


def _sparse(
    rng: np.random.Generator, lines: list[np.ndarray], jitter: HandwritingJitter
) -> list[np.ndarray]:
    """The lines with so few points as a slow tablet reports of the whole drawing, each line's share
    by its length and evenly spaced; in a third of them with straight lines between."""
    lengths = np.array([float(np.hypot(*np.diff(line, axis=0).T).sum()) for line in lines])
    # Fewer points than 7 a height of line leave nothing of the curves.
    count = max(
        rng.integers(jitter.sparse_points[0], jitter.sparse_points[1] + 1), 5.5 * lengths.sum()
    )
    sparse = [
        evenly(line, max(2, round(count * length / max(lengths.sum(), 1e-9))))
        for line, length in zip(lines, lengths, strict=True)
    ]
    if rng.random() < 1 / 3:
        # The pad joins points smoothly; points in between keep the lines straight.
        return [np.column_stack([_between(line[:, 0]), _between(line[:, 1])]) for line in sparse]
    return sparse


def _between(values: np.ndarray) -> np.ndarray:
    """One coordinate (n,) of a line's points with three more in each gap, (4 n - 3,), so that the
    pad's curves keep to the straight way."""
    count = len(values)
    places = np.linspace(0, count - 1, 4 * (count - 1) + 1)
    between: np.ndarray = np.interp(places, np.arange(count), values)
    return between


def _skipped(rng: np.random.Generator, lines: list[np.ndarray]) -> list[np.ndarray]:
    """The lines with one of them parted in two by a short gap, where the pen lost touch; a line too
    short for that stays."""
    which = int(rng.integers(len(lines)))
    line = evenly(
        lines[which], max(2, int(np.hypot(*np.diff(lines[which], axis=0).T).sum() / 0.02))
    )
    length = int(rng.integers(2, 5))
    if len(line) < 4 * length:
        return lines
    start = int(rng.integers(length, len(line) - 2 * length))
    return [*lines[:which], line[:start], line[start + length :], *lines[which + 1 :]]


def _stray_dot(rng: np.random.Generator, strokes: list[Stroke]) -> Stroke:
    """A dot of at most half the pen's width on or close to the drawing's box: a tap by mistake."""
    every = np.concatenate([stroke.points[:, :2] for stroke in strokes])
    low, high = every.min(axis=0), every.max(axis=0)
    around = 0.12 * float((high - low).max())
    point = rng.uniform(low - around, high + around).clip(0, PAD_SIZE)
    return Stroke.through([point], strokes[0].width * rng.uniform(0.2, 0.5))
