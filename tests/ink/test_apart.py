from __future__ import annotations

import numpy as np
import pytest

from digitpad.ink.apart import parts_of_drawing
from digitpad.ink.drawing import Mark, PlacedPicture, Stroke
from digitpad.ink.pipeline import drawing_to_digit
from digitpad.ink.rasterize import rasterize

FOUR = (((40, 60), (30, 140), (80, 140)), ((75, 60), (70, 220)))
TWO = (((150, 80), (190, 60), (210, 100), (150, 220), (220, 220)),)


def strokes(*digits: tuple) -> list[Mark]:
    return [Stroke.through(points, 14) for digit in digits for points in digit]


def test_two_digits_are_parts_from_left_to_right():
    marks = strokes(TWO, FOUR)
    four, two = parts_of_drawing(marks, rasterize(marks))
    assert four.box[2] < two.box[0]
    assert np.array_equal(two.digit, drawing_to_digit(strokes(TWO)))
    assert four.alone() == marks[1:] and two.alone() == marks[:1]


def test_a_digit_in_two_strokes_and_an_empty_pad_have_no_parts():
    marks = strokes(FOUR)
    assert parts_of_drawing(marks, rasterize(marks)) == ()
    assert parts_of_drawing([], rasterize([])) == ()


def test_an_eraser_that_made_two_of_one_stays_with_the_digit_that_is_taken():
    line = Stroke.through(((30, 60), (30, 220), (240, 220), (240, 60)), 14)
    rubbed = Stroke.through(((140, 200), (140, 240)), 40, erases=True)
    marks: list[Mark] = [line, rubbed]
    ink = rasterize(marks)
    left, right = parts_of_drawing(marks, ink)
    for part, half in ((left, ink[:, :140]), (right, ink[:, 140:])):
        alone = rasterize(part.alone())
        assert int(alone.sum(dtype=int)) == pytest.approx(int(half.sum(dtype=int)), rel=0.01)


def test_what_was_rubbed_out_of_a_digit_stays_so():
    marks = strokes(FOUR, TWO)
    marks.append(Stroke.through(((60, 200), (80, 200)), 28, erases=True))
    four, _ = parts_of_drawing(marks, rasterize(marks))
    assert four.alone() == [*marks[:2], marks[-1]]


def test_a_digit_of_a_picture_is_taken_as_its_ink():
    ink = rasterize(strokes(FOUR, TWO))
    picture = PlacedPicture(ink, 0.0, 0.0, 280.0, 280.0)
    four, two = parts_of_drawing([picture], ink)
    for part, digit in ((four, FOUR), (two, TWO)):
        apart = rasterize(part.alone()).astype(int) - rasterize(strokes(digit))
        assert np.abs(apart).max() < 64


def test_what_is_taken_later_is_what_was_on_the_pad_then():
    marks = strokes(FOUR, TWO)
    ink = rasterize(marks)
    four, _ = parts_of_drawing(marks, ink)
    before = four.digit.copy()
    ink[:] = 0
    assert four.alone() == marks[:2] and np.array_equal(four.digit, before)
