"""How a confusion matrix looks: squares, numbers, heads, marks and the legend."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from digitpad.core.languages import _
from digitpad.core.texts import exact_percent
from digitpad.ui.images.matrix_geometry import ALL, MatrixGeometry, Pair
from digitpad.ui.images.words import MATRIX_EXPLANATION
from digitpad.ui.style.panel import LEFT, RIGHT, Panel
from digitpad.ui.style.theme import blend, colour_table, legible_on

_LEGEND_STEPS = 48
_LEAST_CELL_WITH_COUNT = 14
_LEAST_LETTERS = 6.5
"""Smaller numbers are not read, in pixels; the line above and the tip have them."""


@dataclass(frozen=True)
class Marks:
    """What is marked: the pair whose images are shown, the one pointed at, and the one that the
    keyboard is at; None where there is none."""

    chosen: Pair = ALL
    pointed: Pair | None = None
    reached: Pair | None = None


class MatrixPainter:
    """Paints the parts of one matrix; made anew for each painting."""

    def __init__(
        self,
        painter: QPainter,
        panel: Panel,
        geometry: MatrixGeometry,
        counts: npt.NDArray[np.int64],
        classes: tuple[str, ...],
    ) -> None:
        """counts: how often each class (row) was read as each (column), (classes, classes)."""
        self._painter, self._panel, self._geometry = painter, panel, geometry
        self._theme, self._unit = panel.theme, panel.unit
        self._counts, self._classes = counts, classes
        # How often the commonest mistake was made.
        self._worst = int((counts * (1 - np.eye(len(counts), dtype=np.int64))).max(initial=0))
        theme = panel.theme
        self._colours = colour_table(theme.paper, theme.accent, count=_LEGEND_STEPS + 1)

    def paint(self, marks: Marks) -> None:
        """Paint all of it but the titles."""
        self._paint_heads(marks.chosen)
        for pair in self._pairs():
            box = self._geometry.box(pair).adjusted(0, 0, -1, -1)
            self._painter.fillRect(box, self._fill(pair))
        for is_right in (True, False):
            self._paint_counts(is_right)
        self._paint_shares()
        self._paint_marks(marks)
        self._paint_explanation()
        self._paint_legend()

    def _pairs(self) -> product[tuple[int, int]]:
        """All squares, row by row."""
        return product(range(len(self._classes)), repeat=2)  # type: ignore[return-value]

    def _paint_heads(self, chosen: Pair) -> None:
        """The classes' names, those of the chosen pair in the accent's colour."""
        painter, theme = self._painter, self._theme
        painter.setFont(self._line_font(12))
        gap = 5 * self._unit
        for index, name in enumerate(self._classes):
            label, answer = chosen
            painter.setPen(QColor(theme.accent if label == index else theme.text))
            row = self._geometry.box((index, None)).adjusted(0, 0, -gap, 0)
            painter.drawText(row, RIGHT, name)
            painter.setPen(QColor(theme.accent if answer == index else theme.text))
            head = self._geometry.box((None, index))
            if not self._geometry.is_turned:
                painter.drawText(head, Qt.AlignmentFlag.AlignCenter, name)
                continue
            painter.save()
            painter.translate(head.center().x(), head.bottom() - gap)
            painter.rotate(-90)
            upright = QRectF(0, -head.width() / 2, head.height(), head.width())
            painter.drawText(upright, LEFT, name)
            painter.restore()

    def _line_font(self, pixels: float) -> QFont:
        """The font of what stands beside a row, no higher than the row."""
        font = self._panel.sized_font(pixels)
        high = QFontMetricsF(font).height()
        cell = self._geometry.cell
        return font if high <= cell else self._panel.sized_font(pixels * cell / high)

    def _fill(self, pair: tuple[int, int]) -> QColor:
        """A square's colour."""
        if pair[0] == pair[1]:
            return QColor(self._theme.track)
        strength = math.sqrt(int(self._counts[pair]) / self._worst) if self._worst else 0.0
        return QColor.fromRgb(self._colours[round(strength * _LEGEND_STEPS)])

    def _paint_counts(self, is_right: bool) -> None:
        """The numbers of the diagonal, or those beside it; none where the squares are too small."""
        cell, theme = self._geometry.cell, self._theme
        if cell < _LEAST_CELL_WITH_COUNT:
            return
        longest = str(self._counts.max(initial=0))
        usual = QFontMetricsF(self._panel.sized_font(10, bold=True)).horizontalAdvance(longest)
        size = min(11.0, cell * 0.40 / self._unit, 10 * (cell - 4) / usual)
        if size * self._unit < _LEAST_LETTERS:
            return
        self._painter.setFont(self._panel.sized_font(size, bold=not is_right))
        inks = (theme.quiet,) if is_right else (theme.text, theme.accent_text)
        for pair in self._pairs():
            if self._counts[pair] and (pair[0] == pair[1]) is is_right:
                self._painter.setPen(legible_on(self._fill(pair), *inks))
                inner = self._geometry.box(pair).adjusted(0, 0, -1, -1)
                self._painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, str(self._counts[pair]))

    def _paint_shares(self) -> None:
        """Beside each row, how much of its class was read rightly."""
        painter, squares, cell = self._painter, self._geometry.squares, self._geometry.cell
        painter.setFont(self._line_font(10.5))
        painter.setPen(QColor(self._theme.quiet))
        left = squares.right() + 6 * self._unit
        for index in range(len(self._classes)):
            total = int(self._counts[index].sum())
            if total:
                share = exact_percent(int(self._counts[index, index]), total)
                top = squares.top() + index * cell
                painter.drawText(QRectF(left, top, self._panel.width(), cell), LEFT, share)

    def _paint_marks(self, marks: Marks) -> None:
        """Frames around what is chosen, pointed at, and where the keyboard is."""
        painter, theme, geometry = self._painter, self._theme, self._geometry
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if marks.pointed is not None:
            painter.setPen(QPen(blend(theme.quiet, theme.paper, 0.3), 1))
            painter.drawRect(geometry.box(marks.pointed).adjusted(0, 0, -1, -1))
        if marks.chosen != ALL:
            painter.setPen(QPen(QColor(theme.text), 2))
            painter.drawRect(geometry.span(marks.chosen).adjusted(-0.5, -0.5, -0.5, -0.5))
        if marks.reached is not None:
            painter.setPen(QPen(QColor(theme.accent), 2, Qt.PenStyle.DotLine))
            # The corner between the heads is empty: a frame around it would say nothing.
            is_all = marks.reached == ALL
            box = geometry.squares if is_all else geometry.box(marks.reached)
            painter.drawRect(box.adjusted(-1, -1, 0, 0))

    def _paint_explanation(self) -> None:
        """What the matrix shows, beneath the legend, where there is room for all of it."""
        painter, panel = self._painter, self._panel
        painter.setFont(panel.sized_font(10.5))
        painter.setPen(QColor(self._theme.quiet))
        top = self._geometry.squares.bottom() + 28 * self._unit
        below = QRectF(0, top, panel.width(), panel.height())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        if painter.boundingRect(below, flags, _(MATRIX_EXPLANATION)).bottom() <= panel.height():
            painter.drawText(below, flags, _(MATRIX_EXPLANATION))

    def _paint_legend(self) -> None:
        """▆ read rightly; mistakes, from 0 ▆▆▆ to the commonest, in the squares' colours."""
        squares, unit = self._geometry.squares, self._unit
        gap = 5 * unit
        self._painter.setFont(self._panel.sized_font(10.5))
        self._painter.setPen(QColor(self._theme.quiet))
        swatch = QRectF(squares.left(), squares.bottom() + 9 * unit, 10 * unit, 10 * unit)
        self._painter.fillRect(swatch, QColor(self._theme.track))
        x = self._write(swatch.right() + gap, swatch, _("read rightly")) + 3 * gap
        if not self._worst:
            return
        x = self._write(x, swatch, _("mistakes, from 0")) + gap
        width = 60 * unit
        each = width / (_LEGEND_STEPS + 1)
        for step in range(_LEGEND_STEPS + 1):
            # The numbers grow evenly along the legend, the colours as the squares' do.
            colour = self._colours[round(math.sqrt(step / _LEGEND_STEPS) * _LEGEND_STEPS)]
            part = QRectF(x + step * each, swatch.y(), each + 0.5, swatch.height())
            self._painter.fillRect(part, QColor.fromRgb(colour))
        self._painter.drawRect(QRectF(x, swatch.y(), width, swatch.height()))
        self._write(x + width + gap, swatch, _("to {worst:,}").format(worst=self._worst))

    def _write(self, x: float, beside: QRectF, text: str) -> float:
        """Write on the legend's line from x on; returns where the text ends."""
        box = QRectF(x, beside.y() - 8, self._panel.width() - x, beside.height() + 16)
        self._painter.drawText(box, LEFT, text)
        return x + self._painter.fontMetrics().horizontalAdvance(text)
