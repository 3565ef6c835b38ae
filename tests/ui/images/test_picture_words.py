from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from digitpad.ink.pictures import Doubt, ReadPicture
from digitpad.ui.images.brought import MOST_FILES, BroughtPicture
from digitpad.ui.images.picture_words import hint_in_words, name_in_words, totals_in_words
from digitpad.ui.images.sheet_reading import SheetPicture

BLANK = np.zeros((9, 9), np.uint8)


def picture(*doubts: Doubt, **changes: object) -> BroughtPicture:
    read = ReadPicture("", BLANK, BLANK, BLANK > 0, False, (), doubts)
    return replace(BroughtPicture("four.png", read, BLANK), **changes)


@pytest.mark.parametrize(
    ("shown", "names", "is_box_empty", "words"),
    [
        (picture(), (), False, "To read something else of it, draw a box around that."),
        (picture(Doubt.FAINT), (), False, "The ink is faint. Is it what you wrote? Draw a box"),
        (picture(Doubt.CUT_OFF), (), False, "The digit reaches the picture's edge. Draw a box"),
        (picture(Doubt.CUT_OFF, box=(0, 0, 5, 5)), (), False, "The digit reaches the edge of the"),
        (picture(Doubt.SEVERAL), (), False, "To read something else"),
        (picture(Doubt.SEVERAL), ("4", "2"), False, "Several digits: 4 and 2. Click the one"),
        (picture(taken=1), ("4", "2"), False, "Only this 2 is read. Click it again for all."),
        (picture(box=(0, 0, 5, 5)), (), True, "Nothing is drawn there. Draw a box"),
    ],
)
def test_what_is_said_of_a_picture(shown, names, is_box_empty, words):
    assert hint_in_words(shown, names, is_box_empty).startswith(words)


def test_a_picture_without_a_file_is_called_so():
    assert name_in_words(picture()) == "four.png"
    assert name_in_words(picture(name="")) == "A picture without a name"


def test_the_totals_count_what_cannot_be_read_and_say_where_they_end():
    good, bad = SheetPicture("a", Path("a"), 0), SheetPicture("b", Path("b"), 0, trouble="no")
    assert totals_in_words([good], False) == "1 picture"
    assert totals_in_words([good, bad], True) == "2 pictures, 1 cannot be read, reading …"
    assert "no more than these" in totals_in_words([good] * MOST_FILES, False)
