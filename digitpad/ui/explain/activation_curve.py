"""An activation function's curve, with the point of a unit on it."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from digitpad.explain.activations import curve
from digitpad.explain.results import TraceStep
from digitpad.ui.style.panel import Panel

_LEAST_SPAN = 4.0


def paint_curve(painter: QPainter, panel: Panel, box: QRectF, step: TraceStep) -> None:
    """Paint an activation's curve into a box, its name beneath, and where a number lies on it."""
    caption = 18 * panel.unit
    plot = box.adjusted(0, 0, 0, -caption)
    side = min(plot.width(), plot.height())
    plot = QRectF(plot.x() + (plot.width() - side) / 2, plot.y(), side, side)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(panel.theme.line), 1))
    painter.drawRoundedRect(plot, 4, 4)
    is_finite = math.isfinite(step.before) and math.isfinite(step.after)
    reach = max(_LEAST_SPAN, 1.25 * abs(step.before)) if is_finite else _LEAST_SPAN
    line, low, high = _line(step.function, step.parameters, reach, plot.getRect())

    def place(at: float, value: float) -> QPointF:
        return _place(at, value, reach, low, high, plot)

    painter.drawLine(place(-reach, 0), place(reach, 0))
    painter.drawLine(QPointF(place(0, 0).x(), plot.top()), QPointF(place(0, 0).x(), plot.bottom()))
    painter.setPen(QPen(QColor(panel.theme.quiet), 1.6))
    painter.drawPolyline(line)
    if is_finite:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(panel.theme.accent))
        painter.drawEllipse(place(step.before, step.after), 4.5 * panel.unit, 4.5 * panel.unit)
    painter.setPen(QColor(panel.theme.quiet))
    painter.setFont(panel.sized_font(11))
    below = QRectF(box.x(), plot.bottom(), box.width(), caption)
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, step.function)


@lru_cache(16)
def _line(
    function: str, parameters: tuple[float, ...], reach: float, box: tuple[float, ...]
) -> tuple[QPolygonF, float, float]:
    """A curve in a box, and between which values the box lies. It is the same while the pen
    moves, but where a number lies far out."""
    x, y = curve(function, parameters, -reach, reach)
    with np.errstate(all="ignore"):
        low, high = float(np.nanmin(y)), float(np.nanmax(y))
    # Zero is always seen, and a straight line lies in the middle.
    low, high = min(low, 0.0), max(high, 0.0)
    margin = 0.08 * max(high - low, 1e-9)
    low, high = low - margin, high + margin
    plot = QRectF(*box)
    points = [
        _place(float(at), float(value), reach, low, high, plot)
        for at, value in zip(x, y, strict=True)
    ]
    return QPolygonF(points), low, high


def _place(at: float, value: float, reach: float, low: float, high: float, plot: QRectF) -> QPointF:
    """Where a number and its value lie in a plot."""
    return QPointF(
        plot.x() + (at + reach) / (2 * reach) * plot.width(),
        plot.bottom() - (value - low) / (high - low) * plot.height(),
    )
