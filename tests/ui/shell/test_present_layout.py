from __future__ import annotations

from itertools import combinations

from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from digitpad.ui.shell.present_layout import answer_in, arrange_presented
from digitpad.ui.shell.present_words import Shown
from digitpad.ui.style.screen import SMALLEST

sizes = st.tuples(st.integers(SMALLEST.width(), 8000), st.integers(SMALLEST.height(), 5000))
PARTS = ("header", "pad", "tools", "digit", "stage", "back", "forth", "status")


@given(sizes, st.sampled_from(Shown), st.booleans())
@example((800, 560), Shown.LAYER, False)
@example((1366, 768), Shown.PEN, False)
@example((900, 5000), Shown.PEN, True)
@example((8000, 600), Shown.LAYER, True)
def test_nothing_overlaps_and_nothing_leaves_the_screen(size, shown, is_explaining):
    layout = arrange_presented(*size, shown, is_explaining)
    boxes = {name: getattr(layout, name) for name in PARTS}
    boxes = {name: box for name, box in boxes.items() if not box.isEmpty()}
    assert {"header", "pad", "tools", "stage", "back", "forth", "status"} <= set(boxes)
    for box in boxes.values():
        assert QRect(0, 0, *size).contains(box)
    large = shown is Shown.PEN and not is_explaining
    for (one, a), (other, b) in combinations(boxes.items(), 2):
        if not (large and "stage" in (one, other)):
            assert not a.intersects(b), (one, other)
    if large:
        assert layout.stage.contains(layout.pad) and layout.stage.contains(layout.tools)


@given(sizes, st.sampled_from(Shown), st.booleans())
@example((800, 560), Shown.LAYER, False)
def test_the_pad_can_be_drawn_on_and_the_stage_has_the_most_room(size, shown, is_explaining):
    layout = arrange_presented(*size, shown, is_explaining)
    assert layout.pad.width() == layout.pad.height() >= 120
    assert layout.stage.width() > layout.pad.width() or shown is Shown.PEN
    assert layout.unit > 1.3 * layout.small_unit
    assert layout.stage.contains(answer_in(layout.stage))


def test_where_a_tool_explains_the_pen_its_pad_is_larger_than_beside_a_layer():
    for size in ((1280, 800), (1600, 1000), (1920, 1080)):
        pen = arrange_presented(*size, Shown.PEN, True)
        layer = arrange_presented(*size, Shown.LAYER, True)
        assert pen.pad.width() > 1.4 * layer.pad.width()
        assert pen.stage.top() == pen.pad.top() and pen.stage.height() >= pen.pad.height()
        assert pen.digit.isEmpty() and not layer.digit.isEmpty()


def test_more_rows_of_buttons_lie_in_the_column_above_the_line_at_the_foot():
    layout = arrange_presented(1280, 800, Shown.LAYER, False, lambda _width, _unit: 3)
    usual = arrange_presented(1280, 800, Shown.LAYER)
    assert layout.tools.height() > 1.4 * usual.tools.height()
    assert layout.tools.bottom() < layout.status.top() and layout.pad.bottom() < layout.tools.top()
