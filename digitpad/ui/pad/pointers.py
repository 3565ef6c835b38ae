"""What pen, mouse and finger do on the pad: one at a time draws, and the hand that holds the pen
does not."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, Qt
from PySide6.QtGui import (
    QEventPoint,
    QMouseEvent,
    QPointingDevice,
    QSinglePointEvent,
    QTabletEvent,
    QTouchEvent,
)

from digitpad.ink.drawing import NEUTRAL_PRESSURE, Mark, Stroke
from digitpad.ui.pad.pad_model import KEYS, PadModel

SAME_HAND_MS = 500
"""What mouse and fingers do within this time of the pen is the pen's own, reported twice, or the
hand that holds it."""

LOST_PEN_MS = 2_000
"""A pen that said nothing for so long, while another pointer begins, was taken away unseen."""

LAID_DOWN_MS = 300
LAID_DOWN_UNITS = 20.0
"""A finger's mark that ended so shortly before the pen came down, and is so short in pad units, was
the hand being laid down."""

DRAWN_UNITS = 40.0
"""A hand that lies still moves less than this, in pad units; a finger that would draw more."""


class Pointers:
    """Turns the events of pointing devices into strokes of a PadModel.

    Once a pen was seen fingers do not draw, unless fingers_draw says so: a palm can't be told from
    a finger, and some tablets never say that their pen is near.

    Attributes:
        fingers_draw: whether fingers draw even where a pen does.
        finger_ignored: called when a finger that does not draw has moved as if it should, while no
            pen did anything.
    """

    def __init__(self, pad: PadModel, to_pad: Callable[[QPointF], tuple[float, float]]) -> None:
        """to_pad: a position in the widget, in pad units."""
        self._pad, self._to_pad = pad, to_pad
        self.fingers_draw = False
        self.finger_ignored: Callable[[], None] = lambda: None
        self._saw_pen = False
        # The button that began the stroke, of mouse or pen: pressed again, its release was lost.
        self._held = Qt.MouseButton.NoButton
        self._since_begin = QElapsedTimer()
        self._since_pen = QElapsedTimer()
        self._since_finger = QElapsedTimer()
        self._finger_mark: Mark | None = None
        # Where a finger that does not draw came down; forgotten once the pen does something.
        self._ignored: dict[str, tuple[float, float]] = {}

    def know_pen(self, other: Pointers) -> None:
        """Know of a pen where another pad has seen one."""
        self._saw_pen = self._saw_pen or other._saw_pen

    def mouse_press(self, event: QMouseEvent) -> None:
        """A stroke begins: the left button draws, the right one rubs out."""
        if self._follows_pen():
            return
        self._end_if_released("mouse", event.buttons() & ~event.button())
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin("mouse", event, NEUTRAL_PRESSURE, self._pad.is_erasing)
        elif event.button() == Qt.MouseButton.RightButton:
            self._begin("mouse", event, NEUTRAL_PRESSURE, True)

    def mouse_move(self, event: QMouseEvent) -> None:
        """The stroke goes on."""
        self._end_if_released("mouse", event.buttons())
        self._move("mouse", event.position(), NEUTRAL_PRESSURE)
        if not event.buttons():
            self._pad.hovered.emit(*self._to_pad(event.position()))

    def mouse_release(self, event: QMouseEvent) -> None:
        """The stroke ends with the last button."""
        if not event.buttons() & (Qt.MouseButton.LeftButton | Qt.MouseButton.RightButton):
            self._end("mouse", event.position(), NEUTRAL_PRESSURE)

    def tablet(self, event: QTabletEvent) -> None:
        """The pen's tip draws with its pressure; its eraser end and its button rub out."""
        # Accepted even where nothing is drawn, or Qt would send a mouse event for it as well.
        event.accept()
        self._saw_pen = True
        self._ignored.clear()
        pressure = event.pressure()
        tip, barrel = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
        if event.buttons() or event.type() == QEvent.Type.TabletRelease:
            self._since_pen.start()
        if event.type() == QEvent.Type.TabletPress:
            if event.button() != tip and not (event.button() == barrel and pressure > 0):
                return  # a button pressed in the air
            rubs = event.pointerType() == QPointingDevice.PointerType.Eraser or bool(
                event.buttons() & barrel
            )
            if self._is_pen_or_its_hand():
                self._pad.abandon()
            self._take_hand_back()
            self._end_if_released("pen", event.buttons() & ~event.button())
            self._begin("pen", event, pressure, rubs or self._pad.is_erasing)
        elif event.type() == QEvent.Type.TabletMove:
            if pressure == 0:
                self._end_if_released("pen", event.buttons())
            self._move("pen", event.position(), pressure)
        elif event.type() == QEvent.Type.TabletRelease and (
            event.button() == tip or not event.buttons() & tip
        ):
            self._end("pen", event.position(), None)

    def touch(self, event: QTouchEvent) -> None:
        """A finger draws; of several at once the first."""
        event.accept()
        if event.type() == QEvent.Type.TouchCancel:
            # It was no touch but a palm or a gesture.
            if self._pad.source is not None and self._pad.source.startswith("finger"):
                self._pad.abandon()
            return
        if event.type() == QEvent.Type.TouchBegin and (self._pad.source or "").startswith("finger"):
            # No finger was down before: the release of that one was lost.
            self._pad.finish()
        for point in event.points():
            source = f"finger {point.id()}"
            pressure = point.pressure() if 0.0 < point.pressure() < 1.0 else NEUTRAL_PRESSURE
            if point.state() == point.State.Pressed:
                self._put_finger_down(source, point, pressure)
            elif point.state() == point.State.Updated:
                self._move(source, point.position(), pressure)
            elif point.state() == point.State.Released:
                self._lift_ignored(source, point)
                draws = self._pad.source == source
                self._end(source, point.position(), pressure)
                if draws and len(self._pad.drawing):
                    self._finger_mark = self._pad.drawing.marks[-1]
                    self._since_finger.start()

    def _put_finger_down(self, source: str, point: QEventPoint, pressure: float) -> None:
        if self._follows_pen():
            return
        if self._saw_pen and not self.fingers_draw:
            self._ignored[source] = self._to_pad(point.position())
            return
        self._begin(source, point, pressure, self._pad.is_erasing)

    def _lift_ignored(self, source: str, point: QEventPoint) -> None:
        if source in self._ignored:
            start = self._ignored.pop(source)
            if math.dist(start, self._to_pad(point.position())) > DRAWN_UNITS:
                self.finger_ignored()

    # The pen, the hand that holds it, and what was lost.

    def _is_pen_or_its_hand(self) -> bool:
        """Whether the stroke under way is not meant, now that the pen comes down: the hand that
        holds it, or the pen itself, reported as a mouse a moment before."""
        source = self._pad.source
        if source == "mouse":
            return self._since_begin.elapsed() < SAME_HAND_MS
        return source not in (None, "pen", KEYS)

    def _take_hand_back(self) -> None:
        """Take a finger's mark away that the hand made as it was laid down to write."""
        mark, self._finger_mark = self._finger_mark, None
        if not isinstance(mark, Stroke) or self._since_finger.elapsed() >= LAID_DOWN_MS:
            return
        legs = np.diff(mark.points[:, :2], axis=0)
        if math.fsum(np.hypot(legs[:, 0], legs[:, 1])) < LAID_DOWN_UNITS:
            self._pad.take_back(mark)

    def _follows_pen(self) -> bool:
        """Whether the pen is or was down just now, so that no press is one of mouse or finger."""
        return self._since_pen.isValid() and self._since_pen.elapsed() < SAME_HAND_MS

    def _end_if_released(self, source: str, held: Qt.MouseButton) -> None:
        """End a stroke whose button is held no more: its release went elsewhere."""
        if self._pad.source == source and not held & self._held:
            self._pad.finish()

    # In pad units.

    def _begin(
        self, source: str, at: QSinglePointEvent | QEventPoint, pressure: float, erases: bool
    ) -> None:
        drawing = self._pad.source
        is_lost = source != "pen" == drawing and self._since_pen.elapsed() > LOST_PEN_MS
        if drawing == KEYS or is_lost:
            self._pad.finish()
        if self._pad.source is None:
            self._held = at.button() if isinstance(at, QSinglePointEvent) else self._held
            self._since_begin.start()
            self._pad.begin(source, *self._to_pad(at.position()), pressure, erases)

    def _move(self, source: str, position: QPointF, pressure: float) -> None:
        self._pad.move(source, *self._to_pad(position), pressure)

    def _end(self, source: str, position: QPointF, pressure: float | None) -> None:
        self._pad.end(source, *self._to_pad(position), pressure)
