from __future__ import annotations

from datetime import datetime, timezone

import numpy as np
import pytest

from digitpad.core.constants import NON_DIGIT
from digitpad.ink.kept_drawing import Reading
from digitpad.teaching.entries import Entry
from digitpad.ui.images.drawings_shown import LABELS, DrawingChoice, DrawingOrder, ShownDrawings


def entry(number: int, label: int | None, reading: Reading | None) -> Entry:
    moment = datetime.fromtimestamp(number, timezone.utc)
    digit = np.full((28, 28), number, np.uint8)
    return Entry(number, str(number), label, moment, reading, digit, False, number)


ENTRIES = [
    entry(0, 7, Reading(7)),
    entry(1, 7, Reading(1)),
    entry(2, NON_DIGIT, Reading(4)),
    entry(3, NON_DIGIT, Reading(4, accepted=False)),
    entry(4, None, Reading(4)),
    entry(5, 3, None),
    entry(6, 3, Reading(3, accepted=False)),
    entry(7, 3, Reading(99)),
]


@pytest.fixture
def shown() -> ShownDrawings:
    return ShownDrawings(ENTRIES)


def test_mistakes_are_those_of_the_entries(shown):
    known = [n for n, one in enumerate(ENTRIES) if one.is_mistake and one.reading.answer < 10]
    assert np.flatnonzero(shown.answers.is_mistake).tolist() == known == [1, 2, 6]
    assert shown.mistakes == 3


@pytest.mark.parametrize(
    ("choice", "numbers"),
    [
        (DrawingChoice(), [7, 6, 5, 4, 3, 2, 1, 0]),
        (DrawingChoice(order=DrawingOrder.OLDEST_FIRST), [0, 1, 2, 3, 4, 5, 6, 7]),
        (DrawingChoice(label=7), [1, 0]),
        (DrawingChoice(label=LABELS.index(NON_DIGIT)), [3, 2]),
        (DrawingChoice(label=LABELS.index(None)), [4]),
        (DrawingChoice(mistakes_only=True), [6, 2, 1]),
        (DrawingChoice(label=3, mistakes_only=True), [6]),
        (DrawingChoice(label=0), []),
    ],
)
def test_a_choice_leaves_those_that_fit_in_its_order(shown, choice, numbers):
    assert shown.chosen(choice).tolist() == numbers


def test_each_label_is_counted(shown):
    assert dict(zip(LABELS, shown.counts(), strict=True)) == {
        **dict.fromkeys(range(10), 0),
        7: 2,
        3: 3,
        NON_DIGIT: 2,
        None: 1,
    }


def test_nothing_gives_nothing():
    nothing = ShownDrawings([])
    assert nothing.digits.shape == (0, 28, 28) and nothing.mistakes == 0
    assert nothing.chosen(DrawingChoice()).tolist() == [] and sum(nothing.counts()) == 0
