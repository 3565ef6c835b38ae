"""What few units are called, beside their squares."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from digitpad.ui.style.panel import Panel, signed_short


def paint_names(
    painter: QPainter,
    panel: Panel,
    box: QRectF,
    names: Sequence[str],
    values: npt.NDArray[np.float32] | None,
    best: int,
) -> None:
    """Each unit's name and value, (n,), beside its square, n under one another in a box; the best,
    by its number, stands out. Without values only the names."""
    row = box.height() / len(names)
    size = min(11.0, 0.85 * row / panel.unit)
    longest = max(map(len, names))
    width = (5 + 7.5 * min(longest, 9)) * panel.unit
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.setPen(QColor(panel.theme.quiet))
    painter.setFont(panel.sized_font(size))
    left, beside = box.right() + 7 * panel.unit, box.right() + 7 * panel.unit + width
    for number, name in enumerate(names):
        if number == best:
            painter.setFont(panel.sized_font(size, bold=True))
        top = box.y() + number * row
        painter.drawText(QRectF(left, top, width, row), flags, name)
        if values is not None:
            line = QRectF(beside, top, panel.width() - beside, row)
            painter.drawText(line, flags, signed_short(float(values[number])))
        if number == best:
            painter.setFont(panel.sized_font(size))
