from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.handwriting.jitter import DEFAULT_JITTER
from digitpad.handwriting.tablets import pen_strokes
from digitpad.ink.drawing import PAD_SIZE
from tests.handwriting.no_jitter import FOUR, NO_JITTER, skeleton

seeds = st.integers(0, 2**32 - 1)


@given(seed=seeds)
@settings(max_examples=80)
def test_strokes_lie_on_the_pad_at_the_promised_sizes(seed: int) -> None:
    rng = np.random.default_rng(seed)
    jitter = replace(DEFAULT_JITTER, dot_share=0, tremor_share=0, skip_share=0)
    strokes = pen_strokes(rng, skeleton(*FOUR).jittered(rng, jitter), jitter)
    every = np.concatenate([stroke.points for stroke in strokes])
    longer = float(np.ptp(every[:, :2], axis=0).max())
    assert (every[:, :2] >= 0).all()
    assert (every[:, :2] <= PAD_SIZE).all()
    assert 0.119 * PAD_SIZE < longer < 0.951 * PAD_SIZE
    low, high = jitter.pen_limits
    assert low - 0.001 < strokes[0].width / longer < high + 0.001
    assert (every[:, 2] >= 0).all()
    assert (every[:, 2] <= 1).all()


def test_without_jitter_a_line_keeps_its_form_on_the_pad() -> None:
    line = np.array([[0.0, 0.0], [1.0, 2.0], [0.5, 4.0]])
    (stroke,) = pen_strokes(np.random.default_rng(3), [line], NO_JITTER)
    form = (stroke.points[:, :2] - stroke.points[0, :2]) / (
        stroke.points[2, 1] - stroke.points[0, 1]
    )
    assert np.allclose(form, line / 4, atol=1e-5)


@given(seed=seeds)
@settings(max_examples=50)
def test_a_sparse_drawing_keeps_its_ends_and_at_most_a_few_dozen_points(seed: int) -> None:
    line = skeleton("curve 0,0 40,20 10,60 50,100").jittered(np.random.default_rng(0), NO_JITTER)
    (stroke,) = pen_strokes(np.random.default_rng(seed), line, replace(NO_JITTER, sparse_share=1.0))
    assert len(stroke.points) <= 4 * 40
    (dense,) = pen_strokes(np.random.default_rng(seed), line, NO_JITTER)
    for end in (0, -1):
        assert np.allclose(
            stroke.points[end, :2] - stroke.points[:, :2].min(axis=0),
            (dense.points[end, :2] - dense.points[:, :2].min(axis=0))
            * np.ptp(stroke.points[:, 1])
            / np.ptp(dense.points[:, 1]),
            atol=0.5,
        )


def test_a_skip_makes_two_strokes_of_one() -> None:
    line = np.column_stack([np.zeros(40), np.linspace(0, 1, 40)])
    strokes = pen_strokes(np.random.default_rng(0), [line], replace(NO_JITTER, skip_share=1.0))
    assert len(strokes) == 2
    gap = np.abs(strokes[1].points[0, 1] - strokes[0].points[-1, 1]) / (
        strokes[1].points[-1, 1] - strokes[0].points[0, 1]
    )
    assert 0.02 < gap < 0.12


def test_a_stray_dot_is_smaller_than_the_pen() -> None:
    line = np.column_stack([np.zeros(20), np.linspace(0, 1, 20)])
    *strokes, dot = pen_strokes(np.random.default_rng(0), [line], replace(NO_JITTER, dot_share=1.0))
    assert len(strokes) == 1
    assert len(dot.points) == 1
    assert dot.width <= 0.5 * strokes[0].width


def test_no_pen_is_thicker_than_a_style_bears() -> None:
    line = np.column_stack([np.zeros(20), np.linspace(0, 1, 20)])
    for seed in range(50):
        (stroke,) = pen_strokes(np.random.default_rng(seed), [line], NO_JITTER, thickest=0.06)
        assert stroke.width / np.ptp(stroke.points[:, 1]) < 0.0601


@given(seed=seeds)
@settings(max_examples=80)
def test_ink_stays_on_the_pad_where_there_is_room_for_it(seed: int) -> None:
    lines = skeleton(*FOUR).jittered(np.random.default_rng(seed), DEFAULT_JITTER)
    jitter = replace(NO_JITTER, cut_share=0.0, extreme_pen_share=1.0)
    strokes = pen_strokes(np.random.default_rng(seed), lines, jitter)
    every = np.concatenate([stroke.points[:, :2] for stroke in strokes])
    half = strokes[0].width / 2
    low, high = every.min(axis=0), every.max(axis=0)
    has_room = high - low + 2 * half <= PAD_SIZE
    assert (low[has_room] >= half - 0.01).all()
    assert (high[has_room] <= PAD_SIZE - half + 0.01).all()
    # Without room the drawing lies in the middle: as much is cut off on either side.
    assert np.allclose(low[~has_room], PAD_SIZE - high[~has_room], atol=0.01)


def test_an_edge_may_cut_a_drawing() -> None:
    line = np.column_stack([np.zeros(20), np.linspace(0, 1, 20)])
    cut = [0, 0]
    for seed in range(60):
        for share in (0, 1):
            jitter = replace(NO_JITTER, cut_share=float(share), extreme_pen_share=1.0)
            (stroke,) = pen_strokes(np.random.default_rng(seed), [line], jitter)
            cut[share] += bool(stroke.points[0, 0] < stroke.width / 2 - 0.01)
    assert cut[0] == 0
    assert 3 < cut[1] < 57


def test_hairlines_are_no_rarity() -> None:
    line = np.column_stack([np.zeros(20), np.linspace(0, 1, 20)])
    pens = []
    for seed in range(400):
        stroke = pen_strokes(np.random.default_rng(seed), [line])[0]
        pens.append(stroke.width / float(np.ptp(stroke.points[:, 1])))
    assert 24 < sum(pen < DEFAULT_JITTER.hairline for pen in pens) < 90
