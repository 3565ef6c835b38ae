from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.core.constants import NON_DIGIT
from digitpad.teaching.figures import (
    MOST_PICTURES,
    Answers,
    Measure,
    Table,
    Verdict,
    as_record,
    figure_of,
    from_record,
)
from digitpad.teaching.words import verdict_line


def answers(read, accepted=None) -> Answers:
    read = np.array(read)
    return Answers(read, np.ones(len(read), bool) if accepted is None else np.array(accepted))


def figure(measure=Measure.OWN, n=10, lost=0, won=0):
    """Of n digits labelled 1 some are lost and others won."""
    labels = np.ones(n, np.int64)
    before, after = np.ones(n, int), np.ones(n, int)
    before[:won] = 7
    after[n - lost :] = 7
    digits = np.zeros((n, 28, 28), np.uint8)
    return figure_of(measure, digits, labels, answers(before), answers(after))


def test_a_rejected_digit_is_not_read_rightly_and_a_rejected_non_digit_is():
    labels = np.array([3, 3, NON_DIGIT, NON_DIGIT])
    found = answers([3, 3, 3, 3], [True, False, True, False]).right(labels)
    assert found.tolist() == [True, False, False, True]


@settings(max_examples=30)
@given(st.integers(1, 400), st.data())
def test_the_standard_error_is_that_of_the_paired_differences(n, data):
    won = data.draw(st.integers(0, n))
    lost = data.draw(st.integers(0, n - won))
    one = figure(n=n, won=won, lost=lost)
    pairs = np.array([1.0] * won + [-1.0] * lost + [0.0] * (n - won - lost))
    assert one.difference == pytest.approx(pairs.mean())
    assert one.standard_error == pytest.approx(pairs.std() / math.sqrt(n), abs=1e-12)


def test_few_lost_are_chance_and_many_are_not():
    assert not figure(n=1_000, lost=3).falls
    assert not figure(n=1_000, lost=12, won=9).falls
    assert figure(n=1_000, lost=20, won=2).falls


def test_the_verdict_keeps_refuses_what_forgets_and_what_wins_nothing():
    won, same = figure(won=2), figure()
    forgets = figure(Measure.MNIST, n=500, lost=40)
    kept = Table((won, figure(Measure.MNIST, n=500, lost=1)))
    assert kept.verdict is Verdict.KEEP and kept.fallen == ()
    assert Table((won, forgets)).verdict is Verdict.FORGETS
    assert Table((won, forgets)).fallen == (Measure.MNIST,)
    assert Table((same,)).verdict is Verdict.NOTHING_WON
    lines = {verdict_line(one) for one in (kept, Table((won, forgets)), Table((same,)))}
    assert len(lines) == 3 and "MNIST" in verdict_line(Table((won, forgets)))


def test_no_more_pictures_are_shown_than_can_be_looked_at():
    one = figure(n=500, lost=200)
    assert len(one.turned_wrong) == MOST_PICTURES and one.lost == 200


def test_a_record_of_figures_comes_back_and_nonsense_is_refused():
    figures = (figure(won=2), figure(Measure.MNIST, n=50, lost=3))
    back = from_record(as_record(figures))
    assert as_record(back) == as_record(figures)
    broken = as_record(figures)
    broken["own"]["after"] = 99
    for nonsense in (None, [], {"own": 3}, broken):
        with pytest.raises(ValueError):
            from_record(nonsense)
