"""What the networks of docs/networks.md read rightly."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from digitpad.accuracy.evaluation import digits_of
from digitpad.accuracy.markdown import plain
from digitpad.accuracy.network_runs import Found, NetworkRun
from digitpad.accuracy.pen_sets import PenSet
from digitpad.datasets import DIGITS, LabelledDigits, load
from digitpad.ink.placing import PLACES
from digitpad.nets.recognizer import Recognizer


@dataclass(frozen=True, eq=False)
class Answers:
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

    def first(self, n: int) -> Answers:
        """The first n of them alone."""
        return Answers(self.right[:n])


@dataclass(frozen=True, eq=False)
class RunFigures:
    """A run, its weights, and what they read: test, the test set of the run's data set; pens, by
    the pen set's name and how its drawings were placed, for networks of digits."""

    run: NetworkRun
    found: Found
    test: Answers
    pens: dict[tuple[str, str], Answers] = field(default_factory=dict)

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
        """What the record tells of the run's departures from the page beyond those of the recipe."""
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
    """Has networks read each data set's test set, and each pen set, drawn once and shared by all."""

    def __init__(self, datasets: Iterable[str], pen_sets: Sequence[PenSet]) -> None:
        """Raises DigitpadError where a data set is not to be had."""
        self.tests: dict[str, LabelledDigits] = {
            name: load(name, part="test") for name in dict.fromkeys(datasets)
        }
        self.pen_sets = [_labelled(pen_set) for pen_set in pen_sets]
        self._drawn: dict[tuple[str, str], np.ndarray] = {}

    def examine(self, run: NetworkRun, found: Found) -> RunFigures:
        """What the network of a run reads; raises DigitpadError where its weights cannot be used."""
        recognizer = Recognizer(found.path, "cpu")
        test = self.tests[run.dataset]
        figures = RunFigures(
            run, found, _answers(recognizer, test.digits.astype(np.float32) / 255, test.labels)
        )
        if recognizer.info.classes == DIGITS:
            for pen_set in self.pen_sets:
                for place in PLACES:
                    digits = self._digits(pen_set, place)
                    figures.pens[pen_set.name, place] = _answers(recognizer, digits, pen_set.labels)
        return figures

    def _digits(self, pen_set: PenSet, place: str) -> np.ndarray:
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


def _answers(recognizer: Recognizer, digits: np.ndarray, labels: np.ndarray) -> Answers:
    return Answers(recognizer.logits(digits).argmax(axis=1) == labels)
