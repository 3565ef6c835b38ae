"""Curves of a chart, told apart by their dashes, and each with its name beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from digitpad.core.languages import _
from digitpad.ui.style.panel import LEFT, Panel

DOTS, DASHES = (1.0, 2.4), (5.0, 2.6)
"""Of lines, in their widths."""
_APART = 2.0
"""Between a curve and its name, in pixels."""


@dataclass(frozen=True)
class Curve:
    """A curve. name: as in the catalogue. points: from left to right. width: of the line, in
    pixels, its points being thicker. dashes: of the line; none for one without gaps."""

    name: str
    points: Sequence[QPointF]
    colour: QColor
    width: float
    dashes: Sequence[float] = field(default=())


def paint_curve(painter: QPainter, curve: Curve) -> None:
    """Paint a line, and each point of one that has no gaps."""
    pen = QPen(curve.colour, curve.width)
    if curve.dashes:
        pen.setDashPattern(list(curve.dashes))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF(list(curve.points)))
    if not curve.dashes:
        thick = QPen(curve.colour, 3.1 * curve.width)
        thick.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(thick)
        painter.drawPoints(list(curve.points))


def paint_names(
    painter: QPainter,
    panel: Panel,
    curves: Sequence[Curve],
    box: QRectF,
    others: Sequence[Sequence[QPointF]] = (),
) -> None:
    """Write each curve's name beside it, in its colour, as far as there is room in a box. others:
    lines that no name may lie on either."""
    painter.setFont(panel.sized_font(10))
    metrics = QFontMetricsF(painter.font())
    names = [_(curve.name) for curve in curves]
    sizes = [QSizeF(metrics.horizontalAdvance(name) + 2, 0.9 * metrics.height()) for name in names]
    places = name_boxes([curve.points for curve in curves], sizes, box, others)
    for curve, name, place in zip(curves, names, places, strict=True):
        if place is not None:
            painter.setPen(curve.colour)
            painter.drawText(place, LEFT, name)


def name_boxes(
    lines: Sequence[Sequence[QPointF]],
    sizes: Sequence[QSizeF],
    box: QRectF,
    others: Sequence[Sequence[QPointF]] = (),
) -> list[QRectF | None]:
    """Where the names of curves lie, over or under each, as far to the right as no curve is met.

    lines: each curve's points, from left to right. sizes: of the names. box: which they do not
    leave. others: lines that no name lies on either. None for a curve whose name has no room.
    """
    found: list[QRectF | None] = []
    for line, size in zip(lines, sizes, strict=True):
        taken = [one for one in found if one is not None]
        found.append(next(_free(line, size, box, [*lines, *others], taken), None))
    return found


def _free(
    line: Sequence[QPointF],
    size: QSizeF,
    box: QRectF,
    lines: Sequence[Sequence[QPointF]],
    taken: Sequence[QRectF],
) -> Iterator[QRectF]:
    for point in reversed(line):
        for top in (point.y() - size.height() - _APART, point.y() + _APART):
            place = QRectF(QPointF(point.x() - size.width(), top), size)
            is_met = any(_meets(other, place) for other in lines)
            if box.contains(place) and not is_met and not any(map(place.intersects, taken)):
                yield place


def _meets(line: Sequence[QPointF], place: QRectF) -> bool:
    """Whether a curve runs through a box."""
    for one, other in pairwise(line):
        if other.x() < place.left() or one.x() > place.right():
            continue
        across = other.x() - one.x()
        slope = (other.y() - one.y()) / across if across > 1e-9 else 0.0
        # Of a steep piece only what lies over or under the box counts.
        within = (max(one.x(), place.left()), min(other.x(), place.right()))
        ends = sorted(one.y() + slope * (x - one.x()) for x in within)
        if not slope:
            ends = sorted((one.y(), other.y()))
        if ends[1] >= place.top() and ends[0] <= place.bottom():
            return True
    return False
