"""The pointer over the pad."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPen, QPixmap

from digitpad.ui.style.theme import Theme

_SMALLEST, _LARGEST = 5, 96


def ring_cursor(width: float, ratio: float, theme: Theme) -> QCursor:
    """A ring as wide as what it will draw, in pixels of a screen of this scale; a cross where
    that would be too small to see or too large for a cursor."""
    if not _SMALLEST <= width <= _LARGEST:
        return QCursor(Qt.CursorShape.CrossCursor)
    side = math.ceil(width) + 4
    ring = QPixmap(round(side * ratio), round(side * ratio))
    ring.setDevicePixelRatio(ratio)
    ring.fill(Qt.GlobalColor.transparent)
    painter = QPainter(ring)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    centre = QPointF(side / 2, side / 2)
    for colour, line in ((theme.paper, 2.5), (theme.quiet, 1.2)):
        painter.setPen(QPen(QColor(colour), line))
        painter.drawEllipse(centre, width / 2, width / 2)
    painter.end()
    return QCursor(ring, side // 2, side // 2)
