from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRectF

from digitpad.ui.images.matrix_geometry import ALL, MatrixGeometry, Room

ROOM = Room(width=470, height=540, title=48, name=8, share=50, unit=1.0)


def test_squares_are_as_large_as_there_is_room_for():
    geometry = MatrixGeometry.fitted(10, ROOM)
    assert geometry.cell == 39 and not geometry.is_turned
    # What is said beside the rows has room.
    assert geometry.squares.right() + ROOM.share <= ROOM.width
    assert MatrixGeometry.fitted(10, replace(ROOM, width=2000, height=2000)).cell == 44


def test_long_names_stand_upright_above_the_columns_and_leave_room_for_themselves():
    geometry = MatrixGeometry.fitted(10, replace(ROOM, name=70))
    assert geometry.is_turned
    assert geometry.head >= 70 and geometry.left >= 70


@pytest.mark.parametrize("size", [(0, 0), (30, 30), (100, 5000)])
@pytest.mark.parametrize("classes", [0, 1, 47])
def test_without_room_squares_are_still_to_be_seen(size, classes):
    room = replace(ROOM, width=size[0], height=size[1])
    assert MatrixGeometry.fitted(classes, room).cell >= 4


def test_a_pair_spans_its_square_its_row_its_column_or_all():
    geometry = MatrixGeometry.fitted(10, ROOM)
    squares, cell = geometry.squares, geometry.cell
    assert geometry.span(ALL) == squares
    assert geometry.span((2, 3)) == geometry.box((2, 3))
    assert geometry.span((2, None)) == QRectF(
        squares.left(), squares.top() + 2 * cell, squares.width(), cell
    )
    assert geometry.span((None, 3)) == QRectF(
        squares.left() + 3 * cell, squares.top(), cell, squares.height()
    )


def test_beside_squares_and_heads_there_is_no_pair():
    geometry = MatrixGeometry.fitted(10, ROOM)
    end = geometry.squares.bottomRight().toPoint()
    places = [
        QPoint(-1, end.y() - 3),
        QPoint(end.x() + 1, end.y() - 3),
        QPoint(end.x() - 3, end.y() + 1),
        QPoint(end.x() - 3, int(ROOM.title) - 1),
    ]
    assert [geometry.pair_at(place) for place in places] == [None] * 4
    assert geometry.pair_at(QPoint(0, int(ROOM.title))) == ALL
