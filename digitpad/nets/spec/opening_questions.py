"""What has to be asked of a person before a network's file can be opened, and what was found out by
reading test images with it; plain values, without torch."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.nets.spec.open_choices import feeding_words


class Question(Enum):
    """What is not known of a file. The values cross the pipe.

    NETWORK: which of several networks of the catalogue it is of. PROGRAM: the Python file that
    makes its network; networks of the catalogue that have its shapes may be offered beside. CLASS:
    what in that file makes it. SET: which of several sets of weights is meant. OUTPUT: which of
    several outputs is the answer. SIDE: of its input. FEEDING: how it is fed. NOTHING: all is
    known.
    """

    NETWORK = "network"
    PROGRAM = "program"
    CLASS = "class"
    SET = "set"
    OUTPUT = "output"
    SIDE = "side"
    FEEDING = "feeding"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Option:
    """One answer to a question. value: as OpenChoices or net take it; title and about: what it is,
    for a person. fits: whether it can be opened, as far as that is known."""

    value: str
    title: str
    about: str = ""
    fits: bool = True


class UndecidedError(DigitpadError):
    """Says in one line what has to be said by options; the window asks question instead, with
    options to choose from and why it has to be asked."""

    def __init__(
        self, message: str, question: Question, options: tuple[Option, ...], why: str
    ) -> None:
        super().__init__(message)
        self.question = question
        self.options = options
        self.why = why


@dataclass(frozen=True)
class FeedingTrial:
    """How much a network reads when it is fed in one way: right of n test images of a data set.

    mean, std and fit: as OpenChoices has them.
    """

    mean: float
    std: float
    fit: str
    dataset: str
    right: int
    n: int

    @property
    def accuracy(self) -> float:
        """The share that it reads rightly, in [0, 1]."""
        return self.right / self.n

    @property
    def words(self) -> str:
        """The way in which it was fed, as a person would write it."""
        words = feeding_words(self.mean, self.std)
        return (
            _("{feeding}, with paper around").format(feeding=words) if self.fit == "pad" else words
        )


@dataclass(frozen=True)
class Examination:
    """What was found out of a file without opening it.

    question: what to ask next, with options and why. The rest is told where the question is FEEDING
    or NOTHING. title: of its network. side: of its input in pixels; classes: what its outputs stand
    for. trials: the ways that were tried, the likeliest first; is_sure: whether that one reads so
    much that the guess means something.
    """

    question: Question
    options: tuple[Option, ...] = ()
    why: str = ""
    title: str = ""
    side: int = 28
    classes: tuple[str, ...] = ()
    trials: tuple[FeedingTrial, ...] = ()
    is_sure: bool = False
