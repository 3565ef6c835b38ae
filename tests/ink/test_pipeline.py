from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from digitpad.ink.drawing import Stroke
from digitpad.ink.pipeline import (
    drawing_to_digit,
    picture_to_digit,
    picture_to_pad,
    strokes_to_digit,
)
from digitpad.ink.rasterize import rasterize


def as_png(levels: np.ndarray) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(levels).save(stream, "PNG")
    return stream.getvalue()


def test_nothing_drawn_gives_zeros():
    assert not drawing_to_digit([]).any() and not strokes_to_digit([]).any()


@pytest.mark.parametrize("answer", [0, 1, 2, 3, 7])
def test_drawn_digits_are_read_wherever_and_however_large(recognizer, drawings, answer):
    for size, right, down in ((1.0, 0, 0), (0.5, 20, 100), (0.6, 100, -20)):
        strokes = [stroke * size + np.float32([right, down]) for stroke in drawings[answer]]
        assert recognizer.recognize(strokes_to_digit(strokes, 20 * size)).answer == answer


@pytest.mark.parametrize("answer", [0, 2, 3, 7])
def test_a_picture_of_a_drawing_is_read_as_the_drawing(recognizer, drawings, answer):
    strokes = [Stroke.through(stroke) for stroke in drawings[answer]]
    picture = as_png(255 - rasterize(strokes, scale=3.0))
    drawn, pictured = drawing_to_digit(strokes), picture_to_digit(picture)
    # A centre of mass between two pixels may come to rest on either.
    apart = [
        np.abs(np.roll(pictured, (i, j), (0, 1)) - drawn).mean()
        for i in (-1, 0, 1)
        for j in (-1, 0, 1)
    ]
    assert min(apart) < 0.02
    assert recognizer.recognize(pictured).answer == answer


def test_a_picture_of_mnists_size_comes_back_as_it_is(test_set):
    found = np.stack([picture_to_digit(as_png(digit)) for digit in test_set.digits[:50]])
    apart = np.abs(found * 255 - test_set.digits[:50]).mean(axis=(1, 2))
    assert np.median(apart) < 0.1


def test_a_picture_lies_on_the_pad_with_a_margin_around_its_ink(drawings):
    picture = as_png(255 - np.pad(rasterize([Stroke.through(drawings[7][0])]), 200))
    ink = picture_to_pad(picture)
    assert ink.any(axis=0).mean() > 0.4 and not ink[0].any() and not ink[:, 0].any()
