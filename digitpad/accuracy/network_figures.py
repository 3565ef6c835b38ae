"""What the networks of docs/reports/networks.md read rightly."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from digitpad.accuracy.evaluation import digits_of
from digitpad.accuracy.markdown import plain
from digitpad.accuracy.network_runs import Found, NetworkRun
from digitpad.accuracy.pen_sets import PenSet
from digitpad.datasets import LabelledDigits, load
from digitpad.datasets.of_network import reads_digits
from digitpad.ink.placing import Placement
from digitpad.nets.recognizer import Recognizer


@dataclass(frozen=True, eq=False)
class Correctness:
    """Which of n pictures were read rightly, bool (n,), in their order; the accuracy of none is
    nan."""

    right: np.ndarray

    @property
    def n(self) -> int:
        """How many pictures were read."""
        return len(self.right)

    @property
    def accuracy(self) -> float:
        """The share read rightly."""
        return float(self.right.mean()) if self.n else math.nan

    def first(self, n: int) -> Correctness:
        """The first n of them alone."""
        return Correctness(self.right[:n])


@dataclass(frozen=True, eq=False)
class RunFigures:
    """A run, its weights, and what they read: test, the test set of the run's data set; pens, by
    the pen set's name and how its drawings were placed, for networks of digits."""

    run: NetworkRun
    found: Found
    test: Correctness
    pens: dict[tuple[str, str], Correctness] = field(default_factory=dict)

    @property
    def epochs(self) -> int | None:
        """How many epochs were trained, as far as the record tells."""
        # A run that was stopped has read no test set, and tells of all epochs that it was to have.
        record = self.found.record
        return record.best_epoch if record.test_accuracy is None else record.epochs

    @property
    def is_whole(self) -> bool:
        """Whether it trained for as many epochs as it was to."""
        return self.epochs == self.run.epochs_planned

    @property
    def seconds(self) -> int | None:
        """How long the training took, without the drawing of digits."""
        seconds = self.found.record.seconds
        return None if seconds is None else int(seconds)

    @property
    def departures(self) -> list[str]:
        """What the record tells of the run's departures from the page beyond those of the
        recipe."""
        told = self.found.record.departures
        if self.run.recipe in self.run.network.recipes:
            told = told.removeprefix(
                "; ".join(self.run.network.recipes[self.run.recipe].departures)
            )
        return [plain(one, 200) for one in told.split("; ") if one.strip()]

    def said(self, key: str) -> str:
        """What the record tells under a key, as it may stand in a table."""
        return plain(self.found.record.as_metadata().get(key, ""))


class Examiner:
    """Has networks read each data set's test set, and each pen set, drawn once and shared by
    all."""

    def __init__(self, datasets: Iterable[str], pen_sets: Sequence[PenSet]) -> None:
        """Raises DigitpadError where a data set is not to be had."""
        self.tests: dict[str, LabelledDigits] = {
            name: load(name, part="test") for name in dict.fromkeys(datasets)
        }
        self.pen_sets = [_labelled(pen_set) for pen_set in pen_sets]
        self._drawn: dict[tuple[str, Placement], np.ndarray] = {}

    def examine(self, run: NetworkRun, found: Found) -> RunFigures:
        """What the network of a run reads; raises DigitpadError where its weights cannot be
        used."""
        recognizer = Recognizer(found.path, "cpu")
        test = self.tests[run.dataset]
        figures = RunFigures(
            run, found, _correctness(recognizer, test.digits.astype(np.float32) / 255, test.labels)
        )
        if reads_digits(recognizer.info):
            for pen_set in self.pen_sets:
                for place in Placement:
                    digits = self._digits(pen_set, place)
                    figures.pens[pen_set.name, place] = _correctness(
                        recognizer, digits, pen_set.labels
                    )
        return figures

    def _digits(self, pen_set: PenSet, place: Placement) -> np.ndarray:
        key = pen_set.name, place
        if key not in self._drawn:
            self._drawn[key] = digits_of(pen_set.samples, place)
        return self._drawn[key]


def _labelled(pen_set: PenSet) -> PenSet:
    """The drawings that are digits."""
    return PenSet(
        pen_set.name,
        tuple(s for s in pen_set.samples if s.label is not None),
        pen_set.source,
        pen_set.role,
    )


def _correctness(recognizer: Recognizer, digits: np.ndarray, labels: np.ndarray) -> Correctness:
    return Correctness(recognizer.logits(digits).argmax(axis=1) == labels)
