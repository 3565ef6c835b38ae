from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.core.constants import NON_DIGIT
from digitpad.ink.drawing import PAD_SIZE, PlacedPicture, Stroke
from digitpad.ink.kept_drawing import KeptDrawing
from digitpad.teaching.own_drawings import (
    OwnDrawings,
    digest_of_drawings,
    teachable,
    transformed,
    written_anew,
)
from digitpad.teaching.recipe import TeachingRecipe

LINE = Stroke.through([(100, 60), (110, 150), (105, 230)])
SEVEN = KeptDrawing((Stroke.through([(60, 60), (200, 62), (120, 230)]),), 7, uid="a")
ONE = KeptDrawing((LINE,), 1, uid="b")


def test_only_what_has_a_label_and_a_mark_is_taught():
    nothing, unsaid = KeptDrawing((), 3), replace(ONE, label=None)
    none = KeptDrawing((LINE,), NON_DIGIT)
    assert teachable([nothing, unsaid, SEVEN, none]) == [SEVEN, none]


def test_copies_differ_belong_to_their_drawing_and_repeat_with_the_seed():
    recipe = TeachingRecipe(copies=5)
    digits, places = written_anew([SEVEN, ONE], recipe, np.random.default_rng(0))
    assert places.tolist() == [0] * 5 + [1] * 5
    assert len({digit.tobytes() for digit in digits}) == 10
    again, _places = written_anew([SEVEN, ONE], recipe, np.random.default_rng(0))
    np.testing.assert_array_equal(digits, again)


def test_many_drawings_get_fewer_copies_but_one_at_least():
    recipe = TeachingRecipe(copies=24, most_copies=50)
    assert len(written_anew([ONE] * 10, recipe, np.random.default_rng(0))[0]) == 50
    assert len(written_anew([ONE] * 60, recipe, np.random.default_rng(0))[0]) == 60
    assert written_anew([], recipe, np.random.default_rng(0))[0].shape == (0, 28, 28)


def test_a_picture_is_taken_as_it_lies():
    picture = PlacedPicture.fitted(np.eye(28, dtype=np.uint8) * 255)
    drawing = KeptDrawing((picture,), 1)
    digits, _places = written_anew([drawing], TeachingRecipe(copies=3), np.random.default_rng(0))
    assert len({digit.tobytes() for digit in digits}) == 1 and digits.any()


@settings(max_examples=25)
@given(st.floats(-3.2, 3.2), st.floats(0.2, 3.0))
def test_what_is_turned_and_scaled_stays_on_the_pad(angle, scale):
    cos, sin = np.cos(angle), np.sin(angle)
    turn = scale * np.array([[cos, -sin], [sin, cos]])
    rubber = Stroke.through([(90, 100), (120, 110)], width=30, erases=True)
    pen, eraser = transformed([LINE, rubber], turn, scale)
    assert pen.width == LINE.width and eraser.erases
    every = np.concatenate([pen.points, eraser.points])[:, :2]
    assert every.min() >= 0 and every.max() <= PAD_SIZE
    lengths = [np.linalg.norm(np.diff(one.points[:, :2], axis=0), axis=1) for one in (LINE, pen)]
    np.testing.assert_allclose(lengths[1] / lengths[1].sum(), lengths[0] / lengths[0].sum(), 1e-3)


def test_a_digest_tells_labels_and_drawings_apart_in_any_order():
    digest = digest_of_drawings([SEVEN, ONE])
    assert digest == digest_of_drawings([ONE, SEVEN, KeptDrawing((LINE,), None, uid="c")])
    assert digest != digest_of_drawings([SEVEN])
    assert digest != digest_of_drawings([SEVEN, replace(ONE, label=2)])
    nameless = [replace(one, uid="") for one in (SEVEN, ONE)]
    assert digest_of_drawings(nameless) == digest_of_drawings(nameless[::-1])


def test_own_drawings_are_as_the_pad_has_them():
    own = OwnDrawings.of([SEVEN, ONE], TeachingRecipe(copies=2))
    assert own.digits.dtype == np.float32 and own.digits.shape == (2, 28, 28)
    assert own.labels.tolist() == [7, 1] and own.digest == digest_of_drawings([SEVEN, ONE])


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": 0},
        {"learning_rate": float("nan")},
        {"smallest": 0},
        {"tolerated": 2},
        {"seed": -1},
    ],
)
def test_settings_out_of_range_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        TeachingRecipe(**wrong)


def test_a_recipe_tells_what_it_has_otherwise():
    assert TeachingRecipe().departures() == {}
    lesson = TeachingRecipe(steps=3).without_replay()
    assert lesson.departures()["steps"] == 3
