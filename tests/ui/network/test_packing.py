from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitpad.ui.network.packing import FRAME, Tiles, pack, unit_grid

TILES = st.builds(
    Tiles,
    count=st.integers(1, 300),
    rows=st.integers(1, 40),
    columns=st.integers(1, 40),
    gap=st.integers(0, 8),
    unit=st.sampled_from([0.84, 1.0, 2.6]),
)


@given(TILES, st.integers(45, 2000), st.integers(45, 2000))
def test_what_is_packed_lies_in_its_box_and_something_is_seen(tiles, width, height):
    packing = pack(tiles, width, height)
    assert tiles.width(packing.across, packing.cell) <= width
    assert tiles.height(packing.down, packing.cell) <= height
    assert 1 <= packing.across <= tiles.count and packing.down <= -(-tiles.count // packing.across)


@given(st.integers(1, 12), st.integers(20, 40))
def test_few_pictures_are_all_seen_where_there_is_room(count, side):
    packing = pack(Tiles(count, side, side, 4, 1.0), 300, 300)
    assert packing.across * packing.down >= count


def test_more_room_makes_larger_squares():
    tiles = Tiles(6, 28, 28, 5, 1.0)
    assert pack(tiles, 600, 600).cell > pack(tiles, 300, 300).cell > pack(tiles, 150, 150).cell


def test_a_layer_of_many_maps_shows_some_of_them_legibly():
    packing = pack(Tiles(256, 14, 14, 4, 1.0), 260, 200)
    assert packing.across * packing.down < 256 and packing.cell >= 2


@given(st.integers(4, 20), st.integers(80, 500), st.integers(80, 500))
def test_rows_are_ragged_only_where_the_squares_are_larger_for_it(count, width, height):
    tiles = Tiles(count, 14, 14, 4, 1.0)
    packing = pack(tiles, width, height)
    if count % packing.across and packing.across * packing.down >= count:
        full = [across for across in range(1, count + 1) if count % across == 0]
        others = [pack(tiles, width, height, across) for across in full]
        fitting = [other for other in others if tiles.width(other.across, other.cell) <= width]
        assert all(
            other.cell < packing.cell for other in fitting if other.across * other.down >= count
        )


def test_a_given_number_in_a_row_is_kept():
    assert pack(Tiles(16, 10, 10, 4, 1.0), 500, 500, across=8).across == 8


@pytest.mark.parametrize("box", [(0, 0), (1, 500), (500, 1), (-5, -5)])
def test_a_box_too_small_for_anything_still_gets_an_answer(box):
    packing = pack(Tiles(6, 28, 28, 4, 1.0), *box)
    assert packing.across >= 1 and packing.down == packing.cell == 1


@given(st.integers(1, 2000), st.integers(60, 900), st.integers(60, 300), st.integers(1, 30))
def test_units_lie_in_their_box_with_no_row_empty(count, width, height, largest):
    rows, columns, cell = unit_grid(count, width, height, largest)
    assert rows * columns >= count > (rows - 1) * columns
    assert 1 <= cell <= largest
    if cell > 1:
        assert columns * cell + 2 * FRAME <= width and rows * cell + 2 * FRAME <= height


@pytest.mark.parametrize(
    ("count", "full"), [(120, True), (84, True), (128, True), (1024, True), (512, True)]
)
def test_usual_numbers_of_units_make_full_blocks(count, full):
    rows, columns, _ = unit_grid(count, 600, 110, 15)
    assert (rows * columns == count) is full


def test_given_rows_of_units_are_kept():
    assert unit_grid(84, 300, 300, 15, rows=12)[:2] == (12, 7)
