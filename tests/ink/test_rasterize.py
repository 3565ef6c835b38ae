from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from digitpad.ink.drawing import PAD_SIZE, PlacedPicture, Stroke
from digitpad.ink.rasterize import InkSurface, rasterize, smooth_line

scales = st.sampled_from([1.0, 1.5, 0.37, 2.0])


@st.composite
def strokes(draw: st.DrawFn, most: int = 9) -> Stroke:
    """Pen strokes and passes of the eraser, on the pad, half beside it and outside."""
    n = draw(st.integers(1, most))
    position = st.one_of(st.integers(-40, 320), st.floats(-400, 700, width=32))
    points = np.column_stack(
        [
            draw(arrays(np.float32, (n, 2), elements=position)),
            draw(arrays(np.float32, (n,), elements=st.floats(0, 1, width=32))),
        ]
    )
    return Stroke(points.astype(np.float32), draw(st.floats(1, 60)), draw(st.booleans()))


def area(ink: np.ndarray) -> float:
    """How many pixels are ink, parts of pixels counted as such."""
    return float(ink.sum() / 255)


def test_no_marks_give_an_empty_sheet_of_the_asked_size():
    sheet = rasterize([])
    assert (sheet.shape, sheet.dtype, sheet.any()) == ((PAD_SIZE, PAD_SIZE), np.uint8, False)
    assert rasterize([], scale=1.5).shape == (420, 420)
    assert rasterize([], size=100).shape == (100, 100)


def test_a_dot_is_a_disc_as_wide_as_the_pen():
    ink = rasterize([Stroke.through([(140.3, 139.8)], 20)])
    assert area(ink) == pytest.approx(math.pi * 100, rel=0.01)
    rows, columns = np.nonzero(ink == 255)
    assert (columns.mean() + 0.5, rows.mean() + 0.5) == pytest.approx((140.3, 139.8), abs=0.3)


def test_a_line_is_a_bar_with_round_ends():
    ink = rasterize([Stroke.through([(60, 100), (180, 150)], 12)])
    assert area(ink) == pytest.approx(130 * 12 + math.pi * 36, rel=0.01)
    assert ink[125, 120] == 255 and ink[100, 52] == 0


@pytest.mark.parametrize(("pressure", "width"), [(0.0, 10), (0.5, 20), (1.0, 30)])
def test_pressure_makes_the_line_wider(pressure, width):
    ink = rasterize([Stroke.through([(60, 140, pressure), (220, 140, pressure)], 20)])
    assert area(ink[:, 140:141]) == pytest.approx(width, abs=0.1)


def test_pressure_changes_the_width_along_the_line():
    ink = rasterize([Stroke.through([(40, 140, 0), (240, 140, 1)], 20)])
    columns = np.arange(60, 220)
    expected = 10 + 20 * (columns + 0.5 - 40) / 200
    assert np.abs(ink.sum(axis=0)[columns] / 255 - expected).max() < 0.4


def test_the_eraser_takes_away_what_lies_under_it_and_marks_after_it_stay():
    line = Stroke.through([(40, 140), (240, 140)], 20)
    eraser = Stroke.through([(140, 60), (140, 220)], 40, erases=True)
    rubbed = rasterize([line, eraser])
    assert rubbed[140, 140] == 0 and rubbed[140, 60] == 255
    assert not rubbed[:, 125:155].any()
    assert np.array_equal(rasterize([line, eraser, line]), rasterize([line]))


def test_what_lies_outside_is_cut_off():
    assert not rasterize([Stroke.through([(-60, -60), (-30, 400)], 20)]).any()
    beside = rasterize([Stroke.through([(-200, 140), (40, 140)], 20)])
    assert beside[140, 0] == 255 and beside[140, 60] == 0
    assert InkSurface().draw(Stroke.through([(-500, 0)])) is None


def test_a_finer_sheet_shows_the_same_ink():
    marks = [
        Stroke.through([(60, 70), (130, 200), (210, 90)], 18),
        Stroke.through([(100, 20), (180, 260)], 14, True),
    ]
    fine = rasterize(marks, scale=4.0).reshape(PAD_SIZE, 4, PAD_SIZE, 4).mean(axis=(1, 3))
    assert np.abs(fine - rasterize(marks)).max() < 45
    assert area(fine) == pytest.approx(area(rasterize(marks)), rel=0.005)


