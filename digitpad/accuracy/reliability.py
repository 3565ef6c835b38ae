"""Whether probabilities are what they say: of all answers given with 90 %, nine in ten should be
right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitpad.accuracy.readings import Reading

BINS = 15


@dataclass(frozen=True)
class ReliabilityBin:
    """Answers whose probability is over low and at most high: how many, their mean probability,
    the share right."""

    low: float
    high: float
    n: int
    probability: float
    accuracy: float


def reliability(reading: Reading, temperature: float) -> list[ReliabilityBin]:
    """The digits of a reading by the probability of their answer, in BINS bins of one width; empty
    bins are left out.

    temperature: what the logits are divided by before the softmax.
    """
    digits = reading.only(reading.is_digit)
    scaled = digits.logits.astype(np.float64) / temperature
    scaled -= scaled.max(axis=1, keepdims=True, initial=-np.inf)
    # The likeliest digit's share: e to the 0 over the sum.
    probability = 1.0 / np.exp(scaled).sum(axis=1)
    places = np.clip(np.ceil(probability * BINS).astype(int) - 1, 0, BINS - 1)
    bins = []
    for place in range(BINS):
        inside = places == place
        if inside.any():
            low, high = place / BINS, (place + 1) / BINS
            mean, accuracy = float(probability[inside].mean()), float(digits.right[inside].mean())
            bins.append(ReliabilityBin(low, high, int(inside.sum()), mean, accuracy))
    return bins


def calibration_error(reading: Reading, temperature: float) -> float:
    """The expected calibration error: how far probability and accuracy are apart, averaged over the
    digits.

    Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks" (2017), equation 5,
    with BINS bins; nan without digits.
    """
    bins = reliability(reading, temperature)
    n = sum(part.n for part in bins)
    if n == 0:
        return float("nan")
    return sum(part.n * abs(part.probability - part.accuracy) for part in bins) / n
