"""Whether probabilities are what they say: of all answers given with 90 %, nine in ten should be
right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

BINS = 15
"""How many bins of one width probabilities are put into."""


@dataclass(frozen=True)
class ReliabilityBin:
    """Answers whose probability is over low and at most high: how many, their mean probability,
    the share right."""

    low: float
    high: float
    n: int
    probability: float
    accuracy: float


def reliability(
    logits: np.ndarray, labels: np.ndarray, temperature: float = 1.0
) -> list[ReliabilityBin]:
    """Answers by their probability, in BINS bins of one width; empty bins are left out.

    logits: float (n, classes); labels: int (n,); temperature: what the logits are divided by before
    the softmax.
    """
    scaled = logits.astype(np.float64) / temperature
    scaled -= scaled.max(axis=1, keepdims=True, initial=-np.inf)
    # The likeliest class's share: e to the 0 over the sum.
    probability = 1.0 / np.exp(scaled).sum(axis=1)
    right = logits.argmax(axis=1) == labels
    places = np.clip(np.ceil(probability * BINS).astype(int) - 1, 0, BINS - 1)
    bins = []
    for place in range(BINS):
        inside = places == place
        if inside.any():
            low, high = place / BINS, (place + 1) / BINS
            mean, accuracy = float(probability[inside].mean()), float(right[inside].mean())
            bins.append(ReliabilityBin(low, high, int(inside.sum()), mean, accuracy))
    return bins


def calibration_error(logits: np.ndarray, labels: np.ndarray, temperature: float = 1.0) -> float:
    """The expected calibration error, a share: how far probability and accuracy are apart, averaged
    over the answers; nan without any.

    Arguments as reliability takes them. Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern
    Neural Networks" (2017), equation 5, with BINS bins.
    """
    bins = reliability(logits, labels, temperature)
    n = sum(part.n for part in bins)
    if n == 0:
        return float("nan")
    return sum(part.n * abs(part.probability - part.accuracy) for part in bins) / n
