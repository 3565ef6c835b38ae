"""A rejected drawing is told what it is like and what is unlike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from digitpad.explain.likeness import likeness
from digitpad.explain.results import Likeness, Unlikeness
from digitpad.ink.drawing import Mark, Stroke
from digitpad.ink.pipeline import framed
from digitpad.ink.rasterize import rasterize
from tests.explain import drawings


@pytest.fixture
def like(recognizer):
    def tell(marks: tuple[Mark, ...], **changes: object) -> Likeness:
        ink = rasterize(marks)
        digit, _ = framed(ink)
        info = replace(recognizer.info, **changes)
        return likeness(recognizer.recognize(digit), digit, ink, info)

    return tell


def kinds(found: Likeness) -> list[Unlikeness]:
    return [difference.what for difference in found.differences]


def test_several_digits_side_by_side(like):
    lines = tuple(Stroke.through([(x, 60), (x, 220)]) for x in (60, 200))
    found = like(lines)
    assert found.likeliest is None and kinds(found) == [Unlikeness.SEVERAL_DIGITS]
    assert found.differences[0].count == 2


def test_a_zero_that_is_open(like):
    turn = np.linspace(0, 0.8 * 2 * np.pi, 40)
    found = like(
        (Stroke.through(np.column_stack([140 + 70 * np.sin(turn), 140 - 90 * np.cos(turn)])),)
    )
    assert found.likeliest == 0 and Unlikeness.OPEN in kinds(found)


def test_a_digit_as_people_write_it_differs_in_nothing(like):
    for label, marks in ((0, drawings.ZERO), (7, drawings.SEVEN)):
        assert like(marks) == Likeness(label, ())


def test_a_straight_line_lying_down(like):
    found = like((Stroke.through([(40, 140), (240, 140)]),))
    assert Unlikeness.STRAIGHT in kinds(found) and Unlikeness.BROAD in kinds(found)


def test_a_blot_and_nothing(like):
    assert kinds(like((Stroke.through([(140, 140)], 60.0),))) == [Unlikeness.A_BLOT]
    assert like(()) == Likeness(None, ())


def test_ink_where_the_class_has_none(like):
    square = [(60, 60), (220, 60), (220, 220), (60, 220), (60, 60)]
    found = like((Stroke.through(square),))
    places = {one.place for one in found.differences if one.what is Unlikeness.EXTRA_INK}
    assert places and places <= {(0, 0), (0, 2), (2, 0), (2, 2)}


def test_of_other_classes_only_the_likeliest_is_told(like):
    found = like((Stroke.through([(40, 140), (240, 140)]),), classes=tuple("abcdefghij"))
    assert found.likeliest is not None and not found.differences
