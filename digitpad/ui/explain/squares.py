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
from digitpad.ui.style.square_drawing import draw_squares, indexed
from digitpad.ui.style.theme import Theme, legible_on

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


def pictures_of(values: Floats, end: float, theme: Theme) -> list[QImage]:
    """Numbers, (n, h, w), n > 0, as n pictures; end: the number that has the strongest colour. It
    takes a third of the time that it takes to make them one by one."""
    count, height, width = values.shape
    indices = np.ascontiguousarray(colour_indices(values.astype(np.float32), end))
    whole = indexed(indices.reshape(count * height, width), activation_colours(theme))
    return [whole.copy(0, number * height, width, height) for number in range(count)]


def paint_squares(
    painter: QPainter, panel: Panel, box: QRectF, shown: Squares, picture: QImage | None = None
) -> None:
    """Paint numbers as squares that fill a box; picture: of them, where pictures_of made it."""
    theme = panel.theme
    height, width = shown.values.shape
    if picture is None:
        (picture,) = pictures_of(shown.values[None], shown.end, theme)
    draw_squares(painter, box, picture)
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
            colours = activation_colours(theme)
            indices = colour_indices(shown.values.astype(np.float32), shown.end)
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
