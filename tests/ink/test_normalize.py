from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from digitpad.ink.drawing import PAD_SIZE, Stroke
from digitpad.ink.normalize import (
    BOX,
    FIELD,
    Frame,
    ink_box,
    normalize,
    normalize_framed,
    normalize_in,
    peak_in,
)
from digitpad.ink.rasterize import rasterize


@st.composite
def drawn(draw: st.DrawFn) -> np.ndarray:
    """Ink of a few short strokes, uint8 (280, 280), clear of the edges by a third of the pad."""
    marks = []
    for _ in range(draw(st.integers(1, 4))):
        n = draw(st.integers(1, 5))
        points = [(draw(st.floats(105, 175)), draw(st.floats(105, 175))) for _ in range(n)]
        marks.append(Stroke.through(points, draw(st.floats(2, 16))))
    return rasterize(marks)


def centre_of_mass(digit: np.ndarray) -> tuple[float, float]:
    """(row, column), pixel centres at +0.5."""
    at = np.arange(len(digit)) + 0.5
    return float(digit.sum(axis=1) @ at / digit.sum()), float(digit.sum(axis=0) @ at / digit.sum())


def is_inside(ink: np.ndarray, frame: Frame) -> bool:
    """Whether the field holds all ink."""
    left, top, right, bottom = ink_box(ink)
    reach = FIELD * frame.pixel
    return (
        frame.left <= left
        and frame.top <= top
        and right <= frame.left + reach
        and bottom <= frame.top + reach
    )


def by_the_book(ink: np.ndarray) -> np.ndarray:
    """The steps of the reconstruction, pixel by pixel."""
    rows, columns = np.nonzero(ink)
    top, left = rows.min(), columns.min()
    height, width = rows.max() + 1 - top, columns.max() + 1 - left
    side = max(height, width, 10)
    top, left = max(top - int((side - height) / 2), 0), max(left - int((side - width) / 2), 0)
    crop = ink[top : top + side, left : left + side].astype(float) / 255
    while len(crop) < 20:
        crop = np.kron(crop, np.ones((2, 2)))
    small = np.zeros((20, 20))
    step = len(crop) / 20
    for i in range(20):
        for j in range(20):
            for y in range(math.floor(i * step), math.ceil((i + 1) * step)):
                for x in range(math.floor(j * step), math.ceil((j + 1) * step)):
                    tall = min((i + 1) * step, y + 1) - max(i * step, y)
                    wide = min((j + 1) * step, x + 1) - max(j * step, x)
                    if tall > 1e-12 and wide > 1e-12:
                        small[i, j] += crop[y, x] * tall * wide / step / step
    small = np.floor(255 * small / min(1.0, small.max()) + 0.5)
    row, column = (math.floor(15 - centre) for centre in centre_of_mass(small))
    field = np.zeros((68, 68))
    field[20 + row : 40 + row, 20 + column : 40 + column] = small
    return field[20:48, 20:48] / 255


@pytest.mark.parametrize("shape", [(PAD_SIZE, PAD_SIZE), (1, 1), (40, 7), (0, 0)])
def test_empty_ink_gives_zeros_and_no_frame(shape):
    digit, frame = normalize_framed(np.zeros(shape, np.uint8))
    assert (digit.shape, digit.dtype, digit.any(), frame) == (
        (FIELD, FIELD),
        np.float32,
        False,
        None,
    )
    assert ink_box(np.zeros(shape, np.uint8)) is None


@settings(max_examples=12)
@given(drawn())
def test_every_step_is_the_reconstructions(ink):
    digit, frame = normalize_framed(ink)
    # Where ink would leave the field we depart.
    assume(is_inside(ink, frame))
    expected = by_the_book(ink)
    # A level that falls between two may be rounded to either, and with it a centre of mass between
    # two pixels.
    apart = [
        np.abs(np.roll(digit, (i, j), (0, 1)) - expected).max()
        for i in (0, -1, 1)
        for j in (0, -1, 1)
    ]
    assert min(apart) < 1.01 / 255