@settings(max_examples=80)
@given(st.lists(strokes(), min_size=1, max_size=4), scales)
def test_ink_that_grows_with_the_pen_is_the_ink_drawn_at_once(marks, scale):
    growing = InkSurface(scale=scale)
    for stroke in marks:
        for count in range(1, len(stroke.points) + 1):
            growing.extend(Stroke(stroke.points[:count], stroke.width, stroke.erases))
        growing.extend(stroke, finished=True)
    assert np.array_equal(growing.ink, rasterize(marks, scale=scale))


@settings(max_examples=60)
@given(strokes(), strokes(), st.lists(st.integers(1, 4), min_size=9, max_size=9), scales)
def test_an_unfinished_stroke_looks_as_if_it_ended_here_however_many_points_come_at_once(
    before, stroke, gains, scale
):
    growing = InkSurface(scale=scale)
    growing.draw(before)
    count = 0
    for gain in gains:
        count = min(count + gain, len(stroke.points))
        so_far = Stroke(stroke.points[:count], stroke.width, stroke.erases)
        growing.extend(so_far)
        assert np.array_equal(growing.ink, rasterize([before, so_far], scale=scale))


@settings(max_examples=60)
@given(strokes(), strokes(), scales)
def test_the_box_that_changed_holds_all_that_changed(before, stroke, scale):
    surface = InkSurface(scale=scale)
    surface.draw(before)
    for count in range(1, len(stroke.points) + 1):
        earlier = surface.ink.copy()
        box = surface.extend(Stroke(stroke.points[:count], stroke.width, stroke.erases))
        left, top, right, bottom = box or (0, 0, 0, 0)
        side = len(earlier)
        assert 0 <= left <= right <= side and 0 <= top <= bottom <= side
        outside = surface.ink != earlier
        outside[top:bottom, left:right] = False
        assert not outside.any()


def test_a_cleared_surface_forgets_the_stroke_under_way():
    stroke = Stroke.through([(40, 40), (200, 80), (90, 220)])
    surface = InkSurface()
    surface.extend(stroke)
    surface.clear()
    assert not surface.ink.any()
    surface.extend(stroke, finished=True)
    assert np.array_equal(surface.ink, rasterize([stroke]))


def test_a_picture_as_large_as_the_pad_lies_on_it_unchanged():
    ink = np.random.default_rng(0).integers(0, 256, (PAD_SIZE, PAD_SIZE)).astype(np.uint8)
    assert np.array_equal(rasterize([PlacedPicture.fitted(ink)]), ink)


def test_a_small_picture_is_enlarged_by_repeating_its_pixels():
    ink = np.random.default_rng(1).integers(0, 256, (28, 28)).astype(np.uint8)
    assert np.array_equal(
        rasterize([PlacedPicture.fitted(ink)]), ink.repeat(10, axis=0).repeat(10, axis=1)
    )


def test_a_large_picture_is_averaged():
    ink = np.random.default_rng(2).integers(0, 256, (PAD_SIZE * 2, PAD_SIZE * 2)).astype(np.uint8)
    expected = ink.reshape(PAD_SIZE, 2, PAD_SIZE, 2).mean(axis=(1, 3))
    assert np.abs(rasterize([PlacedPicture.fitted(ink)]) - expected).max() <= 0.5


def test_a_picture_half_outside_is_cut_off_and_does_not_rub_out_what_is_there():
    line = Stroke.through([(10, 10), (10, 270)], 8)
    picture = PlacedPicture(np.full((4, 4), 200, np.uint8), -50, 100, 100, 100)
    ink = rasterize([line, picture])
    assert ink[150, 10] == 255 and ink[150, 40] == 200 and ink[150, 60] == 0 and ink[50, 40] == 0


def test_a_hundred_thousand_points_become_ink():
    turns = np.linspace(0, 900, 100_000)
    points = np.stack([140 + 90 * np.cos(turns), 140 + 90 * np.sin(turns * 1.01)], axis=1)
    assert area(rasterize([Stroke.through(points, 6)])) > 10_000


@settings(deadline=None)
@given(strokes(), st.data())
def test_the_parts_of_a_stroke_are_the_stroke_to_the_bit(stroke, data):
    whole, parts = InkSurface(), InkSurface()
    for surface in (whole, parts):
        surface.draw(Stroke.through([(20, 140), (260, 140)], 90.0))
    whole.draw(stroke)
    line = smooth_line(stroke)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(line) - 1), max_size=4)))
    edges = [0, *cuts, len(line) - 1]
    for first, last in pairwise(edges):
        if first < last or len(line) == 1:
            parts.draw_along(stroke, line[first : last + 1])
    assert np.array_equal(parts.ink, whole.ink)
