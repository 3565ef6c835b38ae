from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.handwriting.jitter import DEFAULT_JITTER, HandwritingJitter
from tests.handwriting.no_jitter import FOUR, NO_JITTER, skeleton

seeds = st.integers(0, 2**32 - 1)


@given(seed=seeds)
@settings(max_examples=50)
def test_a_pen_that_is_not_lifted_makes_one_stroke_of_two_near_ones(seed: int) -> None:
    seven = skeleton("line 0,2 56,0 20,100", "line 14,50 60,48")
    still = seven.jittered(np.random.default_rng(seed), NO_JITTER)
    (joined,) = seven.jittered(np.random.default_rng(seed), replace(NO_JITTER, joined_share=1.0))
    assert np.allclose(joined[: len(still[0])], still[0])
    assert np.allclose(joined[-len(still[1]) :], still[1])
    # As finely sampled as the strokes themselves, and it does not wander far from the straight way.
    legs = np.hypot(*np.diff(joined, axis=0).T)
    assert legs.max() < 0.1
    assert legs.sum() < 0.7 + sum(np.hypot(*np.diff(line, axis=0).T).sum() for line in still)


def test_strokes_far_apart_are_not_joined_and_one_has_nothing_to_join() -> None:
    jitter = replace(NO_JITTER, joined_share=1.0)
    for strokes in (("line 0,0 0,100", "line 40,5 50,100"), ("line 0,0 0,100",)):
        assert len(skeleton(*strokes).jittered(np.random.default_rng(0), jitter)) == len(strokes)


def one_longer(seed: int, jitter: HandwritingJitter) -> tuple[np.ndarray, np.ndarray]:
    """The one stroke of a 4 that the jitter lengthens, before and after; what is added comes
    last."""
    still = skeleton(*FOUR).jittered(np.random.default_rng(seed), NO_JITTER)
    longer = skeleton(*FOUR).jittered(np.random.default_rng(seed), jitter)
    ((before, after),) = [(a, b) for a, b in zip(still, longer, strict=True) if len(a) != len(b)]
    if not np.allclose(after[: len(before)], before):
        before, after = before[::-1], after[::-1]
    assert np.allclose(after[: len(before)], before)
    return before, after


@given(seed=seeds)
@settings(max_examples=50)
def test_a_hook_is_one_short_way_back_at_one_end(seed: int) -> None:
    before, after = one_longer(seed, replace(NO_JITTER, hook_share=1.0))
    assert len(after) == len(before) + 1
    tip, end, behind = after[-1], after[-2], after[-3]
    low, high = DEFAULT_JITTER.hook
    assert low / 100 - 1e-9 <= np.hypot(*(tip - end)) <= high / 100 + 1e-9
    # It turns off by a third of half a turn at least.
    along = (end - behind) / np.hypot(*(end - behind)) @ (tip - end) / np.hypot(*(tip - end))
    assert along <= 0.5 + 1e-6


@given(seed=seeds)
@settings(max_examples=50)
def test_a_tail_runs_on_from_one_end_without_a_corner(seed: int) -> None:
    before, after = one_longer(seed, replace(NO_JITTER, tail_share=1.0))
    legs = np.diff(after[len(before) - 2 :], axis=0)
    low, high = DEFAULT_JITTER.tail
    assert low / 100 - 1e-9 <= np.hypot(*legs[1:].T).sum() <= high / 100 + 1e-9
    directions = legs / np.hypot(*legs.T)[:, None]
    assert (directions[1:] * directions[:-1]).sum(axis=1).min() > 0.4


@given(seed=seeds)
@settings(max_examples=50)
def test_a_loop_turns_a_corner_the_long_way_around(seed: int) -> None:
    corner = skeleton("line 0,50 50,0 30,100")
    (still,) = corner.jittered(np.random.default_rng(seed), NO_JITTER)
    (line,) = corner.jittered(np.random.default_rng(seed), replace(NO_JITTER, loop_share=1.0))
    if line.shape == still.shape and np.allclose(line, still):
        return  # half of the strokes stay
    assert np.allclose(line[0], still[0])
    legs = np.diff(line, axis=0)
    angles = np.unwrap(np.arctan2(legs[:, 1], legs[:, 0]))
    first, last = np.diff(still[:2], axis=0)[0], np.diff(still[-2:], axis=0)[0]
    turned = np.arctan2(first[0] * last[1] - first[1] * last[0], first @ last)
    assert angles[-1] - angles[0] == pytest.approx(turned - np.sign(turned) * 2 * np.pi, abs=0.15)
    # The loop moves what follows by its own size at most.
    assert np.hypot(*(line[-1] - still[-1])) < 2 * DEFAULT_JITTER.loop[1] / 100


def test_half_of_the_corners_are_looped_and_a_straight_line_has_none() -> None:
    jitter = replace(NO_JITTER, loop_share=1.0)
    corner, line = skeleton("line 0,50 50,0 30,100"), skeleton("line 0,0 0,100")
    rng = np.random.default_rng(0)
    plain = len(corner.line()[0])
    looped = sum(len(corner.jittered(rng, jitter)[0]) != plain for _ in range(200))
    assert 70 < looped < 130
    straight = line.jittered(rng, NO_JITTER)[0]
    assert all(np.array_equal(line.jittered(rng, jitter)[0], straight) for _ in range(20))
