"""Where the cells of a scrolling grid lie, in whole device pixels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class GridGeometry:
    """Cells of one size in rows from left to right, the columns spread over the width.

    count: of cells; width: there is; cell_width and cell_height: of each; gap: the least between
    neighbours, and above and below all.
    """

    count: int
    width: int
    cell_width: int
    cell_height: int
    gap: int

    @cached_property
    def columns(self) -> int:
        """At least one, even where it does not fit."""
        return max(1, (self.width - self.gap) // (self.cell_width + self.gap))

    @cached_property
    def rows(self) -> int:
        """How many rows there are; 0 without cells."""
        return -(-self.count // self.columns)

    @cached_property
    def row_pitch(self) -> int:
        """From one row's top to the next."""
        return self.cell_height + self.gap

    @cached_property
    def height(self) -> int:
        """Of all rows with the gaps around them."""
        return self.rows * self.row_pitch + self.gap

    @cached_property
    def column_pitch(self) -> int:
        """From one column's left to the next: what the cells leave of the width lies between."""
        return max(self.cell_width + self.gap, (self.width - self.gap) // self.columns)

    @cached_property
    def left(self) -> int:
        """Where the first column begins."""
        return max(0, (self.width - (self.columns - 1) * self.column_pitch - self.cell_width) // 2)

    def corner(self, index: int) -> tuple[int, int]:
        """The left and the top of a cell."""
        row, column = divmod(index, self.columns)
        return self.left + column * self.column_pitch, self.gap + row * self.row_pitch

    def index_at(self, x: int, y: int) -> int | None:
        """The cell at a position; None between and beside the cells."""
        column, across = divmod(x - self.left, self.column_pitch)
        row, down = divmod(y - self.gap, self.row_pitch)
        if (
            not 0 <= column < self.columns
            or row < 0
            or across >= self.cell_width
            or down >= self.cell_height
        ):
            return None
        index = row * self.columns + column
        return index if index < self.count else None

    def seen(self, top: int, height: int) -> range:
        """The cells of all rows of which a pixel may lie in the height from top on."""
        first_row = max(0, (top - self.gap) // self.row_pitch)
        end_row = max(first_row, -(-(top + height - self.gap) // self.row_pitch))
        return range(
            min(first_row * self.columns, self.count), min(end_row * self.columns, self.count)
        )

    def rows_in(self, height: int) -> int:
        """Whole rows that fit into a height; at least one."""
        return max(1, height // self.row_pitch)

    def rows_away(self, index: int, rows: int) -> int:
        """The cell so many rows below a cell, above for negative ones, in its column; as far as
        there are rows, and the last cell where the last row ends before that column. index: of a
        cell that there is."""
        row, column = divmod(index, self.columns)
        row = min(max(row + rows, 0), self.rows - 1)
        return min(row * self.columns + column, self.count - 1)
