"""A chart's geometry and what all charts paint alike: a frame, a zero line, numbers at the axes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from digitpad.ui.style.panel import LEFT, MINUS, RIGHT, Panel

_STEPS = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True)
class Scale:
    """Where numbers lie in a box: x from left to right, y from below to above."""

    box: QRectF
    left: float
    right: float
    low: float
    high: float

    def x(self, value: float) -> float:
        """The place of a number along the box."""
        share = (value - self.left) / ((self.right - self.left) or 1.0)
        return self.box.x() + share * self.box.width()

    def y(self, value: float) -> float:
        """The place of a number up the box."""
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return self.box.bottom() - share * self.box.height()

    def value_at(self, x: float) -> float:
        """The number at a place along the box, kept within it."""
        share = (x - self.box.x()) / max(1.0, self.box.width())
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def line(self, xs: Sequence[float], ys: Sequence[float]) -> list[QPolygonF]:
        """A line through places, broken where a number is none."""
        pieces, points = [], QPolygonF()
        for x, y in zip(xs, ys, strict=True):
            if math.isfinite(y):
                points.append(QPointF(self.x(x), self.y(min(max(y, self.low), self.high))))
            elif points.size():
                pieces.append(points)
                points = QPolygonF()
        return [*pieces, points] if points.size() else pieces


def rounded_range(low: float, high: float, least: float = 1.0) -> tuple[float, float]:
    """A range that holds these numbers and 0, with whole ticks at its ends, at least so wide."""
    low, high = min(low, 0.0), max(high, 0.0)
    if high - low < least:
        high = low + least
    step = tick_step(high - low)
    return step * math.floor(low / step + 1e-9), step * math.ceil(high / step - 1e-9)


def tick_step(width: float, count: int = 4) -> float:
    """A step of 1, 2 or 5 times a power of ten that divides a width into about so many."""
    rough = max(width, 1e-9) / count
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * 0.999)


def number_text(value: float, step: float) -> str:
    """A number at an axis, with as many decimals as its step needs."""
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return f"{value:.{decimals}f}".replace("-", MINUS)


def ticks(low: float, high: float, step: float) -> list[float]:
    """The multiples of a step from low to high."""
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [number * step for number in range(first, last + 1)]


def decades(bottom: float, top: float, factors: Sequence[int]) -> list[float]:
    """These factors times powers of ten, as far as they lie between two powers of ten."""
    found = [
        factor * 10.0**power
        for power in range(math.floor(bottom), math.ceil(top) + 1)
        for factor in factors
    ]
    return [one for one in found if bottom <= math.log10(one) <= top]


def paint_grid(painter: QPainter, panel: Panel, scale: Scale, pixels: float = 10.5) -> None:
    """Paint the lines of the y axis, zero stronger than the others, and their numbers left of
    them."""
    painter.save()
    painter.setFont(panel.sized_font(pixels))
    theme, box = panel.theme, scale.box
    height = QFontMetricsF(painter.font()).height()
    room = max(2, int(box.height() / (1.4 * height)))
    step = tick_step(scale.high - scale.low, min(4, room))
    for value in ticks(scale.low, scale.high, step):
        y = scale.y(value)
        is_zero = abs(value) < 1e-9
        painter.setPen(QPen(QColor(theme.quiet if is_zero else theme.line), 1))
        painter.drawLine(QLineF(box.x(), y, box.right(), y))
        painter.setPen(QColor(theme.quiet))
        text = number_text(value, step)
        width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 2
        place = QRectF(box.x() - 5 * panel.unit - width, y - height / 2, width, height)
        painter.drawText(place, RIGHT, text)
    painter.restore()


def spread_labels(places: Sequence[float], height: float, low: float, high: float) -> list[float]:
    """Places for labels of a height, near those wanted, none over another, between low and high
    as far as they fit."""
    order = np.argsort(places, kind="stable")
    found = np.array(places, float)[order]
    for number in range(1, len(found)):
        found[number] = max(found[number], found[number - 1] + height)
    over = found[-1] - high if len(found) else 0.0
    if over > 0:
        found[-1] -= over
        for number in range(len(found) - 2, -1, -1):
            found[number] = min(found[number], found[number + 1] - height)
    found = np.maximum(found, low) if len(found) * height <= high - low else found
    spread = np.empty_like(found)
    spread[order] = found
    return [float(one) for one in spread]


def paint_label(
    painter: QPainter, panel: Panel, x: float, y: float, text: str, colour: str, bold: bool = False
) -> float:
    """Write a text with its left edge and its middle there; returns where it ends."""
    font = panel.sized_font(11, bold)
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(text), metrics.height()
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QRectF(x, y - height / 2, width + 2, height), LEFT, text)
    return x + width
