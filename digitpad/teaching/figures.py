"""What a teaching won and what it cost: four figures before and after, and the verdict.

    my drawings · MNIST held out · other people's writing (synthetic) · non-digits rejected

Each is measured on the same digits before and after, so that the difference is known far better
than either figure. Needs no torch.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from digitpad.core.constants import NON_DIGIT

MOST_PICTURES = 60
"""Of the digits that turned right, and of those that turned wrong, of each figure."""
SIGNIFICANT = 2.0
"""A figure falls where it does so by more than so many standard errors of the difference."""


class Measure(str, Enum):
    """What a figure is measured on."""

    OWN = "own"
    MNIST = "mnist"
    OTHERS = "others"
    NON_DIGITS = "non-digits"


class Verdict(str, Enum):
    """What the program does by itself: keeps what was taught, or not.

    FORGETS: a figure falls. NOTHING_WON: no drawing of the person's is read that was not before.
    """

    KEEP = "keep"
    FORGETS = "forgets"
    NOTHING_WON = "nothing won"


@dataclass(frozen=True, eq=False)
class Answers:
    """What a network makes of n digits: read int64 (n,), the likeliest classes; accepted bool
    (n,)."""

    read: np.ndarray
    accepted: np.ndarray

    def right(self, labels: np.ndarray) -> np.ndarray:
        """Which of them are read rightly, bool (n,): a digit as its label and accepted, what is no
        digit where it is rejected."""
        right: np.ndarray = np.where(
            labels == NON_DIGIT, ~self.accepted, self.accepted & (self.read == labels)
        )
        return right

    @property
    def said(self) -> np.ndarray:
        """The answers, int64 (n,), NON_DIGIT for what is rejected."""
        said: np.ndarray = np.where(self.accepted, self.read, NON_DIGIT)
        return said


@dataclass(frozen=True, eq=False)
class Turned:
    """Digits whose reading turned from right to wrong, or the other way.

    digits: uint8 (k, 28, 28); labels, before and after: int64 (k,), what they are and what was
    read, NON_DIGIT for what is none or is rejected. At most MOST_PICTURES.
    """

    digits: np.ndarray
    labels: np.ndarray
    before: np.ndarray
    after: np.ndarray

    def __len__(self) -> int:
        """How many are shown."""
        return len(self.labels)


@dataclass(frozen=True, eq=False)
class Figure:
    """One figure before and after.

    n: of how many; before and after: how many are read rightly (non-digits: rejected). won and
    lost: how many turned right, and wrong; turned_right and turned_wrong show them.
    """

    measure: Measure
    n: int
    before: int
    after: int
    won: int
    lost: int
    turned_right: Turned
    turned_wrong: Turned

    @property
    def difference(self) -> float:
        """By what share it rose; 0 of no digits."""
        return (self.after - self.before) / self.n if self.n else 0.0

    @property
    def standard_error(self) -> float:
        """Of the difference, paired: what turned one way or the other alone makes it uncertain."""
        if not self.n:
            return 0.0
        turned, difference = self.won + self.lost, self.won - self.lost
        return math.sqrt(max(0.0, turned - difference**2 / self.n)) / self.n

    @property
    def falls(self) -> bool:
        """Whether it falls by more than chance would have it."""
        return -self.difference > SIGNIFICANT * self.standard_error


@dataclass(frozen=True, eq=False)
class Table:
    """The figures of a teaching, in the order of Measure; without MNIST where that is not here.

    temperature and threshold: those set anew, None where the network has none.
    """

    figures: tuple[Figure, ...]
    temperature: float | None = None
    threshold: float | None = None

    def __getitem__(self, measure: Measure) -> Figure:
        """The figure of a measure; raises KeyError where it was not measured."""
        for figure in self.figures:
            if figure.measure is measure:
                return figure
        raise KeyError(measure)

    @property
    def fallen(self) -> tuple[Measure, ...]:
        """What falls."""
        return tuple(figure.measure for figure in self.figures if figure.falls)

    @property
    def verdict(self) -> Verdict:
        """What to do with what was taught, unless the person says otherwise."""
        if self.fallen:
            return Verdict.FORGETS
        own = self[Measure.OWN]
        return Verdict.KEEP if own.after > own.before else Verdict.NOTHING_WON


def figure_of(
    measure: Measure,
    digits: np.ndarray,
    labels: np.ndarray,
    before: Answers,
    after: Answers,
) -> Figure:
    """The figure of digits uint8 (n, 28, 28) with labels int64 (n,), read by both networks."""
    was, now = before.right(labels), after.right(labels)

    def turned(which: np.ndarray) -> Turned:
        chosen = np.flatnonzero(which)[:MOST_PICTURES]
        return Turned(digits[chosen], labels[chosen], before.said[chosen], after.said[chosen])

    return Figure(
        measure=measure,
        n=len(labels),
        before=int(was.sum()),
        after=int(now.sum()),
        won=int((now & ~was).sum()),
        lost=int((was & ~now).sum()),
        turned_right=turned(now & ~was),
        turned_wrong=turned(was & ~now),
    )


def as_record(figures: Sequence[Figure]) -> dict[str, dict[str, int]]:
    """The counts of figures as a version's record has them."""
    names = ("n", "before", "after", "won", "lost")
    return {
        figure.measure.value: {name: getattr(figure, name) for name in names} for figure in figures
    }


def from_record(record: object) -> tuple[Figure, ...]:
    """The figures, without their pictures, that as_record gave; raises ValueError for what makes no
    sense."""
    if not isinstance(record, dict):
        raise ValueError("figures are no object")
    found = []
    for measure in Measure:
        if measure.value in record:
            entry = record[measure.value]
            names = ("n", "before", "after", "won", "lost")
            if not isinstance(entry, dict):
                raise ValueError("a figure is no object")
            counts = [entry.get(name) for name in names]
            if not all(type(one) is int and 0 <= one < 1 << 31 for one in counts):
                raise ValueError("a figure has a count that is none")
            n, before, after, won, lost = (int(str(one)) for one in counts)
            if max(before, after) > n or after - before != won - lost or won + lost > n:
                raise ValueError("a figure's counts do not go together")
            found.append(Figure(measure, n, before, after, won, lost, NOTHING, NOTHING))
    return tuple(found)


def _nothing() -> Turned:
    none = np.empty(0, np.int64)
    return Turned(np.empty((0, 28, 28), np.uint8), none, none, none)


NOTHING = _nothing()
"""No digits that turned."""
