"""What networks make of digits: the readings that every table is made of."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from digitpad.accuracy.evaluation import wilson_interval
from digitpad.core.errors import DigitpadError
from digitpad.core.files import read_limited
from digitpad.datasets import DIGITS
from digitpad.nets.recognizer import Recognizer
from digitpad.nets.rejection import RejectionRule
from digitpad.nets.spec.declaration import OURS
from digitpad.nets.spec.record import FILE_LIMIT_BYTES, read_record

NO_DIGIT = -1


@dataclass(frozen=True, eq=False)
class Reading:
    """What a network made of n drawings.

    labels: int64 (n,), 0 to 9, or NO_DIGIT; logits: float32 (n, 10); is_accepted: bool (n,), whether
    each was taken for a digit. All shares are of the drawings that are digits unless said
    otherwise, and nan where there are none.
    """

    labels: np.ndarray
    logits: np.ndarray
    is_accepted: np.ndarray

    @cached_property
    def answers(self) -> np.ndarray:
        """The likeliest digit of each drawing, int64 (n,)."""
        return self.logits.argmax(axis=1)

    @cached_property
    def is_digit(self) -> np.ndarray:
        """Which drawings have a label, bool (n,)."""
        return self.labels != NO_DIGIT

    @property
    def n(self) -> int:
        """How many are digits."""
        return int(self.is_digit.sum())

    @property
    def right(self) -> np.ndarray:
        """Whether each drawing's likeliest digit is its label, bool (n,)."""
        return self.answers == self.labels

    @property
    def accuracy(self) -> float:
        """The share read rightly, whether or not it was then taken for a digit."""
        return _share(self.right[self.is_digit])

    @property
    def accepted(self) -> float:
        """The share of digits accepted as such."""
        return _share(self.is_accepted[self.is_digit])

    @property
    def interval(self) -> tuple[float, float]:
        """The accuracy's 95 % interval (Wilson)."""
        return wilson_interval(self.accuracy, self.n) if self.n else (math.nan, math.nan)

    @property
    def no_digits(self) -> int:
        """How many are no digits."""
        return int((~self.is_digit).sum())

    @property
    def rejected(self) -> float:
        """The share rejected of those that are no digits."""
        return _share(~self.is_accepted[~self.is_digit])

    @property
    def confusions(self) -> list[tuple[int, int, int]]:
        """(label, answer, how often) of the mistakes, commonest first, then by label and answer."""
        wrong = self.is_digit & ~self.right
        pairs, counts = np.unique(
            np.stack([self.labels[wrong], self.answers[wrong]]), axis=1, return_counts=True
        )
        found = [
            (int(a), int(b), int(count)) for (a, b), count in zip(pairs.T, counts, strict=True)
        ]
        return sorted(found, key=lambda confusion: -confusion[2])

    def only(self, which: np.ndarray) -> Reading:
        """The part at indices, or where a mask is true."""
        return Reading(self.labels[which], self.logits[which], self.is_accepted[which])


class MeasuredNetwork:
    """A weights file to be measured.

    name: the file's name without its ending; digest: the first twelve digits of the file's SHA-256;
    temperature: what the logits are divided by for probabilities; rejects: whether the weights say
    what to reject.
    """

    def __init__(self, weights: Path) -> None:
        """Load weights for the CPU, where figures are the same on every machine.

        Raises DigitpadError where they cannot be used, or are not for the ten digits.
        """
        self.name = weights.stem
        self.digest = hashlib.sha256(read_limited(weights, FILE_LIMIT_BYTES)).hexdigest()[:12]
        self._recognizer = Recognizer(weights, "cpu")
        self.info = self._recognizer.info
        if self.info.classes != DIGITS:
            raise DigitpadError(f"{weights} is not for the ten digits; leave it out")
        self.temperature = self.info.record.temperature or 1.0
        self._rule = RejectionRule(self.info.record.reject_energy)
        self.rejects = self._rule.threshold is not None

    def read(self, digits: np.ndarray, labels: np.ndarray) -> Reading:
        """Read digits float32 (n, 28, 28) in [0, 1] with labels int (n,)."""
        logits = self._recognizer.logits(digits)
        return Reading(np.asarray(labels, np.int64), logits, self._rule.accepted(digits, logits))


def shipped_networks(lenet5: Path) -> list[Path]:
    """The weights files beside LeNet-5's that are for the ten digits and by our recipe, it first,
    then by name.

    What comes out of the tutorials' recipes stands in docs/networks.md.
    """
    records = {
        path: read_record(path)
        for path in sorted(lenet5.parent.glob("*.safetensors"))
        if path != lenet5
    }
    ours = (path for path, record in records.items() if record.recipe in ("", OURS))
    return [
        lenet5,
        *(path for path in ours if records[path].classes == DIGITS),
    ]


def check_names(paths: Sequence[Path]) -> None:
    """Raise DigitpadError where two weights files have the same name: their tables could not be
    told apart."""
    names = [path.stem for path in paths]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise DigitpadError(f"two weights files are named {twice}; rename one")


def _share(which: np.ndarray) -> float:
    return float(which.mean()) if len(which) else math.nan
