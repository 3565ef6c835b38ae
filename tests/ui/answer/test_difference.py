from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from digitpad.datasets import DIGITS
from digitpad.ui.answer.difference import difference_in_words, disagree, pinned_in_words
from digitpad.ui.answer.reading import Reading
from tests.ui.browsers import GARMENTS
from tests.ui.stubs import INFO, recognition


def reading(
    name: str,
    answer: int | None,
    share: float = 0.9,
    rejected: bool = False,
    classes: tuple[str, ...] = DIGITS,
    **changes: int,
) -> Reading:
    """What a network of that name reads; None for nothing yet."""
    return Reading(
        replace(INFO, network=name, classes=classes),
        np.zeros((28, 28), np.float32),
        None if answer is None else recognition(answer, share, **changes),
        rejected,
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
    assert words(reading("a", 7, rejected=True), reading("b", 7)) == "a rejects it, b reads 7"
    assert words(reading("a", 7), reading("b", 1, rejected=True)) == "b rejects it, a reads 7"
    assert words(reading("a", 7, rejected=True), reading("b", 1, rejected=True)) == "Both reject it"


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
    assert disagree(seven, reading("b", 7, rejected=True))
    assert not disagree(reading("a", 7, rejected=True), reading("b", 1, rejected=True))
    assert not disagree(seven, reading("b", 1, classes=GARMENTS))


def test_a_pinned_reading_is_told_beside_the_new_one():
    kept = reading("a", 4)
    assert pinned_in_words(reading("a", None), kept) == "Kept: 4. Draw another, or take a sample"
    assert pinned_in_words(reading("a", 9), kept) == "Now: 9. Kept: 4"
    assert pinned_in_words(reading("a", 4), kept) == "Both are read as 4"
    assert pinned_in_words(reading("a", 9, rejected=True), kept) == "Now: rejected. Kept: 4"
    both = reading("a", 9, rejected=True), reading("a", 4, rejected=True)
    assert pinned_in_words(*both) == "Both are rejected"


def test_two_networks_of_one_name_are_told_apart_by_how_they_were_trained():
    one, other = reading("a", 7), reading("a", 1)
    other = replace(other, info=replace(other.info, metadata={"recipe": "tutorial"}))
    assert words(one, other) == "a reads 7, a (tutorial) reads 1"
