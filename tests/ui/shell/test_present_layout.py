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
