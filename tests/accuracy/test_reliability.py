from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.accuracy.readings import Reading
from digitpad.accuracy.reliability import BINS, calibration_error, reliability
from digitpad.training.calibration import calibration_error as trained_error


def reading(labels: np.ndarray, logits: np.ndarray) -> Reading:
    return Reading(labels, logits.astype(np.float32), np.ones(len(labels), bool))


def certain(probability: float) -> np.ndarray:
    """Logits that give 3 this probability and the others the same."""
    logits = np.zeros(10)
    logits[3] = math.log(9 * probability / (1 - probability))
    return logits


def test_bins_hold_what_was_said_and_what_came_true():
    logits = np.stack([certain(0.9)] * 10 + [certain(0.5)] * 4)
    labels = np.array([3] * 8 + [1] * 2 + [3] * 3 + [0])
    low, high = reliability(reading(labels, logits), 1.0)
    assert (low.n, low.probability, low.accuracy) == (4, pytest.approx(0.5), 0.75)
    assert (high.n, high.probability, high.accuracy) == (10, pytest.approx(0.9), 0.8)
    assert high.low == pytest.approx(13 / 15) and high.high == pytest.approx(14 / 15)
    assert calibration_error(reading(labels, logits), 1.0) == pytest.approx(
        (10 * 0.1 + 4 * 0.25) / 14
    )


def test_a_temperature_makes_answers_less_sure():
    logits = np.stack([certain(0.99)] * 5)
    (warm,) = reliability(reading(np.full(5, 3), logits), 2.0)
    shares = np.exp(certain(0.99) / 2)
    assert warm.probability == pytest.approx(shares.max() / shares.sum())


def test_what_is_no_digit_does_not_count_and_nothing_has_no_error():
    logits = np.stack([certain(0.9)] * 3)
    assert reliability(reading(np.array([3, -1, -1]), logits), 1.0)[0].n == 1
    assert math.isnan(calibration_error(reading(np.full(3, -1), logits), 1.0))


@settings(max_examples=20)
@given(st.integers(1, 400), st.floats(0.3, 4), st.integers(0, 1000))
def test_the_error_is_the_one_that_training_reports(n, temperature, seed):
    rng = np.random.default_rng(seed)
    logits, labels = (4 * rng.standard_normal((n, 10))).astype(np.float32), rng.integers(0, 10, n)
    torch_error = trained_error(
        torch.from_numpy(logits).double() / temperature, torch.from_numpy(labels), BINS
    )
    assert calibration_error(reading(labels, logits), temperature) == pytest.approx(
        torch_error, abs=1e-9
    )
