"""Which second network reads beside the first, while openings and closings are still under way."""

from __future__ import annotations

from collections import deque
from pathlib import Path

from digitpad.engine.opening import NetworkChoice


class SecondNetwork:
    """What the recogniser was asked about its second network, and what it answered, in that order.

    choice: the second network that reads, or is to read once the recogniser has started; None for
    none.
    """

    def __init__(self) -> None:
        self.choice: NetworkChoice | None = None
        # None for one that is not wanted any more.
        self._opening: deque[NetworkChoice | None] = deque()

    @property
    def is_opening(self) -> bool:
        """Whether an answer to an opening is to come."""
        return bool(self._opening)

    def ask(self, choice: NetworkChoice) -> None:
        """The recogniser is asked to open it."""
        self._opening.append(choice)

    def close(self) -> None:
        """None is wanted any more, not even those that are being opened."""
        self.choice = None
        self._opening = deque([None] * len(self._opening))

    def take(self) -> bool:
        """The oldest that was asked for is open: it takes the place of the one before; gives
        whether it is wanted."""
        choice = self._opening.popleft()
        if choice is not None:
            self.choice = choice
        return choice is not None

    def refuse(self) -> None:
        """The oldest that was asked for cannot be opened; the one before it stays."""
        if self._opening.popleft() == self.choice:
            self.choice = None

    def survive(self) -> Path | None:
        """The recogniser ended: gives the weights that it was opening then, which would end it
        again and are dropped; None where it was opening none."""
        suspect = self._opening[0] if self._opening else None
        self._opening.clear()
        if suspect is None:
            return None
        if suspect == self.choice:
            self.choice = None
        return suspect.weights
