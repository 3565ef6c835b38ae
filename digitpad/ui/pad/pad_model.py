"""What is on the pad: the marks, the stroke under way and their ink, without a widget."""

from __future__ import annotations

import math
from collections.abc import Callable

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
_TAP = 4.0
"""In pad units: what moves less is a tap where taps are meant for what lies there."""

KEYS = "keys"
"""The source of strokes that are drawn by keys. Nothing has to be held down for them, so that a
pointer takes the pad over from a pen that was left down."""

Render = Callable[[float], np.ndarray]
"""Ink, uint8 (side, side), of a pad that is shown so many times as large as 280 units."""


class PadModel(QObject):
    """The drawing as it grows, in pad units, and its ink as a network gets it.

    A stroke comes point by point from one source at a time: begin(), move() ..., end(). What other
    sources send meanwhile is ignored.

    Attributes:
        drawing: the finished marks, with undo and redo.
        source: where the stroke under way comes from, such as "mouse"; None while there is none.
        replayed: what is shown in place of the drawing for a while, such as its first half; None
            where the drawing itself is. The drawing stays what it is.
        tap_target: says whether a tap at a place in pad units is meant for what lies there, rather
            than a dot; None where taps always draw.
        version: counts the changes of the drawing, whatever is replayed.

    Signals:
        ink_changed: the ink is not what it was; comes with every pointer move.
        stroke_extended (Stroke, bool): the stroke under way got a point, or, with True, its end:
            then it is the newest of the drawing's marks.
        redrawn: the marks are others than before; all of them are to be painted anew.
        stroke_finished: the pen went up.
        history_changed: undo, redo or clear may have become possible or impossible.
        tool_changed: the width of the pen, or whether it rubs out.
        replay_changed: another ink, or none any more, is shown in place of the drawing.
        tapped (x, y): a pointer came down on a tap_target and up again without a stroke.
        hovered (x, y): a pointer that draws nothing is over this place, in pad units.
        touched_in_replay: a pointer or a key would have drawn on what can only be looked at.
    """

    ink_changed = Signal()
    stroke_extended = Signal(object, bool)
    redrawn = Signal()
    stroke_finished = Signal()
    history_changed = Signal()
    tool_changed = Signal()
    replay_changed = Signal()
    tapped = Signal(float, float)
    hovered = Signal(float, float)
    touched_in_replay = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """An empty pad with a pen of the usual width."""
        super().__init__(parent)
        self.drawing = Drawing()
        self.source: str | None = None
        self.version = 0
        self.replayed: Render | None = None
        self._replayed_ink: np.ndarray | None = None
        self._is_locked = False
        self.tap_target: Callable[[float, float], bool] | None = None
        self._tap: tuple[float, float, float, bool] | None = None
        self._pen_width = PEN_WIDTH
        self._is_erasing = False
        self._sheet = InkSheet()
        self._points = np.empty((256, 3), dtype=np.float32)
        self._count = 0
        self._stroke_width = PEN_WIDTH
        self._stroke_erases = False

    @property
    def ink(self) -> np.ndarray:
        """What is on the pad now, an unfinished stroke included, or what is replayed: uint8 (280,
        280), 0 = paper, 255 = ink. Changed in place."""
        return self._sheet.ink if self._replayed_ink is None else self._replayed_ink

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
        return Stroke(self._points[: self._count], self._stroke_width, self._stroke_erases)

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

    # What is shown in place of the drawing.

    def replay(self, render: Render, is_locked: bool = True) -> None:
        """Show other ink for a while. render: gives it. is_locked: a pointer does nothing
        meanwhile; else it ends the replay and draws. Whatever else changes the drawing ends it
        too."""
        self.finish()
        self.replayed, self._replayed_ink = render, render(1.0)
        self._is_locked = is_locked
        self.replay_changed.emit()
        self.ink_changed.emit()

    def refuses(self) -> bool:
        """Whether the pad can only be looked at; that somebody tried to draw is told."""
        if self.replayed is None or not self._is_locked:
            return False
        self.touched_in_replay.emit()
        return True

    def end_replay(self) -> None:
        """Show the drawing again; nothing happens where it is shown."""
        if self.replayed is None:
            return
        self.replayed = self._replayed_ink = None
        self.replay_changed.emit()
        self.ink_changed.emit()

    # Whole drawings.

    def undo(self) -> None:
        """Take the last change back."""
        self.finish()
        self.end_replay()
        if self.drawing.undo():
            self._redraw()

    def redo(self) -> None:
        """Make again what was taken back."""
        self.finish()
        self.end_replay()
        if self.drawing.redo():
            self._redraw()

    def clear(self) -> None:
        """Take everything off the pad, a stroke under way included; undo brings it back."""
        self.finish()
        self.end_replay()
        if self.drawing.clear():
            self._redraw()

    def place_picture(self, ink: np.ndarray) -> None:
        """Put a picture's ink, uint8 (h, w), in place of what is there, as one step; it fills
        the pad."""
        self.show_marks([PlacedPicture.fitted(ink)])

    def show_marks(self, marks: list[Mark]) -> None:
        """Put these marks in place of what is there, as one step."""
        self.finish()
        self.end_replay()
        self.drawing.replace_all(marks)
        self._redraw()

    def take_back(self, mark: Mark) -> None:
        """Take the newest mark away as if it had never been; nothing happens where it is another
        one."""
        if self.drawing.marks[-1:] == (mark,) and self.drawing.drop():
            self._redraw()

    def start(self, drawing: Drawing) -> None:
        """Go on with another drawing and its history; no step leads back to this one."""
        self.finish()
        self.end_replay()
        self.drawing.told = None
        self.drawing = drawing
        self._redraw()

    def amend_marks(self, marks: list[Mark]) -> None:
        """Put these marks in place of what the latest step put there, as part of that step; as a
        step of their own where there is none."""
        self.finish()
        if not self.drawing.amend(marks):
            self.drawing.replace_all(marks)
        self._redraw()

    # The stroke under way.

    def begin(self, source: str, x: float, y: float, pressure: float, erases: bool) -> None:
        """A stroke begins at a place in pad units; ignored while another is under way, or a replay
        that is locked."""
        if self.source is not None:
            return
        if self.refuses():
            return
        self.source = source
        self._count = 0
        if self.tap_target is not None and not erases and self.tap_target(x, y):
            # A stroke only once it moves.
            self._tap = x, y, pressure, erases
            return
        self._draw_first(x, y, pressure, erases)

    def _draw_first(self, x: float, y: float, pressure: float, erases: bool) -> None:
        self.end_replay()
        self._stroke_erases = erases
        # A stroke is as wide as it began, whatever the pen is set to meanwhile.
        self._stroke_width = ERASER_WIDTH if erases else self._pen_width
        self._append(x, y, pressure)

    def move(self, source: str, x: float, y: float, pressure: float) -> None:
        """The stroke goes on; ignored where it is another source's."""
        if self.source != source:
            return
        if self._tap is not None:
            if math.hypot(x - self._tap[0], y - self._tap[1]) < _TAP:
                return
            tap, self._tap = self._tap, None
            self._draw_first(*tap)
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
        if self._tap is not None:
            place = self._tap[:2]
            self.finish()
            self.tapped.emit(*place)
            return
        if pressure is not None:
            self._append(x, y, pressure)
        self.finish()

    def finish(self) -> None:
        """The stroke under way, if any, ends where it is."""
        if self.source is None:
            return
        self.source = None
        if self._tap is not None:
            self._tap = None
            return
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
        if self._tap is not None:
            self._tap = None
            return
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
        self.version += 1
        self._sheet.extend(stroke, finished)
        self.stroke_extended.emit(stroke, finished)
        self.ink_changed.emit()

    def _redraw(self) -> None:
        self.version += 1
        self._sheet.show(self.drawing.marks)
        self.redrawn.emit()
        self.history_changed.emit()
        self.ink_changed.emit()
