"""What is painted over the pad's ink."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QRegion

from digitpad.ink.drawing import PAD_SIZE
from digitpad.ui.style.screen import text_scale
from digitpad.ui.style.theme import Theme

_BESIDE, _SMALLEST = 12, 9
_PEN = 3.0
"""Pixels to either side of a frame's line, more than it is wide."""


def paint_hint(painter: QPainter, sheet: QRectF, hint: str, theme: Theme, below: str = "") -> None:
    """Write on an empty sheet what it is for: in its middle, or, with a smaller line beneath, in
    its upper half, clear of the crosshair in its middle."""
    font = painter.font()
    font.setPixelSize(max(round(13 * text_scale()), round(sheet.width() * 0.06)))
    wide, room = QFontMetricsF(font).horizontalAdvance(hint), sheet.width() - 2 * _BESIDE
    if wide > room:
        font.setPixelSize(max(_SMALLEST, int(font.pixelSize() * room / wide)))
    painter.setFont(font)
    painter.setPen(QColor(theme.quiet))
    centre, top = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignTop
    if not below:
        painter.drawText(sheet, centre, hint)
        return
    upper = sheet.adjusted(_BESIDE, sheet.height() * 0.12, -_BESIDE, 0)
    painter.drawText(upper, Qt.AlignmentFlag.AlignHCenter | top, hint)
    upper.translate(0, painter.fontMetrics().height() * 1.2)
    font.setPixelSize(max(12, round(sheet.width() * 0.04)))
    painter.setFont(font)
    wrapped = Qt.AlignmentFlag.AlignHCenter | top | Qt.TextFlag.TextWordWrap
    painter.drawText(upper, int(wrapped), below)


def paint_outline(painter: QPainter, sheet: QRectF, box: QRectF, theme: Theme) -> None:
    """Frame a box, in pad units, as far as it lies on the sheet."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.accent), 1.5))
    painter.drawRect(_framed(sheet, box))


def outline_region(sheet: QRectF, box: QRectF | None) -> QRegion:
    """Where the frame around a box, in pad units, is painted, and nothing within it; empty for
    None."""
    if box is None:
        return QRegion()
    framed = _framed(sheet, box)
    around, inside = (framed.adjusted(-by, -by, by, by) for by in (_PEN, -_PEN))
    region = QRegion(around.toAlignedRect())
    # A box that is hardly wider than its frame has no inside.
    return region.subtracted(QRegion(inside.toRect())) if inside.isValid() else region


def _framed(sheet: QRectF, box: QRectF) -> QRectF:
    unit = sheet.width() / PAD_SIZE
    framed = QRectF(
        box.x() * unit, box.y() * unit, box.width() * unit, box.height() * unit
    ).translated(sheet.topLeft())
    return framed.intersected(sheet.adjusted(2, 2, -2, -2))
