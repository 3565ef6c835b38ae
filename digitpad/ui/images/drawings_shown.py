"""Which of My drawings are shown, in which order, and how the grid takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from digitpad.core.constants import DIGITS, FIELD, NON_DIGIT
from digitpad.core.languages import N_, _
from digitpad.ui.images.answers import UNREAD, Answers

if TYPE_CHECKING:
    from digitpad.ink.kept_drawing import Reading
    from digitpad.teaching.entries import Entry

LABELS = (*range(len(DIGITS)), NON_DIGIT, None)
"""All that a drawing can be labelled: a digit, no digit, nothing."""
_NAMES = {NON_DIGIT: N_("no digit"), None: N_("no label")}


class DrawingOrder(Enum):
    """In which order drawings are shown."""

    NEWEST_FIRST = "newest first"
    OLDEST_FIRST = "oldest first"


@dataclass(frozen=True)
class DrawingChoice:
    """Which drawings to show: those of one label, by its place in LABELS; only mistakes; None and
    False choose nothing. as_kept: what counts is what was read when they were kept, not now."""

    label: int | None = None
    mistakes_only: bool = False
    order: DrawingOrder = DrawingOrder.NEWEST_FIRST
    as_kept: bool = False

    @property
    def is_everything(self) -> bool:
        """Whether no drawing is left out."""
        return self == self.everything

    @property
    def everything(self) -> DrawingChoice:
        """All drawings, in this order."""
        return DrawingChoice(order=self.order, as_kept=self.as_kept)


def label_name(label: int | None) -> str:
    """What a label is called: "7", "no digit", "no label"."""
    return _(_NAMES[label]) if label is None or label == NON_DIGIT else DIGITS[label]


class ShownDrawings:
    """Entries as the grid takes them: images, what each is and what it was read as.

    Attributes:
        entries: oldest first. readings: what each was or is read as, which counts. digits: uint8
            (n, 28, 28). answers: what each is labelled and read as, by places in LABELS.
        classes: the names of these places.
    """

    def __init__(
        self, entries: Sequence[Entry], now: Mapping[int, Reading] = MappingProxyType({})
    ) -> None:
        """entries: of the collection, oldest first. now: what they are read as now, by id; of those
        that are not among these it counts what was read when they were kept."""
        self.entries = tuple(entries)
        self.readings = [now.get(entry.id, entry.reading) for entry in self.entries]
        self.classes = tuple(map(label_name, LABELS))
        digits = [entry.digit for entry in self.entries]
        self.digits = np.stack(digits) if digits else np.zeros((0, FIELD, FIELD), np.uint8)
        labels = np.array([LABELS.index(entry.label) for entry in self.entries], np.uint8)
        self.answers = Answers(labels, len(LABELS))
        self.answers.answers[:] = list(map(_answer, self.entries, self.readings))

    def counts(self) -> list[int]:
        """How many there are of each of LABELS."""
        return np.bincount(self.answers.labels, minlength=len(LABELS)).tolist()

    @property
    def mistakes(self) -> int:
        """How many were read as something else than they are labelled."""
        return int(self.answers.is_mistake.sum())

    @property
    def labelled(self) -> int:
        """How many have a label."""
        return sum(entry.label is not None for entry in self.entries)

    def chosen(self, choice: DrawingChoice) -> np.ndarray:
        """The drawings of a choice in its order: int64 indices."""
        fits = np.ones(len(self.entries), bool)
        if choice.label is not None:
            fits &= self.answers.labels == choice.label
        if choice.mistakes_only:
            fits &= self.answers.is_mistake
        indices = np.flatnonzero(fits)
        return indices if choice.order is DrawingOrder.OLDEST_FIRST else indices[::-1]


def _answer(entry: Entry, reading: Reading | None) -> int:
    """What an entry was or is read as, by its place in LABELS; what has no label is no mistake, and
    what was not read is shown as read rightly, rather than pale."""
    label = LABELS.index(entry.label)
    if entry.label is None or reading is None:
        return label
    if not reading.accepted:
        return LABELS.index(NON_DIGIT)
    # A network of other classes may have read it.
    return reading.answer if reading.answer < len(DIGITS) else UNREAD
