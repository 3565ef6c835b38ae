from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.handwriting.jitter import DEFORMATIONS, HandwritingJitter
from tests.still_hand import FOUR, STILL, skeleton

seeds = st.integers(0, 2**32 - 1)


def test_without_deformations_the_template_comes_out_at_height_one() -> None:
    lines = skeleton(*FOUR).deformed(np.random.default_rng(0), STILL)
    every = np.concatenate(lines)
    assert np.allclose(every.min(axis=0), [-0.3, -0.5])
    assert np.allclose(every.max(axis=0), [0.3, 0.5])
    assert np.allclose(lines[0][0], [0.1, -0.5])


@given(seed=seeds)
@settings(max_examples=50)
def test_strokes_that_share_a_point_stay_joined_however_points_move(seed: int) -> None:
    table = replace(
        DEFORMATIONS,
        gap_spread=0,
        end_spread=0,
        loose_share=0,
        joined_share=0,
        hook_share=0,
        tail_share=0,
        loop_share=0,
    )
    first, second = skeleton(*FOUR).deformed(np.random.default_rng(seed), table)
    assert np.allclose(first[0], second[0], atol=1e-9)


def test_gaps_part_them() -> None:
    first, second = skeleton(*FOUR).deformed(np.random.default_rng(0), replace(STILL, gap_spread=5))
    assert np.abs(first[0] - second[0]).max() > 0.005


@given(seed=seeds)
@settings(max_examples=50)
def test_nothing_turns_farther_than_15_degrees(seed: int) -> None:
    table = replace(STILL, rotation_spread=30, turned_share=0.5)
    (line,) = skeleton("line 0,0 0,100").deformed(np.random.default_rng(seed), table)
    leg = line[-1] - line[0]
    assert abs(np.degrees(np.arctan2(leg[0], leg[1]))) <= 15.001


@given(seed=seeds)
@settings(max_examples=50)
def test_a_calm_of_nothing_leaves_only_the_aspect(seed: int) -> None:
    lines = skeleton(*FOUR, calm=0.0).deformed(
        np.random.default_rng(seed), replace(DEFORMATIONS, rounding_share=0, joined_share=0)
    )
    assert np.allclose(np.ptp(np.concatenate(lines)[:, 1]), 1.0)
    assert np.allclose(lines[1][:, 0], lines[1][0, 0])


@pytest.mark.parametrize(
    "spread",
    [
        "shape_spread",
        "point_spread",
        "bow_spread",
        "end_spread",
        "halves_spread",
        "waist_spread",
        "warp_spread",
    ],
)
def test_each_deformation_moves_something(spread: str) -> None:
    table = replace(STILL, **{spread: getattr(DEFORMATIONS, spread)})
    still = skeleton(*FOUR).deformed(np.random.default_rng(1), STILL)
    moved = skeleton(*FOUR).deformed(np.random.default_rng(1), table)
    assert max(np.abs(a - b).max() for a, b in zip(still, moved, strict=True)) > 0.001


@given(seed=seeds)
@settings(max_examples=50)
def test_a_loose_hand_keeps_the_first_stroke_and_moves_the_others_within_bounds(seed: int) -> None:
    still = skeleton(*FOUR).deformed(np.random.default_rng(seed), STILL)
    loose = skeleton(*FOUR).deformed(np.random.default_rng(seed), replace(STILL, loose_share=1.0))
    assert np.allclose(loose[0], still[0])
    middles = [(line[0] + line[-1]) / 2 for line in (still[1], loose[1])]
    assert np.abs(middles[1] - middles[0]).max() <= 2.5 * DEFORMATIONS.loose_shift / 100 + 1e-9
    leg = loose[1][-1] - loose[1][0]
    assert abs(np.log(np.hypot(*leg))) <= 2.5 * DEFORMATIONS.loose_length + 1e-9
    assert abs(np.degrees(np.arctan2(leg[0], leg[1]))) <= 2.5 * DEFORMATIONS.loose_turn_deg + 1e-9


def test_a_sign_of_one_stroke_has_nothing_to_loosen() -> None:
    table = replace(STILL, loose_share=1.0)
    line = skeleton("line 0,0 0,100")
    assert np.allclose(
        line.deformed(np.random.default_rng(0), table),
        line.deformed(np.random.default_rng(0), STILL),
    )


