from __future__ import annotations

from digitpad.ui.explain.kernel_sheet import laid_out
from digitpad.ui.explain.kernel_walking import first_seen, walked

KERNELS = (16, 6, 5, 5)
SHEET = laid_out(16, 6, (5, 5), 500, 300, 0)


def test_the_first_step_shows_where_the_keyboard_is():
    assert walked(SHEET, KERNELS, None, (1, 0)) == (0, 0, 0, 0)


def test_a_step_beyond_a_kernel_leads_into_the_next_and_stops_at_the_last():
    assert walked(SHEET, KERNELS, (2, 3, 1, 4), (1, 0)) == (3, 3, 1, 0)
    assert walked(SHEET, KERNELS, (2, 3, 4, 4), (0, 1)) == (2, 4, 0, 4)
    assert walked(SHEET, KERNELS, (15, 5, 4, 4), (1, 0)) == (15, 5, 4, 4)
    assert walked(SHEET, KERNELS, (0, 0, 0, 0), (0, -1)) == (0, 0, 0, 0)


def test_a_far_step_keeps_its_place_in_the_kernel():
    assert walked(SHEET, KERNELS, (2, 3, 1, 4), (0, -1), is_far=True) == (2, 2, 1, 4)
    assert walked(SHEET, KERNELS, (0, 3, 1, 4), (-1, 0), is_far=True) == (0, 3, 1, 4)


def test_what_is_walked_to_is_seen():
    narrow = laid_out(64, 32, (5, 5), 300, 200, 10)
    assert narrow.columns < 64
    assert first_seen(narrow, (10, 0, 0, 0)) == 10
    assert first_seen(narrow, (3, 0, 0, 0)) == 3
    last = 10 + narrow.columns
    assert first_seen(narrow, (last, 0, 0, 0)) == 11
