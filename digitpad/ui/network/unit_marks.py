"""What is painted over a layer's squares: frames around units, fields and maps."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from digitpad.explain.field_box import FieldBox
from digitpad.ui.network.square_grid import Square, SquareGrid
from digitpad.ui.style.theme import Theme


def unit_box(grid: SquareGrid, unit: Square) -> QRectF:
    """Where a unit's square lies, in pixels."""
    index, row, column = unit
    box = grid.map_box(index)
    wide, high = box.width() / grid.columns, box.height() / grid.rows
    return QRectF(box.x() + column * wide, box.y() + row * high, wide, high)


def field_boxes(grid: SquareGrid, field: FieldBox) -> list[QRectF]:
    """Where a field lies: in each map that is seen of those that belong to it, or around the units
    of a vector, all of them where it is all."""
    if not grid.is_maps:
        if field.maps is None:
            return [grid.map_box(0)]
        return [unit_box(grid, (0, *divmod(unit, grid.columns))) for unit in field.maps]
    maps = grid.shown if field.maps is None else (one for one in field.maps if one in grid.shown)
    found = []
    for index in maps:
        box = grid.map_box(index)
        wide, high = box.width() / grid.columns, box.height() / grid.rows
        found.append(
            QRectF(
                box.x() + field.left * wide,
                box.y() + field.top * high,
                (field.right - field.left) * wide,
                (field.bottom - field.top) * high,
            )
        )
    return found


def paint_frames(painter: QPainter, theme: Theme, boxes: Iterable[QRectF]) -> None:
    """Frame boxes, such as a field's, in the colour that stands out, between lines of the paper's,
    so that they are seen on squares of that colour too."""
    framed = list(boxes)
    for colour, width in ((theme.paper, 3.5), (theme.accent, 1.5)):
        painter.setPen(QPen(QColor(colour), width))
        for box in framed:
            painter.drawRect(box)


def paint_unit(painter: QPainter, theme: Theme, box: QRectF, is_pinned: bool) -> None:
    """Frame a unit that is pointed at, or that is pinned: a line in the text's colour and, pinned,
    one in the accent's around it."""
    painter.setPen(QPen(QColor(theme.text), 1.5))
    painter.drawRect(box.adjusted(-1, -1, 1, 1))
    if is_pinned:
        painter.setPen(QPen(QColor(theme.accent), 2))
        painter.drawRect(box.adjusted(-3, -3, 3, 3))
