"""A layer's output as pictures: one square per number, blue below zero, orange above."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from digitpad.core.results import LayerInfo
from digitpad.ui.network.packing import FRAME, LARGEST_UNIT, Packing, Tiles, pack, unit_grid
from digitpad.ui.network.scale_legend import Scale, legend_image, legend_room, paint_legend
from digitpad.ui.style.panel import Panel, signed
from digitpad.ui.style.theme import Theme, diverging_table

_STANDING_ROWS = {120: 6, 84: 7}
_WHEEL_STEP = 120

NEUTRAL = 126
"""The colour index of zero: the middle of the diverging colours, 0 to 252."""
_LINE, _GROUND = 253, 254


class FeatureMaps(Panel):
    """One layer's activations, all in one range, with the legend that says which.

    A layer of maps shows as many of them as stay legible in the panel's size; the wheel, or the
    arrow keys, show the others. A layer of units shows one block of squares, row by row. Without
    activations the squares rest at zero.

    Attributes:
        layer: the layer shown. hint: what more the title line says, if anything.

    Signals:
        unit_hovered (object): (map, row, column) under the pointer, or None where it left.
        size_toggled (): a click, Enter or Space asked to see the layer large, or as it was.
    """

    unit_hovered = Signal(object)
    size_toggled = Signal()

    def __init__(
        self,
        layer: LayerInfo,
        columns: int | None = None,
        parent: QWidget | None = None,
        unit_rows: int | None = None,
    ) -> None:
        """columns: maps in a row, and unit_rows: rows of a block of units; where not given, as
        the panel's size shows them best."""
        super().__init__(parent)
        self.layer = layer
        self._fixed_across, self._unit_rows = columns, unit_rows
        self._is_maps = len(layer.shape) == 3
        if self._is_maps:
            self._maps, self._rows, self._columns = layer.shape
        else:
            self._maps = 1
            self._rows = unit_rows or _STANDING_ROWS.get(
                layer.shape[0], max(1, math.isqrt(layer.shape[0]))
            )
            self._columns = math.ceil(layer.shape[0] / self._rows)
        self._packing = Packing(1, 1, 1)
        self.hint = ""
        self._first_row = 0
        self._wheel = 0
        self._activation: np.ndarray | None = None
        self._scale = self._resting_scale()
        self._colours = _table(self.theme)
        self._legend = legend_image(self._colours[:_LINE], self._scale.from_zero)
        self._marked: tuple[int, int, int] | None = None
        self._linked: frozenset[int] = frozenset()
        self._pressed = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(f"Layer {layer.name}, {self.detail}")
        self.setAccessibleDescription(f"{layer.kind}. Enter shows it large.")

    @property
    def detail(self) -> str:
        """The layer's shape in words."""
        if self._is_maps:
            return f"{self._maps} maps, {self._rows} × {self._columns}"
        return f"{self.layer.shape[0]} units"

    @property
    def shown(self) -> range:
        """The maps that are seen, counted from 0."""
        first = self._first_row * self._packing.across
        return range(first, min(self._maps, first + self._packing.across * self._packing.down))

    @property
    def grid(self) -> tuple[int, int]:
        """Rows and columns of a map's squares, or of the block of units."""
        return self._rows, self._columns

    def _details(self) -> list[str]:
        """The detail, and shorter ones for narrow panels."""
        if self.hint:
            return [f"{self.detail} · {self.hint}", self.hint]
        if not self._is_maps:
            return [self.detail, str(self.layer.shape[0])]
        if len(self.shown) == self._maps:
            return [
                self.detail,
                f"{self._maps} × {self._rows} × {self._columns}",
                f"{self._maps} maps",
            ]
        part = f"{self.shown.start + 1}–{self.shown.stop} of {self._maps}"
        shape = f"{part} maps, {self._rows} × {self._columns}"
        return [f"{shape} · the wheel shows the others", shape, f"{part} maps", part]

    def _resting_scale(self) -> Scale:
        low, high = self.layer.low, self.layer.high
        end = 1.0 if low is None or high is None else max(abs(low), abs(high))
        return Scale(end, from_zero=low == 0)

    def show_activation(self, activation: np.ndarray | None) -> None:
        """Show a layer's output, float32 of the layer's shape; None puts the squares to rest."""
        self._activation = activation
        if activation is not None and (self.layer.low is None or self.layer.high is None):
            end = max(float(activation.max()), -float(activation.min()), 1e-6)
            self._scale = Scale(end, self._scale.from_zero)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._colours = _table(theme)
        self._legend = legend_image(self._colours[:_LINE], self._scale.from_zero)
        super().set_theme(theme)

    def set_unit(self, unit: float) -> None:
        super().set_unit(unit)
        self._pack()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._pack()
        super().resizeEvent(event)

    # Geometry, in device pixels so that every square is crisp at any scale.

    def _tiles(self) -> Tiles:
        scale = self.unit * self.devicePixelRatioF()
        gap = max(2, round((6 if self._rows > 6 else 4) * scale)) if self._maps > 1 else 0
        return Tiles(self._maps, self._rows, self._columns, gap, scale)

    def _pack(self) -> None:
        """Find how the squares lie in the panel's size; the first map that was seen still is."""
        first = self.shown.start
        ratio = self.devicePixelRatioF()
        width, height = int(self.width() * ratio), int(self.height() * ratio) - self._top()
        if self._is_maps:
            self._packing = pack(self._tiles(), width, height, self._fixed_across)
        else:
            largest = max(1, round(LARGEST_UNIT * self.unit * ratio))
            # A block of its own has the rows that suit it; only in a panel too low for them it
            # takes others.
            rows = self._unit_rows or _STANDING_ROWS.get(self.layer.shape[0])
            if rows is not None and (
                height - 2 * FRAME < 3 * rows or width - 2 * FRAME < 3 * self._columns
            ):
                rows = None
            self._rows, self._columns, cell = unit_grid(
                self.layer.shape[0], width, height, largest, rows
            )
            self._packing = Packing(1, 1, cell)
        self._scroll_to(first // self._packing.across)

    def _scroll_to(self, row: int) -> None:
        last = math.ceil(self._maps / self._packing.across) - self._packing.down
        row = min(max(row, 0), max(0, last))
        if row != self._first_row:
            self._first_row = row
            self._mark(None)
            self.update()

    def _top(self) -> int:
        """Where the maps begin under the title, in device pixels."""
        return math.ceil(self.title_height * self.devicePixelRatioF())

    def map_box(self, index: int) -> QRectF:
        """Where a map lies in the widget; one that is not seen lies outside."""
        ratio, tiles, cell = self.devicePixelRatioF(), self._tiles(), self._packing.cell
        row, column = divmod(index, self._packing.across)
        top = self._top() + FRAME
        return QRectF(
            (FRAME + column * (self._columns * cell + tiles.gap)) / ratio,
            (top + (row - self._first_row) * (self._rows * cell + tiles.gap)) / ratio,
            self._columns * cell / ratio,
            self._rows * cell / ratio,
        )

    def unit_at(self, position: QPoint) -> tuple[int, int, int] | None:
        """The (map, row, column) at a position, or None between the maps."""
        for index in self.shown:
            box = self.map_box(index)
            if box.contains(position.x(), position.y()):
                row = min(self._rows - 1, int((position.y() - box.y()) / box.height() * self._rows))
                column = min(
                    self._columns - 1, int((position.x() - box.x()) / box.width() * self._columns)
                )
                if not self._is_maps and row * self._columns + column >= self.layer.shape[0]:
                    return None
                return index, row, column
        return None

    def value_at(self, unit: tuple[int, int, int]) -> float | None:
        """The activation of a unit, or None at rest."""
        if self._activation is None:
            return None
        index, row, column = unit
        if self._is_maps:
            return float(self._activation[index, row, column])
        return float(self._activation[row * self._columns + column])

    def describe(self, unit: tuple[int, int, int]) -> str:
        """A unit's name and value, counted from 1 as people do."""
        index, row, column = unit
        if self._is_maps:
            name = f"{self.layer.name}, map {index + 1}, row {row + 1}, column {column + 1}"
        else:
            name = f"{self.layer.name}, unit {row * self._columns + column + 1}"
        value = self.value_at(unit)
        return name if value is None else f"{name}: {signed(value)}"

    # Pointer and keys.

    def link(self, maps: Iterable[int]) -> None:
        """Frame the maps that belong to what is pointed at elsewhere."""
        linked = frozenset(maps)
        if linked != self._linked:
            self._linked = linked
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.button() == Qt.MouseButton.LeftButton

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed and self.rect().contains(event.position().toPoint()):
            self.size_toggled.emit()
        self._pressed = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mark(self.unit_at(event.position().toPoint()))

    def leaveEvent(self, event) -> None:
        self._mark(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._wheel += event.angleDelta().y()
        steps = int(self._wheel / _WHEEL_STEP)
        self._wheel -= steps * _WHEEL_STEP
        self._scroll_to(self._first_row - steps)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, page = event.key(), self._packing.down
        steps: dict[int, int] = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Home: -self._maps,
            Qt.Key.Key_End: self._maps,
        }
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.size_toggled.emit()
        elif key in steps:
            self._scroll_to(self._first_row + steps[key])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def _mark(self, unit: tuple[int, int, int] | None) -> None:
        if unit != self._marked:
            self._marked = unit
            self.unit_hovered.emit(unit)
            self.update()

    def event(self, event) -> bool:
        if isinstance(event, QHelpEvent):
            unit = self.unit_at(event.pos())
            if unit is not None:
                QToolTip.showText(event.globalPos(), self.describe(unit), self)
            elif event.pos().y() < self.title_height:
                QToolTip.showText(
                    event.globalPos(), f"{self.layer.name}: {self.layer.kind}. Click: large", self
                )
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        # The shape is shortened rather than the legend left out.
        room = max(self.width() - legend_room(self, self._scale), 0)
        end = self.paint_title(
            painter, self.layer.name, self._details(), room, marked=self.hasFocus()
        )
        right = self.map_box(
            self.shown.start + min(self._packing.across, len(self.shown)) - 1
        ).right()
        paint_legend(painter, self, self._scale, self._legend, end + 10 * self.unit, right)
        sheet = self._composed()
        image = QImage(
            sheet.data,
            sheet.shape[1],
            sheet.shape[0],
            sheet.strides[0],
            QImage.Format.Format_Indexed8,
        )
        image.setColorTable(self._colours)
        image.setDevicePixelRatio(self.devicePixelRatioF())
        painter.drawImage(QPointF(0, self._top() / self.devicePixelRatioF()), image)
        painter.setPen(QPen(QColor(self.theme.accent), 2))
        for index in self._linked.intersection(self.shown):
            painter.drawRect(self.map_box(index).adjusted(-1, -1, 1, 1))
        if self._marked is not None:
            self._paint_mark(painter, self._marked)

    def _indices(self) -> np.ndarray:
        """The colours of the maps that are seen: uint8 (maps, rows, columns)."""
        shape = len(self.shown), self._rows, self._columns
        if self._activation is None:
            return np.full(shape, NEUTRAL, dtype=np.uint8)
        numbers = np.zeros(math.prod(shape), dtype=np.float32)
        seen = (
            self._activation[self.shown.start : self.shown.stop]
            if self._is_maps
            else self._activation
        )
        numbers[: seen.size] = seen.ravel()
        numbers *= NEUTRAL / self._scale.end
        return np.rint(numbers.clip(-NEUTRAL, NEUTRAL) + NEUTRAL).astype(np.uint8).reshape(shape)

    def _composed(self) -> np.ndarray:
        """All seen maps with their frames as one picture: uint8 colour indices, one for each
        device pixel."""
        tiles, cell, across = self._tiles(), self._packing.cell, self._packing.across
        height, width = self._rows * cell, self._columns * cell
        down, beside = height + tiles.gap, width + tiles.gap
        seen_rows = math.ceil(len(self.shown) / across)
        sheet = np.full(
            (tiles.height(seen_rows, cell), tiles.width(across, cell)), _GROUND, np.uint8
        )
        enlarged = self._indices().repeat(cell, axis=1).repeat(cell, axis=2)
        for place, picture in enumerate(enlarged):
            row, column = divmod(place, across)
            framed = sheet[row * down :, column * beside :][
                : height + 2 * FRAME, : width + 2 * FRAME
            ]
            framed[:] = _LINE
            framed[FRAME:-FRAME, FRAME:-FRAME] = picture
        return sheet

    def _paint_mark(self, painter: QPainter, unit: tuple[int, int, int]) -> None:
        index, row, column = unit
        box = self.map_box(index)
        cell = box.width() / self._columns
        painter.setPen(QPen(QColor(self.theme.text), 1.5))
        painter.drawRect(
            QRectF(box.x() + column * cell, box.y() + row * cell, cell, cell).adjusted(-1, -1, 1, 1)
        )


@lru_cache(maxsize=4)
def _table(theme: Theme) -> list[int]:
    """The diverging colours, and behind them those of frames and ground."""
    return [
        *diverging_table(theme, 2 * NEUTRAL + 1),
        QColor(theme.line).rgba(),
        QColor(theme.ground).rgba(),
    ]
