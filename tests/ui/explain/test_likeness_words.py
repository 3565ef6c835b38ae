from __future__ import annotations

import itertools

import pytest

from digitpad.explain.results import Difference, Likeness, Unlikeness
from digitpad.ui.explain.likeness_words import difference_text, likeness_text

CLASSES = tuple("0123456789")


def test_a_rejected_drawing_hears_what_it_is_like_and_what_is_unlike():
    found = Likeness(0, (Difference(Unlikeness.OPEN),))
    assert likeness_text(found, CLASSES) == "It is a bit like 0, but open."
    more = Likeness(
        6,
        (
            Difference(Unlikeness.OPEN),
            Difference(Unlikeness.IN_PARTS, 2),
            Difference(Unlikeness.MISSING_INK, place=(1, 1)),
        ),
    )
    assert likeness_text(more, CLASSES) == (
        "It is a bit like 6, but open, in 2 parts and without ink in the middle, where it has some."
    )


def test_several_digits_and_a_blot_have_sentences_of_their_own():
    several = Likeness(None, (Difference(Unlikeness.SEVERAL_DIGITS, 3),))
    assert "3 digits side by side" in likeness_text(several, CLASSES)
    assert "draw a little more" in likeness_text(
        Likeness(None, (Difference(Unlikeness.A_BLOT),)), CLASSES
    )
    assert likeness_text(Likeness(None, ()), CLASSES).startswith("It is like nothing")
    assert likeness_text(Likeness(4, ()), CLASSES).startswith("It is most like 4")


@pytest.mark.parametrize("what", Unlikeness)
def test_every_difference_has_words(what):
    in_places = what in (Unlikeness.EXTRA_INK, Unlikeness.MISSING_INK)
    for place in itertools.product(range(3), range(3)) if in_places else (None,):
        text = difference_text(Difference(what, 2, place))
        assert text and "{" not in text
