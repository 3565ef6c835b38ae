"""A layer's output as pictures: one square per number, blue below zero, orange above."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from digitpad.core.languages import _
from digitpad.core.results import LayerInfo, LayerKind
from digitpad.explain.field_box import FieldBox
from digitpad.nets.spec.layer_words import kind_words, layer_name
from digitpad.ui.network.activation_picture import (
    LINE,
    NEUTRAL,
    activation_colours,
    framed_maps,
    undefined_in,
)
from digitpad.ui.network.packing import Packing
from digitpad.ui.network.scale_legend import (
    legend_image,
    legend_room,
    paint_legend,
    resting_scale,
    scale_of,
)
from digitpad.ui.network.square_grid import Square, SquareGrid
from digitpad.ui.network.unit_marks import field_boxes, paint_frames, paint_unit, unit_box
from digitpad.ui.network.unit_names import paint_names
from digitpad.ui.network.vector_layout import NAMED_ROWS
from digitpad.ui.network.words import (
    shape_in_words,
    title_details,
    undefined_in_words,
    unit_details,
    unit_in_words,
)
from digitpad.ui.style.panel import PANEL_TITLE, Panel, Role
from digitpad.ui.style.square_drawing import draw_squares, indexed
from digitpad.ui.style.theme import Theme

_NAMED_CELL = 9


class LayerPicture(Panel):
    """One layer's activations, all in one range, with the legend that says which.

    A layer of maps shows as many of them as stay legible in the panel's size. A layer of units
    shows one block of squares, row by row. Without activations the squares rest at zero. NaN and
    infinity have a colour of their own and are no part of the range; the title line says how many
    they are, and of a unit that is marked which it is and its value.

    Attributes:
        layer: the layer shown. hint: what more the title line says, if anything.
    """

    spoken_role = Role.Graphic

    def __init__(
        self,
        layer: LayerInfo,
        columns: int | None = None,
        parent: QWidget | None = None,
        unit_rows: int | None = None,
        names: Sequence[str] = (),
    ) -> None:
        """columns: maps in a row, and unit_rows: rows of a block of units; where not given, as
        the panel's size shows them best. names: what the units are called, which is written beside
        them, with their values, where they are few enough to stand one under another."""
        super().__init__(parent)
        self.layer = layer
        self._names = tuple(names) if len(names) == layer.shape[0] <= NAMED_ROWS else ()
        if self._names:
            self._grid = SquareGrid(layer.shape, columns, len(names), _NAMED_CELL)
        else:
            self._grid = SquareGrid(layer.shape, columns, unit_rows)
        self.hint = ""
        self._activation: npt.NDArray[np.float32] | None = None
        self._undefined = 0
        self._scale = resting_scale(layer)
        self._colours = activation_colours(self.theme)
        self._legend = legend_image(self._colours[:LINE], self._scale.from_zero)
        self._marked: Square | None = None
        self._pinned: Square | None = None
        self._field: FieldBox | None = None
        self._linked: frozenset[int] = frozenset()
        self._picture: QImage | None = None
        self.setAccessibleName(
            _("Layer {name}, {detail}").format(name=layer_name(layer.name), detail=self.detail)
        )
        self._tell()

    @property
    def detail(self) -> str:
        """The layer's shape in words."""
        return shape_in_words(self._grid)

    @property
    def shown(self) -> range:
        """The maps that are seen, counted from 0."""
        return self._grid.shown

    @property
    def grid(self) -> tuple[int, int]:
        """Rows and columns of a map's squares, or of the block of units."""
        return self._grid.rows, self._grid.columns

    def show_activation(self, activation: npt.NDArray[np.float32] | None) -> None:
        """Show a layer's output, float32 of the layer's shape; None puts the squares to rest. What
        is shown already is not painted again."""
        if activation is self._activation:
            return
        self._activation = activation
        told = self._scale.ends, self._undefined
        undefined = 0 if activation is None else undefined_in(activation)
        if undefined != self._undefined:
            self._undefined = undefined
            self._tell()
        if activation is not None:
            self._scale = scale_of(self.layer, activation)
        if told == (self._scale.ends, self._undefined) and self._title_unit is None:
            # Texts take longer than squares, and those in the title are as they were.
            self._picture = None
            top = math.floor(self.title_height)
            self.update(0, top, self.width(), self.height() - top)
        else:
            self._repaint()

    @property
    def _title_unit(self) -> Square | None:
        """The unit that the title tells of."""
        return self._pinned if self._marked is None else self._marked

    def _repaint(self) -> None:
        """Paint the squares anew; update() alone paints anew what lies over them."""
        self._picture = None
        self.update()

    def _tell(self) -> None:
        """Say to screen readers what the layer does, and what is wrong with its values."""
        parts = (
            kind_words(self.layer.kind),
            undefined_in_words(self._undefined),
            _("Arrow keys point at a unit, Space keeps it, Enter shows the layer large."),
        )
        self.setAccessibleDescription(_(". ").join(filter(None, parts)))

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._colours = activation_colours(theme)
        self._legend = legend_image(self._colours[:LINE], self._scale.from_zero)
        self._picture = None
        super().set_theme(theme)

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        self._pack()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pack the squares into the new size."""
        self._pack()
        super().resizeEvent(event)

    def _pack(self) -> None:
        """Find how the squares lie in the panel's size."""
        ratio = self.devicePixelRatioF()
        top = self._top()
        self._picture = None
        width, height = int(self.width() * ratio), int(self.height() * ratio) - top
        before = self._grid.columns
        is_scrolled = self._grid.fit(width, height, top, self.unit, ratio)
        if not self._grid.is_maps and self._grid.columns != before:
            # The same units stand in other rows now.
            self._pinned = _moved(self._pinned, before, self._grid.columns)
            self._marked = _moved(self._marked, before, self._grid.columns)
        if is_scrolled:
            self._on_scrolled()

    def _scroll_by(self, rows: int) -> None:
        """Show other maps, so many rows further down."""
        if self._grid.scroll_to(self._grid.first_row + rows):
            self._on_scrolled()

    def _on_scrolled(self) -> None:
        """Other maps lie under the pointer now, and none is marked until it moves."""
        self._mark(None)
        self._repaint()

    def _top(self) -> int:
        """Where the maps begin under the title, in device pixels."""
        return math.ceil(self.title_height * self.devicePixelRatioF())

    def map_box(self, index: int) -> QRectF:
        """Where a map lies in the widget; one that is not seen lies outside."""
        return self._grid.map_box(index)

    @property
    def squares(self) -> SquareGrid:
        """Where the squares lie."""
        return self._grid

    def unit_at(self, position: QPoint) -> Square | None:
        """The (map, row, column) at a position, or None between the maps."""
        return self._grid.unit_at(position.x(), position.y())

    def value_at(self, unit: Square) -> float | None:
        """The activation of a unit, or None at rest."""
        if self._activation is None:
            return None
        index, row, column = unit
        if self._grid.is_maps:
            return float(self._activation[index, row, column])
        return float(self._activation[row * self._grid.columns + column])

    def describe(self, unit: Square) -> str:
        """A unit's name and value, counted from 1 as people do."""
        return unit_in_words(self.layer, self._grid, unit, self.value_at(unit))

    def link(self, maps: Iterable[int]) -> None:
        """Frame the maps that belong to what is pointed at elsewhere."""
        linked = frozenset(maps)
        if linked != self._linked:
            self._linked = linked
            self.update()

    def _mark(self, unit: Square | None) -> None:
        """Mark another unit, or none."""
        if unit != self._marked:
            self._marked = unit
            self.update()

    def show_pinned(self, unit: Square | None) -> None:
        """Mark the unit that is pinned, and see to it that its map is seen; None marks none."""
        if unit != self._pinned:
            self._pinned = unit
            if unit is not None:
                self._show_map(unit[0])
            self.update()

    def show_field(self, field: FieldBox | None) -> None:
        """Frame what a unit of a later layer sees of this one; None frames nothing."""
        if field != self._field:
            self._field = field
            self.update()

    def set_packing(self, packing: Packing | None, growth: float = 1) -> None:
        """Let the maps lie so, or None: as suits the panel's size. growth: how much larger than
        usual the squares of units may be."""
        if (packing, growth) != (self._grid.given, self._grid.growth):
            self._grid.given, self._grid.growth = packing, growth
            self._pack()
            self.update()

    def _show_map(self, index: int) -> None:
        """Scroll until a map is seen."""
        if index not in self.shown:
            self._scroll_by(index // self._grid.packing.across - self._grid.first_row)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint title, legend and squares, and what is marked."""
        painter = QPainter(self)
        if event.rect().top() < math.floor(self.title_height):
            self._paint_title(painter)
        top = self._grid.top / self.devicePixelRatioF()
        draw_squares(painter, QPointF(0, top), self._sheet())
        if self._names and self._grid.columns == 1:
            box, is_large = self.map_box(0), self._grid.growth > 1
            paint_names(painter, self, box, self._names, self._activation, self._best, is_large)
        painter.setPen(QPen(QColor(self.theme.accent), 2))
        for index in self._linked.intersection(self.shown):
            painter.drawRect(self.map_box(index).adjusted(-1, -1, 1, 1))
        if self._field is not None:
            paint_frames(painter, self.theme, field_boxes(self._grid, self._field))
        for unit in {self._pinned, self._marked} - {None}:
            if unit[0] in self.shown:  # type: ignore[index]
                box = unit_box(self._grid, unit)  # type: ignore[arg-type]
                paint_unit(painter, self.theme, box, unit == self._pinned)

    def _paint_title(self, painter: QPainter) -> None:
        """The layer's name, its shape or the unit that is pointed at, and the legend."""
        # The shape is shortened rather than the legend left out; a unit's value is more than that.
        # Without room for the legend beside the name there is none.
        name = QFontMetricsF(self.sized_font(PANEL_TITLE.pixels, bold=True))
        least = name.horizontalAdvance(layer_name(self.layer.name))
        room = self.width() - legend_room(self, self._scale, self._undefined)
        if room < least:
            room = self.width()
        details = title_details(self._grid, self._undefined, self.hint)
        unit = self._title_unit
        if unit is not None:
            details = unit_details(self._grid, unit, self.value_at(unit))
            room = self.width()
        end = self.paint_title(
            painter, layer_name(self.layer.name), details, room, marked=self.hasFocus()
        )
        right = self.map_box(
            self.shown.start + min(self._grid.packing.across, len(self.shown)) - 1
        ).right()
        left = end + 10 * self.unit
        paint_legend(painter, self, self._scale, self._legend, left, right, self._undefined)

    @property
    def _best(self) -> int:
        """The unit that wins; -1 where none does."""
        if self._activation is None or self._undefined:
            return -1
        is_distance = self.layer.layer_kind is LayerKind.DISTANCES
        return int(self._activation.argmin() if is_distance else self._activation.argmax())

    def _sheet(self) -> QImage:
        """The squares as a picture, which is made once for all that is laid over it."""
        if self._picture is None:
            sheet = framed_maps(self._indices(), self._grid.tiles, self._grid.packing)
            image = indexed(sheet, self._colours)
            # As the screen has it, so that what lies over it costs no conversion of all of it.
            image = image.convertToFormat(QImage.Format.Format_RGB32)
            image.setDevicePixelRatio(self.devicePixelRatioF())
            self._picture = image
        return self._picture

    def _indices(self) -> npt.NDArray[np.uint8]:
        """The colours of the maps that are seen: uint8 (maps, rows, columns)."""
        shape = len(self.shown), self._grid.rows, self._grid.columns
        if self._activation is None:
            return np.full(shape, NEUTRAL, np.uint8)
        if self._grid.is_maps:
            seen = self._activation[self.shown.start : self.shown.stop]
            return self._scale.indices(seen, not self._undefined)
        # What is left of the last row belongs to no unit.
        indices = np.full(math.prod(shape), NEUTRAL, np.uint8)
        indices[: self._activation.size] = self._scale.indices(
            self._activation, not self._undefined
        )
        return indices.reshape(shape)


def _moved(square: Square | None, before: int, columns: int) -> Square | None:
    """Where a unit of a block of so many columns stands now."""
    return None if square is None else (0, *divmod(square[1] * before + square[2], columns))
