"""What a network answered to many labelled images: the counts, the mistakes, and which images to
look at first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

UNREAD = -1


class Order(Enum):
    """In which order images are shown; equal ones stay as they are stored.

    LEAST_CERTAIN_FIRST: by the likeliest class's probability, lowest first. CLOSEST_FIRST: by how
    far the runner-up is behind. MOST_CERTAIN_FIRST: by the likeliest class's probability, highest
    first.
    """

    AS_STORED = "as stored"
    LEAST_CERTAIN_FIRST = "least certain first"
    CLOSEST_FIRST = "closest first"
    MOST_CERTAIN_FIRST = "most certain first"


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


@dataclass(frozen=True)
class ImageInfo:
    """A test image and its answer.

    number: counted from 1; digit: uint8 (28, 28), 255 = ink; label: its class; probabilities:
    float32 (classes,), or None where it is not yet read; accepted: False where it is rejected.
    """

    number: int
    digit: npt.NDArray[np.uint8]
    label: int
    probabilities: npt.NDArray[np.float32] | None = None
    accepted: bool = True

    @property
    def ranking(self) -> list[int]:
        """The classes, likeliest first; none where it is not yet read."""
        if self.probabilities is None:
            return []
        return [int(i) for i in np.argsort(-self.probabilities, kind="stable")]


class Answers:
    """The answers to labelled images, as far as they have come.

    Attributes:
        labels: uint8 (n,).
        probabilities: float32 (n, classes), zeros where not yet read.
        accepted: bool (n,), False where the image is rejected.
        answers: int16 (n,), the likeliest class, UNREAD where not yet read.
    """

    def __init__(self, labels: npt.NDArray[np.uint8], classes: int) -> None:
        """labels: uint8 (n,); raises ValueError where one is no class."""
        if len(labels) and int(labels.max()) >= classes:
            raise ValueError(f"a label is {int(labels.max())}, but there are {classes} classes")
        self.labels = labels
        self.probabilities = np.zeros((len(labels), classes), np.float32)
        self.accepted = np.ones(len(labels), bool)
        self.answers = np.full(len(labels), UNREAD, np.int16)

    def __len__(self) -> int:
        """How many images there are."""
        return len(self.labels)

    def take(
        self,
        first: int,
        probabilities: npt.NDArray[np.float32],
        accepted: npt.NDArray[np.bool_],
    ) -> None:
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
    def is_read(self) -> npt.NDArray[np.bool_]:
        """Which images are read: bool (n,)."""
        return np.not_equal(self.answers, UNREAD)

    @property
    def is_mistake(self) -> npt.NDArray[np.bool_]:
        """Which images are read as another class than their own: bool (n,)."""
        return self.is_read & np.not_equal(self.answers, self.labels)

    @property
    def is_rejected(self) -> npt.NDArray[np.bool_]:
        """Which images are read and rejected as none of the classes: bool (n,)."""
        return self.is_read & ~self.accepted

    @property
    def first_unread(self) -> int:
        """The images before this one are read; n where all are."""
        unread = np.flatnonzero(~self.is_read)
        return int(unread[0]) if len(unread) else len(self)

    def confusion(self) -> npt.NDArray[np.int64]:
        """How often each class (row) was read as each (column): int64 (classes, classes), of the
        images read so far."""
        classes = self.probabilities.shape[1]
        read = self.is_read
        pairs = self.labels[read].astype(np.int64) * classes + self.answers[read]
        counts = np.bincount(pairs, minlength=classes * classes).astype(np.int64)
        return counts.reshape(classes, classes)

    def chosen(self, choice: Choice) -> npt.NDArray[np.int64]:
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

    def _keys(self, indices: npt.NDArray[np.int64], order: Order) -> npt.NDArray[np.float32]:
        """What to sort images by, lowest first."""
        shares = np.sort(self.probabilities[indices], axis=1)
        if order is Order.CLOSEST_FIRST and shares.shape[1] > 1:
            return shares[:, -1] - shares[:, -2]
        return -shares[:, -1] if order is Order.MOST_CERTAIN_FIRST else shares[:, -1]
