"""Where a layer's squares lie in its panel, one an activation, and which of its maps are seen."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF

from digitpad.core.results import LayerInfo, Unit
from digitpad.ui.network.packing import (
    FRAME,
    LARGEST_UNIT,
    MAP_GAP,
    Packing,
    Tiles,
    pack,
    unit_grid,
)

Square = tuple[int, int, int]
"""The map, row and column of an activation, counted from 0; a layer of units is one map."""

_STANDING_ROWS = {84: 7}
_LEAST_CELL = 3


class SquareGrid:
    """The squares of a layer, packed into a box of whole device pixels so that each is crisp.

    Attributes:
        is_maps: whether the layer has maps; otherwise its units stand in one block, row by row.
        count: of the layer's activations. maps: how many there are. rows, columns: of a map or
            of the block.
        packing: how the maps lie; given: how they shall lie, whatever the box, or None. growth: how
            much larger than usual the squares of units may be. first_row: the row of maps that is
            seen first.
    """

    def __init__(
        self,
        shape: tuple[int, ...],
        across: int | None = None,
        unit_rows: int | None = None,
        least_cell: float = 0,
    ) -> None:
        """shape: the layer's, (maps, rows, columns) or (units,). across: maps in a row, and
        unit_rows: rows of a block of units; where not given, as the box shows them best.
        least_cell: how large squares must be, in units, for that many rows."""
        self.is_maps = len(shape) == 3
        self.count = math.prod(shape)
        self._across = across
        self._least_cell = least_cell
        self._unit_rows = unit_rows or (None if self.is_maps else _STANDING_ROWS.get(shape[0]))
        if self.is_maps:
            self.maps, self.rows, self.columns = shape
        else:
            self.maps = 1
            self.rows = self._unit_rows or max(1, math.isqrt(shape[0]))
            self.columns = math.ceil(shape[0] / self.rows)
        self.packing = Packing(1, 1, 1)
        self.given: Packing | None = None
        self.growth = 1.0
        self.first_row = 0
        self._top, self._ratio, self._unit = 0, 1.0, 1.0

    @property
    def shown(self) -> range:
        """The maps that are seen, counted from 0."""
        first = self.first_row * self.packing.across
        return range(first, min(self.maps, first + self.packing.across * self.packing.down))

    @property
    def last_row(self) -> int:
        """The row of maps that is seen first where the last ones are seen; 0 where all are."""
        return max(0, math.ceil(self.maps / self.packing.across) - self.packing.down)

    @property
    def top(self) -> int:
        """Where the first row that is seen begins, in device pixels."""
        return self._top + self.packing.lead

    @property
    def tiles(self) -> Tiles:
        """The maps as what is packed."""
        scale = self._unit * self._ratio
        gap = max(2, round(MAP_GAP * scale)) if self.maps > 1 else 0
        return Tiles(self.maps, self.rows, self.columns, gap, scale)

    def fit(self, width: int, height: int, top: int, unit: float, ratio: float) -> bool:
        """Pack the squares into a box of device pixels that begins ``top`` of them down; unit: of
        texts and gaps; ratio: device pixels to a pixel.

        The first map that was seen still is; returns whether another row of maps is the first.
        """
        first = self.shown.start
        self._top, self._ratio, self._unit = top, ratio, unit
        if self.is_maps:
            self.packing = self.given or pack(self.tiles, width, height, self._across)
        else:
            largest = max(1, round(LARGEST_UNIT * self.growth * unit * ratio))
            # A block has the rows that suit it; only in a box too low for them it takes others.
            rows = self._unit_rows
            if rows is not None:
                columns = math.ceil(self.count / rows)
                side = max(_LEAST_CELL, self._least_cell * unit * ratio)
                least = side * columns + 2 * FRAME, side * rows + 2 * FRAME
                if width < least[0] or height < least[1]:
                    rows = None
            self.rows, self.columns, cell = unit_grid(self.count, width, height, largest, rows)
            self.packing = Packing(1, 1, cell)
        return self.scroll_to(first // self.packing.across)

    def scroll_to(self, row: int) -> bool:
        """Let a row of maps be the first that is seen, as far as there are any; returns whether
        it was another before."""
        row = min(max(row, 0), self.last_row)
        has_moved = row != self.first_row
        self.first_row = row
        return has_moved

    def map_box(self, index: int) -> QRectF:
        """Where a map lies, in pixels; one that is not seen lies outside."""
        gap, cell, ratio = self.tiles.gap, self.packing.cell, self._ratio
        row, column = divmod(index, self.packing.across)
        pitch = self.packing.pitch or self.rows * cell + gap
        return QRectF(
            (FRAME + column * (self.columns * cell + gap)) / ratio,
            (self.top + FRAME + (row - self.first_row) * pitch) / ratio,
            self.columns * cell / ratio,
            self.rows * cell / ratio,
        )

    def unit_at(self, x: float, y: float) -> Square | None:
        """The unit at a position in pixels, or None between the maps."""
        for index in self.shown:
            box = self.map_box(index)
            if box.contains(x, y):
                row = min(self.rows - 1, int((y - box.y()) / box.height() * self.rows))
                column = min(self.columns - 1, int((x - box.x()) / box.width() * self.columns))
                if not self.is_maps and row * self.columns + column >= self.count:
                    return None
                return index, row, column
        return None


def unit_of(layer: LayerInfo, square: Square, grid: SquareGrid) -> Unit:
    """The unit of a layer that a square of its grid shows."""
    if grid.is_maps:
        return Unit(layer, *square)
    return Unit(layer, square[1] * grid.columns + square[2])


def square_of(unit: Unit, grid: SquareGrid) -> Square:
    """The square of a layer's grid that shows a unit."""
    if grid.is_maps:
        return unit.map, unit.row, unit.column
    return 0, *divmod(unit.map, grid.columns)
