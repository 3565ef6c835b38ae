from __future__ import annotations

from itertools import combinations

from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from digitpad.ui.shell.window_layout import MINIMUM, arrange

sizes = st.tuples(st.integers(MINIMUM[0], 8000), st.integers(MINIMUM[1], 5000))
PARTS = ("pad", "tools", "digit", "network", "answer", "status")


@given(sizes)
@example((900, 600))
@example((1280, 800))
@example((3840, 2160))
@example((900, 5000))
@example((8000, 600))
def test_nothing_overlaps_and_nothing_leaves_the_window(size):
    stage = arrange(*size)
    boxes = {name: getattr(stage, name) for name in PARTS}
    for box in boxes.values():
        assert box.isValid() and QRect(0, 0, *size).contains(box)
    for (one, a), (other, b) in combinations(boxes.items(), 2):
        assert not a.intersects(b), (one, other)


@given(sizes)
def test_it_reads_from_left_to_right_and_every_part_has_room(size):
    stage = arrange(*size)
    assert stage.pad.right() < stage.network.left() < stage.network.right() < stage.answer.left()
    assert stage.pad.bottom() < stage.tools.top() < stage.tools.bottom() < stage.digit.top()
    assert stage.pad.width() == stage.pad.height() >= 190
    # 28 squares of 4 pixels for the digit beneath its title.
    assert min(stage.digit.width(), stage.digit.height() - 24 * stage.unit) >= 112
    assert stage.network.width() >= 380 and stage.answer.width() >= 170
    assert 0.8 <= stage.unit <= 3


def test_less_than_the_smallest_window_is_laid_out_as_that():
    assert arrange(100, 100) == arrange(*MINIMUM)
