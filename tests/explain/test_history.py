"""A drawing replayed along its length."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from digitpad.explain.history import (
    assemble,
    digits_of,
    length_of,
    lengths_of,
    log_odds,
    marks_until,
)
from digitpad.explain.questions import HistoryQuestion
from digitpad.explain.results import Flip, Readings
from digitpad.ink.pipeline import drawing_to_digit, framed
from digitpad.ink.rasterize import rasterize
from tests.explain import drawings


@pytest.mark.parametrize("name", [name for name in drawings.ALL if name != "picture"])
def test_each_step_is_what_was_drawn_until_then(name):
    question = HistoryQuestion(drawings.ALL[name], 24)
    found = digits_of(question, 0, 24)
    for length, digit in zip(lengths_of(question), found.digits, strict=True):
        wanted = drawing_to_digit(marks_until(question.marks, float(length)))
        assert np.array_equal(digit, wanted)
    assert np.array_equal(found.digits[-1], drawing_to_digit(question.marks))


def test_parts_of_the_question_are_the_same_digits():
    question = HistoryQuestion(drawings.ERASED, 20)
    whole = digits_of(question, 0, 20)
    parts = [digits_of(question, first, first + 3) for first in range(0, 20, 3)]
    assert np.array_equal(np.concatenate([part.digits for part in parts]), whole.digits)


def test_ink_only_grows_while_the_pen_draws():
    before = np.zeros((280, 280), np.uint8)
    for length in np.linspace(1, length_of(drawings.FOUR), 30):
        ink = rasterize(marks_until(drawings.FOUR, float(length)))
        # A corner that comes next bends the end of the line a little.
        assert (ink.astype(int) >= before.astype(int)).mean() > 0.995
        before = ink
    assert np.array_equal(before, rasterize(drawings.FOUR))


def test_the_beginning_is_the_pen_s_first_point():
    (first,) = marks_until(drawings.FOUR, 0.0)
    assert len(first.points) == 1
    assert framed(rasterize([first]))[0].any()
    assert marks_until((), 10.0) == ()
    assert len(marks_until(drawings.MIXED, 1e9)) == 2


def test_lifts_marks_and_flips_are_told():
    question = HistoryQuestion(drawings.FOUR, 10)
    logits = np.zeros((10, 10), np.float32)
    logits[:4, 1], logits[4:, 4] = 1, 1
    readings = Readings(logits, np.ones(10, bool), np.zeros((10, 3), np.float32))
    found = assemble(question, readings, 1.0)
    assert found.flips == (Flip(4, 1, 4),)
    assert len(found.lifts) == 1 and found.lengths[0] < found.lifts[0] < found.lengths[-1]
    assert found.marks.tolist() == sorted(found.marks.tolist()) and set(found.marks) == {0, 1}
    before_lift = found.lengths <= found.lifts[0]
    assert (found.marks[before_lift] == 0).all() and (found.marks[~before_lift] == 1).all()


def test_log_odds_have_no_limits():
    logits = torch.randn(5, 10, dtype=torch.float64) * 3
    shares = torch.softmax(logits / 0.8, dim=1).numpy()
    found = log_odds(logits.numpy(), 0.8)
    assert np.allclose(found, np.log(shares / (1 - shares)))
    sure = np.zeros((1, 10), np.float32)
    sure[0, 3] = 80
    assert np.allclose(log_odds(sure, 1.0)[0, 3], 80 - np.log(9))
