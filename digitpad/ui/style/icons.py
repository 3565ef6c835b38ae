"""The pictures on the buttons, drawn in the theme's colours so that they are sharp at any scale."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

_SIDE = 24.0


def icon(name: str, colour: str, accent: str, disabled: str) -> QIcon:
    """A button's icon: plain, checked (accent) and disabled. Raises KeyError for a name that is
    not drawn here."""
    paint = _PAINTERS[name]
    drawn = QIcon()
    for tint, mode, state in (
        (colour, QIcon.Mode.Normal, QIcon.State.Off),
        (accent, QIcon.Mode.Normal, QIcon.State.On),
        (disabled, QIcon.Mode.Disabled, QIcon.State.Off),
    ):
        for scale in (1, 2, 4):
            drawn.addPixmap(_pixmap(paint, tint, scale), mode, state)
    return drawn


def _pixmap(paint: Callable[[QPainter], None], colour: str, scale: int) -> QPixmap:
    """An icon in one colour, scale times as many pixels as a side has."""
    pixmap = QPixmap(round(_SIDE * scale), round(_SIDE * scale))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    pen = QPen(
        QColor(colour),
        1.9,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.RoundCap,
        Qt.PenJoinStyle.RoundJoin,
    )
    painter.setPen(pen)
    paint(painter)
    painter.end()
    return pixmap


def _polyline(painter: QPainter, *points: tuple[float, float]) -> None:
    """Draw a line through points of the icon's 24 x 24."""
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))


def _pen(painter: QPainter) -> None:
    painter.drawPolygon(
        QPolygonF([QPointF(x, y) for x, y in ((4, 20), (5, 15.5), (16, 4.5), (19.5, 8), (8.5, 19))])
    )
    painter.drawLine(QPointF(13.5, 7), QPointF(17, 10.5))


def _eraser(painter: QPainter) -> None:
    painter.drawPolygon(
        QPolygonF([QPointF(x, y) for x, y in ((4, 14), (13, 5), (19.5, 11.5), (11, 20), (9.5, 20))])
    )
    painter.drawLine(QPointF(8.5, 9.5), QPointF(15, 16))
    painter.drawLine(QPointF(11, 20), QPointF(20, 20))


def _turned_arrow(painter: QPainter) -> None:
    path = QPainterPath(QPointF(5, 9.5))
    path.lineTo(14, 9.5)
    path.arcTo(QRectF(9, 9.5, 10.5, 9.5), 90, -180)
    path.lineTo(9, 19)
    painter.drawPath(path)
    _polyline(painter, (9, 5.5), (5, 9.5), (9, 13.5))


def _undo(painter: QPainter) -> None:
    _turned_arrow(painter)


def _redo(painter: QPainter) -> None:
    painter.translate(_SIDE, 0)
    painter.scale(-1, 1)
    _turned_arrow(painter)


def _clear(painter: QPainter) -> None:
    painter.drawLine(QPointF(4.5, 7), QPointF(19.5, 7))
    _polyline(painter, (9.5, 7), (9.5, 4), (14.5, 4), (14.5, 7))
    _polyline(painter, (6.5, 7), (7.3, 20), (16.7, 20), (17.5, 7))
    painter.drawLine(QPointF(10.2, 11), QPointF(10.4, 16.5))
    painter.drawLine(QPointF(13.8, 11), QPointF(13.6, 16.5))


def _example(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(4, 4, 16, 16), 3.5, 3.5)
    painter.setBrush(painter.pen().color())
    painter.setPen(Qt.PenStyle.NoPen)
    for x, y in ((8.3, 8.3), (12, 12), (15.7, 15.7), (8.3, 15.7), (15.7, 8.3)):
        painter.drawEllipse(QPointF(x, y), 1.35, 1.35)


def _open(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(3.5, 5, 17, 14), 2.5, 2.5)
    painter.drawEllipse(QPointF(8.6, 9.6), 1.5, 1.5)
    _polyline(painter, (4.5, 17.5), (9.5, 13.2), (12.5, 15.6), (16, 11.4), (20, 15.6))


def _save(painter: QPainter) -> None:
    painter.drawLine(QPointF(12, 4), QPointF(12, 14.5))
    _polyline(painter, (7.5, 10.2), (12, 14.7), (16.5, 10.2))
    _polyline(painter, (4, 15), (4, 20), (20, 20), (20, 15))


_PAINTERS: dict[str, Callable[[QPainter], None]] = {
    "pen": _pen,
    "eraser": _eraser,
    "undo": _undo,
    "redo": _redo,
    "clear": _clear,
    "example": _example,
    "open": _open,
    "save": _save,
}
