from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.core.calibration import BINS, calibration_error, reliability


def certain(probability: float) -> np.ndarray:
    """Logits that give 3 this probability and the others the same."""
    logits = np.zeros(10)
    logits[3] = math.log(9 * probability / (1 - probability))
    return logits


def test_bins_hold_what_was_said_and_what_came_true():
    logits = np.stack([certain(0.9)] * 10 + [certain(0.5)] * 4)
    labels = np.array([3] * 8 + [1] * 2 + [3] * 3 + [0])
    low, high = reliability(logits, labels)
    assert (low.n, low.probability, low.accuracy) == (4, pytest.approx(0.5), 0.75)
    assert (high.n, high.probability, high.accuracy) == (10, pytest.approx(0.9), 0.8)
    assert high.low == pytest.approx(13 / 15) and high.high == pytest.approx(14 / 15)
    assert calibration_error(logits, labels) == pytest.approx((10 * 0.1 + 4 * 0.25) / 14)


def test_a_temperature_makes_answers_less_sure():
    logits = np.stack([certain(0.99)] * 5)
    (warm,) = reliability(logits, np.full(5, 3), 2.0)
    shares = np.exp(certain(0.99) / 2)
    assert warm.probability == pytest.approx(shares.max() / shares.sum())


def test_nothing_has_no_error():
    assert reliability(np.empty((0, 10)), np.empty(0, int)) == []
    assert math.isnan(calibration_error(np.empty((0, 10)), np.empty(0, int)))


@settings(max_examples=20)
@given(st.integers(1, 400), st.floats(0.3, 4), st.integers(0, 1000))
def test_the_error_is_the_gap_between_said_and_right_weighted_by_number(n, temperature, seed):
    rng = np.random.default_rng(seed)
    logits, labels = 4 * rng.standard_normal((n, 10)), rng.integers(0, 10, n)
    shares = np.exp(logits / temperature)
    said = (shares / shares.sum(axis=1, keepdims=True)).max(axis=1)
    gaps = np.zeros(BINS)
    np.add.at(
        gaps, (said * BINS).astype(int).clip(max=BINS - 1), (logits.argmax(1) == labels) - said
    )
    error = calibration_error(logits, labels, temperature)
    assert error == pytest.approx(np.abs(gaps).sum() / n, abs=1e-9)
