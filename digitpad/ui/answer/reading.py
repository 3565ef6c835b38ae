"""A digit as a network reads it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitpad.core.languages import _
from digitpad.core.results import NetworkInfo, Recognition
from digitpad.core.texts import class_names, doubt_text, rejection_text, several_text
from digitpad.datasets import DIGITS
from digitpad.datasets.of_network import data_set_of


@dataclass(frozen=True)
class Label:
    """The real class of an example, and the title of the data set that says so."""

    name: str
    source: str


def label_among(label: Label | None, info: NetworkInfo | None) -> Label | None:
    """The label where it is a class of that network, or none has loaded; else None: a network
    that tells other things apart is neither right nor wrong by it."""
    if label is None or info is None or _(label.name) in class_names(info.classes):
        return label
    return None


@dataclass(frozen=True, eq=False)
class Reading:
    """A digit as a network reads it.

    info: of the network, or None while none has loaded. digit: float32 (28, 28) in [0, 1].
    recognition: the answer, or None while there is none. is_rejected: whether it is voiced that
    the digit should be rejected. label: its real class, where that is known. several: the classes
    of the digits that stand apart, in reading order, where there is more than one; None for one
    that the network rejects.
    """

    info: NetworkInfo | None
    digit: np.ndarray
    recognition: Recognition | None = None
    is_rejected: bool = False
    label: Label | None = None
    several: tuple[int | None, ...] = ()

    @property
    def classes(self) -> tuple[str, ...]:
        """What the network tells apart, in the language that was chosen; the ten digits while none
        has loaded."""
        return DIGITS if self.info is None else class_names(self.info.classes)

    @property
    def noun(self) -> str:
        """What is drawn for the network: "digit", "garment" or "character"."""
        return data_set_of(self.info).noun

    @property
    def gives_distances(self) -> bool:
        """Whether the logits are distances with their sign turned: the smallest wins."""
        return self.info is not None and self.info.gives_distances

    @property
    def answer(self) -> str:
        """The likeliest class's name; "" where there is no answer."""
        return "" if self.recognition is None else self.classes[self.recognition.answer]

    @property
    def several_names(self) -> tuple[str, ...]:
        """What the several digits are called, "?" for one that the network rejects."""
        return tuple("?" if one is None else self.classes[one] for one in self.several)

    @property
    def several_told(self) -> str:
        """That several digits stand apart, in words; "" for less than two."""
        return several_text(self.several_names, self.noun)

    @property
    def doubt(self) -> str:
        """What is asked of what is rejected: "Not a digit?"."""
        return doubt_text(self.noun)

    @property
    def why(self) -> str:
        """Why it is rejected, in words; "" where it is not."""
        rejection = None if self.recognition is None else self.recognition.rejection
        return rejection_text(rejection, self.classes, self.noun)

    @property
    def is_right(self) -> bool | None:
        """Whether the answer is the label; None where either is missing."""
        if self.recognition is None or self.label is None:
            return None
        return self.answer == _(self.label.name)
