"""A measure of a digit beside the spread of MNIST, on a line."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from digitpad.core.languages import _
from digitpad.explain.results import Gauged
from digitpad.ui.explain import road_words as words
from digitpad.ui.explain.chart import paint_label
from digitpad.ui.style.panel import Panel

_BEYOND = 0.12


def paint_gauge(painter: QPainter, panel: Panel, box: QRectF, gauged: Gauged) -> None:
    """Paint a gauge's name and value, the spread with a mark where the digit stands, and where that
    is in words, as far as there is room."""
    unit, theme = panel.unit, panel.theme
    line = QFontMetricsF(panel.sized_font(11)).height()
    kind, value = gauged.gauge, words.gauge_value(gauged)
    y = box.y() + line / 2
    bold = QFontMetricsF(panel.sized_font(11, bold=True))
    plain = QFontMetricsF(panel.sized_font(11))
    gap = 6 * unit
    room = box.width() - bold.horizontalAdvance(value) - gap
    names = _(words.GAUGE_NAMES[kind]), _(words.GAUGE_SHORT[kind])
    name = next((one for one in names if plain.horizontalAdvance(one) <= room), "")
    end = paint_label(painter, panel, box.x(), y, name, theme.quiet) + gap if name else box.x()
    paint_label(painter, panel, end, y, value, theme.text, bold=True)
    _paint_strip(painter, panel, QRectF(box.x(), box.y() + line, box.width(), 18 * unit), gauged)
    below = box.y() + line + 18 * unit + line / 2
    if below + line / 2 <= box.bottom() + 1:
        for text in words.rank_texts(gauged):
            if plain.horizontalAdvance(text) <= box.width():
                paint_label(painter, panel, box.x(), below, text, theme.quiet)
                break


def _paint_strip(painter: QPainter, panel: Panel, box: QRectF, gauged: Gauged) -> None:
    """The line holds nine digits in ten, the band the middle half, the tick is the median."""
    theme, unit = panel.theme, panel.unit
    first, lower, middle, upper, last = gauged.percentiles
    low, high = min(first, gauged.value), max(last, gauged.value)
    margin = _BEYOND * ((high - low) or 1.0)
    low, high = low - margin, high + margin

    def x(value: float) -> float:
        return box.x() + (value - low) / (high - low) * box.width()

    y = box.bottom() - 6 * unit
    painter.setPen(QPen(QColor(theme.quiet), 1.2))
    painter.drawLine(QLineF(x(first), y, x(last), y))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.track))
    band = QRectF(x(lower), y - 3.5 * unit, x(upper) - x(lower), 7 * unit)
    painter.drawRoundedRect(band, 2 * unit, 2 * unit)
    painter.setPen(QPen(QColor(theme.quiet), 1.5))
    painter.drawLine(QLineF(x(middle), y - 3.5 * unit, x(middle), y + 3.5 * unit))
    at, size = x(gauged.value), 4.5 * unit
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(at, y - 2 * unit),
                QPointF(at - size, y - 2 * unit - 1.6 * size),
                QPointF(at + size, y - 2 * unit - 1.6 * size),
            ]
        )
    )
