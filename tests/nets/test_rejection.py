from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitpad.core.errors import DigitpadError
from digitpad.ink.drawing import Stroke
from digitpad.ink.pipeline import drawing_to_digit
from digitpad.nets.rejection import EMPTY, Rejection, energy

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
    without = Rejection.from_metadata(Path("a"), {})
    digits = np.stack([LINE, np.zeros_like(LINE)])
    assert without.accepted(digits, np.stack([UNSURE, SURE])).tolist() == [True, False]
    assert without.reason(LINE, UNSURE) == ""


def test_what_stays_below_the_threshold_is_rejected():
    strict = Rejection.from_metadata(Path("a"), {"reject_energy": "4"})
    assert strict.accepted(np.stack([LINE, LINE]), np.stack([UNSURE, SURE])).tolist() == [
        False,
        True,
    ]
    assert strict.reason(LINE, SURE) == ""


def test_the_reason_says_what_is_wrong_in_words():
    strict = Rejection(4)
    assert strict.reason(np.zeros_like(LINE), SURE) == EMPTY
    assert strict.reason(BLOT, UNSURE) == "no line to go by: a dot or a blot"
    assert strict.reason(LINE, UNSURE) == "between 1 and 7, and like neither"
    assert strict.reason(LINE, LONELY) == "unlike any digit"
    assert strict.reason(LINE, np.zeros(10, np.float32)) == "unlike any digit", (
        "between all is between none"
    )


def test_the_reason_uses_the_classes_names():
    letters = Rejection.from_metadata(Path("a"), {"reject_energy": "9", "classes": "a,b,c"})
    assert (
        letters.reason(LINE, np.array([0, 2.4, 2.2], np.float32))
        == "between b and c, and like neither"
    )


@pytest.mark.parametrize("text", ["", "high", "nan", "inf"])
def test_a_threshold_that_is_no_number_is_refused(text):
    with pytest.raises(DigitpadError, match="its reject_energy is"):
        Rejection.from_metadata(Path("a"), {"reject_energy": text})
