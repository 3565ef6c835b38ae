"""The crosshair that arrow keys move over the pad."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QRegion

from digitpad.ink.drawing import PAD_SIZE
from digitpad.ui.pad.key_pen import KeyPen
from digitpad.ui.style.theme import Theme

_LINE, _HALO = 1.8, 5.0
_GAP = 3.0
_SMALLEST_RING = 4.0
_DASHES = (2.2, 1.8)


def paint_crosshair(painter: QPainter, sheet: QRectF, pen: KeyPen, theme: Theme) -> None:
    """A ring as wide as what is drawn, with four arms; its middle is filled while the pen is down,
    and the ring of what rubs out is broken. Each line has a rim of paper, so that it is seen on ink
    too."""
    centre, ring, arm = _placed(sheet, pen)
    arms, middle = QPainterPath(), QPainterPath()
    for across, down in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        way = QPointF(across, down)
        arms.moveTo(centre + way * (ring + _GAP))
        arms.lineTo(centre + way * (ring + _GAP + arm))
    dot = max(_SMALLEST_RING * 0.6, ring * 0.5) if pen.is_down else _LINE
    middle.addEllipse(centre, dot, dot)
    circle = QPainterPath()
    circle.addEllipse(centre, ring, ring)
    painter.save()
    for colour, width in ((theme.paper, _HALO), (theme.accent, _LINE)):
        line = QPen(QColor(colour), width)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(line)
        painter.drawPath(arms)
        if pen.erases and colour == theme.accent:
            line.setDashPattern(_DASHES)
            line.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(line)
        painter.drawPath(circle)
        painter.setBrush(QColor(colour))
        painter.setPen(QPen(QColor(colour), width - _LINE) if width > _LINE else Qt.PenStyle.NoPen)
        painter.drawPath(middle)
    painter.restore()


def crosshair_region(sheet: QRectF, pen: KeyPen) -> QRegion:
    """Where the crosshair is painted; empty where it is not shown."""
    if not pen.is_shown:
        return QRegion()
    centre, ring, arm = _placed(sheet, pen)
    reach = ring + _GAP + arm + _HALO
    box = QRectF(centre.x() - reach, centre.y() - reach, 2 * reach, 2 * reach)
    return QRegion(box.toAlignedRect())


def _placed(sheet: QRectF, pen: KeyPen) -> tuple[QPointF, float, float]:
    """The crosshair's centre, its ring's radius and the length of its arms, in the widget."""
    unit = sheet.width() / PAD_SIZE
    x, y = pen.place
    centre = sheet.topLeft() + QPointF(x * unit, y * unit)
    return centre, max(_SMALLEST_RING, pen.width * unit / 2), max(7.0, sheet.width() * 0.03)
