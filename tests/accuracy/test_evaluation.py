from __future__ import annotations

import math

import numpy as np
import pytest

from digitpad.accuracy.evaluation import Score, digits_of, evaluate, wilson_interval
from digitpad.ink.strokes_file import Sample


class Answers:
    """A recogniser that gives these answers."""

    def __init__(self, answers: list[int], accepted: list[bool]) -> None:
        self._answers, self._accepted = np.array(answers, int), np.array(accepted, bool)

    def answers(self, digits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        assert digits.shape == (len(self._answers), 28, 28)
        return self._answers, self._accepted


def sample(label: int | None) -> Sample:
    return Sample(label, (np.array([(0, 0), (5, 20)], np.float32),))


def test_digits_and_what_is_no_digit_are_counted_apart():
    samples = [sample(label) for label in (7, 7, 1, 1, None, None, None)]
    score = evaluate(
        Answers([7, 1, 1, 1, 1, 4, 0], [True, True, False, True, False, False, True]), samples
    )
    assert (score.n, score.accuracy, score.accepted) == (4, 0.75, 0.75)
    assert (score.no_digits, score.rejected) == (3, pytest.approx(2 / 3))
    assert score.confusion.sum() == 4 and score.confusion[7, 1] == 1
    assert score.mistakes == [(7, 1, 1)]


def test_the_commonest_mistakes_come_first():
    confusion = np.eye(10, dtype=int) * 50
    confusion[1, 7], confusion[9, 4], confusion[3, 5] = 2, 9, 4
    assert Score(515, 0.9, 1.0, confusion, 0, math.nan).mistakes == [
        (9, 4, 9),
        (3, 5, 4),
        (1, 7, 2),
    ]


def test_no_samples_have_no_accuracy():
    score = evaluate(Answers([], []), [])
    assert score.n == 0 and math.isnan(score.accuracy) and math.isnan(score.rejected)
    assert score.mistakes == []


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
