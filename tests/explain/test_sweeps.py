"""Sweeps change what they say, and nothing in their middle."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.explain.questions import SweepQuestion
from digitpad.explain.results import NoReason, Readings, SweepKind
from digitpad.explain.sweeps import (
    STEPS,
    TOLERANCE,
    assemble,
    count_of,
    digits_of,
    simplified,
    values_of,
)
from digitpad.ink.pipeline import drawing_to_digit
from digitpad.ink.rasterize import InkSurface, rasterize, smooth_line
from tests.explain import drawings


@pytest.mark.parametrize("name", drawings.ALL)
def test_in_its_middle_a_sweep_is_the_drawing_as_it_is(name):
    marks = drawings.ALL[name]
    question = SweepQuestion(marks)
    middle = STEPS // 2 * len(question.kinds)
    found = digits_of(question, middle, middle + len(question.kinds))
    assert len(found.digits) == len(question.kinds)
    for digit in found.digits:
        assert np.array_equal(digit, drawing_to_digit(marks))


@pytest.mark.parametrize("kind", SweepKind)
def test_neighbours_are_alike_and_ends_are_not(kind):
    question = SweepQuestion(drawings.FOUR, (kind,))
    found = digits_of(question, 0, count_of(question))
    assert len(found.digits) == STEPS == len(values_of(kind, drawings.FOUR))
    steps = np.abs(np.diff(found.digits, axis=0)).mean(axis=(1, 2))
    ends = np.abs(found.digits[[0, -1]] - found.digits[STEPS // 2]).mean(axis=(1, 2))
    assert (ends > 0.02).all() and (steps < ends.max()).all()


def test_turning_on_the_pad_is_turning_the_points():
    question = SweepQuestion(drawings.FOUR, (SweepKind.ROTATION,))
    values = values_of(SweepKind.ROTATION, drawings.FOUR)
    assert values[0] == -60 and values[-1] == 60 and values[STEPS // 2] == 0
    # To the right: what is on top goes to the right.
    turned = digits_of(question, STEPS - 1, STEPS).digits[0]
    rows, columns = np.nonzero(turned > 0.5)
    upper = rows < 10
    assert columns[upper].mean() > columns[~upper].mean()


@pytest.mark.parametrize("kind", [SweepKind.ROTATION, SweepKind.SHEAR])
def test_a_picture_is_changed_as_strokes_are(kind):
    side = 280
    line = drawings.Stroke.through([(140, 60), (140, 220)])
    strokes = digits_of(SweepQuestion((line,), (kind,)), 0, STEPS).digits
    ink = drawings.PlacedPicture(rasterize([line]), 0.0, 0.0, float(side), float(side))
    pictures = digits_of(SweepQuestion((ink,), (kind,)), 0, STEPS).digits
    assert np.abs(strokes - pictures).mean() < 0.02


def test_a_shift_moves_the_digit_and_size_grows_about_its_middle():
    question = SweepQuestion(drawings.ZERO, (SweepKind.SHIFT_X, SweepKind.SHIFT_Y, SweepKind.SIZE))
    found = digits_of(question, 0, count_of(question)).digits
    across, along, sizes = (found[number::3] for number in range(3))
    whole = across[STEPS // 2]
    right, down = across[STEPS // 2 + 10], along[STEPS // 2 + 10]
    assert values_of(SweepKind.SHIFT_X, ())[STEPS // 2 + 10] == 3.0
    assert np.array_equal(right[:, 3:], whole[:, :-3]) and np.array_equal(down[3:], whole[:-3])
    small, large = sizes[0], sizes[-1]
    assert small.sum() < whole.sum() < large.sum()


def test_a_pen_s_width_is_told_in_pad_units():
    values = values_of(SweepKind.PEN_WIDTH, drawings.FOUR)
    assert np.isclose(values[STEPS // 2], 16.0) and values[0] < 6 and values[-1] > 40
    mass = digits_of(SweepQuestion(drawings.FOUR, (SweepKind.PEN_WIDTH,)), 0, STEPS).digits.sum(
        axis=(1, 2)
    )
    assert mass[0] < mass[STEPS // 2] < mass[-1]


def test_breaking_points_are_marked_and_a_picture_has_no_pen():
    question = SweepQuestion(drawings.PICTURE, (SweepKind.SHEAR, SweepKind.PEN_WIDTH))
    logits = np.zeros((2 * STEPS, 10), np.float32)
    logits[:20, 2], logits[20:, 1] = 1, 1
    readings = Readings(logits, np.ones(2 * STEPS, bool), np.zeros((2 * STEPS, 3), np.float32))
    shear, width = assemble(question, readings)
    assert [(flip.step, flip.before, flip.after) for flip in shear.flips] == [(10, 2, 1)]
    assert shear.reason is None and width.reason is NoReason.NO_STROKES


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(st.floats(20, 260), st.floats(20, 260), st.floats(0, 1)), min_size=1, max_size=30
    )
)
def test_a_line_with_fewer_vertices_is_the_same_line(points):
    stroke = drawings.Stroke.through(points)
    whole, fewer = InkSurface(), InkSurface()
    line = smooth_line(stroke)
    whole.draw_along(stroke, line)
    fewer.draw_along(stroke, simplified(line, stroke.width))
    # A pixel at the edge changes by as much of its area as the line moves.
    off = np.abs(whole.ink.astype(int) - fewer.ink)
    assert off.max() <= 255 * 2 * TOLERANCE + 2
