"""Small pictures of numbers, square by square, with the numbers in them where there is room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from digitpad.explain.results import Floats
from digitpad.ui.network.activation_picture import (
    GROUND,
    UNDEFINED,
    activation_colours,
    colour_indices,
)
from digitpad.ui.style.panel import MINUS, Panel
from digitpad.ui.style.square_drawing import draw_squares
from digitpad.ui.style.theme import legible_on

_LEAST_NUMBER = 8
_LEAST_END = 1e-9


@dataclass(frozen=True, eq=False)
class Squares:
    """Numbers to be shown as squares.

    values: float64 (h, w). end: the number that has the strongest colour. is_padding: bool (h, w),
    crossed out; None where there is none. texts: what stands in the squares, row by row; none where
    it is empty. framed: bool (h, w): squares that stand out, such as a maximum.
    """

    values: Floats
    end: float
    is_padding: npt.NDArray[np.bool_] | None = None
    texts: Sequence[str] = ()
    framed: npt.NDArray[np.bool_] | None = None


def end_of(values: Floats) -> float:
    """The largest distance from zero of finite numbers, never 0."""
    finite = values[np.isfinite(values)]
    return max(float(np.abs(finite).max(initial=0.0)), _LEAST_END)


def fitted(box: QRectF, shape: tuple[int, ...]) -> QRectF:
    """As much of a box, from its top left on, as whole squares of h x w fill."""
    height, width = shape
    cell = min(box.width() / width, box.height() / height)
    cell = float(int(cell)) if cell >= 2 else cell
    return QRectF(box.x(), box.y(), cell * width, cell * height)


def _short(text: str) -> str:
    """A number in as few letters as tell it: without plus, and without a zero before the point."""
    text = text.removeprefix("+")
    sign = text[: len(text) - len(text.lstrip(MINUS))]
    return sign + text.lstrip(MINUS).removeprefix("0") if "." in text else text


def paint_squares(painter: QPainter, panel: Panel, box: QRectF, shown: Squares) -> None:
    """Paint numbers as squares that fill a box."""
    theme = panel.theme
    indices = np.ascontiguousarray(colour_indices(shown.values.astype(np.float32), shown.end))
    height, width = indices.shape
    image = QImage(indices.data, width, height, indices.strides[0], QImage.Format.Format_Indexed8)
    colours = activation_colours(theme)
    image.setColorTable(colours)
    draw_squares(painter, box, image)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawRect(box)
    cell = QRectF(0, 0, box.width() / width, box.height() / height)

    def at(row: int, column: int) -> QRectF:
        return cell.translated(box.x() + column * cell.width(), box.y() + row * cell.height())

    if shown.is_padding is not None and shown.is_padding.any():
        painter.setPen(QPen(QColor(theme.quiet), 1))
        places = np.argwhere(shown.is_padding)
        boxes = [at(int(row), int(column)) for row, column in places]
        painter.drawLines([QLineF(one.bottomLeft(), one.topRight()) for one in boxes])
    if shown.texts:
        texts = [_short(text) for text in shown.texts]
        longest = max(texts, key=len)
        font = panel.fitting_font(longest, 0.9 * cell.width(), 10.5)
        metrics = QFontMetricsF(font)
        if (
            font.pixelSize() >= _LEAST_NUMBER
            and metrics.horizontalAdvance(longest) <= cell.width()
            and metrics.height() <= cell.height() + 2
        ):
            painter.setFont(font)
            for number, text in enumerate(texts):
                row, column = divmod(number, width)
                index = int(indices[row, column])
                fill = QColor.fromRgb(colours[index if index < GROUND or index == UNDEFINED else 0])
                painter.setPen(legible_on(fill, theme.text, theme.paper))
                painter.drawText(at(row, column), Qt.AlignmentFlag.AlignCenter, text)
    if shown.framed is not None and shown.framed.any():
        painter.setPen(QPen(QColor(theme.accent), 2))
        for row, column in np.argwhere(shown.framed):
            painter.drawRect(at(int(row), int(column)).adjusted(1, 1, -1, -1))
