"""How well a recogniser reads drawings: the measure behind ``digitpad evaluate`` and the figures
in docs/."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from digitpad.ink.drawing import PEN_WIDTH
from digitpad.ink.pipeline import strokes_to_digit
from digitpad.ink.placing import place as placed
from digitpad.ink.strokes_file import Sample
from digitpad.nets.recognizer import Recognizer


@dataclass(frozen=True)
class Score:
    """What became of labelled drawings.

    n: how many were digits; accuracy: the share of them whose likeliest digit was the label
    (undefined, nan, for none); accepted: the share of them that was taken for a digit. confusion:
    int (10, 10), rows the label, columns the likeliest digit. no_digits: how many drawings had no
    label; rejected: the share of those that was not taken for a digit (nan for none).
    """

    n: int
    accuracy: float
    accepted: float
    confusion: np.ndarray
    no_digits: int
    rejected: float

    @property
    def taken(self) -> float:
        """The share of all drawings, labelled or not, that was taken for a digit; nan for none."""
        taken = [
            share * n
            for share, n in ((self.accepted, self.n), (1 - self.rejected, self.no_digits))
            if n
        ]
        return sum(taken) / (self.n + self.no_digits) if taken else math.nan

    @property
    def mistakes(self) -> list[tuple[int, int, int]]:
        """(label, answer, how often), commonest first."""
        wrong = [
            (a, b, int(self.confusion[a, b]))
            for a in range(10)
            for b in range(10)
            if a != b and self.confusion[a, b]
        ]
        return sorted(wrong, key=lambda mistake: -mistake[2])

    @property
    def interval(self) -> tuple[float, float]:
        """The accuracy's 95 % interval: Wilson, "Probable Inference, the Law of Succession, and
        Statistical Inference" (1927)."""
        return wilson_interval(self.accuracy, self.n)


def wilson_interval(share: float, n: int) -> tuple[float, float]:
    """The 95 % interval of a share seen among n; (0, 1) for n = 0."""
    if n == 0:
        return 0.0, 1.0
    z = 1.959964
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    # Rounding must not push an interval past the share it surrounds.
    return max(0.0, min(centre - half, share)), min(1.0, max(centre + half, share))


def digits_of(
    samples: Sequence[Sample],
    place: str,
    pen_width: float = PEN_WIDTH,
    seed: int = 0,
    share: float | None = None,
) -> np.ndarray:
    """Each sample drawn on a pad of its own and normalised: float32 (n, 28, 28)."""
    rng = np.random.default_rng(seed)
    digits = [
        strokes_to_digit(placed(sample.strokes, place, rng, share), pen_width) for sample in samples
    ]
    return np.stack(digits) if digits else np.empty((0, 28, 28), np.float32)


def evaluate(
    recognizer: Recognizer,
    samples: Sequence[Sample],
    place: str = "random",
    pen_width: float = PEN_WIDTH,
    seed: int = 0,
    share: float | None = None,
) -> Score:
    """Draw, normalise and read all samples, as the window would."""
    digits = digits_of(samples, place, pen_width, seed, share)
    answers, accepted = recognizer.answers(digits)
    labels = np.array(
        [-1 if sample.label is None else sample.label for sample in samples], dtype=int
    )
    real = labels >= 0
    confusion = np.zeros((10, 10), dtype=int)
    np.add.at(confusion, (labels[real], answers[real]), 1)
    n, no_digits = int(real.sum()), int((~real).sum())
    return Score(
        n=n,
        accuracy=float((answers[real] == labels[real]).mean()) if n else math.nan,
        accepted=float(accepted[real].mean()) if n else math.nan,
        confusion=confusion,
        no_digits=no_digits,
        rejected=float((~accepted[~real]).mean()) if no_digits else math.nan,
    )
