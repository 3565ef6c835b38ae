"""What networks make of labelled drawings: the measure behind ``digitpad evaluate`` and the figures
in docs/reports/."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from digitpad.core.constants import DIGITS
from digitpad.datasets import NON_DIGIT
from digitpad.ink.drawing import PEN_WIDTH
from digitpad.ink.pipeline import drawing_to_digit, strokes_to_digit
from digitpad.ink.placing import Placement
from digitpad.ink.placing import place as placed
from digitpad.ink.strokes_file import Sample
from digitpad.nets.digit_reader import DigitReader


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What a network made of n labelled drawings.

    labels: int64 (n,), 0 to 9, or NON_DIGIT; logits: float32 (n, 10); is_accepted: bool (n,),
    whether each was accepted as a digit. All shares are of the drawings that are digits unless said
    otherwise, and nan where there are none.
    """

    labels: np.ndarray
    logits: np.ndarray
    is_accepted: np.ndarray

    @cached_property
    def answers(self) -> np.ndarray:
        """The likeliest digit of each drawing, int64 (n,)."""
        answers: np.ndarray = self.logits.argmax(axis=1)
        return answers

    @cached_property
    def is_digit(self) -> np.ndarray:
        """Which drawings have a label, bool (n,)."""
        is_digit: np.ndarray = self.labels != NON_DIGIT
        return is_digit

    @property
    def right(self) -> np.ndarray:
        """Whether each drawing's likeliest digit is its label, bool (n,)."""
        right: np.ndarray = self.answers == self.labels
        return right

    @property
    def n(self) -> int:
        """How many are digits."""
        return int(self.is_digit.sum())

    @property
    def accuracy(self) -> float:
        """The share read rightly, whether or not it was then accepted."""
        return _share(self.right[self.is_digit])

    @property
    def interval(self) -> tuple[float, float]:
        """The accuracy's 95 % interval (Wilson)."""
        return wilson_interval(self.accuracy, self.n) if self.n else (math.nan, math.nan)

    @property
    def accepted(self) -> float:
        """The share of digits accepted as such."""
        return _share(self.is_accepted[self.is_digit])

    @property
    def non_digits(self) -> int:
        """How many are no digits."""
        return int((~self.is_digit).sum())

    @property
    def rejected(self) -> float:
        """The share rejected of those that are no digits."""
        return _share(~self.is_accepted[~self.is_digit])

    @property
    def accepted_of_all(self) -> float:
        """The share accepted of all drawings, digits or not."""
        return _share(self.is_accepted)

    @property
    def confusion(self) -> np.ndarray:
        """How often each digit (row) was read as each (column): int (10, 10)."""
        counts = np.zeros((len(DIGITS), len(DIGITS)), dtype=int)
        np.add.at(counts, (self.labels[self.is_digit], self.answers[self.is_digit]), 1)
        return counts

    @property
    def mistakes(self) -> list[tuple[int, int, int]]:
        """(label, answer, how often), commonest first, then by label and answer."""
        counts = self.confusion
        np.fill_diagonal(counts, 0)
        found = [(int(a), int(b), int(counts[a, b])) for a, b in np.argwhere(counts)]
        return sorted(found, key=lambda mistake: -mistake[2])

    def only(self, which: np.ndarray) -> Evaluation:
        """The part at indices, or where a mask is true."""
        return Evaluation(self.labels[which], self.logits[which], self.is_accepted[which])


def _share(which: np.ndarray) -> float:
    """The share of bool (n,) that is true; nan for none."""
    return float(which.mean()) if len(which) else math.nan


def wilson_interval(share: float, n: int) -> tuple[float, float]:
    """The 95 % interval of a share seen among n; (0, 1) for n = 0.

    Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (1927).
    """
    if n == 0:
        return 0.0, 1.0
    z = 1.959964
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    # Rounding must not push an interval past the share it surrounds.
    return max(0.0, min(centre - half, share)), min(1.0, max(centre + half, share))


def digits_of(
    samples: Sequence[Sample],
    place: Placement | str,
    pen_width: float = PEN_WIDTH,
    seed: int = 0,
    share: float | None = None,
) -> np.ndarray:
    """Each sample drawn on a pad of its own and normalised: float32 (n, 28, 28).

    A drawing that was kept whole is read as it was drawn, with its own pens and where it lay.
    """
    rng = np.random.default_rng(seed)
    digits = [
        drawing_to_digit(sample.marks)
        if sample.marks
        else strokes_to_digit(placed(sample.strokes, place, rng, share), pen_width)
        for sample in samples
    ]
    return np.stack(digits) if digits else np.empty((0, 28, 28), np.float32)


def labels_of(samples: Sequence[Sample]) -> np.ndarray:
    """int64 (n,): the samples' labels, NON_DIGIT where a sample has none."""
    labels = (NON_DIGIT if sample.label is None else sample.label for sample in samples)
    return np.fromiter(labels, np.int64, len(samples))


def evaluate(
    recognizer: DigitReader,
    samples: Sequence[Sample],
    place: Placement | str = Placement.RANDOM,
    pen_width: float = PEN_WIDTH,
    seed: int = 0,
    share: float | None = None,
) -> Evaluation:
    """Draw, normalise and read all samples, as the window would; no samples give an evaluation of
    none."""
    logits, accepted = recognizer.judge(digits_of(samples, place, pen_width, seed, share))
    return Evaluation(labels_of(samples), logits, accepted)
