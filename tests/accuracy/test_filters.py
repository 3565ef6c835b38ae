from __future__ import annotations

import numpy as np
import pytest

from digitpad.accuracy.edges import edges
from digitpad.accuracy.filters import blurred, line_ink, sampled


def test_blurring_keeps_the_ink_and_spreads_it_as_a_gaussian():
    dot = np.zeros((1, 21, 21), np.float32)
    dot[0, 10, 10] = 1
    soft = blurred(dot, 1.5)[0]
    assert soft.sum() == pytest.approx(1, abs=1e-5)
    places = np.arange(21) - 10
    assert np.sqrt((soft.sum(axis=0) * places**2).sum()) == pytest.approx(1.5, rel=0.03)
    assert np.allclose(soft, soft.T) and np.allclose(
        blurred(np.ones((1, 9, 9), np.float32), 2.0), 1
    )


def test_sampling_is_exact_on_pixels_and_linear_between_them():
    rng = np.random.default_rng(0)
    pictures = rng.random((3, 6, 7)).astype(np.float32)
    rows, columns = np.mgrid[:6, :7][:, None].astype(float)
    assert np.allclose(sampled(pictures, rows, columns), pictures)
    between = sampled(pictures, rows, columns + 0.25)
    assert np.allclose(between[:, :, :-1], 0.75 * pictures[:, :, :-1] + 0.25 * pictures[:, :, 1:])
    assert (
        not sampled(pictures, rows - 7, columns).any()
        and not sampled(pictures, rows, columns + 100).any()
    )


def test_a_line_has_ink_along_it_and_none_beyond_its_ends():
    ink = line_ink(np.array([[4.0, 3.0]]), np.array([[4.0, 10.0]]), 14, 0.75)[0]
    assert (ink[4, 3:11] == 1).all() and not ink[4, 12:].any() and not ink[4, :2].any()
    assert np.allclose(ink[3, 5:9], 0.25) and not ink[6].any()


def test_the_edge_of_a_square_is_one_pixel_wide_and_around_it():
    square = np.zeros((1, 28, 28), np.float32)
    square[0, 8:20, 8:20] = 1
    found = edges(square)[0]
    assert set(np.unique(found)) == {0.0, 1.0}
    assert (
        found[14].sum() == 2
        and found[:, 14].sum() == 2
        and found[14, 7:10].any()
        and found[14, 18:21].any()
    )
    assert not found[11:17, 11:17].any() and not edges(np.zeros((2, 28, 28), np.float32)).any()


def test_a_faint_edge_counts_only_where_it_goes_on_from_a_strong_one():
    step = np.zeros((2, 28, 28), np.float32)
    step[0, :, 14:] = 0.06
    step[1, :, 14:] = np.linspace(0.4, 0.06, 28)[:, None]
    faint, fading = edges(step)
    assert not faint.any()
    assert (fading[3:25].sum(axis=1) == 1).all()
