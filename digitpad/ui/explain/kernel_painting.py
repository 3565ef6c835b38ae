"""What is painted around and over a layer's kernels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from digitpad.ui.explain.kernel_sheet import Sheet
from digitpad.ui.explain.shown_terms import in_digits
from digitpad.ui.network.activation_picture import LINE, activation_colours
from digitpad.ui.network.scale_legend import legend_image
from digitpad.ui.style.panel import LEFT, RIGHT, Panel
from digitpad.ui.style.square_drawing import draw_squares


@dataclass(frozen=True)
class PlacedSheet:
    """Kernels in a box of a panel, in pixels. ratio: device pixels to a pixel; shape: a kernel's
    rows and columns."""

    sheet: Sheet
    box: QRectF
    ratio: float
    shape: tuple[int, int]

    def kernel(self, column: int, row: int, rows: int = 1) -> QRectF:
        """Where a kernel lies, or so many of its column."""
        left, top, width, height = self.sheet.place(column, row, self.shape)
        high = rows * (height + self.sheet.gap) - self.sheet.gap
        found = QRectF(left / self.ratio, top / self.ratio, width / self.ratio, high / self.ratio)
        return found.translated(self.box.x(), self.box.y())


def paint_ends(painter: QPainter, panel: Panel, end: float, width: float) -> None:
    """The range of the colours at the right of the title line, so wide."""
    low, high = (in_digits(one, 2) for one in (-end, end))
    painter.setFont(panel.sized_font(10.5))
    painter.setPen(QColor(panel.theme.quiet))
    box = QRectF(panel.width() - width, 0, width, panel.title_height)
    gap = 4 * panel.unit
    metrics = painter.fontMetrics()
    right, left = metrics.horizontalAdvance(high) + gap, metrics.horizontalAdvance(low) + gap
    painter.drawText(box, RIGHT, high)
    painter.drawText(box, LEFT, low)
    bar = QRectF(box.x() + left, box.center().y() - gap, width - left - right, 2 * gap)
    draw_squares(painter, bar, legend_image(activation_colours(panel.theme)[:LINE], False))


def paint_names(painter: QPainter, panel: Panel, placed: PlacedSheet, names: Sequence[str]) -> None:
    """The rows' names before them, and the columns' numbers above, as many as have room."""
    sheet, box, unit = placed.sheet, placed.box, panel.unit
    first = placed.kernel(sheet.first, 0)
    gap = sheet.gap / placed.ratio
    step, across = first.height() + gap, first.width() + gap
    painter.setPen(QColor(panel.theme.quiet))
    longest, before = max(names, key=len, default=""), box.x() - 6 * unit
    size = min(10.5, max(8.0, 0.9 * step / unit))
    painter.setFont(panel.fitting_font(longest, before, size))
    every = max(1, math.ceil(9 * unit / max(step, 0.1)))
    for row in range(0, len(names), every):
        at = QRectF(0, box.y() + row * step, before, max(first.height(), 10 * unit))
        painter.drawText(at, RIGHT, names[row])
    every = max(1, math.ceil(20 * unit / max(across, 0.1)))
    painter.setFont(panel.sized_font(10))
    for column in range(sheet.first, sheet.first + sheet.columns, every):
        at = placed.kernel(column, 0)
        middle, wide = at.center().x(), max(at.width(), 30 * unit)
        line = QRectF(middle - wide / 2, box.y() - 16 * unit, wide, 15 * unit)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, str(column + 1))


def paint_foot(painter: QPainter, panel: Panel, line: QRectF, forms: Sequence[str]) -> None:
    """The first of some forms of a text that fits on a line; else the last one, smaller."""
    painter.setPen(QColor(panel.theme.quiet))
    painter.setFont(panel.sized_font(11))
    width = painter.fontMetrics().horizontalAdvance
    text = next((one for one in forms if width(one) <= line.width()), forms[-1])
    painter.setFont(panel.fitting_font(text, line.width(), 11))
    painter.drawText(line, LEFT, text)


def paint_frames(
    painter: QPainter,
    panel: Panel,
    placed: PlacedSheet,
    column: int | None,
    at: tuple[int, int, int, int] | None,
) -> None:
    """Frame the column of what is shown elsewhere, if it is seen, and the kernel that is pointed
    at."""
    sheet = placed.sheet
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if column is not None and sheet.first <= column < sheet.first + sheet.columns:
        painter.setPen(QPen(QColor(panel.theme.accent), 2))
        painter.drawRect(placed.kernel(column, 0, sheet.rows).adjusted(-1, -1, 1, 1))
    if at is not None:
        painter.setPen(QPen(QColor(panel.theme.text), 1.5))
        painter.drawRect(placed.kernel(at[0], at[1]).adjusted(-1, -1, 1, 1))
