from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from digitpad.ui.network.square_grid import SquareGrid, square_of, unit_of
from digitpad.ui.network.walking import first_unit, same_place, walked
from tests.ui.stubs import LAYERS

KEY = Qt.Key
MAPS, UNITS = SquareGrid((6, 28, 28)), SquareGrid((84,))
shapes = st.one_of(
    st.tuples(st.integers(1, 40), st.integers(1, 30), st.integers(1, 30)),
    st.tuples(st.integers(1, 1100)),
)


def pressed(key: Qt.Key, ctrl: bool = False) -> QKeyEvent:
    modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    return QKeyEvent(QEvent.Type.KeyPress, key, modifier)


@pytest.mark.parametrize(
    "key, ctrl, place",
    [
        (KEY.Key_Up, False, (2, 9, 5)),
        (KEY.Key_Down, False, (2, 11, 5)),
        (KEY.Key_Left, False, (2, 10, 4)),
        (KEY.Key_Right, False, (2, 10, 6)),
        (KEY.Key_Right, True, (3, 10, 5)),
        (KEY.Key_Up, True, (1, 10, 5)),
    ],
)
def test_an_arrow_leads_to_the_next_unit_and_with_ctrl_to_the_next_map(key, ctrl, place):
    assert walked(MAPS, (2, 10, 5), pressed(key, ctrl)) == place


def test_other_keys_lead_nowhere():
    assert walked(MAPS, (0, 0, 0), pressed(KEY.Key_A)) is None


@given(shapes, st.lists(st.sampled_from([KEY.Key_Up, KEY.Key_Down, KEY.Key_Left, KEY.Key_Right])))
def test_no_walk_leaves_the_layer(shape, keys):
    grid = SquareGrid(shape)
    at = first_unit(grid)
    for number, key in enumerate(keys):
        at = walked(grid, at, pressed(key, number % 3 == 2))
        assert 0 <= at[0] < grid.maps and 0 <= at[1] < grid.rows and 0 <= at[2] < grid.columns
        assert grid.is_maps or at[1] * grid.columns + at[2] < grid.count


@given(shapes, shapes)
def test_the_same_place_in_another_layer_is_in_it(shape, other):
    grid, there = SquareGrid(shape), SquareGrid(other)
    index, row, column = same_place(first_unit(grid), grid, there)
    assert 0 <= index < there.maps and 0 <= row < there.rows and 0 <= column < there.columns
    assert there.is_maps or row * there.columns + column < there.count


def test_a_unit_of_a_block_has_the_number_that_its_square_has():
    f6 = LAYERS[5]
    for number in (0, 11, 12, 83):
        square = square_of(unit_of(f6, (0, *divmod(number, UNITS.columns)), UNITS), UNITS)
        assert square == (0, *divmod(number, UNITS.columns))
    assert unit_of(f6, (0, 1, 0), UNITS).map == UNITS.columns
    c1 = LAYERS[0]
    assert square_of(unit_of(c1, (3, 4, 5), MAPS), MAPS) == (3, 4, 5)
