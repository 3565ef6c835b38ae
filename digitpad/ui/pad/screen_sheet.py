"""The pad's drawing a second time, as fine as the screen."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from digitpad.ink.drawing import PAD_SIZE, Stroke
from digitpad.ink.rasterize import Box
from digitpad.ink.sheets import InkSheet, points_of
from digitpad.ui.pad.pad_model import PadModel

_POINTS_DRAWN_AT_ONCE = 2_000
_SLICE_SECONDS = 0.008


class ScreenSheet(QObject):
    """The ink of a PadModel in pixels of the screen.

    Where the size changes under a drawing that takes long to draw, it is drawn in short slices
    while no pen is down; until it is whole, the ink of the size before is there and follows the
    pen.

    Signals:
        replaced: ``ink`` is another array than before.
    """

    replaced = Signal()

    def __init__(self, pad: PadModel, parent: QObject | None = None) -> None:
        """As large as the pad in its own units. pad: what is drawn."""
        super().__init__(parent)
        self._pad = pad
        self._shown = InkSheet()
        self._next: InkSheet | None = None
        self._slices = QTimer(self)
        self._slices.timeout.connect(self._draw_slice)
        pad.redrawn.connect(self._go_on)
        pad.stroke_finished.connect(self._go_on)

    @property
    def ink(self) -> np.ndarray:
        """uint8 (side, side), 0 = paper, 255 = ink; changed in place until replaced()."""
        return self._shown.ink

    def fit(self, side: int) -> None:
        """Be so many pixels wide and high, at once or as soon as the ink is drawn so."""
        if side == len((self._next or self._shown).ink):
            return
        self._next = None
        self._slices.stop()
        if side == len(self._shown.ink):
            return
        sheet = InkSheet(PAD_SIZE, side / PAD_SIZE)
        marks, stroke = self._pad.drawing.marks, self._pad.stroke
        if len(stroke.points) + sum(map(points_of, marks)) > _POINTS_DRAWN_AT_ONCE:
            self._next = sheet
            self._slices.start()
            return
        sheet.show(marks)
        if self._pad.is_drawing:
            sheet.extend(stroke)
        self._replace(sheet)

    def extend(self, stroke: Stroke, finished: bool) -> Box | None:
        """Draw what is new of the stroke under the pen; returns the box that changed, in pixels,
        or None."""
        return self._shown.extend(stroke, finished)

    def redraw(self) -> None:
        """Show the marks that the pad has now."""
        self._shown.show(self._pad.drawing.marks)

    def _go_on(self) -> None:
        if self._next is not None:
            self._slices.start()

    def _draw_slice(self) -> None:
        if self._next is None or self._pad.is_drawing:
            self._slices.stop()
        elif self._next.show(self._pad.drawing.marks, _SLICE_SECONDS):
            self._slices.stop()
            self._replace(self._next)

    def _replace(self, sheet: InkSheet) -> None:
        self._shown, self._next = sheet, None
        self.replaced.emit()
