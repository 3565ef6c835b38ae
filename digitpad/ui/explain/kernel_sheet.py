"""A layer's kernels as one picture: a column for each map, a row for each map that it sees; or a
matrix, where kernels are single numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digitpad.ui.network.activation_picture import GROUND, colour_indices

_LEAST_CELL, _MOST_CELL, _MOST_SQUARE = 2, 16, 22


@dataclass(frozen=True)
class Sheet:
    """How kernels lie, in device pixels.

    cell: the width and the height of a square; gap: between kernels. columns, rows: how many
    kernels are seen, from the first column on.
    """

    cell: tuple[int, int]
    gap: int
    columns: int
    rows: int
    first: int

    def place(self, column: int, row: int, shape: tuple[int, int]) -> tuple[int, int, int, int]:
        """Left, top, width and height of a kernel that is seen; shape: its rows and columns."""
        wide, high = shape[1] * self.cell[0], shape[0] * self.cell[1]
        return (
            (column - self.first) * (wide + self.gap),
            row * (high + self.gap),
            wide,
            high,
        )


def laid_out(
    count: int, inputs: int, shape: tuple[int, int], width: int, height: int, first: int
) -> Sheet:
    """The largest squares with which all kernels are seen, or as many columns as stay legible.

    count: of maps; inputs: that each sees; shape: a kernel's rows and columns; first: the first
    map that is seen, as far as there are any behind it.
    """
    rows, columns = shape
    if shape == (1, 1):
        wide = min(_MOST_SQUARE, max(1, width // count))
        high = max(1, min(_MOST_SQUARE, height // inputs))
        seen = min(count, max(1, width // wide))
        first = max(0, min(first, count - seen))
        return Sheet((wide, high), 0, seen, min(inputs, height // high), first)
    gap = 3 if inputs * rows * 2 < height else 1
    by_width = (width // count - gap) // columns
    by_height = (height // inputs - gap) // rows
    cell = max(_LEAST_CELL, min(by_width, by_height, _MOST_CELL))
    if by_width < cell:
        # Not all maps are seen; then the squares are as large as the height allows.
        cell = max(_LEAST_CELL, min(by_height, 6))
    seen = max(1, min(count, width // (columns * cell + gap)))
    shown = max(1, min(inputs, height // (rows * cell + gap)))
    return Sheet((cell, cell), gap, seen, shown, max(0, min(first, count - seen)))


def kernel_picture(
    kernels: npt.NDArray[np.float32], end: float, sheet: Sheet
) -> npt.NDArray[np.uint8]:
    """Kernels, float32 (maps, inputs, rows, columns), as colour indices, uint8 (height, width):
    what is seen of them, end at both ends of the colours."""
    shown = kernels[sheet.first : sheet.first + sheet.columns, : sheet.rows]
    indices = colour_indices(np.ascontiguousarray(shown), end)
    rows, columns = indices.shape[2:]
    enlarged = indices.repeat(sheet.cell[1], axis=2).repeat(sheet.cell[0], axis=3)
    high, wide = rows * sheet.cell[1] + sheet.gap, columns * sheet.cell[0] + sheet.gap
    picture = np.full((len(enlarged[0]) * high, len(enlarged) * wide), GROUND, np.uint8)
    for column, of_map in enumerate(enlarged):
        for row, kernel in enumerate(of_map):
            height, width = kernel.shape
            top, left = row * high, column * wide
            picture[top : top + height, left : left + width] = kernel
    return picture


def kernel_at(
    sheet: Sheet, shape: tuple[int, int], x: float, y: float
) -> tuple[int, int, int, int] | None:
    """The map, the input, and the row and column of the kernel at a place in device pixels; None
    between them."""
    rows, columns = shape
    wide, high = columns * sheet.cell[0], rows * sheet.cell[1]
    column, left = divmod(x, wide + sheet.gap)
    row, top = divmod(y, high + sheet.gap)
    if not (0 <= column < sheet.columns and 0 <= row < sheet.rows and left < wide and top < high):
        return None
    return (
        sheet.first + int(column),
        int(row),
        int(top // sheet.cell[1]),
        int(left // sheet.cell[0]),
    )
