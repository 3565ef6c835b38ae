"""From weight to weight with the keyboard, and to columns that had no room."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt

from digitpad.ui.explain.kernel_painting import PlacedSheet
from digitpad.ui.explain.kernel_sheet import Sheet

Weight = tuple[int, int, int, int]
"""The column, the row, and the row and the column within the kernel, from 0."""

STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


def walked(
    sheet: Sheet,
    kernels: tuple[int, ...],
    at: Weight | None,
    step: tuple[int, int],
    is_far: bool = False,
) -> Weight:
    """The weight beside another, on into the next kernel as far as there are any; the first that is
    seen where there was none.

    kernels: how many columns and rows there are, and each kernel's rows and columns. is_far: to the
    same place in the next kernel instead.
    """
    if at is None:
        return sheet.first, 0, 0, 0
    count, _rows, high, wide = kernels
    across, down = step
    if is_far:
        column = min(max(at[0] + across, 0), count - 1)
        return column, min(max(at[1] + down, 0), sheet.rows - 1), at[2], at[3]
    x = min(max(at[0] * wide + at[3] + across, 0), count * wide - 1)
    y = min(max(at[1] * high + at[2] + down, 0), sheet.rows * high - 1)
    return x // wide, y // high, y % high, x % wide


def first_seen(sheet: Sheet, at: Weight) -> int:
    """The column from which on a sheet shows a weight, moved no further than that needs."""
    return min(max(sheet.first, at[0] - sheet.columns + 1), at[0])


def box_of(placed: PlacedSheet, at: Weight) -> QRectF:
    """Where a weight lies in its panel."""
    kernel = placed.kernel(at[0], at[1])
    wide, high = (cell / placed.ratio for cell in placed.sheet.cell)
    return QRectF(kernel.x() + at[3] * wide, kernel.y() + at[2] * high, wide, high)
