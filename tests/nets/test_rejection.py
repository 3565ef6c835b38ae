from __future__ import annotations

import numpy as np
import pytest

from digitpad.core.results import Rejection, RejectionReason
from digitpad.ink.drawing import Stroke
from digitpad.ink.pipeline import drawing_to_digit
from digitpad.nets.rejection import RejectionRule, energy

LINE = drawing_to_digit([Stroke.through([(100, 60), (180, 220)])])
BLOT = drawing_to_digit([Stroke.through([(140, 140)], 40)])
SURE = np.array([9, 0, 0, 0, 0, 0, 0, 0, 0, 0], np.float32)
UNSURE = np.array([0, 2.0, 0, 0, 0, 0, 0, 1.6, 0, 0], np.float32)
LONELY = np.array([0, 3.0, 0, 0, 0, 0, 0, 0.5, 0, 0], np.float32)


def test_the_energy_is_the_logarithm_of_the_sum_of_exponentials_above_the_mean_however_large():
    logits = np.array([[1, 2, 3], [-1, -1, -1], [6000, 0, 0]], np.float32)
    assert energy(logits) == pytest.approx([np.log(np.exp([1.0, 2, 3]).sum()) - 2, np.log(3), 4000])
    assert energy(logits + 7) == pytest.approx(energy(logits), rel=1e-5), (
        "softmax does not see what all share"
    )
    assert energy(np.empty((0, 3), np.float32)).shape == (0,)


def test_without_a_threshold_all_that_is_drawn_is_a_digit():
    without = RejectionRule()
    digits = np.stack([LINE, np.zeros_like(LINE)])
    assert without.accepted(digits, np.stack([UNSURE, SURE])).tolist() == [True, False]
    assert without.rejection(LINE, UNSURE) is None


def test_what_stays_below_the_threshold_is_rejected():
    strict = RejectionRule(4)
    assert strict.accepted(np.stack([LINE, LINE]), np.stack([UNSURE, SURE])).tolist() == [
        False,
        True,
    ]
    assert strict.rejection(LINE, SURE) is None


def test_the_reason_is_what_is_wrong():
    strict = RejectionRule(4)
    assert strict.rejection(np.zeros_like(LINE), SURE) == Rejection(RejectionReason.NOTHING_DRAWN)
    assert strict.rejection(BLOT, UNSURE) == Rejection(RejectionReason.BLOT)
    assert strict.rejection(LINE, UNSURE) == Rejection(RejectionReason.BETWEEN, (1, 7))
    assert strict.rejection(LINE, LONELY) == Rejection(RejectionReason.UNLIKE_ANY)
    assert strict.rejection(LINE, np.zeros(10, np.float32)) == Rejection(
        RejectionReason.UNLIKE_ANY
    ), "between all is between none"


def test_logits_too_large_to_be_added_up_are_rejected_by_a_threshold():
    logits = np.full(10, 3e38, np.float32)
    assert RejectionRule(4).rejection(LINE, logits) == Rejection(RejectionReason.UNLIKE_ANY)


def test_two_classes_are_enough_to_be_between():
    strict = RejectionRule(9)
    assert strict.rejection(LINE, np.array([0.2, 0.9], np.float32)) == Rejection(
        RejectionReason.BETWEEN, (1, 0)
    )
    assert strict.rejection(LINE, np.array([0.2, 2.9], np.float32)) == Rejection(
        RejectionReason.UNLIKE_ANY
    )


@pytest.mark.parametrize("threshold", [None, 1.0])
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_logits_that_are_no_numbers_are_rejected_as_undefined(threshold, bad):
    rule = RejectionRule(threshold)
    logits = np.array([1, 2, bad], np.float32)
    assert rule.rejection(LINE, logits) == Rejection(RejectionReason.UNDEFINED)
    assert rule.rejection(np.zeros_like(LINE), logits) == Rejection(RejectionReason.NOTHING_DRAWN)
    assert rule.accepted(np.stack([LINE, LINE]), np.stack([logits, SURE[:3]])).tolist() == [
        False,
        True,
    ]
