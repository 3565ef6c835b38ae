"""Which second network reads beside the first, while openings and closings are still under way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from digitpad.core.languages import _
from digitpad.core.results import NetworkInfo
from digitpad.engine.conversation import Conversation
from digitpad.engine.messages import SECOND
from digitpad.engine.opening import NetworkChoice
from digitpad.engine.requests import CLOSE, OPEN


class SecondNetwork:
    """Asks the recogniser for its second network, and knows what it answered, in that order.

    choice: the second network that reads, or is to read once the recogniser has started; None for
    none.
    """

    def __init__(
        self,
        conversation: Conversation,
        opened: Callable[[NetworkInfo], None],
        refused: Callable[[str], None],
    ) -> None:
        """opened: takes one that is open and still wanted. refused: takes why one is not."""
        self._conversation, self._opened, self._refused = conversation, opened, refused
        self.choice: NetworkChoice | None = None
        # None for one that is not wanted any more.
        self._opening: deque[NetworkChoice | None] = deque()

    def open(self, choice: NetworkChoice) -> None:
        """Have it opened: now, or by open_again() where no network answers yet."""
        if not self._conversation.is_open:
            self.choice = choice
            return
        self._opening.append(choice)
        self._conversation.at_once(OPEN, choice, SECOND, self._take, self._refuse)

    def open_again(self) -> None:
        """The recogniser has started: it opens the one that is wanted, where there is one."""
        if self.choice is not None:
            self.open(self.choice)

    def close(self) -> None:
        """None is wanted any more, not even those that are being opened."""
        self.choice = None
        self._opening = deque([None] * len(self._opening))
        if self._conversation.is_open:
            self._conversation.at_once(CLOSE, None, SECOND, self._drop, self._refused)

    def survive(self, why: str) -> bool:
        """The recogniser ended, for this reason: one that it was opening then would end it again
        and is refused; gives whether there was one."""
        suspect = self._opening[0] if self._opening else None
        self._opening.clear()
        if suspect is None:
            return False
        if suspect == self.choice:
            self.choice = None
        self._refused(
            _("{suspect} could not be opened beside the network: {why}").format(
                suspect=suspect.weights, why=why
            )
        )
        return True

    def _take(self, role: str, info: NetworkInfo) -> None:
        """The oldest that was asked for is open: it takes the place of the one before."""
        self._conversation.infos[SECOND] = info
        choice = self._opening.popleft()
        if choice is not None:
            self.choice = choice
            self._opened(info)

    def _refuse(self, why: str) -> None:
        """The oldest that was asked for cannot be opened; the one before it stays."""
        if self._opening.popleft() == self.choice:
            self.choice = None
        self._refused(why)

    def _drop(self, role: str, nothing: None) -> None:
        self._conversation.infos.pop(SECOND, None)