@given(seed=seeds)
@settings(max_examples=50)
def test_a_pen_that_is_not_lifted_makes_one_stroke_of_two_near_ones(seed: int) -> None:
    seven = skeleton("line 0,2 56,0 20,100", "line 14,50 60,48")
    still = seven.deformed(np.random.default_rng(seed), STILL)
    (joined,) = seven.deformed(np.random.default_rng(seed), replace(STILL, joined_share=1.0))
    assert np.allclose(joined[: len(still[0])], still[0])
    assert np.allclose(joined[-len(still[1]) :], still[1])
    # As finely sampled as the strokes themselves, and it does not wander far from the straight way.
    legs = np.hypot(*np.diff(joined, axis=0).T)
    assert legs.max() < 0.1
    assert legs.sum() < 0.7 + sum(np.hypot(*np.diff(line, axis=0).T).sum() for line in still)


def test_strokes_far_apart_are_not_joined_and_one_has_nothing_to_join() -> None:
    table = replace(STILL, joined_share=1.0)
    for strokes in (("line 0,0 0,100", "line 40,5 50,100"), ("line 0,0 0,100",)):
        assert len(skeleton(*strokes).deformed(np.random.default_rng(0), table)) == len(strokes)


def one_longer(seed: int, table: HandwritingJitter) -> tuple[np.ndarray, np.ndarray]:
    """The one stroke of a 4 that the table lengthens, before and after; what is added comes last."""
    still = skeleton(*FOUR).deformed(np.random.default_rng(seed), STILL)
    longer = skeleton(*FOUR).deformed(np.random.default_rng(seed), table)
    ((before, after),) = [(a, b) for a, b in zip(still, longer, strict=True) if len(a) != len(b)]
    if not np.allclose(after[: len(before)], before):
        before, after = before[::-1], after[::-1]
    assert np.allclose(after[: len(before)], before)
    return before, after


@given(seed=seeds)
@settings(max_examples=50)
def test_a_hook_is_one_short_way_back_at_one_end(seed: int) -> None:
    before, after = one_longer(seed, replace(STILL, hook_share=1.0))
    assert len(after) == len(before) + 1
    tip, end, behind = after[-1], after[-2], after[-3]
    low, high = DEFORMATIONS.hook
    assert low / 100 - 1e-9 <= np.hypot(*(tip - end)) <= high / 100 + 1e-9
    # It turns off by a third of half a turn at least.
    along = (end - behind) / np.hypot(*(end - behind)) @ (tip - end) / np.hypot(*(tip - end))
    assert along <= 0.5 + 1e-6


@given(seed=seeds)
@settings(max_examples=50)
def test_a_tail_runs_on_from_one_end_without_a_corner(seed: int) -> None:
    before, after = one_longer(seed, replace(STILL, tail_share=1.0))
    legs = np.diff(after[len(before) - 2 :], axis=0)
    low, high = DEFORMATIONS.tail
    assert low / 100 - 1e-9 <= np.hypot(*legs[1:].T).sum() <= high / 100 + 1e-9
    directions = legs / np.hypot(*legs.T)[:, None]
    assert (directions[1:] * directions[:-1]).sum(axis=1).min() > 0.4


@given(seed=seeds)
@settings(max_examples=50)
def test_a_loop_turns_a_corner_the_long_way_around(seed: int) -> None:
    corner = skeleton("line 0,50 50,0 30,100")
    (still,) = corner.deformed(np.random.default_rng(seed), STILL)
    (line,) = corner.deformed(np.random.default_rng(seed), replace(STILL, loop_share=1.0))
    if line.shape == still.shape and np.allclose(line, still):
        return  # half of the strokes stay
    assert np.allclose(line[0], still[0])
    legs = np.diff(line, axis=0)
    angles = np.unwrap(np.arctan2(legs[:, 1], legs[:, 0]))
    first, last = np.diff(still[:2], axis=0)[0], np.diff(still[-2:], axis=0)[0]
    turned = np.arctan2(first[0] * last[1] - first[1] * last[0], first @ last)
    assert angles[-1] - angles[0] == pytest.approx(turned - np.sign(turned) * 2 * np.pi, abs=0.15)
    # The loop moves what follows by its own size at most.
    assert np.hypot(*(line[-1] - still[-1])) < 2 * DEFORMATIONS.loop[1] / 100


def test_half_of_the_corners_are_looped_and_a_straight_line_has_none() -> None:
    table = replace(STILL, loop_share=1.0)
    corner, line = skeleton("line 0,50 50,0 30,100"), skeleton("line 0,0 0,100")
    rng = np.random.default_rng(0)
    plain = len(corner.line()[0])
    looped = sum(len(corner.deformed(rng, table)[0]) != plain for _ in range(200))
    assert 70 < looped < 130
    straight = line.deformed(rng, STILL)[0]
    assert all(np.array_equal(line.deformed(rng, table)[0], straight) for _ in range(20))
