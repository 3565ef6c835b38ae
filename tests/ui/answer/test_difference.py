from __future__ import annotations

import pytest

from digitpad.ui.answer.difference import Reading, difference_in_words, disagree, kept_in_words
from tests.ui.stubs import recognition

DIGITS = tuple("0123456789")
GARMENTS = (
    "T-shirt",
    "trouser",
    "sweater",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "ankle boot",
)


def reading(
    name: str,
    answer: int | None,
    share: float = 0.9,
    doubts: bool = False,
    classes=DIGITS,
    **changes,
) -> Reading:
    return Reading(
        name, classes, None if answer is None else recognition(answer, share, **changes), doubts
    )


def words(one: Reading, other: Reading) -> str:
    return difference_in_words(one, other, 0.02)


def test_other_answers_are_told_first():
    assert words(reading("a", 7), reading("b", 1)) == "a reads 7, b reads 1"


def test_the_class_on_which_the_shares_are_furthest_apart_is_named():
    one, other = reading("a", 7, 0.999, second=2), reading("b", 7, 0.55, second=9)
    assert words(one, other) == "Both read 7. Furthest apart on 9: 0.0 % and 45.0 %"


def test_small_differences_are_none():
    assert words(reading("a", 7, 0.91), reading("b", 7, 0.92)) == "Both read 7, and hardly differ"


def test_what_looks_like_no_digit_to_one_is_told():
    assert (
        words(reading("a", 7, doubts=True), reading("b", 7)) == "a takes it for no digit, b reads 7"
    )
    assert (
        words(reading("a", 7), reading("b", 1, doubts=True)) == "b takes it for no digit, a reads 7"
    )
    assert (
        words(reading("a", 7, doubts=True), reading("b", 1, doubts=True))
        == "Both take it for no digit"
    )


def test_networks_of_other_classes_are_told_not_to_be_of_one_kind():
    text = words(reading("a", 7), reading("b", 4, classes=GARMENTS))
    assert text == "a reads 7; b, which tells other things apart, coat"


@pytest.mark.parametrize("answers", [(None, None), (7, None), (None, 7)])
def test_while_an_answer_is_missing_it_says_what_to_do(answers):
    one, other = (reading(name, answer) for name, answer in zip("ab", answers, strict=True))
    assert words(one, other).startswith("Draw") and not disagree(one, other)


def test_what_counts_as_disagreement():
    seven = reading("a", 7)
    assert disagree(seven, reading("b", 1)) and not disagree(seven, reading("b", 7, 0.5))
    assert disagree(seven, reading("b", 7, doubts=True))
    assert not disagree(reading("a", 7, doubts=True), reading("b", 1, doubts=True))
    assert not disagree(seven, reading("b", 1, classes=GARMENTS))


def test_a_kept_reading_is_told_beside_the_new_one():
    kept = reading("a", 4)
    assert kept_in_words(reading("a", None), kept) == "Kept: 4. Draw another, or take an example"
    assert kept_in_words(reading("a", 9), kept) == "Above: 9. Kept below: 4"
    assert kept_in_words(reading("a", 4), kept) == "Both are read as 4"
    assert kept_in_words(reading("a", 9, doubts=True), kept) == "Above: no digit. Kept below: 4"
