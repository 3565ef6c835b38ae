from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from digitpad.ui.shell.window_layout import MENU_BAR, arrange, unit_in
from digitpad.ui.style.screen import SMALLEST, set_text_scale

LEAST = SMALLEST.height() - MENU_BAR
sizes = st.tuples(st.integers(SMALLEST.width(), 8000), st.integers(LEAST, 5000))
PARTS = ("pad", "tools", "digit", "network", "answer", "status")


@given(sizes)
@example((800, LEAST))
@example((900, 600))
@example((1280, 800))
@example((3840, 2160))
@example((900, 5000))
@example((8000, 600))
def test_nothing_overlaps_and_nothing_leaves_the_window(size):
    layout = arrange(*size)
    boxes = {name: getattr(layout, name) for name in PARTS}
    for box in boxes.values():
        assert box.isValid() and QRect(0, 0, *size).contains(box)
    for (one, a), (other, b) in combinations(boxes.items(), 2):
        assert not a.intersects(b), (one, other)


@given(sizes)
def test_it_reads_from_left_to_right_and_every_part_has_room(size):
    layout = arrange(*size)
    assert (
        layout.pad.right() < layout.network.left() < layout.network.right() < layout.answer.left()
    )
    assert layout.pad.bottom() < layout.tools.top() < layout.tools.bottom() < layout.digit.top()
    assert layout.pad.width() == layout.pad.height() >= 190
    # 28 squares of 4 pixels for the digit beneath its title.
    assert min(layout.digit.width(), layout.digit.height() - 24 * layout.unit) >= 112
    assert layout.network.width() >= 320 and layout.answer.width() >= 170
    assert 0.8 <= layout.unit <= 3


@given(st.tuples(st.integers(640, 900), st.integers(416, 600)))
@example((790, 438))
def test_on_a_small_screen_everything_shrinks_and_still_lies_apart(size):
    layout = arrange(*size)
    boxes = [getattr(layout, name) for name in PARTS]
    for box in boxes:
        assert box.isValid() and QRect(0, 0, *size).contains(box)
    assert not any(a.intersects(b) for a, b in combinations(boxes, 2))
    assert layout.pad.width() >= 150 and layout.network.width() >= 200


@pytest.mark.parametrize("size", [(800, 560), (1280, 800), (640, 440)])
def test_the_first_steps_have_a_place_of_their_own(size):
    usual, layout = arrange(*size), arrange(*size, steps=34)
    boxes = [layout.steps, *(getattr(layout, name) for name in PARTS)]
    assert layout.steps.height() == 34 and usual.steps.isEmpty()
    assert not any(a.intersects(b) for a, b in combinations(boxes, 2))
    assert all(QRect(0, 0, *size).contains(box) for box in boxes)
    assert layout.unit == usual.unit == unit_in(*size) and layout.status == usual.status


def test_what_is_smaller_still_is_cut():
    assert arrange(100, 100) == arrange(560, 400 - MENU_BAR)


def three_rows(_width: float, _unit: float) -> int:
    return 3


@pytest.fixture
def scaled():
    yield set_text_scale
    set_text_scale(1.0)


@pytest.mark.parametrize("size", [(800, 536), (1280, 762), (1600, 960), (1280, 984)])
@pytest.mark.parametrize("percent", [150, 175, 200])
def test_large_texts_have_room_and_nothing_lies_over_another(scaled, size, percent):
    usual = arrange(*size).unit
    scaled(percent / 100)
    layout = arrange(*size, tool_rows=three_rows)
    assert layout.is_large and layout.unit >= 1.49 * usual
    boxes = [box for name in PARTS if not (box := getattr(layout, name)).isEmpty()]
    for box in boxes:
        assert QRect(0, 0, *size).contains(box)
    assert not any(a.intersects(b) for a, b in combinations(boxes, 2))
    assert layout.answer.width() >= 164 * layout.unit
    assert layout.network.width() >= 280 * layout.unit
    assert layout.pad.width() == layout.pad.height() >= 120 * layout.unit


def test_the_digit_has_what_large_texts_leave_where_its_squares_are_seen(scaled):
    scaled(2.0)
    for size in ((1280, 730), (800, 470)):
        assert arrange(*size, tool_rows=lambda *_: 5).digit.isEmpty()
    scaled(1.5)
    for size in ((1280, 776), (1366, 744), (1000, 616), (800, 536)):
        digit = arrange(*size, tool_rows=three_rows).digit
        assert digit.height() >= 2 * 28 and digit.width() > digit.height()
    scaled(2.0)
    assert not arrange(1280, 1100, tool_rows=three_rows).digit.isEmpty()


def test_more_rows_of_buttons_make_the_pad_no_larger(scaled):
    scaled(2.0)
    few, many = (arrange(1280, 762, 0, lambda _width, _unit, n=n: n) for n in (3, 5))
    assert few.tools.height() < many.tools.height() and few.pad.width() > many.pad.width()
    assert many.tools.bottom() < many.status.top()


def test_without_buttons_that_tell_their_rows_texts_are_never_that_large(scaled):
    scaled(2.0)
    layout = arrange(1280, 762)
    assert not layout.is_large and not layout.digit.isEmpty()
