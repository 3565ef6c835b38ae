from __future__ import annotations

import numpy as np
import pytest

from digitpad.handwriting.pen_styles import shipped_styles
from digitpad.ink.drawing import Stroke
from digitpad.ink.rasterize import rasterize
from digitpad.ink.segmentation import segment, segment_masks


def test_no_ink_is_no_digit():
    assert segment(np.zeros((28, 28), np.uint8)) == []


@pytest.mark.parametrize("digits", [(7, 2), (1, 3, 0), (3, 3, 2, 1)])
def test_digits_that_stand_apart_come_from_left_to_right(drawings, digits):
    strokes = [
        stroke + np.array([150 * place, 0])
        for place, digit in enumerate(digits)
        for stroke in drawings[digit]
    ]
    ink = rasterize(
        [Stroke.through(stroke, 18) for stroke in strokes], size=150 * len(digits) + 130
    )
    found = segment(ink)
    assert len(found) == len(digits)
    assert [box[0] for box in found] == sorted(box[0] for box in found)
    masks = segment_masks(ink)
    assert (sum(mask.astype(int) for mask in masks) <= 1).all()
    assert all((ink[mask] > 0).any() for mask in masks)


def test_the_strokes_of_one_digit_stay_together():
    """Of people's hands, as the generator has them: crossed 7s, 4s and 5s of two strokes."""
    styles, rng = shipped_styles(), np.random.default_rng(3)
    several = sum(len(segment(rasterize(styles.draw_digit(rng).strokes))) > 1 for _ in range(150))
    assert several <= 2


def test_a_crossed_seven_and_a_five_with_its_bar_apart_are_one_digit():
    seven = [[(80, 70), (200, 66), (140, 230)], [(110, 150), (180, 148)]]
    five = [[(110, 80), (104, 140), (160, 140), (180, 180), (110, 220)], [(118, 72), (185, 70)]]
    for strokes in (seven, five):
        assert len(segment(rasterize([Stroke.through(points, 14) for points in strokes]))) == 1
