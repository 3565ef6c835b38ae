"""Where the squares and the heads of a confusion matrix lie."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF

Pair = tuple[int | None, int | None]
"""A class and an answer; None stands for all of them: the head of a column or of a row."""

ALL: Pair = (None, None)
"""The pair that leaves no image out."""

_LEAST_CELL, _LARGEST_CELL = 4.0, 44.0
_LEGEND = 26


@dataclass(frozen=True)
class Room:
    """What there is for a matrix, in pixels.

    width, height: of the whole. title: the height of the lines above. name: the width of the
    longest class's name. share: the width of the longest text beside a row. unit: how much larger
    than the smallest comfortable size texts and gaps are.
    """

    width: float
    height: float
    title: float
    name: float
    share: float
    unit: float

    @property
    def legend(self) -> float:
        """How high the legend beneath the squares is."""
        return _LEGEND * self.unit


@dataclass(frozen=True)
class MatrixGeometry:
    """A square for each pair, the rows' heads at their left and the columns' above them.

    classes: how many. left, top: of the first square; head: how high the columns' heads are; cell:
    the side of a square, all in pixels. is_turned: whether the columns' names are too long to stand
    side by side, and so stand upright.
    """

    classes: int
    left: int
    top: int
    head: float
    cell: int
    is_turned: bool

    @classmethod
    def fitted(cls, classes: int, room: Room) -> MatrixGeometry:
        """The largest squares for which there is room, at least 4 pixels wide, with upright names
        only where they do not fit otherwise."""
        unit, count = room.unit, max(1, classes)
        across = room.name + 10 * unit
        for is_turned in (False, True):
            head = (room.name + 8 * unit) if is_turned else 22 * unit
            wide = room.width - across - room.share - 8 * unit
            high = room.height - room.title - head - room.legend
            largest = min(wide / count, high / count, _LARGEST_CELL * unit)
            cell = math.floor(max(_LEAST_CELL, largest))
            if is_turned or room.name <= cell - 2:
                break
        top = math.ceil(room.title + head)
        return cls(classes, math.ceil(across), top, top - room.title, cell, room.name > cell - 2)

    @property
    def squares(self) -> QRectF:
        """All squares together."""
        return QRectF(self.left, self.top, self.classes * self.cell, self.classes * self.cell)

    def box(self, pair: Pair) -> QRectF:
        """Where a square or a head lies; of ALL, the corner between the heads."""
        label, answer = pair
        left, top, cell = self.left, self.top, self.cell
        x, width = (0.0, left) if answer is None else (left + answer * cell, cell)
        y, height = (top - self.head, self.head) if label is None else (top + label * cell, cell)
        return QRectF(x, y, width, height)

    def span(self, pair: Pair) -> QRectF:
        """All squares that a pair means: a square, a row, a column or all of them."""
        label, answer = pair
        squares, box = self.squares, self.box(pair)
        if answer is None:
            box.setLeft(squares.left())
            box.setRight(squares.right())
        if label is None:
            box.setTop(squares.top())
            box.setBottom(squares.bottom())
        return box

    def pair_at(self, place: QPoint) -> Pair | None:
        """The square or the head at a place, or None beside them."""
        column = math.floor((place.x() - self.left) / self.cell)
        row = math.floor((place.y() - self.top) / self.cell)
        is_beside = place.x() < 0 or place.y() < self.top - self.head
        if is_beside or column >= self.classes or row >= self.classes:
            return None
        return (row if row >= 0 else None), (column if column >= 0 else None)
