"""Digits that stand apart are told from one digit in several strokes, and put in reading order.

What counts is the gap between parts as tall as digits, next to their height. Of 11,811 single pen
drawings of three sets five are called several (of the 7,493 that this was chosen on; all are 4s
whose strokes do not meet); of pairs a twentieth of their height apart 98 in 100 are told.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from digitpad.ink.parts import Box, connected

_INK = 64
_TALL = 0.5
_GAP = 0.06
_ROW_GAP = 0.35
# Writing leans, so a gap may lean as well: to the right at most as far as italics.
_LEANS = (0.0, 0.2, 0.4)
_MOST_DIGITS = 64


def segment(ink: np.ndarray, whole: bool = False) -> list[Box]:
    """The boxes of the digits in ink, row by row and from left to right.

    ink: uint8 (h, w), 255 = ink. whole: take all ink for one. Returns (left, top, right, bottom) in
    pixels each, right and bottom excluded: one box around all ink where it is a single digit, none
    where there is no ink. Digits that touch are one.
    """
    masks = [ink > 0] if whole else segment_masks(ink)
    return [_box(mask) for mask in masks if mask.any()]


def segment_masks(ink: np.ndarray) -> list[np.ndarray]:
    """The ink of each digit, bool (h, w), as ``segment`` gives their boxes; leaning neighbours may
    reach into each other's boxes."""
    parts = connected(ink >= _INK)
    if len(parts) == 0:
        return [ink > 0] if ink.any() else []
    heights = parts.boxes[:, 3] - parts.boxes[:, 1]
    tallest = int(heights.max())
    tall = np.flatnonzero(heights >= _TALL * tallest)
    if not 2 <= len(tall) <= _MOST_DIGITS:
        return [ink > 0]
    groups = [
        column
        for row in _rows(parts.boxes, tall, tallest)
        for column in _columns(parts.labels, parts.boxes, row, tallest)
    ]
    if len(groups) < 2:
        return [ink > 0]
    return _with_the_rest(ink, parts.labels, parts.boxes, groups)


def are_digits(whole_accepted: bool, parts_accepted: Sequence[bool]) -> bool:
    """Whether parts that stand apart are digits of their own, by whether the network accepts the
    whole as one digit, and each part.

    Parts of which one is rejected, where the whole is accepted, are one digit's strokes. Less than
    two parts are never several digits.
    """
    return len(parts_accepted) > 1 and not (whole_accepted and not all(parts_accepted))


def _rows(boxes: np.ndarray, tall: np.ndarray, height: int) -> list[np.ndarray]:
    """Parts, by number, in rows from top to bottom: where there is much room between."""
    order = tall[np.argsort(boxes[tall, 1], kind="stable")]
    reach = np.maximum.accumulate(boxes[order, 3])[:-1]
    cuts = np.flatnonzero(boxes[order[1:], 1] - reach > _ROW_GAP * height) + 1
    return np.split(order, cuts)


def _columns(
    labels: np.ndarray, boxes: np.ndarray, row: np.ndarray, height: int
) -> list[np.ndarray]:
    """The parts of a row in groups from left to right, with a gap between, upright or leaning."""
    together = np.ones((len(row), len(row)), bool)
    for lean in _LEANS:
        lows, highs = [], []
        for part in row:
            left, top, right, bottom = (int(edge) for edge in boxes[part])
            y, x = np.nonzero(labels[top:bottom, left:right] == part + 1)
            along = x + left + lean * (y + top)
            lows.append(float(along.min()))
            highs.append(float(along.max()))
        low, high = np.array(lows), np.array(highs)
        gap = np.maximum(low[:, None] - high[None, :], low[None, :] - high[:, None]) - 1
        together &= gap < _GAP * height
    names = np.arange(len(row))
    for _ in range(len(row)):
        names = np.where(together, names[np.newaxis], len(row)).min(axis=1)
    groups = [row[names == name] for name in np.unique(names)]
    return sorted(groups, key=lambda group: float(np.mean(boxes[group][:, [0, 2]])))


def _with_the_rest(
    ink: np.ndarray, labels: np.ndarray, boxes: np.ndarray, groups: list[np.ndarray]
) -> list[np.ndarray]:
    """The masks of the groups, each small part with the group that is nearest to it."""
    owner = np.zeros(len(boxes) + 1, int)
    for number, group in enumerate(groups, start=1):
        owner[group + 1] = number
    frames = np.array(
        [[*boxes[group, :2].min(axis=0), *boxes[group, 2:].max(axis=0)] for group in groups]
    )
    for part in np.flatnonzero(owner[1:] == 0):
        left, top, right, bottom = boxes[part]
        across = np.maximum(0, np.maximum(frames[:, 0] - right, left - frames[:, 2]))
        down = np.maximum(0, np.maximum(frames[:, 1] - bottom, top - frames[:, 3]))
        owner[part + 1] = 1 + int(np.argmin(across + down))
    owned = owner[labels]
    # The soft edge around a part is below the level at which parts are told.
    soft = (ink > 0) & (owned == 0)
    for _ in range(3):
        from_parts = _spread(owned)
        owned = np.where(soft & (owned == 0), from_parts, owned)
    return [owned == number for number in range(1, len(groups) + 1)]


def _spread(owned: np.ndarray) -> np.ndarray:
    """The highest owner among each pixel and its eight neighbours."""
    padded = np.pad(owned, 1)
    rows = np.maximum(np.maximum(padded[:-2], padded[1:-1]), padded[2:])
    return np.maximum(np.maximum(rows[:, :-2], rows[:, 1:-1]), rows[:, 2:])


def _box(mask: np.ndarray) -> Box:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
