"""From unit to unit with the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from digitpad.ui.network.square_grid import Square, SquareGrid

_STEPS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


def first_unit(grid: SquareGrid) -> Square:
    """Where walking begins: in the middle of the first map that is seen."""
    row, column = grid.rows // 2, grid.columns // 2
    return grid.shown.start, *_inside(grid, row, column)


def walked(grid: SquareGrid, unit: Square, event: QKeyEvent) -> Square | None:
    """Where an arrow key leads from a unit, no further than its map's edge, and with Ctrl to the
    same place in the map before or after; None for any other key."""
    step = _STEPS.get(event.key())
    if step is None:
        return None
    index, row, column = unit
    down, right = step
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return min(max(index + down + right, 0), grid.maps - 1), row, column
    return index, *_inside(grid, row + down, column + right, unit)


def same_place(unit: Square, grid: SquareGrid, other: SquareGrid) -> Square:
    """The unit of another layer that lies where a unit lies in its own: as far along the maps, the
    rows and the columns."""
    shares = unit[0] / grid.maps, (unit[1] + 0.5) / grid.rows, (unit[2] + 0.5) / grid.columns
    index = min(int(shares[0] * other.maps), other.maps - 1)
    return index, *_inside(other, int(shares[1] * other.rows), int(shares[2] * other.columns))


def _inside(grid: SquareGrid, row: int, column: int, unit: Square | None = None) -> tuple[int, int]:
    """The row and column, cut to those that there are; where the last row of a block of units
    ends early, back to where the unit was."""
    row, column = min(max(row, 0), grid.rows - 1), min(max(column, 0), grid.columns - 1)
    if not grid.is_maps and row * grid.columns + column >= grid.count:
        return (unit[1], unit[2]) if unit is not None else divmod(grid.count - 1, grid.columns)
    return row, column
