"""Marks become ink: the only place where a line turns into pixels, for the screen and for the
network alike.

A stroke is the union of capsules (two discs and what lies between them) along its smooth curve. A
pixel's ink is how far the capsule's edge lies beyond the pixel's centre, which is its coverage to
within a few grey levels. Capsules join by the maximum, so a stroke that grows point by point and
one drawn at once give the same ink to the bit.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from digitpad.ink.capsules import Capsules
from digitpad.ink.curves import pieces_between, smooth
from digitpad.ink.drawing import PAD_SIZE, Mark, PlacedPicture, Stroke

_LONGEST_PIECE = 12.0

Box = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels, right and bottom excluded."""


def rasterize(marks: Iterable[Mark], size: int = PAD_SIZE, scale: float = 1.0) -> np.ndarray:
    """The ink of marks, drawn in their order.

    size: the side of the square drawn, in pad units from the pad's top left corner. scale: pixels
    per unit. Returns uint8 (size * scale, size * scale), 0 = paper, 255 = ink; no marks give an
    empty sheet. What lies outside is cut off.
    """
    surface = InkSurface(size, scale)
    for mark in marks:
        surface.draw(mark)
    return surface.ink


def smooth_line(stroke: Stroke) -> np.ndarray:
    """The vertices between which a stroke's capsules lie at the pad's own scale: float64 (m, 3), x
    and y in pad units and the pressure."""
    return smooth(stroke.points, _LONGEST_PIECE)


class InkSurface:
    """Ink that grows with the pen.

    ink: uint8 (side, side), what is drawn so far, the newest piece of an unfinished stroke
    included. It is changed in place.
    """

    def __init__(self, size: int = PAD_SIZE, scale: float = 1.0) -> None:
        """An empty sheet; size and scale as rasterize takes them."""
        self.scale = float(scale)
        side = max(1, round(size * scale))
        self.ink = np.zeros((side, side), dtype=np.uint8)
        self._committed_points = 0
        self._under_tail: tuple[Box, np.ndarray] | None = None

    def clear(self) -> None:
        """Back to paper."""
        self.ink[:] = 0
        self._committed_points = 0
        self._under_tail = None

    def draw(self, mark: Mark) -> Box | None:
        """Draw a whole mark; returns the box that changed, or None where nothing did."""
        if isinstance(mark, PlacedPicture):
            return self._paste(mark)
        return self._capsules(mark, smooth(mark.points, _LONGEST_PIECE / self.scale))

    def draw_along(self, stroke: Stroke, line: np.ndarray) -> Box | None:
        """Draw a part of a stroke: the capsules along some vertices of its smooth_line; the parts
        together give the whole stroke to the bit. Returns the box that changed, or None."""
        return self._capsules(stroke, line)

    def extend(self, stroke: Stroke, finished: bool = False) -> Box | None:
        """Draw what is new of a stroke that grew at its end since the last call.

        The last piece of the curve may still bend when the next point comes, so it is taken off and
        drawn anew each time. Returns the box that changed, or None.
        """
        changed = self._take_tail_off()
        step = _LONGEST_PIECE / self.scale
        count = len(stroke.points)
        committed = count if finished else count - 1
        # The first point alone is a dot only where no other follows: a capsule that narrows covers
        # less than its disc.
        has_new = committed > self._committed_points and (committed > 1 or finished)
        if finished and not has_new:
            self._committed_points = 0
            return changed
        first = max(0, (self._committed_points if has_new else committed) - 1)
        # Two points before and one after shape the curve of a piece; all earlier ones leave it
        # alone.
        window = max(0, first - 2)
        curve = smooth(stroke.points[window:], step, first - window)
        bends = (
            0
            if finished or count < 2
            else pieces_between(stroke.points[-2], stroke.points[-1], step)
        )
        if has_new:
            changed = _union(changed, self._capsules(stroke, curve[: len(curve) - bends]))
            self._committed_points = committed
        if finished:
            self._committed_points = 0
        else:
            tail = curve[len(curve) - 1 - bends :]
            changed = _union(changed, self._capsules(stroke, tail, keep_under=True))
        return changed

    def _take_tail_off(self) -> Box | None:
        """Put back what was under the newest piece, which may still bend; returns its box, or None
        where there is no such piece."""
        if self._under_tail is None:
            return None
        box, under = self._under_tail
        left, top, right, bottom = box
        self.ink[top:bottom, left:right] = under
        self._under_tail = None
        return box

    def _capsules(self, stroke: Stroke, curve: np.ndarray, keep_under: bool = False) -> Box | None:
        """Draw the capsules along a polyline of (x, y, pressure) rows in pad units; returns the box
        that they lie in, None off the sheet. keep_under: remember what they cover, to take them off
        again."""
        xy = curve[:, :2] * self.scale
        radius = 0.5 * stroke.width * (0.5 + curve[:, 2]) * self.scale
        capsules = Capsules.along(xy, radius, self.ink.shape[0])
        if capsules is None:
            return None
        box = capsules.box
        if keep_under:
            self._under_tail = (box, self.ink[box[1] : box[3], box[0] : box[2]].copy())
        capsules.put(self.ink, stroke.erases)
        return box

    def _paste(self, picture: PlacedPicture) -> Box | None:
        """Stretch a picture over its box: each pixel takes the mean of what falls on it, so that no
        thin line is lost; returns the box that changed."""
        side = self.ink.shape[0]
        left, top = picture.left * self.scale, picture.top * self.scale
        rows = _overlaps(picture.ink.shape[0], top, picture.height * self.scale, side)
        columns = _overlaps(picture.ink.shape[1], left, picture.width * self.scale, side)
        pasted = rows @ picture.ink.astype(np.float64) @ columns.T
        # No part of it is negative, so to cut it off is to round it.
        pasted += 0.5
        np.maximum(self.ink, pasted.astype(np.uint8), out=self.ink)
        return (0, 0, side, side)


@lru_cache(4)
def _overlaps(source: int, offset: float, extent: float, target: int) -> np.ndarray:
    """Weights float64 (target, source): how much of each target pixel each source pixel covers
    once ``source`` of them are stretched over ``extent`` from ``offset`` on."""
    edges = offset + extent / max(source, 1) * np.arange(source + 1)
    pixel = np.arange(target, dtype=np.float64)[:, None]
    shared: np.ndarray = np.minimum(edges[None, 1:], pixel + 1) - np.maximum(
        edges[None, :-1], pixel
    )
    return shared.clip(min=0.0)


def _union(a: Box | None, b: Box | None) -> Box | None:
    """The smallest box around two, either of which may be missing."""
    if a is None or b is None:
        return a or b
    return (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))
