from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.handwriting.jitter import DEFAULT_JITTER
from tests.handwriting.no_jitter import FOUR, NO_JITTER, skeleton

seeds = st.integers(0, 2**32 - 1)


def test_without_jitter_the_template_comes_out_at_height_one() -> None:
    lines = skeleton(*FOUR).jittered(np.random.default_rng(0), NO_JITTER)
    every = np.concatenate(lines)
    assert np.allclose(every.min(axis=0), [-0.3, -0.5])
    assert np.allclose(every.max(axis=0), [0.3, 0.5])
    assert np.allclose(lines[0][0], [0.1, -0.5])


@given(seed=seeds)
@settings(max_examples=50)
def test_strokes_that_share_a_point_stay_joined_however_points_move(seed: int) -> None:
    jitter = replace(
        DEFAULT_JITTER,
        gap_spread=0,
        end_spread=0,
        stroke_share=0,
        joined_share=0,
        hook_share=0,
        tail_share=0,
        loop_share=0,
    )
    first, second = skeleton(*FOUR).jittered(np.random.default_rng(seed), jitter)
    assert np.allclose(first[0], second[0], atol=1e-9)


def test_gaps_part_them() -> None:
    first, second = skeleton(*FOUR).jittered(
        np.random.default_rng(0), replace(NO_JITTER, gap_spread=5)
    )
    assert np.abs(first[0] - second[0]).max() > 0.005


@given(seed=seeds)
@settings(max_examples=50)
def test_nothing_turns_farther_than_15_degrees(seed: int) -> None:
    jitter = replace(NO_JITTER, rotation_spread=30, turned_share=0.5)
    (line,) = skeleton("line 0,0 0,100").jittered(np.random.default_rng(seed), jitter)
    leg = line[-1] - line[0]
    assert abs(np.degrees(np.arctan2(leg[0], leg[1]))) <= 15.001


@given(seed=seeds)
@settings(max_examples=50)
def test_a_jitter_scale_of_nothing_leaves_only_the_aspect(seed: int) -> None:
    lines = skeleton(*FOUR, jitter_scale=0.0).jittered(
        np.random.default_rng(seed), replace(DEFAULT_JITTER, rounding_share=0, joined_share=0)
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
def test_each_spread_moves_something(spread: str) -> None:
    jitter = replace(NO_JITTER, **{spread: getattr(DEFAULT_JITTER, spread)})
    still = skeleton(*FOUR).jittered(np.random.default_rng(1), NO_JITTER)
    moved = skeleton(*FOUR).jittered(np.random.default_rng(1), jitter)
    assert max(np.abs(a - b).max() for a, b in zip(still, moved, strict=True)) > 0.001


@given(seed=seeds)
@settings(max_examples=50)
def test_the_first_stroke_stays_and_the_others_are_set_down_elsewhere_within_bounds(
    seed: int,
) -> None:
    still = skeleton(*FOUR).jittered(np.random.default_rng(seed), NO_JITTER)
    moved = skeleton(*FOUR).jittered(
        np.random.default_rng(seed), replace(NO_JITTER, stroke_share=1.0)
    )
    assert np.allclose(moved[0], still[0])
    middles = [(line[0] + line[-1]) / 2 for line in (still[1], moved[1])]
    assert np.abs(middles[1] - middles[0]).max() <= 2.5 * DEFAULT_JITTER.stroke_shift / 100 + 1e-9
    leg = moved[1][-1] - moved[1][0]
    assert abs(np.log(np.hypot(*leg))) <= 2.5 * DEFAULT_JITTER.stroke_length + 1e-9
    assert (
        abs(np.degrees(np.arctan2(leg[0], leg[1]))) <= 2.5 * DEFAULT_JITTER.stroke_turn_deg + 1e-9
    )


def test_a_sign_of_one_stroke_has_nothing_to_move_strokes() -> None:
    jitter = replace(NO_JITTER, stroke_share=1.0)
    line = skeleton("line 0,0 0,100")
    assert np.allclose(
        line.jittered(np.random.default_rng(0), jitter),
        line.jittered(np.random.default_rng(0), NO_JITTER),
    )
