from __future__ import annotations

import math

import numpy as np
import pytest

from digitpad.accuracy.evaluation import Evaluation, digits_of, evaluate, wilson_interval
from digitpad.ink.drawing import Stroke
from digitpad.ink.pipeline import drawing_to_digit
from digitpad.ink.strokes_file import Sample


class Answering:
    """A recogniser that gives these answers."""

    def __init__(self, answers: list[int], accepted: list[bool]) -> None:
        self._answers, self._accepted = np.array(answers, int), np.array(accepted, bool)

    def judge(self, digits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        assert digits.shape == (len(self._answers), 28, 28)
        return np.eye(10, dtype=np.float32)[self._answers], self._accepted


def evaluation(labels, answers, accepted) -> Evaluation:
    logits = np.eye(10, dtype=np.float32)[answers]
    return Evaluation(np.array(labels), logits, np.array(accepted, bool))


def sample(label: int | None) -> Sample:
    return Sample(label, (np.array([(0, 0), (5, 20)], np.float32),))


def test_digits_and_non_digits_are_counted_apart():
    samples = [sample(label) for label in (7, 7, 1, 1, None, None, None)]
    found = evaluate(
        Answering([7, 1, 1, 1, 1, 4, 0], [True, True, False, True, False, False, True]), samples
    )
    assert (found.n, found.accuracy, found.accepted) == (4, 0.75, 0.75)
    assert found.interval == wilson_interval(0.75, 4)
    assert (found.non_digits, found.rejected) == (3, pytest.approx(2 / 3))
    assert found.accepted_of_all == pytest.approx(4 / 7)
    assert found.confusion.sum() == 4 and found.confusion[7, 1] == 1
    assert found.mistakes == [(7, 1, 1)]
    assert found.only(np.array([0, 4])).accuracy == 1.0


def test_mistakes_come_commonest_first_and_leave_non_digits_out():
    found = evaluation([4, 4, 4, 9, 9, 1, -1], [9, 9, 4, 4, 3, 1, 5], [1] * 7)
    assert found.mistakes == [(4, 9, 2), (9, 3, 1), (9, 4, 1)]
    assert evaluation([1], [1], [1]).mistakes == []


def test_nothing_has_no_shares():
    found = evaluate(Answering([], []), [])
    shares = (found.accuracy, found.accepted, found.rejected, found.accepted_of_all)
    assert found.n == found.non_digits == 0 and all(math.isnan(share) for share in shares)
    assert all(math.isnan(end) for end in found.interval)
    assert found.mistakes == [] and not found.confusion.any()


def test_what_was_kept_whole_is_read_as_it_was_drawn():
    pen = Stroke.through([(40, 40), (60, 240)], 31)
    marks = (pen, Stroke.through([(30, 140), (80, 140)], 40, erases=True))
    drawn = digits_of([sample(1), Sample(1, (pen.points,), "", marks)], "random", seed=3)
    assert np.array_equal(drawn[1], drawing_to_digit(marks))
    assert np.array_equal(drawn[0], digits_of([sample(1)], "random", seed=3)[0])


def test_the_interval_is_wilsons():
    # Worked by hand from the formula of 1927: 81 of 263.
    low, high = wilson_interval(81 / 263, 263)
    assert (low, high) == (pytest.approx(0.2553, abs=1e-4), pytest.approx(0.3662, abs=1e-4))
    assert wilson_interval(1.0, 10) == (pytest.approx(0.7225, abs=1e-4), 1.0)
    assert wilson_interval(0.0, 10)[0] == 0.0 and wilson_interval(math.nan, 0) == (0.0, 1.0)


def test_samples_are_drawn_where_and_as_wide_as_asked(drawings):
    samples = [Sample(7, tuple(drawings[7])), Sample(1, tuple(drawings[1]))]
    fit = digits_of(samples, "fit")
    assert fit.shape == (2, 28, 28) and fit.dtype == np.float32
    thin, thick = (digits_of(samples, "fit", pen_width=width).sum() for width in (8, 40))
    assert thin < fit.sum() < thick
    assert np.array_equal(
        digits_of(samples, "random", seed=1), digits_of(samples, "random", seed=1)
    )
    assert not np.array_equal(
        digits_of(samples, "random", seed=1), digits_of(samples, "random", seed=2)
    )
    small = digits_of(samples, "fit", pen_width=20, share=0.2)
    assert small.sum() > fit.sum()
    assert digits_of([], "fit").shape == (0, 28, 28)


def test_a_sample_without_strokes_is_an_empty_pad():
    assert not digits_of([Sample(3, ())], "random").any()


def test_drawn_digits_are_read_by_the_real_network(recognizer, drawings):
    samples = [Sample(label, tuple(strokes)) for label, strokes in drawings.items()]
    for place in ("fit", "random"):
        score = evaluate(recognizer, samples, place, seed=3)
        assert (score.n, score.accuracy) == (len(samples), 1.0)