@given(drawn())
def test_the_peak_is_full_and_the_ink_at_most_twenty_pixels_a_side(ink):
    digit, frame = normalize_framed(ink)
    assume(is_inside(ink, frame))
    assert digit.dtype == np.float32 and digit.min() >= 0 and digit.max() == 1
    left, top, right, bottom = ink_box(digit)
    assert max(right - left, bottom - top) <= BOX


@given(drawn())
def test_the_centre_of_mass_comes_to_rest_between_14_and_15(ink):
    digit, frame = normalize_framed(ink)
    assume(is_inside(ink, frame))
    assert all(14 < centre <= 15 for centre in centre_of_mass(np.rint(digit * 255).astype(int)))


@given(drawn(), st.integers(-60, 60), st.integers(-60, 60))
def test_where_it_is_drawn_makes_no_difference(ink, right, down):
    assert np.array_equal(normalize(np.roll(ink, (down, right), axis=(0, 1))), normalize(ink))


@given(drawn(), st.integers(2, 4))
def test_the_paper_around_it_makes_no_difference(ink, times):
    assert np.array_equal(normalize(np.pad(ink, 30 * times)), normalize(ink))


def test_size_makes_next_to_no_difference():
    points = np.array([(60, 60), (140, 50), (110, 130), (70, 200)], float)
    large = normalize(rasterize([Stroke.through(points, 20)]))
    small = normalize(rasterize([Stroke.through(points / 2, 10)]))
    assert np.abs(large - small).max() < 0.2


@pytest.mark.parametrize("turns", range(4))
def test_all_ink_at_one_end_loses_no_more_than_a_row_of_the_other(turns):
    """A long thin tail beneath a blot: its centre of mass would push the tail out of the field."""
    ink = np.zeros((280, 280), np.uint8)
    ink[40:80, 120:160] = 255
    ink[80:240, 138:140] = 255
    digit = np.rot90(normalize(np.rot90(ink, turns)), -turns)
    assert (digit.sum(axis=1) > 0).sum() == BOX - 1


def test_a_single_pixel_and_a_full_sheet_are_answered():
    ink = np.zeros((280, 280), np.uint8)
    ink[279, 0] = 1
    assert normalize(ink).max() == 1
    assert (normalize(np.full((280, 280), 255, np.uint8)) == 1).sum() == BOX * BOX


@given(drawn())
def test_the_frame_tells_where_each_pixel_came_from(ink):
    digit, frame = normalize_framed(ink)
    assume(is_inside(ink, frame))
    left, top, right, bottom = ink_box(digit)
    found = ink_box(ink)
    ends = (
        frame.left + left * frame.pixel,
        frame.top + top * frame.pixel,
        frame.left + right * frame.pixel,
        frame.top + bottom * frame.pixel,
    )
    assert frame.pixel == max(found[2] - found[0], found[3] - found[1], 10) / BOX
    # Faint ink at the rim may be rounded away.
    assert np.abs(np.array(ends) - found).max() <= 2 * frame.pixel + 1


def test_a_box_of_the_field_lies_on_the_ink_where_its_pixels_came_from():
    assert Frame(30.0, 40.0, 2.5).on_ink((2, 4, 6, 5)) == (35.0, 50.0, 10.0, 2.5)


@settings(deadline=None)
@given(drawn())
def test_in_its_own_frame_ink_is_what_it_is_normalised_to(ink):
    digit, frame = normalize_framed(ink)
    assume(frame is not None)
    held = normalize_in(ink, frame, peak_in(ink, frame))
    # Sums are taken in another order: a pixel may fall on the next level.
    assert np.abs(held - digit).max() <= 1.01 / 255


def test_what_is_left_of_a_drawing_stays_in_the_frame_that_is_held():
    whole = rasterize(
        [Stroke.through([(80, 60), (80, 220)]), Stroke.through([(200, 60), (200, 80)])]
    )
    digit, frame = normalize_framed(whole)
    left = whole.copy()
    left[:, 150:] = 0
    held = normalize_in(left, frame, peak_in(whole, frame))
    assert np.abs(held[:, :14] - digit[:, :14]).max() <= 1.01 / 255
    assert not np.array_equal(normalize(left), held)
    assert not normalize_in(np.zeros_like(whole), frame).any()
    assert peak_in(np.zeros_like(whole), frame) == 1.0
