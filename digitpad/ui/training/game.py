"""A game for the youngest: ten digits to draw, each of them once, and what each is taken for."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import Enum

from digitpad.core.constants import DIGITS
from digitpad.core.languages import N_, _, ngettext
from digitpad.ink.drawing import Mark

_YES = (
    N_("Yes! It sees a {wanted}."),
    N_("Wonderful! A {wanted}, it says."),
    N_("That is a fine {wanted}!"),
    N_("It knew at once: a {wanted}!"),
)
_NO = (
    N_("Oh! It takes this for a {seen}."),
    N_("Funny: it sees a {seen} here."),
    N_("It says {seen}. Everybody writes in their own way!"),
)
_UNSURE = (
    N_("Hm! It cannot tell what this is."),
    N_("It is not sure about this one."),
)
_END = (
    (10, N_("All ten! Your digits are easy to read.")),
    (7, N_("Very well drawn! It read nearly all of them.")),
    (4, N_("Well done! It still has to learn how you write.")),
    (0, N_("Well done! It does not know your way of writing yet: keep these, and teach it.")),
)


class Step(Enum):
    """What the game waits for: a drawing, the answer to it, to go on, or what to do at the end."""

    DRAWING = "drawing"
    READING = "reading"
    TOLD = "told"
    OVER = "over"


class Seen(Enum):
    """What became of a drawing: it was read as asked for, as something else, or as no digit."""

    AS_ASKED = "as asked"
    AS_ANOTHER = "as another"
    AS_NONE = "as none"


@dataclass(frozen=True, eq=False)
class Round:
    """One drawing of the game.

    wanted: the digit that was asked for. marks: the drawing. answer, accepted: what it was read as.
    """

    wanted: int
    marks: tuple[Mark, ...]
    answer: int
    accepted: bool

    @property
    def seen(self) -> Seen:
        """What became of it."""
        if not self.accepted:
            return Seen.AS_NONE
        return Seen.AS_ASKED if self.answer == self.wanted else Seen.AS_ANOTHER


class Game:
    """Ten rounds, in an order drawn by chance.

    Attributes:
        rounds: those that were played.
    """

    def __init__(self, seed: int | None = None) -> None:
        """seed: of the order; another one each time where none is given."""
        self.rounds: list[Round] = []
        self._chance = random.Random(seed)
        self._order = list(range(len(DIGITS)))
        self._chance.shuffle(self._order)

    @property
    def is_over(self) -> bool:
        """Whether all ten were drawn."""
        return len(self.rounds) == len(self._order)

    @property
    def wanted(self) -> int:
        """The digit to draw now; after the last one, that of the last."""
        return self._order[min(len(self.rounds), len(self._order) - 1)]

    @property
    def right(self) -> int:
        """How many were read as asked for."""
        return sum(one.seen is Seen.AS_ASKED for one in self.rounds)

    def take(self, drawn: Round) -> str:
        """Take a drawing of what is wanted; returns what is said about it."""
        self.rounds.append(drawn)
        said = {Seen.AS_ASKED: _YES, Seen.AS_ANOTHER: _NO, Seen.AS_NONE: _UNSURE}[drawn.seen]
        text = _(self._chance.choice(said))
        return text.format(wanted=DIGITS[drawn.wanted], seen=DIGITS[drawn.answer])

    def take_back(self) -> None:
        """Ask for the last digit once more."""
        self.rounds.pop()

    def task(self) -> str:
        """What is asked for now."""
        return _("Draw a {digit}!").format(digit=DIGITS[self.wanted])

    def verdict(self) -> str:
        """What is said at the end."""
        text = ngettext(
            "{n} of {count} was read as you meant it.",
            "{n} of {count} were read as you meant them.",
            self.right,
        ).format(n=self.right, count=len(self.rounds))
        kind = next(words for least, words in _END if self.right >= least)
        return f"{_(kind)}\n{text}"
