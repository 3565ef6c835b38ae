"""From cell to cell of a grid with the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt

from digitpad.ui.images.grid_geometry import GridGeometry


def walked(grid: GridGeometry, at: int | None, key: int, height: int) -> int | None:
    """Where an arrow key, a page key, Home or End leads from a cell; from none to the first, or
    with End to the last. None for any other key, and in a grid without cells.

    height: of what is seen, in the grid's pixels.
    """
    last, here = grid.count - 1, 0 if at is None else at
    page = grid.rows_in(height)
    to: dict[int, int] = {
        Qt.Key.Key_Left: here - 1,
        Qt.Key.Key_Right: here + 1,
        Qt.Key.Key_Up: grid.rows_away(here, -1),
        Qt.Key.Key_Down: grid.rows_away(here, 1),
        Qt.Key.Key_PageUp: grid.rows_away(here, -page),
        Qt.Key.Key_PageDown: grid.rows_away(here, page),
        Qt.Key.Key_Home: 0,
        Qt.Key.Key_End: last,
    }
    if last < 0 or key not in to:
        return None
    return 0 if at is None and key != Qt.Key.Key_End else min(max(to[key], 0), last)
