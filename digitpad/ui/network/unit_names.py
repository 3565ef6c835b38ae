"""What few units are called, beside their squares."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from digitpad.core.columns import columns_of
from digitpad.ui.style.panel import Panel, signed_short

_PIXELS, _LARGEST = 11.0, 24.0
_WIDEST, _LEAST_NAME = "+88.8", 10.0


def paint_names(
    painter: QPainter,
    panel: Panel,
    box: QRectF,
    names: Sequence[str],
    values: npt.NDArray[np.float32] | None,
    best: int,
    is_large: bool = False,
) -> None:
    """Each unit's name and value, (n,), beside its square, n under one another in a box; the best,
    by its number, stands out. Without values only the names. is_large: beside large squares they
    are larger too."""
    row = box.height() / len(names)
    size = min(_PIXELS, 0.85 * row / panel.unit)
    if is_large:
        size = max(size, min(_LARGEST, 0.5 * row / panel.unit))
    longest = max(map(columns_of, names))
    unit = panel.unit * max(1.0, size / _PIXELS)
    width = (5 + 7.5 * min(longest, 9)) * unit
    if values is not None:
        # The numbers keep their room, and long names are cut.
        numbers = QFontMetricsF(panel.sized_font(size, bold=True)).horizontalAdvance(_WIDEST)
        room = panel.width() - box.right() - 7 * unit - numbers
        width = max(_LEAST_NAME * unit, min(width, room))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.setPen(QColor(panel.theme.quiet))
    painter.setFont(panel.sized_font(size))
    left, beside = box.right() + 7 * unit, box.right() + 7 * unit + width
    for number, name in enumerate(names):
        if number == best:
            painter.setFont(panel.sized_font(size, bold=True))
        top = box.y() + number * row
        painter.drawText(QRectF(left, top, width, row), flags, _cut(painter, name, width))
        if values is not None:
            line = QRectF(beside, top, panel.width() - beside, row)
            painter.drawText(line, flags, signed_short(float(values[number])))
        if number == best:
            painter.setFont(panel.sized_font(size))


def _cut(painter: QPainter, name: str, width: float) -> str:
    """A name as far as there is room for it."""
    metrics = painter.fontMetrics()
    if metrics.horizontalAdvance(name) <= width:
        return name
    return metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(width))
