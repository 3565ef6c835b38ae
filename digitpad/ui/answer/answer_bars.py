"""The bars of a reading: a length and a number for each class."""

from __future__ import annotations

import numpy as np

from digitpad.core.texts import percent
from digitpad.ui.answer.bars import Bar
from digitpad.ui.answer.reading import Reading

TOLD_APART = 0.02
"""Shares of two networks that are closer than this are not pointed out as different."""


def bars_of(
    reading: Reading, other: np.ndarray | None, shows_distances: bool, is_answer: bool
) -> list[Bar]:
    """The bars of a reading, one for each class, at rest where it has no answer.

    other: what another network says of the same classes, float32 (classes,), empty where it has
    said nothing yet; None where there is none. shows_distances: the bars are distances, not
    probabilities. is_answer: the likeliest class's bar stands out.
    """
    recognition = reading.recognition
    if recognition is None:
        return [Bar(name) for name in reading.classes]
    numbers = recognition.probabilities.astype(float)
    lengths = numbers.clip(0, 1)
    words = [percent(number) for number in numbers]
    if reading.gives_distances:
        distances = -recognition.logits.astype(float)
        words = [_short(distance) for distance in distances]
        if shows_distances:
            numbers = distances
            # Not from zero to the longest alone: the smallest must still be seen where all are
            # about alike.
            lengths = (numbers / max(float(numbers.max()), 1e-6)).clip(0, 1)
    best = recognition.answer if is_answer else -1
    others: list[float | None] = [None] * len(numbers)
    if other is not None and len(other) == len(numbers):
        apart = np.abs(other - numbers) >= TOLD_APART
        others = [float(share) if told else None for share, told in zip(other, apart, strict=True)]
    return [
        Bar(name, float(lengths[index]), words[index], index == best, others[index])
        for index, name in enumerate(reading.classes)
    ]


def _short(distance: float) -> str:
    """A distance in few figures."""
    return f"{distance:.0f}" if distance >= 100 else f"{distance:.1f}"
