from __future__ import annotations

import itertools
import math

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from digitpad.ui.explain.chart import (
    Scale,
    number_text,
    rounded_range,
    spread_labels,
    tick_step,
    ticks,
)

SIZES = st.floats(-1e4, 1e4)


@given(SIZES, SIZES)
def test_a_range_holds_its_numbers_and_nought_and_ends_at_ticks(first, second):
    low, high = rounded_range(min(first, second), max(first, second))
    near = 1e-6 * (high - low)
    assert low <= min(first, second, 0) + near and high >= max(first, second, 0) - near
    step = tick_step(high - low)
    found = ticks(low, high, step)
    assert 2 <= len(found) <= 7 and any(abs(one) < 1e-9 for one in found)
    assert all(b > a for a, b in itertools.pairwise(found))


def test_places_and_numbers_go_there_and_back():
    scale = Scale(QRectF(10, 20, 100, 50), -2.0, 2.0, 0.0, 5.0)
    assert (scale.x(-2), scale.x(2), scale.y(0), scale.y(5)) == (10, 110, 70, 20)
    assert scale.value_at(scale.x(1.5)) == 1.5 and scale.value_at(500) == 2.0


def test_a_line_is_broken_where_a_number_is_none():
    scale = Scale(QRectF(0, 0, 4, 4), 0.0, 4.0, 0.0, 4.0)
    lines = scale.line([0, 1, 2, 3, 4], [1, math.nan, 2, 3, math.inf])
    assert [line.size() for line in lines] == [1, 2]


def test_numbers_have_the_decimals_of_their_step():
    assert number_text(-0.5, 0.5) == "\N{MINUS SIGN}0.5"
    assert (number_text(20, 10), number_text(2, 1)) == ("20", "2")


@given(st.lists(st.floats(0, 100), max_size=10))
def test_labels_never_lie_over_each_other(places):
    found = spread_labels(places, 10.0, 0.0, 100.0)
    assert all(b - a >= 10 - 1e-6 for a, b in itertools.pairwise(sorted(found)))
    assert all(-1e-6 <= one <= 100 + 1e-6 for one in found)
    assert [found[i] for i in sorted(range(len(places)), key=lambda i: places[i])] == sorted(found)
