"""A digit as a network reads it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitpad.core.languages import _
from digitpad.core.results import NetworkInfo, Recognition
from digitpad.core.texts import class_names
from digitpad.datasets import DIGITS


@dataclass(frozen=True)
class Label:
    """The real class of an example, and the title of the data set that says so."""

    name: str
    source: str


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
    def is_right(self) -> bool | None:
        """Whether the answer is the label; None where either is missing."""
        if self.recognition is None or self.label is None:
            return None
        return self.answer == _(self.label.name)
