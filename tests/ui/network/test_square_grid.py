from __future__ import annotations

import pytest

from digitpad.ui.network.square_grid import SquareGrid


def fitted(grid: SquareGrid, width: int, height: int, ratio: float = 1.0) -> SquareGrid:
    grid.fit(width, height, top=24, unit=1.0, ratio=ratio)
    return grid


def test_maps_have_the_rows_and_columns_of_their_layer():
    grid = SquareGrid((16, 10, 8))
    assert (grid.maps, grid.rows, grid.columns, grid.count) == (16, 10, 8, 1280)


@pytest.mark.parametrize(("units", "block"), [(84, (7, 12)), (120, (10, 12)), (11, (3, 4))])
def test_units_stand_in_a_block(units, block):
    grid = SquareGrid((units,))
    assert (grid.maps, grid.rows, grid.columns) == (1, *block)


def test_units_that_mean_a_character_have_its_rows():
    grid = fitted(SquareGrid((84,), unit_rows=12), 300, 300)
    assert (grid.rows, grid.columns) == (12, 7)


def test_a_box_too_low_for_a_blocks_rows_gives_it_others():
    grid = fitted(SquareGrid((84,)), 400, 12)
    assert grid.rows < 7 and grid.rows * grid.columns >= 84


@pytest.mark.parametrize(("width", "height"), [(1, 1), (400, 1), (20, 300)])
def test_a_block_has_its_rows_again_once_there_is_room_whatever_it_had_before(width, height):
    grid = fitted(SquareGrid((84,), unit_rows=12), width, height)
    assert grid.rows != 12
    assert fitted(grid, 170, 73).rows == 12


def test_maps_that_are_not_seen_are_scrolled_to_and_the_first_one_stays_in_a_new_size():
    grid = fitted(SquareGrid((64, 24, 24)), 200, 200)
    assert len(grid.shown) < 64
    assert grid.scroll_to(3) and not grid.scroll_to(3)
    first = grid.shown.start
    fitted(grid, 230, 200)
    assert first in grid.shown
    grid.scroll_to(10_000)
    assert grid.shown.stop == 64
    grid.scroll_to(-5)
    assert grid.shown.start == 0


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_each_unit_is_found_where_it_lies(ratio):
    grid = fitted(SquareGrid((6, 10, 10)), 500, 400, ratio)
    for unit in ((0, 0, 0), (3, 9, 2), (5, 9, 9)):
        box = grid.map_box(unit[0])
        x = box.x() + (unit[2] + 0.5) * box.width() / 10
        y = box.y() + (unit[1] + 0.5) * box.height() / 10
        assert grid.unit_at(x, y) == unit
    assert grid.unit_at(0.0, 0.0) is None
    assert (grid.map_box(0).y() - 25 / ratio) == pytest.approx(0)
