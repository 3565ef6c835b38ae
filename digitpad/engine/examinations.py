"""The question what has to be asked before a network's file can be opened, on its way to the
recogniser."""

from __future__ import annotations

from collections.abc import Callable

from digitpad.core.languages import _
from digitpad.engine.conversation import Conversation
from digitpad.engine.messages import NETWORK
from digitpad.engine.opening import NetworkChoice
from digitpad.engine.requests import EXAMINE
from digitpad.nets.spec.opening_questions import Examination


class Examinations:
    """At most one examination is wanted; whoever asked for it hears of it once, however it
    ends."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._wanted: tuple[NetworkChoice, Callable[[str], None]] | None = None

    def ask(
        self,
        choice: NetworkChoice,
        answered: Callable[[Examination], None],
        refused: Callable[[str], None],
    ) -> None:
        """Have a file examined; the answer to the one before is not wanted any more."""
        self._wanted = choice, refused
        self._conversation.at_once(
            EXAMINE,
            choice,
            NETWORK,
            lambda role, found: answered(found) if self._takes(choice) else None,
            lambda why: refused(why) if self._takes(choice) else None,
        )

    def drop(self) -> None:
        """No answer is wanted any more."""
        self._wanted = None

    def give_up(self, why: str) -> None:
        """The recogniser is gone."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            choice, refused = wanted
            refused(
                _("{weights} could not be looked into: {why}").format(
                    weights=choice.weights, why=why
                )
            )

    def _takes(self, choice: NetworkChoice) -> bool:
        """Whether the answer to this is what is wanted, which it is once."""
        if self._wanted is None or self._wanted[0] is not choice:
            return False
        self._wanted = None
        return True
