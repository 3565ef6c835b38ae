from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitpad.ink.drawing import PAD_SIZE
from digitpad.ink.placing import place

SEVEN = [
    np.array([(1000, 2000, 0.2), (1300, 2000, 0.9), (1100, 2600, 0.4)], np.float32),
    np.array([(1050, 2300)], float),
]


def extent(strokes: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    every = np.concatenate([stroke[:, :2] for stroke in strokes])
    return every.min(axis=0), every.max(axis=0)


def test_fit_puts_it_in_the_middle_its_longer_side_70_percent():
    low, high = extent(place(SEVEN, "fit"))
    assert np.allclose(low + high, PAD_SIZE, atol=1e-3)
    assert (high - low).max() == pytest.approx(0.7 * PAD_SIZE, abs=1e-3)


@given(st.integers(0, 2**32 - 1))
def test_random_keeps_it_on_the_pad_between_35_and_80_percent(seed):
    low, high = extent(place(SEVEN, "random", np.random.default_rng(seed)))
    assert low.min() >= -1e-3 and high.max() <= PAD_SIZE + 1e-3
    assert (high - low).max() / PAD_SIZE + 1e-6 >= 0.35 and (
        high - low
    ).max() / PAD_SIZE <= 0.8 + 1e-6


def test_its_shape_and_pressure_are_kept_and_the_strokes_given_untouched():
    before = [stroke.copy() for stroke in SEVEN]
    placed = place(SEVEN, "random", np.random.default_rng(3))
    assert all(np.array_equal(a, b) for a, b in zip(before, SEVEN, strict=True))
    assert [stroke.dtype for stroke in placed] == [np.float32, np.float32]
    assert np.array_equal(placed[0][:, 2], SEVEN[0][:, 2])
    units = [
        np.hypot(*(stroke[2] - stroke[0])[:2]) / np.hypot(*(stroke[1] - stroke[0])[:2])
        for stroke in (placed[0], SEVEN[0])
    ]
    assert units[0] == pytest.approx(units[1], rel=1e-4)


def test_the_same_seed_places_alike_and_another_differently():
    one, two, other = (place(SEVEN, "random", np.random.default_rng(seed))[0] for seed in (1, 1, 2))
    assert np.array_equal(one, two) and not np.array_equal(one, other)


def test_another_share_can_be_asked_for():
    low, high = extent(place(SEVEN, "random", np.random.default_rng(0), share=0.12))
    assert (high - low).max() == pytest.approx(0.12 * PAD_SIZE, abs=1e-3)


def test_a_dot_is_only_moved():
    placed = place([np.array([(5.0, 5.0)])], "fit")
    assert placed[0].tolist() == [[PAD_SIZE / 2, PAD_SIZE / 2]]


def test_nothing_gives_nothing_and_wrong_wishes_are_refused():
    assert place([], "fit") == []
    with pytest.raises(ValueError, match="not a valid Placement"):
        place(SEVEN, "anywhere")
    with pytest.raises(ValueError, match="needs rng"):
        place(SEVEN, "random")
