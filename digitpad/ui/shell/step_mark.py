"""Four corners around what a first step means."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPointF, QRect, QRectF, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QWidget

from digitpad.ui.style.glide import motion_ms
from digitpad.ui.style.panel import Panel

_COMES_FROM, _WIDTH = 5, 3.0
_ARM, _ARM_SHARE = 26, 0.3
"""How far a corner reaches along a side, in pixels, and at most as a share of the side."""
_SLOWER = 4


class StepMark(Panel):
    """The corners of a frame around a box, in the gap beside it: nothing of the box is covered, and
    no pointer feels them. Open at its sides, the frame is never taken for the closed ring around
    what has the keyboard. It comes from a little further out, once, and stays still."""

    def __init__(self, parent: QWidget) -> None:
        """Around nothing yet."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._inside, self._away = QRect(), 0
        self._share = 1.0
        self._motion = QVariantAnimation(self)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.setStartValue(0.0)
        self._motion.setEndValue(1.0)
        self._motion.valueChanged.connect(self._move)
        self.hide()

    def surround(self, box: QRect, away: int = 4) -> None:
        """Stand around a box of the parent, so many pixels away; nowhere for an empty one."""
        if (box, away) == (self._inside, self._away):
            return
        was_hidden = self.isHidden()
        self._inside, self._away = QRect(box), away
        self.setVisible(not box.isEmpty())
        if box.isEmpty():
            return
        room = self._room
        self.setGeometry(box.adjusted(-room, -room, room, room))
        edge = room - 1
        hole = self.rect().adjusted(edge, edge, -edge, -edge)
        # What it stands around is painted with every move of the pen, and it is not.
        self.setMask(QRegion(self.rect()).subtracted(QRegion(hole)))
        self.raise_()
        if was_hidden:
            self._begin()

    @property
    def _room(self) -> int:
        """How much larger than the box it is, on each side."""
        return self._away + _COMES_FROM

    def renew(self) -> None:
        """It is around another thing from now on: let it be seen that it came."""
        if not self.isHidden():
            self._begin()

    def _begin(self) -> None:
        self._motion.stop()
        duration = _SLOWER * motion_ms(self)
        self._motion.setDuration(duration)
        if duration:
            self._motion.start()
        else:
            self._move(1.0)

    def _move(self, share: float) -> None:
        self._share = share
        self.update()

    def flush(self) -> None:
        """Be at once as it stays."""
        self._motion.stop()
        self._move(1.0)

    def stop(self) -> None:
        """No animation runs after this."""
        self._motion.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the corners."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(self.theme.accent)
        colour.setAlphaF(0.25 + 0.75 * self._share)
        flat, mitre = Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin
        painter.setPen(QPen(colour, _WIDTH, Qt.PenStyle.SolidLine, flat, mitre))
        away = self._away + (1 - self._share) * (_COMES_FROM - 1)
        side = self._room - away
        box = QRectF(self.rect()).adjusted(side, side, -side, -side)
        across, down = (min(_ARM, _ARM_SHARE * one) for one in (box.width(), box.height()))
        for corner, x, y in (
            (box.topLeft(), 1, 1),
            (box.topRight(), -1, 1),
            (box.bottomRight(), -1, -1),
            (box.bottomLeft(), 1, -1),
        ):
            arms = QPointF(x * across, 0), QPointF(0, y * down)
            painter.drawPolyline([corner + arms[0], corner, corner + arms[1]])
