"""What is on the pad: the marks, the stroke under way and their ink, without a widget."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QObject, Signal

from digitpad.ink.drawing import (
    MAX_POINTS_PER_STROKE,
    PAD_SIZE,
    PEN_WIDTH,
    Drawing,
    Mark,
    PlacedPicture,
    Stroke,
)
from digitpad.ink.sheets import InkSheet

ERASER_WIDTH = 28.0
PEN_WIDTH_RANGE = (6, 44)
_FAR_OUTSIDE = 4.0 * PAD_SIZE


class PadModel(QObject):
    """The drawing as it grows, in pad units, and its ink as a network gets it.

    A stroke comes point by point from one source at a time: begin(), move() ..., end(). What other
    sources send meanwhile is ignored.

    Attributes:
        drawing: the finished marks, with undo and redo.
        source: where the stroke under way comes from, such as "mouse"; None while there is none.

    Signals:
        ink_changed: the ink is not what it was; comes with every pointer move.
        stroke_extended (Stroke, bool): the stroke under way got a point, or, with True, its end:
            then it is the newest of the drawing's marks.
        redrawn: the marks are others than before; all of them are to be painted anew.
        stroke_finished: the pen went up.
        history_changed: undo, redo or clear may have become possible or impossible.
        tool_changed: the width of the pen, or whether it rubs out.
    """

    ink_changed = Signal()
    stroke_extended = Signal(object, bool)
    redrawn = Signal()
    stroke_finished = Signal()
    history_changed = Signal()
    tool_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """An empty pad with a pen of the usual width."""
        super().__init__(parent)
        self.drawing = Drawing()
        self.source: str | None = None
        self._pen_width = PEN_WIDTH
        self._is_erasing = False
        self._sheet = InkSheet()
        self._points = np.empty((256, 3), dtype=np.float32)
        self._count = 0
        self._stroke_erases = False

    @property
    def ink(self) -> np.ndarray:
        """What is on the pad now, an unfinished stroke included: uint8 (280, 280), 0 = paper,
        255 = ink. Changed in place."""
        return self._sheet.ink

    @property
    def is_drawing(self) -> bool:
        """Whether a stroke is under way."""
        return self.source is not None

    @property
    def is_empty(self) -> bool:
        """Whether there is no ink at all (marks that were rubbed out leave none)."""
        return not self.ink.any()

    @property
    def stroke(self) -> Stroke:
        """The stroke under way, of no points where there is none. Its points are overwritten by
        the next stroke."""
        width = ERASER_WIDTH if self._stroke_erases else self._pen_width
        return Stroke(self._points[: self._count], width, self._stroke_erases)

    # The tool.

    @property
    def pen_width(self) -> float:
        """The width of strokes to come, in pad units."""
        return self._pen_width

    @property
    def tool_width(self) -> float:
        """The width of what pen, mouse and finger do now, be it drawing or rubbing out, in pad
        units."""
        return ERASER_WIDTH if self._is_erasing else self._pen_width

    @property
    def is_erasing(self) -> bool:
        """Whether pen, mouse and finger rub out."""
        return self._is_erasing

    def set_pen_width(self, width: float) -> None:
        """Draw so wide from now on, in pad units, within PEN_WIDTH_RANGE."""
        self._pen_width = float(min(max(width, PEN_WIDTH_RANGE[0]), PEN_WIDTH_RANGE[1]))
        self.tool_changed.emit()

    def set_erasing(self, is_erasing: bool) -> None:
        """Whether pen, mouse and finger rub out; a pen's own eraser end always does."""
        self._is_erasing = is_erasing
        self.tool_changed.emit()

    # Whole drawings.

    def undo(self) -> None:
        """Take the last change back."""
        self.finish()
        if self.drawing.undo():
            self._redraw()

    def redo(self) -> None:
        """Make again what was taken back."""
        self.finish()
        if self.drawing.redo():
            self._redraw()

    def clear(self) -> None:
        """Take everything off the pad, a stroke under way included; undo brings it back."""
        self.finish()
        if self.drawing.clear():
            self._redraw()

    def place_picture(self, ink: np.ndarray) -> None:
        """Put a picture's ink, uint8 (h, w), in place of what is there, as one step; it fills
        the pad."""
        self.show_marks([PlacedPicture.fitted(ink)])

    def show_marks(self, marks: list[Mark]) -> None:
        """Put these marks in place of what is there, as one step."""
        self.finish()
        self.drawing.replace_all(marks)
        self._redraw()

    # The stroke under way.

    def begin(self, source: str, x: float, y: float, pressure: float, erases: bool) -> None:
        """A stroke begins at a place in pad units; ignored while another is under way."""
        if self.source is not None:
            return
        self.source = source
        self._stroke_erases = erases
        self._count = 0
        self._append(x, y, pressure)

    def move(self, source: str, x: float, y: float, pressure: float) -> None:
        """The stroke goes on; ignored where it is another source's."""
        if self.source != source:
            return
        self._append(x, y, pressure)
        if self._count >= MAX_POINTS_PER_STROKE:
            # A pen that never lifts: this stroke ends here and the next begins where it ended.
            erases = self._stroke_erases
            self.finish()
            self.begin(source, x, y, pressure, erases)

    def end(self, source: str, x: float, y: float, pressure: float | None) -> None:
        """The stroke ends there, or, without a pressure, where it was last; ignored where it is
        another source's."""
        if self.source != source:
            return
        if pressure is not None:
            self._append(x, y, pressure)
        self.finish()

    def finish(self) -> None:
        """The stroke under way, if any, ends where it is."""
        if self.source is None:
            return
        self.source = None
        if self._count:
            stroke = self.stroke
            mark = Stroke(stroke.points.copy(), stroke.width, stroke.erases)
            self.drawing.add(mark)
            self._draw_newest(mark, finished=True)
            self._points = self._points[:256]
            self._count = 0
        self.history_changed.emit()
        self.stroke_finished.emit()

    def abandon(self) -> None:
        """Forget the stroke under way: it was not meant."""
        self.source = None
        self._count = 0
        self._redraw()

    def _append(self, x: float, y: float, pressure: float) -> None:
        if not (math.isfinite(x) and math.isfinite(y)):
            return
        x, y = (min(max(v, -_FAR_OUTSIDE), _FAR_OUTSIDE + PAD_SIZE) for v in (x, y))
        point = (x, y, min(max(pressure, 0.0), 1.0))
        if self._count and np.array_equal(
            self._points[self._count - 1], np.array(point, np.float32)
        ):
            return
        if self._count == len(self._points):
            self._points = np.concatenate([self._points, np.empty_like(self._points)])
        self._points[self._count] = point
        self._count += 1
        self._draw_newest(self.stroke, finished=False)

    def _draw_newest(self, stroke: Stroke, finished: bool) -> None:
        self._sheet.extend(stroke, finished)
        self.stroke_extended.emit(stroke, finished)
        self.ink_changed.emit()

    def _redraw(self) -> None:
        self._sheet.show(self.drawing.marks)
        self.redrawn.emit()
        self.history_changed.emit()
        self.ink_changed.emit()
