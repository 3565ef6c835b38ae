from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from digitpad.ui.images.grid_geometry import GridGeometry

grids = st.builds(
    GridGeometry,
    count=st.integers(1, 500),
    width=st.integers(1, 900),
    cell_width=st.integers(1, 120),
    cell_height=st.integers(1, 140),
    gap=st.integers(0, 20),
)


@given(grids, st.data())
def test_each_pixel_of_a_cell_leads_back_to_it(grid, data):
    index = data.draw(st.integers(0, grid.count - 1))
    across, down = (
        data.draw(st.integers(0, grid.cell_width - 1)),
        data.draw(st.integers(0, grid.cell_height - 1)),
    )
    left, top = grid.corner(index)

    assert grid.index_at(left + across, top + down) == index


@given(grids, st.integers(-50, 1_000), st.integers(-50, 5_000))
def test_a_place_is_in_the_one_cell_that_holds_it_or_in_none(grid, x, y):
    holders = []
    for index in range(grid.count):
        left, top = grid.corner(index)
        if left <= x < left + grid.cell_width and top <= y < top + grid.cell_height:
            holders.append(index)

    found = grid.index_at(x, y)
    assert holders == ([] if found is None else [found])


@given(grids)
def test_cells_lie_within_the_width_as_far_as_one_fits(grid):
    assume(grid.cell_width + 2 * grid.gap <= grid.width)

    for index in range(min(grid.count, grid.columns)):
        left, _ = grid.corner(index)
        assert left >= 0
        assert left + grid.cell_width <= grid.width


@given(grids)
def test_one_more_column_would_not_fit(grid):
    assert (grid.columns + 1) * (grid.cell_width + grid.gap) + grid.gap > grid.width


@given(grids)
def test_the_height_ends_a_gap_below_the_last_cell(grid):
    assert grid.height == grid.corner(grid.count - 1)[1] + grid.cell_height + grid.gap


@given(grids, st.integers(0, 5_000), st.integers(1, 800))
def test_what_is_seen_are_whole_rows_and_no_cell_in_sight_is_missing(grid, top, height):
    seen = grid.seen(top, height)
    in_sight = [
        index
        for index in range(grid.count)
        if grid.corner(index)[1] < top + height and grid.corner(index)[1] + grid.cell_height > top
    ]

    assert set(in_sight) <= set(seen)
    assert seen.start % grid.columns == 0 or not len(seen)
    assert len(seen) <= (height // grid.row_pitch + 2) * grid.columns


@given(grids, st.data(), st.integers(-600, 600))
def test_going_up_and_down_keeps_the_column_and_stays_on_the_grid(grid, data, rows):
    index = data.draw(st.integers(0, grid.count - 1))
    there = grid.rows_away(index, rows)

    assert 0 <= there < grid.count
    assert there % grid.columns == index % grid.columns or there == grid.count - 1
    row = min(max(index // grid.columns + rows, 0), grid.rows - 1)
    assert there // grid.columns == row


def test_an_empty_grid_has_no_cells():
    grid = GridGeometry(0, 300, 56, 70, 8)

    assert grid.rows == 0
    assert grid.index_at(20, 20) is None
    assert list(grid.seen(0, 400)) == []


def test_at_least_one_row_is_a_page():
    assert GridGeometry(10, 300, 56, 70, 8).rows_in(20) == 1
    assert GridGeometry(10, 300, 56, 70, 8).rows_in(400) == 5
