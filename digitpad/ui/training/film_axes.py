"""The two axes of a film's chart: loss at the left, accuracy at the right."""

from __future__ import annotations

import math

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from digitpad.core.languages import _
from digitpad.ui.explain.chart import decades, number_text, tick_step, ticks
from digitpad.ui.style.panel import LEFT, RIGHT, Panel
from digitpad.ui.training import film_words as words

STRIP = 19
"""How high the strip of answers over the curves is, in units."""


def paint_loss_axis(
    painter: QPainter, panel: Panel, box: QRectF, bottom: float, top: float
) -> None:
    """Numbers at the left of a box: 1, 2 and 5 times powers of ten from 10 ** bottom to 10 ** top,
    as many as have room."""
    unit, theme = panel.unit, panel.theme
    painter.setFont(panel.sized_font(10))
    height = QFontMetricsF(painter.font()).height()
    room = max(2, int(box.height() / (1.1 * height)))
    factors = next(
        (some for some in ((1, 2, 5), (1, 3), (1,)) if len(decades(bottom, top, some)) <= room),
        (1,),
    )
    for value in decades(bottom, top, factors):
        y = box.bottom() - (math.log10(value) - bottom) / (top - bottom) * box.height()
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(QLineF(box.x(), y, box.right(), y))
        painter.setPen(QColor(theme.positive))
        place = QRectF(0, y - height / 2, box.x() - 3 * unit, height)
        painter.drawText(place, RIGHT, f"{value:g}")
    caption = QRectF(0, 0, box.x() - 3 * unit, STRIP * unit)
    painter.setPen(QColor(theme.positive))
    painter.drawText(caption, RIGHT, _(words.LOSS))


def paint_share_axis(painter: QPainter, panel: Panel, box: QRectF) -> None:
    """Numbers at the right, from 0 to 100 %."""
    unit = panel.unit
    painter.setFont(panel.sized_font(10))
    height = QFontMetricsF(painter.font()).height()
    step = max(20.0, tick_step(100.0, max(2, int(box.height() / (1.2 * height)))))
    painter.setPen(QColor(panel.theme.negative))
    for value in ticks(0.0, 100.0, step):
        y = box.bottom() - value / 100 * box.height()
        # The lowest lies over the axis at the foot.
        y -= 0.0 if value else height / 2
        place = QRectF(box.right() + 3 * unit, y - height / 2, panel.width(), height)
        painter.drawText(place, LEFT, _("{n} %").format(n=number_text(value, step)))
    text = _(words.ACCURACY)
    # Over the axis' numbers, which are as wide; where it is wider the curve's own name does.
    left = box.right() + 3 * unit
    room = QRectF(left, 0, panel.width() - left, STRIP * unit)
    painter.setFont(panel.fitting_font(text, room.width(), 10))
    if QFontMetricsF(painter.font()).horizontalAdvance(text) <= room.width() + 1:
        painter.drawText(room, RIGHT, text)
