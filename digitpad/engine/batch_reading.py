"""The reading of many digits on its way to the recogniser, chunk by chunk, and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from digitpad.engine.asking import Ask
from digitpad.engine.batches import Batch
from digitpad.engine.conversation import Conversation
from digitpad.engine.requests import READ_BATCH, BatchAnswer


class Batches:
    """At most one batch is being read; a newer one takes its place."""

    def __init__(
        self,
        conversation: Conversation,
        read: Callable[[int, npt.NDArray[np.float32], npt.NDArray[np.bool_]], None],
        finished: Callable[[], None],
        refused: Callable[[str], None],
    ) -> None:
        """read is called for each chunk: the place of its first digit, the probabilities, and
        whether each is accepted; finished or refused, with the reason, at the end."""
        self._conversation = conversation
        self._read, self._finished, self._refused = read, finished, refused

    def read(self, digits: npt.NDArray[np.uint8]) -> None:
        """Read digits, uint8 (n, 28, 28), in chunks between the drawings; none are finished at
        once. Raises ValueError for another shape or type."""
        batch = Batch(digits)
        self.stop()
        if batch.is_read:
            self._finished()
            return

        ask: Ask[npt.NDArray[np.uint8], BatchAnswer] = Ask(
            READ_BATCH,
            lambda: batch.chunk,
            lambda role, answer: self._show(ask, batch, answer),
            self._refuse,
            goes_on=batch.take,
        )
        self._conversation.put(ask)

    def stop(self) -> None:
        """Drop those of the batch that are not read yet; nothing is called for it any more."""
        self._conversation.drop_row(READ_BATCH)

    def _show(self, ask: Ask[Any, Any], batch: Batch, answer: BatchAnswer) -> None:
        self._read(batch.newest, answer.probabilities, answer.accepted)
        if batch.is_read and ask.is_wanted:
            self._finished()

    def _refuse(self, why: str) -> None:
        self.stop()
        self._refused(why)
