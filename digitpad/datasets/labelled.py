"""Digits with their labels, and the part of a training set that is held back to choose by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitpad.core.constants import NON_DIGIT as NON_DIGIT

VALIDATION_N = 5_000
_SPLIT_SEED = 1998


@dataclass(frozen=True)
class LabelledDigits:
    """digits: uint8 (n, 28, 28), 255 = ink; labels: uint8 (n,), from 0 to one less than there
    are classes."""

    digits: np.ndarray
    labels: np.ndarray

    def __len__(self) -> int:
        """How many there are."""
        return len(self.labels)

    def take(self, indices: np.ndarray) -> LabelledDigits:
        """Those at the given indices, in their order."""
        return LabelledDigits(self.digits[indices], self.labels[indices])


def split(
    training: LabelledDigits, validation_n: int | None = None
) -> tuple[LabelledDigits, LabelledDigits]:
    """The part to train on and the part to choose by, the same whatever the run's seed.

    validation_n: 5,000 unless told, or a twelfth of a smaller set. Drawn at random without regard
    to the labels. An empty set gives two empty ones.
    """
    if validation_n is None:
        validation_n = min(VALIDATION_N, len(training) // 12)
    order = np.random.RandomState(_SPLIT_SEED).permutation(len(training))
    kept, chosen = order[: len(order) - validation_n], order[len(order) - validation_n :]
    return training.take(np.sort(kept)), training.take(np.sort(chosen))
