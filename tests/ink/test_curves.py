from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from digitpad.ink.curves import evenly, smooth

coordinates = st.one_of(st.integers(-300, 600), st.floats(-300, 600, width=32))


def paths(least: int = 1, most: int = 14, columns: int = 3) -> st.SearchStrategy[np.ndarray]:
    """Points as pens report them; whole coordinates make repeated points and corners likely."""
    return st.integers(least, most).flatmap(
        lambda n: arrays(np.float64, (n, columns), elements=coordinates)
    )


def positions(points: np.ndarray, step: float) -> np.ndarray:
    """Where in the curve each point lies: the pieces between two points are alike and at most
    about a step long."""
    lengths = np.sqrt((np.diff(points[:, :2], axis=0) ** 2).sum(axis=1))
    return np.concatenate([[0], np.cumsum(np.maximum(np.ceil(lengths / step), 1))]).astype(int)


@given(paths(), st.floats(0.5, 60))
def test_the_curve_begins_and_ends_with_the_stroke_and_passes_through_every_point(points, step):
    curve = smooth(points, step)
    at = positions(points, step)
    assert len(curve) == at[-1] + 1
    assert np.isfinite(curve).all()
    assert np.array_equal(curve[at, :2], points[:, :2])
    assert np.allclose(curve[at, 2], points[:, 2], atol=1e-9)


@given(paths(2), st.floats(0.5, 60))
def test_the_curve_never_swings_far_from_the_line_it_follows(points, step):
    curve = smooth(points, step)
    at = positions(points, step)
    for i, (start, end) in enumerate(zip(points[:-1, :2], points[1:, :2], strict=True)):
        piece = curve[at[i] : at[i + 1] + 1, :2]
        leg = end - start
        square = float(leg @ leg)
        along = ((piece - start) @ leg / square).clip(0, 1)[:, None] if square else 0.0
        off = np.hypot(*(piece - start - along * leg).T)
        # A quarter of the leg times the sine of the sharpest turn that is no corner, 70 degrees.
        assert off.max() <= 0.24 * np.sqrt(square) + 1e-6


@given(paths(4), paths(1, 6), st.floats(1, 60))
def test_points_to_come_leave_all_but_the_last_piece_as_it_is(points, more, step):
    early = smooth(points, step)
    late = smooth(np.concatenate([points, more]), step)
    settled = positions(points, step)[-2] + 1
    assert np.array_equal(early[:settled], late[:settled])


@given(paths(3), st.data(), st.floats(1, 60))
def test_the_first_points_can_be_left_out_of_the_curve(points, choices, step):
    first = choices.draw(st.integers(1, len(points) - 1))
    whole = smooth(points, step)
    rest = smooth(points, step, first)
    assert np.array_equal(rest[0], points[first])
    assert np.array_equal(whole[len(whole) - len(rest) + 1 :], rest[1:])


def test_pieces_are_about_as_long_as_asked():
    around = np.linspace(0, 2 * np.pi, 9)
    circle = 100 * np.stack([np.cos(around), np.sin(around)], axis=1)
    lengths = np.hypot(*np.diff(smooth(circle, 5.0), axis=0).T)
    assert lengths.max() < 7


def test_a_circle_through_few_points_is_round():
    around = np.linspace(0, 2 * np.pi, 13)
    circle = 100 * np.stack([np.cos(around), np.sin(around)], axis=1)
    radii = np.hypot(*smooth(circle, 2.0).T)
    ends = positions(circle, 2.0)[[1, -2]]
    # The straight lines between these points come as near as 96.6.
    assert radii[ends[0] : ends[1]].min() > 99 and radii.max() < 100.5


@given(
    st.lists(st.floats(1, 80), min_size=5, max_size=9),
    st.lists(st.floats(-1, 1), min_size=9, max_size=9),
)
def test_between_points_it_is_the_centripetal_curve(lengths, turns):
    """The cubic with the tangents that knots apart by the root of the distance give, written as
    Hermite's."""
    headings = np.cumsum(turns[: len(lengths)])
    legs = np.array(lengths)[:, None] * np.stack([np.cos(headings), np.sin(headings)], axis=1)
    points = np.concatenate([[[0.0, 0.0]], np.cumsum(legs, axis=0)])
    step = 3.0
    curve, at = smooth(points, step), positions(points, step)
    for i in range(1, len(points) - 2):
        p0, p1, p2, p3 = points[i - 1 : i + 3]
        d1, d2, d3 = np.sqrt(np.hypot(*np.diff(points[i - 1 : i + 3], axis=0).T))
        m1 = d2 * ((p1 - p0) / d1 - (p2 - p0) / (d1 + d2) + (p2 - p1) / d2)
        m2 = d2 * ((p2 - p1) / d2 - (p3 - p1) / (d2 + d3) + (p3 - p2) / d3)
        t = np.linspace(0, 1, at[i + 1] - at[i] + 1)[:, None]
        expected = (2 * t**3 - 3 * t**2 + 1) * p1 + (t**3 - 2 * t**2 + t) * m1
        expected = expected + (3 * t**2 - 2 * t**3) * p2 + (t**3 - t**2) * m2
        assert np.allclose(curve[at[i] : at[i + 1] + 1], expected, atol=1e-6)


@pytest.mark.parametrize("turned", [(0.0, 100.0), (-60.0, 80.0)])
def test_a_corner_stays_a_corner(turned):
    """The corner of a 7 reported in three points: neither leg bends for the other."""
    points = np.array([(0.0, 0.0), (100.0, 0.0), (100 + turned[0], turned[1])])
    curve = smooth(points, 5.0)
    corner = positions(points, 5.0)[1]
    assert np.abs(curve[: corner + 1, 1]).max() < 1e-9
    first_leg, second_leg = curve[corner:, 0] - 100, curve[corner:, 1]
    assert np.abs(first_leg * turned[1] - second_leg * turned[0]).max() < 1e-6


def test_pressure_runs_evenly_from_point_to_point():
    curve = smooth(np.array([(0, 0, 0.2), (100, 0, 0.8)]), 10.0)
    assert np.allclose(curve[:, 2], np.linspace(0.2, 0.8, 11))
    assert np.allclose(curve[:, 0], np.linspace(0, 100, 11))


def test_one_point_gives_one_point_and_repeated_ones_no_trouble():
    assert smooth(np.array([(3.0, 4.0)]), 5.0).tolist() == [[3, 4]]
    assert np.unique(smooth(np.full((7, 2), 5.0), 5.0)).tolist() == [5]


@given(path=paths(2, 14, 2), count=st.integers(2, 80))
def test_evenly_spaced_points_keep_the_ends_and_lie_as_far_apart_along_the_line(
    path: np.ndarray, count: int
) -> None:
    points = evenly(path, count)
    assert points.shape == (count, 2)
    assert np.allclose(points[[0, -1]], path[[0, -1]])
    length = np.hypot(*np.diff(path, axis=0).T).sum()
    # A corner between two points is cut, so that they lie nearer than along the line.
    assert np.hypot(*np.diff(points, axis=0).T).max() <= length / (count - 1) + 1e-6


def test_evenly_spaced_points_of_a_single_point_are_that_point() -> None:
    assert np.array_equal(evenly(np.array([[3.0, 4.0]]), 5), np.tile([3.0, 4.0], (5, 1)))
