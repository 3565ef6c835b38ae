from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitpad.ink.drawing import MAX_UNDO_STEPS, PAD_SIZE, Drawing, PlacedPicture, Stroke


def dot(x: float = 0) -> Stroke:
    return Stroke.through([(x, 0)])


def test_points_without_pressure_draw_the_nominal_width():
    assert Stroke.through([(1, 2), (3, 4)]).points.tolist() == [[1, 2, 0.5], [3, 4, 0.5]]


def test_pressure_is_kept_within_its_range_and_the_caller_keeps_its_points():
    points = np.array([(1, 2, -3.0), (1, 2, 0.25), (1, 2, 7.0)], np.float32)
    before = points.copy()
    assert Stroke.through(points).points[:, 2].tolist() == [0, 0.25, 1]
    assert np.array_equal(points, before)


def test_points_that_are_not_finite_are_left_out():
    assert len(Stroke.through([(np.nan, 0), (1, 2), (0, np.inf)]).points) == 1


@pytest.mark.parametrize("points", [[], [(np.nan, 0)], [(1,)], [(1, 2, 3, 4)], [1, 2]])
def test_a_stroke_needs_a_point_of_two_or_three_numbers(points):
    with pytest.raises(ValueError, match="a stroke needs"):
        Stroke.through(points)


def test_a_fitted_picture_keeps_its_shape_and_lies_in_the_middle():
    wide = PlacedPicture.fitted(np.zeros((10, 40), np.uint8))
    assert (wide.left, wide.top, wide.width, wide.height) == (
        0,
        PAD_SIZE * 3 / 8,
        PAD_SIZE,
        PAD_SIZE / 4,
    )


def test_nothing_happens_where_there_is_nothing_to_undo_redo_or_clear():
    drawing = Drawing()
    assert not (
        drawing.can_undo or drawing.can_redo or drawing.undo() or drawing.redo() or drawing.clear()
    )
    assert drawing.marks == ()


def test_clear_is_one_step_that_undo_takes_back():
    drawing = Drawing()
    marks = (dot(1), dot(2))
    for mark in marks:
        drawing.add(mark)
    assert drawing.clear() and len(drawing) == 0
    assert drawing.undo() and drawing.marks == marks
    assert drawing.redo() and len(drawing) == 0


def test_only_so_many_steps_are_remembered_and_the_marks_stay():
    drawing = Drawing()
    for _ in range(MAX_UNDO_STEPS + 5):
        drawing.add(dot())
    while drawing.undo():
        pass
    assert len(drawing) == 5


@given(st.lists(st.sampled_from(["add", "replace", "clear", "undo", "redo"]), max_size=60))
def test_undo_and_redo_walk_through_every_state_that_was(steps):
    drawing = Drawing()
    states: list[tuple] = [()]
    at = 0
    for step in steps:
        if step in ("undo", "redo"):
            target = at + (1 if step == "redo" else -1)
            is_possible = 0 <= target < len(states)
            assert (drawing.can_redo if step == "redo" else drawing.can_undo) == is_possible
            assert getattr(drawing, step)() == is_possible
            at = target if is_possible else at
        else:
            marks = (dot(1), dot(2))
            change = {
                "add": partial(drawing.add, marks[0]),
                "replace": partial(drawing.replace_all, marks),
            }
            if change.get(step, drawing.clear)():
                before = states[at]
                after = {"add": (*before, marks[0]), "replace": marks, "clear": ()}[step]
                states = [*states[: at + 1], after]
                at += 1
        assert drawing.marks == states[at]


def test_a_step_is_amended_and_stays_one_step():
    before, first, second = dot(1), dot(2), dot(3)
    drawing = Drawing()
    assert not drawing.amend([first]) and drawing.marks == ()
    drawing.add(before)
    drawing.replace_all([first])
    assert drawing.amend([second, first]) and drawing.marks == (second, first)
    assert drawing.undo() and drawing.marks == (before,)
    assert drawing.redo() and drawing.marks == (second, first)
    drawing.undo()
    drawing.amend([second])
    assert drawing.marks == (second,) and not drawing.can_redo
    assert drawing.undo() and drawing.marks == ()
