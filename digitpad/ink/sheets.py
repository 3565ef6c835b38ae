"""The ink of a drawing that is drawn, taken back and drawn again, without beginning at its first
mark each time."""

from __future__ import annotations

import time
import zlib
from dataclasses import dataclass

import numpy as np

from digitpad.ink.drawing import PAD_SIZE, Mark, PlacedPicture, Stroke
from digitpad.ink.rasterize import Box, InkSurface

_MARKS_APART = 16
_POINTS_APART = 2_048
_PICTURE_POINTS = 512
_POINTS_AT_ONCE = 64
MOST_SAVED_BYTES = 32 << 20


@dataclass(frozen=True)
class _Saved:
    """The ink (packed) that the first marks of a drawing gave."""

    marks: tuple[Mark, ...]
    packed: bytes


def points_of(mark: Mark) -> int:
    """About how much there is to draw, in points of a stroke."""
    return _PICTURE_POINTS if isinstance(mark, PlacedPicture) else len(mark.points)


class InkSheet:
    """An InkSurface that knows which marks it shows, and saves its ink every few of them.

    Other marks are shown from the last ink saved that they share; what comes out is the same to the
    bit as what rasterize() gives. Ink is saved every _MARKS_APART marks, or _POINTS_APART points
    where those come first; the least recently used is forgotten once all of it takes more than
    MOST_SAVED_BYTES, packed.
    """

    def __init__(self, size: int = PAD_SIZE, scale: float = 1.0) -> None:
        """An empty sheet; size and scale as rasterize takes them."""
        self._surface = InkSurface(size, scale)
        self._marks: list[Mark] = []
        # A mark that is not whole yet: the pen's, or one that show() has no time to end.
        self._has_part = False
        self._part: tuple[Stroke, int] | None = None
        self._saved: list[_Saved] = []
        self._saved_bytes = 0
        self._unsaved_points = 0
        self._unsaved_marks = 0

    @property
    def ink(self) -> np.ndarray:
        """uint8 (side, side), 0 = paper, 255 = ink; the same array always, changed in place."""
        return self._surface.ink

    def extend(self, stroke: Stroke, finished: bool = False) -> Box | None:
        """Draw what is new of the stroke under the pen, as InkSurface.extend does; finished: it
        is a mark from now on."""
        box = self._surface.extend(stroke, finished)
        self._has_part = not finished
        if finished:
            self._add(stroke)
        return box

    def show(self, marks: tuple[Mark, ...], seconds: float | None = None) -> bool:
        """Have the ink be that of these marks, and of no stroke under the pen.

        seconds: about how long it may take; where that is not enough, False is returned, and
        the next call goes on, with the same marks or others.
        """
        ends = None if seconds is None else time.perf_counter() + seconds
        self._go_to_nearest(marks)
        while len(self._marks) < len(marks):
            if not self._draw(marks[len(self._marks)], ends):
                return False
            if ends is not None and time.perf_counter() > ends:
                break
        return len(self._marks) == len(marks)

    def _draw(self, mark: Mark, ends: float | None) -> bool:
        """Draw the next mark, or some points of it where the time is over; whether it is whole."""
        if isinstance(mark, PlacedPicture) or (ends is None and self._part is None):
            self._surface.draw(mark)
            self._add(mark)
            return True
        count = self._part[1] if self._part is not None else 0
        while count < len(mark.points):
            count = min(count + _POINTS_AT_ONCE, len(mark.points))
            is_whole = count == len(mark.points)
            self._surface.extend(
                Stroke(mark.points[:count], mark.width, mark.erases), finished=is_whole
            )
            self._has_part = not is_whole
            self._part = None if is_whole else (mark, count)
            if not is_whole and ends is not None and time.perf_counter() > ends:
                return False
        self._add(mark)
        return True

    def _go_to_nearest(self, marks: tuple[Mark, ...]) -> None:
        """Go to what takes least to become these marks: the ink as it is, one saved, or paper."""
        count = len(self._marks)
        stays = tuple(self._marks) == marks[:count]
        if stays and self._has_part:
            # Half of the next mark is a beginning; the pen's stroke, or half of another, is not.
            stays = self._part is not None and self._part[0] in marks[count : count + 1]
        nearest: _Saved | None = None
        for saved in sorted(self._saved, key=lambda saved: len(saved.marks), reverse=True):
            first = saved.marks
            if stays and len(first) <= count:
                break
            if (
                len(first) <= len(marks)
                and first[-1] is marks[len(first) - 1]
                and first == marks[: len(first)]
            ):
                nearest = saved
                break
        if stays and nearest is None:
            return
        self._surface.clear()
        self._marks = []
        self._has_part, self._part = False, None
        self._unsaved_marks = self._unsaved_points = 0
        if nearest is not None:
            self._saved.remove(nearest)
            self._saved.append(nearest)
            flat = np.frombuffer(zlib.decompress(nearest.packed), np.uint8)
            self.ink[:] = flat.reshape(self.ink.shape)
            self._marks = list(nearest.marks)

    def _add(self, mark: Mark) -> None:
        self._marks.append(mark)
        self._unsaved_marks += 1
        self._unsaved_points += points_of(mark)
        if self._unsaved_marks >= _MARKS_APART or self._unsaved_points >= _POINTS_APART:
            self._save()

    def _save(self) -> None:
        self._unsaved_marks = self._unsaved_points = 0
        marks = tuple(self._marks)
        if any(saved.marks == marks for saved in self._saved):
            return
        packed = zlib.compress(self.ink.data, 1)
        self._saved.append(_Saved(marks, packed))
        self._saved_bytes += _size(self._saved[-1])
        while self._saved_bytes > MOST_SAVED_BYTES:
            self._saved_bytes -= _size(self._saved.pop(0))


def _size(saved: _Saved) -> int:
    """How much memory it takes, in bytes; a reference to a mark takes eight."""
    return len(saved.packed) + 8 * len(saved.marks)
