from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor

from digitpad.ink.normalize import FIELD, Frame
from digitpad.ui.pad.tint import FieldTint, range_end, tinted
from digitpad.ui.style.theme import THEMES

FRAME = Frame(0.0, 0.0, 10.0)


def field(**places: float) -> np.ndarray:
    values = np.zeros((FIELD, FIELD), np.float32)
    for place, value in places.items():
        row, column = map(int, place.removeprefix("at_").split("_"))
        values[row, column] = value
    return values


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_ink_is_orange_where_it_speaks_for_and_blue_where_against(theme):
    ink = np.float32([[1, 1, 1, 0]])
    image = tinted(theme, ink, np.float32([[1, -1, 0, 0]]))
    colours = [QColor(image.pixel(x, 0)) for x in range(4)]
    assert colours[0] == QColor(theme.positive) and colours[1] == QColor(theme.negative)
    # Ink that speaks for nothing is still seen, paper is paper.
    assert colours[2] != colours[3] == QColor(theme.paper)


def test_numbers_that_are_none_have_no_colour():
    tint = FieldTint(field(at_3_4=np.nan, at_5_5=2.0, at_6_6=-9.0), 2.0, FRAME)
    shares = tint.in_field
    assert (shares[3, 4], shares[5, 5], shares[6, 6]) == (0, 1, -1)
    assert range_end(np.float32([np.nan, -3.0, 1.0])) == 3.0
    assert range_end(np.zeros(4, np.float32)) == 1.0


@pytest.mark.parametrize("side", [140, 280, 420])
def test_colours_lie_over_the_pad_where_the_field_does(side):
    tint = FieldTint(field(at_2_3=1.0), 1.0, FRAME)
    ink = np.ones((side, side), np.float32)
    rows, columns = np.nonzero(tint.shares(ink))
    unit = side / 280
    assert (rows.min(), rows.max()) == (round(20 * unit), round(30 * unit) - 1)
    assert (columns.min(), columns.max()) == (round(30 * unit), round(40 * unit) - 1)


def test_paper_is_coloured_only_where_it_is_meant():
    ink = np.zeros((280, 280), np.float32)
    values = field(at_2_3=1.0)
    assert not FieldTint(values, 1.0, FRAME).shares(ink).any()
    assert FieldTint(values, 1.0, FRAME, colours_paper=True).shares(ink).any()


def test_a_field_that_reaches_over_the_pad_is_cut_off():
    tint = FieldTint(np.ones((FIELD, FIELD), np.float32), 1.0, Frame(200.0, -100.0, 10.0))
    shares = tint.shares(np.ones((280, 280), np.float32))
    assert shares[100, 240] == 1 and shares[200, 240] == 0 and shares[100, 100] == 0


def test_large_shares_have_a_sign_in_the_middle_of_their_pixel():
    tint = FieldTint(field(at_2_3=1.0, at_4_4=-0.9, at_6_6=0.1), 1.0, FRAME)
    assert [(place, share > 0) for place, share in tint.signs()] == [
        ((30.0, 20.0, 10.0, 10.0), True),
        ((40.0, 40.0, 10.0, 10.0), False),
    ]
