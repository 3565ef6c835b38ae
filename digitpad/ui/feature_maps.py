"""A layer's output as pictures: one square per number, blue below zero, orange above."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from digitpad.recognition import LayerFacts
from digitpad.ui.panel import MINUS, Panel, signed
from digitpad.ui.theme import Theme, diverging_table

_VECTOR_ROWS = {120: 6, 84: 7}
_LARGEST_UNIT = 15
_FRAME = 1
_LEGEND_WIDTH, _LEAST_LEGEND_WIDTH = 44, 14

NEUTRAL = 126
"""The colour index of zero: the middle of the diverging colours, 0 to 252."""
_LINE, _GROUND = 253, 254


class FeatureMaps(Panel):
    """One layer's activations, all in one range, with the legend that says which.

    A layer of maps shows each map; a layer of units shows one block of squares, row by row. Without activations the
    squares rest at zero.

    Attributes:
        layer: the layer shown.

    Signals:
        unit_hovered (object): (map, row, column) under the pointer, or None where it left.
    """

    unit_hovered = Signal(object)

    def __init__(self, layer: LayerFacts, columns: int | None = None, parent: QWidget | None = None) -> None:
        """columns: maps in a row; where not given, about as many as make a square."""
        super().__init__(parent)
        self.layer = layer
        if len(layer.shape) == 3:
            self._maps, self._rows, self._columns = layer.shape
        else:
            self._rows = _VECTOR_ROWS.get(layer.shape[0], max(1, math.isqrt(layer.shape[0])))
            self._maps, self._columns = 1, math.ceil(layer.shape[0] / self._rows)
        self._maps_in_row = columns or math.ceil(math.sqrt(self._maps))
        self._indices = np.full((self._maps, self._rows, self._columns), NEUTRAL, dtype=np.uint8)
        self._activation: np.ndarray | None = None
        self._end = self._fixed_end() or 1.0
        self._colours = _table(self.theme)
        self._legend = _legend_image(self._colours)
        self._marked: tuple[int, int, int] | None = None
        self.setMouseTracking(True)
        self.setAccessibleName(f"Layer {layer.name}, {self.detail}")

    @property
    def detail(self) -> str:
        """The layer's shape in words."""
        if len(self.layer.shape) == 3:
            maps, height, width = self.layer.shape
            return f"{maps} maps, {height} × {width}"
        return f"{self.layer.shape[0]} units"

    def _fixed_end(self) -> float | None:
        """The end of the colour scale where the activation function has one."""
        if self.layer.low is None or self.layer.high is None:
            return None
        return max(abs(self.layer.low), abs(self.layer.high))

    def show_activation(self, activation: np.ndarray | None) -> None:
        """Show a layer's output, float32 of the layer's shape; None puts the squares to rest."""
        self._activation = activation
        if activation is None:
            self._indices[:] = NEUTRAL
        else:
            self._end = self._fixed_end() or max(float(np.abs(activation).max()), 1e-6)
            flat = np.zeros(self._indices.size, dtype=np.float32)
            flat[: activation.size] = activation.ravel()
            indices = np.rint((flat / self._end).clip(-1, 1) * NEUTRAL + NEUTRAL).astype(np.uint8)
            self._indices = indices.reshape(self._indices.shape)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._colours = _table(theme)
        self._legend = _legend_image(self._colours)
        super().set_theme(theme)

    # Geometry, in device pixels so that every square is crisp at any scale.

    def _map_rows(self) -> int:
        return math.ceil(self._maps / self._maps_in_row)

    def _gap(self) -> int:
        """The gap between maps, in device pixels."""
        return (
            max(2, round((6 if self._rows > 6 else 4) * self.unit * self.devicePixelRatioF())) if self._maps > 1 else 0
        )

    def size_at(self, cell: int) -> tuple[float, float]:
        """How wide and high all maps are, the title left out, with squares of ``cell`` device pixels."""
        ratio, gap = self.devicePixelRatioF(), self._gap()
        across = self._maps_in_row * self._columns * cell + gap * (self._maps_in_row - 1) + 2 * _FRAME
        down = self._map_rows() * self._rows * cell + gap * (self._map_rows() - 1) + 2 * _FRAME
        return across / ratio, down / ratio

    def height_for_width(self, width: float) -> float:
        """How high all maps are, the title left out, with the largest squares that this width allows."""
        room = width * self.devicePixelRatioF() - self._gap() * (self._maps_in_row - 1) - 2 * _FRAME
        return self.size_at(self._bounded(room / (self._maps_in_row * self._columns)))[1]

    def _bounded(self, cell: float) -> int:
        """Whole device pixels; a layer of units needs no large squares to be seen."""
        if len(self.layer.shape) == 1:
            cell = min(cell, _LARGEST_UNIT * self.unit * self.devicePixelRatioF())
        return max(1, int(cell))

    def _cell(self) -> tuple[int, int]:
        """The side of one square and the gap between maps, in device pixels."""
        ratio, gap = self.devicePixelRatioF(), self._gap()
        across = self.width() * ratio - gap * (self._maps_in_row - 1) - 2 * _FRAME
        down = (self.height() - self.title_height) * ratio - gap * (self._map_rows() - 1) - 2 * _FRAME
        return self._bounded(
            min(across / (self._maps_in_row * self._columns), down / (self._map_rows() * self._rows))
        ), gap

    def _top(self) -> int:
        """Where the maps begin under the title, in device pixels."""
        return math.ceil(self.title_height * self.devicePixelRatioF())

    def map_box(self, index: int) -> QRectF:
        """Where a map lies in the widget."""
        ratio = self.devicePixelRatioF()
        cell, gap = self._cell()
        row, column = divmod(index, self._maps_in_row)
        top = self._top() + _FRAME
        return QRectF(
            (_FRAME + column * (self._columns * cell + gap)) / ratio,
            (top + row * (self._rows * cell + gap)) / ratio,
            self._columns * cell / ratio,
            self._rows * cell / ratio,
        )

    def unit_at(self, position: QPoint) -> tuple[int, int, int] | None:
        """The (map, row, column) at a position, or None between the maps."""
        for index in range(self._maps):
            box = self.map_box(index)
            if box.contains(position.x(), position.y()):
                row = min(self._rows - 1, int((position.y() - box.y()) / box.height() * self._rows))
                column = min(self._columns - 1, int((position.x() - box.x()) / box.width() * self._columns))
                if len(self.layer.shape) == 1 and row * self._columns + column >= self.layer.shape[0]:
                    return None
                return index, row, column
        return None

    def value_at(self, unit: tuple[int, int, int]) -> float | None:
        """The activation of a unit, or None at rest."""
        if self._activation is None:
            return None
        index, row, column = unit
        if len(self.layer.shape) == 3:
            return float(self._activation[index, row, column])
        return float(self._activation[row * self._columns + column])

    def describe(self, unit: tuple[int, int, int]) -> str:
        """A unit's name and value, counted from 1 as people do."""
        index, row, column = unit
        if len(self.layer.shape) == 3:
            name = f"{self.layer.name}, map {index + 1}, row {row + 1}, column {column + 1}"
        else:
            name = f"{self.layer.name}, unit {row * self._columns + column + 1}"
        value = self.value_at(unit)
        return name if value is None else f"{name}: {signed(value)}"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mark(self.unit_at(event.position().toPoint()))

    def leaveEvent(self, event) -> None:
        self._mark(None)
        super().leaveEvent(event)

    def _mark(self, unit: tuple[int, int, int] | None) -> None:
        if unit != self._marked:
            self._marked = unit
            self.unit_hovered.emit(unit)
            self.update()

    def event(self, event) -> bool:
        if isinstance(event, QHelpEvent):
            unit = self.unit_at(event.pos())
            if unit is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self.describe(unit), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        end = self.paint_title(painter, self.layer.name, self.detail, self.width())
        self._paint_legend(painter, end)
        sheet = self._composed()
        image = QImage(sheet.data, sheet.shape[1], sheet.shape[0], sheet.strides[0], QImage.Format.Format_Indexed8)
        image.setColorTable(self._colours)
        image.setDevicePixelRatio(self.devicePixelRatioF())
        painter.drawImage(QPointF(0, self._top() / self.devicePixelRatioF()), image)
        if self._marked is not None:
            self._paint_mark(painter, self._marked)

    def _composed(self) -> np.ndarray:
        """All maps with their frames as one picture: uint8 colour indices, one for each device pixel."""
        cell, gap = self._cell()
        height, width = self._rows * cell, self._columns * cell
        down, across = height + gap, width + gap
        sheet = np.full(
            (self._map_rows() * down - gap + 2 * _FRAME, self._maps_in_row * across - gap + 2 * _FRAME),
            _GROUND,
            np.uint8,
        )
        enlarged = self._indices.repeat(cell, axis=1).repeat(cell, axis=2)
        for index in range(self._maps):
            row, column = divmod(index, self._maps_in_row)
            framed = sheet[row * down :, column * across :][: height + 2 * _FRAME, : width + 2 * _FRAME]
            framed[:] = _LINE
            framed[_FRAME:-_FRAME, _FRAME:-_FRAME] = enlarged[index]
        return sheet

    def _paint_mark(self, painter: QPainter, unit: tuple[int, int, int]) -> None:
        index, row, column = unit
        box = self.map_box(index)
        cell = box.width() / self._columns
        painter.setPen(QPen(QColor(self.theme.text), 1.5))
        painter.drawRect(QRectF(box.x() + column * cell, box.y() + row * cell, cell, cell).adjusted(-1, -1, 1, 1))

    def _paint_legend(self, painter: QPainter, title_end: float) -> None:
        """−end ▆▆▆ +end at the right of the title, over the maps' right edge, where there is room."""
        right = self.map_box(min(self._maps, self._maps_in_row) - 1).right()
        painter.setFont(self.sized_font(10.5))
        metrics = painter.fontMetrics()
        number = f"{self._end:.0f}" if self._end == round(self._end) else f"{self._end:.1f}"
        low, high = f"{MINUS}{number}", f"+{number}"
        widths = metrics.horizontalAdvance(low), metrics.horizontalAdvance(high)
        numbers = sum(widths) + 8 * self.unit
        least_left = title_end + 10 * self.unit
        bar = min(_LEGEND_WIDTH * self.unit, self.width() - least_left - numbers)
        if bar < _LEAST_LEGEND_WIDTH * self.unit:
            return
        left = max(right - bar - numbers, least_left)
        painter.setPen(QColor(self.theme.quiet))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, 0, widths[0] + 2, self.title_height), flags, low)
        left += widths[0] + 4 * self.unit
        painter.drawImage(QRectF(left, self.title_height / 2 - 4 * self.unit, bar, 8 * self.unit), self._legend)
        painter.drawText(QRectF(left + bar + 4 * self.unit, 0, widths[1] + 2, self.title_height), flags, high)


def _table(theme: Theme) -> list[int]:
    """The diverging colours, and behind them those of frames and ground."""
    return [*diverging_table(theme, 2 * NEUTRAL + 1), QColor(theme.line).rgba(), QColor(theme.ground).rgba()]


def _legend_image(colours: list[int]) -> QImage:
    image = QImage(2 * NEUTRAL + 1, 1, QImage.Format.Format_Indexed8)
    image.setColorTable(colours)
    for index in range(image.width()):
        image.setPixel(index, 0, index)
    return image
