from __future__ import annotations

import numpy as np
import pytest

from digitpad.core import languages
from digitpad.core.results import Recognition, Rejection, RejectionReason
from digitpad.core.texts import (
    answer_text,
    class_names,
    enumerated,
    exact_percent,
    in_a_row,
    in_sentences,
    percent,
    rejection_text,
    several_text,
)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0.0 %"),
        (0.123, "12.3 %"),
        (0.9985, "99.9 %"),
        (0.99991, "> 99.9 %"),
        (1.0, "100.0 %"),
    ],
)
def test_what_is_not_quite_certain_is_never_called_100_percent(share, text):
    assert percent(share) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (9_946, 10_000, "99.46 %"),
        (10_000, 10_000, "100.00 %"),
        (0, 10, "0.00 %"),
        (59_999, 60_000, "99.99 %"),
        (1, 60_000, "0.01 %"),
        (0, 0, "–"),
    ],
)
def test_a_share_is_neither_rounded_up_to_all_nor_down_to_nothing(part, whole, text):
    assert exact_percent(part, whole) == text


@pytest.mark.parametrize(
    ("rejection", "text"),
    [
        (None, ""),
        (Rejection(RejectionReason.NOTHING_DRAWN), "nothing is drawn yet"),
        (Rejection(RejectionReason.BLOT), "no line to go by: a dot or a blot"),
        (Rejection(RejectionReason.BETWEEN, (2, 0)), "between c and a, and like neither"),
        (Rejection(RejectionReason.UNLIKE_ANY), "unlike any digit"),
        (Rejection(RejectionReason.UNDEFINED), "the network's answer is not a number"),
    ],
)
def test_a_rejection_is_told_with_the_names_of_its_classes(rejection, text):
    assert rejection_text(rejection, ("a", "b", "c")) == text


def test_every_reason_has_its_words():
    for reason in RejectionReason:
        classes = (0, 1) if reason is RejectionReason.BETWEEN else ()
        assert rejection_text(Rejection(reason, classes), ("a", "b"))


@pytest.mark.parametrize(
    ("shares", "text"),
    [
        ((0.039, 0.961), "b, 96.1 %; then a, 3.9 %"),
        ((0.0004, 0.9996), "b, > 99.9 %"),
        ((0.0006, 0.9994), "b, > 99.9 %; then a, 0.1 %"),
        ((0.5, 0.5), "a, 50.0 %; then b, 50.0 %"),
    ],
)
def test_an_answer_is_told_with_the_runner_up_where_that_has_a_share_to_speak_of(shares, text):
    given = np.array(shares, np.float32)
    assert answer_text(Recognition(np.log(given), given, {}), ("a", "b")) == text


def test_several_digits_are_named_and_many_counted():
    assert several_text(("4", "2")) == "Several digits: 4 and 2"
    assert several_text(("4", "2", "?"), "character") == "Several characters: 4, 2 and ?"
    assert several_text("0301257") == "Several digits: 7 of them"
    assert several_text(("4",)) == several_text(()) == ""


def test_classes_are_called_as_the_language_calls_them():
    assert class_names(("shirt", "7")) == ("shirt", "7")
    languages.set_language("zh_CN")
    assert class_names(("shirt", "7", "a class of one's own")) == (
        "衬衫",
        "7",
        "a class of one's own",
    )


def test_names_stand_in_a_row_as_the_language_sets_them():
    names = ("3", "5", "7")
    assert [in_a_row(names[:n]) for n in range(4)] == ["", "3", "3, 5", "3, 5, 7"]
    assert [enumerated(names[:n]) for n in range(4)] == ["", "3", "3 and 5", "3, 5 and 7"]
    languages.set_language("zh_CN")
    assert (in_a_row(names), enumerated(names)) == ("3、5、7", "3、5和7")


def test_sentences_follow_each_other_as_the_language_sets_them():
    assert in_sentences(()) == ""
    assert in_sentences(("One.", "", "Two.", "Three.")) == "One. Two. Three."
    languages.set_language("zh_CN")
    assert in_sentences(("一。", "", "二。")) == "一。二。"
