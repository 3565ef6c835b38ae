"""What is painted over the pad's ink."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from digitpad.ink.drawing import PAD_SIZE
from digitpad.ui.style.theme import Theme


def paint_hint(painter: QPainter, sheet: QRectF, hint: str, theme: Theme) -> None:
    """Write in the middle of an empty sheet what it is for."""
    font = painter.font()
    font.setPixelSize(max(13, round(sheet.width() * 0.06)))
    painter.setFont(font)
    painter.setPen(QColor(theme.quiet))
    painter.drawText(sheet, Qt.AlignmentFlag.AlignCenter, hint)


def paint_outline(painter: QPainter, sheet: QRectF, box: QRectF, theme: Theme) -> None:
    """Frame a box, in pad units, as far as it lies on the sheet."""
    unit = sheet.width() / PAD_SIZE
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.accent), 1.5))
    framed = QRectF(
        box.x() * unit, box.y() * unit, box.width() * unit, box.height() * unit
    ).translated(sheet.topLeft())
    painter.drawRect(framed.intersected(sheet.adjusted(2, 2, -2, -2)))
