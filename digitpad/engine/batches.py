"""Many digits, read in chunks that leave room for drawings between them."""

from __future__ import annotations

import numpy as np

from digitpad.engine.messages import MOST_AT_ONCE

_FIRST_CHUNK = 50
_CHUNK_MS = 80.0


class ManyDigits:
    """What is left to read of digits, uint8 (n, 28, 28).

    How many are asked for at once follows from how long the chunk before took, so that a drawing
    never waits much longer than _CHUNK_MS behind them, whatever the network.
    """

    def __init__(self, digits: np.ndarray) -> None:
        """Raises ValueError where they are not uint8 (n, 28, 28)."""
        if digits.dtype != np.uint8 or digits.ndim != 3 or digits.shape[1:] != (28, 28):
            raise ValueError(
                f"many digits are uint8 (n, 28, 28), not {digits.dtype} {digits.shape}"
            )
        self._digits = digits
        self._first = 0
        self._at_once = _FIRST_CHUNK

    @property
    def is_read(self) -> bool:
        """Whether nothing is left."""
        return self._first >= len(self._digits)

    @property
    def chunk(self) -> np.ndarray:
        """Those to ask for next, in their order; empty where nothing is left."""
        return self._digits[self._first : self._first + self._at_once]

    def take(self, elapsed_ms: float) -> int:
        """The chunk was read, which took so long: go on to the next; gives the place of its
        first digit."""
        first = self._first
        self._first += len(self.chunk)
        # At most twice as many, since one quick chunk proves little.
        fitting = self._at_once * min(2.0, _CHUNK_MS / max(elapsed_ms, 1.0))
        self._at_once = int(min(MOST_AT_ONCE, max(1, fitting)))
        return first
