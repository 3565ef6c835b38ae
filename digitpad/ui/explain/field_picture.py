"""A digit with its pixels in colours, as a picture beside what is said of it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from digitpad.ink.normalize import FIELD
from digitpad.ui.pad.tint import Floats, paint_sign, tinted
from digitpad.ui.style.panel import Panel
from digitpad.ui.style.square_drawing import draw_squares

_SMALLEST_SIGN = 6.0


def paint_field(
    painter: QPainter,
    panel: Panel,
    box: QRectF,
    digit: Floats,
    shares: Floats | None,
    is_centred: bool = False,
) -> QRectF:
    """Paint a digit, float32 (28, 28) in [0, 1], as large as whole pixels allow in a box, at its
    upper edge.

    shares: float32 (28, 28) in [-1, 1], its colours; None for plain ink. is_centred: in the box's
    middle from left to right, not at its left. Returns where it lies.
    """
    ratio = panel.devicePixelRatioF()
    cell = max(1, int((min(box.width(), box.height()) * ratio - 2) / FIELD)) / ratio
    place = QRectF(box.x() + 1, box.y() + 1, FIELD * cell, FIELD * cell)
    if is_centred:
        place.moveLeft(box.x() + round((box.width() - place.width()) / 2 * ratio) / ratio)
    if shares is None:
        picture = tinted(panel.theme, digit, np.zeros_like(digit), grey=1.0)
    else:
        picture = tinted(panel.theme, digit, shares)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    draw_squares(painter, place, picture)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(panel.theme.line), 1))
    painter.drawRect(place)
    if shares is not None and cell >= _SMALLEST_SIGN:
        for (row, column), share in np.ndenumerate(shares):
            at = QRectF(place.x() + column * cell, place.y() + row * cell, cell, cell)
            paint_sign(painter, panel.theme, at, float(share))
    painter.restore()
    return place
