"""What a network answered to many labelled images: the counts, the mistakes, and which images to
look at first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

UNREAD = -1


class Order(Enum):
    """In which order images are shown; the value says it in words.

    DOUBTFUL_FIRST: by the likeliest class's probability, lowest first. CLOSEST_FIRST: by how far
    the runner-up is behind. SUREST_FIRST: by the likeliest class's probability, highest first.
    Equal ones stay as they are stored.
    """

    AS_STORED = "In their own order"
    DOUBTFUL_FIRST = "Most doubtful first"
    CLOSEST_FIRST = "Closest call first"
    SUREST_FIRST = "Surest first"


@dataclass(frozen=True)
class Choice:
    """Which images to show: of one class, of one answer, only mistakes, only those rejected;
    None and False choose nothing."""

    label: int | None = None
    answer: int | None = None
    mistakes_only: bool = False
    rejected_only: bool = False
    order: Order = Order.AS_STORED

    @property
    def is_everything(self) -> bool:
        """Whether no image is left out."""
        return self == Choice(order=self.order)

    def in_words(self, classes: tuple[str, ...]) -> str:
        """Such as "4, read as 9, mistakes only"; "all" where no image is left out."""
        parts = [
            "" if self.label is None else classes[self.label],
            "" if self.answer is None else f"read as {classes[self.answer]}",
            "mistakes only" if self.mistakes_only else "",
            "rejected" if self.rejected_only else "",
        ]
        return ", ".join(filter(None, parts)) or "all"


class Answers:
    """The answers to labelled images, as far as they have come.

    Attributes:
        labels: uint8 (n,).
        probabilities: float32 (n, classes), zeros where not yet read.
        accepted: bool (n,), False where the image would be rejected.
        answers: int16 (n,), the likeliest class, UNREAD where not yet read.
    """

    def __init__(self, labels: np.ndarray, classes: int) -> None:
        """labels: uint8 (n,); raises ValueError where one is no class."""
        if len(labels) and int(labels.max()) >= classes:
            raise ValueError(f"a label is {int(labels.max())}, but there are {classes} classes")
        self.labels = labels
        self.probabilities = np.zeros((len(labels), classes), np.float32)
        self.accepted = np.ones(len(labels), bool)
        self.answers = np.full(len(labels), UNREAD, np.int16)

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, first: int, probabilities: np.ndarray, accepted: np.ndarray) -> None:
        """Keep the answers to the images from first on: float32 (k, classes) and bool (k,);
        raises ValueError where they are not answers to these images."""
        end = first + len(probabilities)
        if first < 0 or end > len(self) or probabilities.shape[1:] != self.probabilities.shape[1:]:
            raise ValueError(
                f"answers {first} to {end} of {probabilities.shape[1:]} classes fit no images"
            )
        self.probabilities[first:end] = probabilities
        self.accepted[first:end] = accepted
        # The first of equals, as Recognition.ranking has it.
        self.answers[first:end] = probabilities.argmax(axis=1)

    @property
    def is_read(self) -> np.ndarray:
        """bool (n,)."""
        return self.answers != UNREAD

    @property
    def is_mistake(self) -> np.ndarray:
        """bool (n,): read, and as another class than its own."""
        return self.is_read & (self.answers != self.labels)

    @property
    def is_rejected(self) -> np.ndarray:
        """bool (n,): read, and taken for none of the classes."""
        return self.is_read & ~self.accepted

    @property
    def first_unread(self) -> int:
        """The images before this one are read; n where all are."""
        unread = np.flatnonzero(~self.is_read)
        return int(unread[0]) if len(unread) else len(self)

    def confusion(self) -> np.ndarray:
        """How often each class (row) was read as each (column): int64 (classes, classes), of the
        images read so far."""
        classes = self.probabilities.shape[1]
        read = self.is_read
        pairs = self.labels[read].astype(np.int64) * classes + self.answers[read]
        return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)

    def chosen(self, choice: Choice) -> np.ndarray:
        """The images of a choice in its order: int64 indices. Where an order needs answers,
        those not yet read come last."""
        fits = np.ones(len(self), bool)
        if choice.label is not None:
            fits &= self.labels == choice.label
        if choice.answer is not None:
            fits &= self.answers == choice.answer
        if choice.mistakes_only:
            fits &= self.is_mistake
        if choice.rejected_only:
            fits &= self.is_rejected
        indices = np.flatnonzero(fits)
        if choice.order is Order.AS_STORED:
            return indices
        keys = self._keys(indices, choice.order)
        keys[~self.is_read[indices]] = np.inf
        return indices[np.argsort(keys, kind="stable")]

    def _keys(self, indices: np.ndarray, order: Order) -> np.ndarray:
        """What to sort images by, lowest first."""
        shares = np.sort(self.probabilities[indices], axis=1)
        if order is Order.CLOSEST_FIRST and shares.shape[1] > 1:
            return shares[:, -1] - shares[:, -2]
        return -shares[:, -1] if order is Order.SUREST_FIRST else shares[:, -1]

    def totals_in_words(self) -> str:
        """Such as "9,946 of 10,000 read rightly: 99.46 %.", with how many were rejected; ""
        where nothing is read yet."""
        read = int(self.is_read.sum())
        if read == 0:
            return ""
        right = read - int(self.is_mistake.sum())
        away = int(self.is_rejected.sum())
        share = f"{exact_percent(right, read)}."
        if read < len(self):
            text = f"{read:,} of {len(self):,} read so far, {right:,} of them rightly: {share}"
        else:
            text = f"{right:,} of {read:,} read rightly: {share}"
        return f"{text} {away:,} would be rejected." if away else text


def exact_percent(part: int, whole: int) -> str:
    """A share with two decimals, never rounded up to all nor down to nothing; "–" of nothing."""
    if whole == 0:
        return "–"
    hundredths = round(10_000 * part / whole)
    if 0 < part < whole:
        hundredths = min(max(hundredths, 1), 9_999)
    return f"{hundredths / 100:.2f} %"
