"""Many digits, read in chunks that leave room for drawings between them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from digitpad.core.constants import FIELD
from digitpad.engine.requests import MOST_AT_ONCE

_FIRST_CHUNK = 4
_CHUNK_MS = 80.0


class Batch:
    """What is left to read of digits, uint8 (n, 28, 28).

    How many are asked for at once follows from how long the chunk before took, so that a drawing
    never waits much longer than _CHUNK_MS behind them, whatever the network. It is a power of two
    but for the last: a recogniser needs memory of its own for each number of digits.

    newest: the place of the first digit of the chunk that was read last.
    """

    def __init__(self, digits: npt.NDArray[np.uint8]) -> None:
        """Raises ValueError where they are not uint8 (n, 28, 28)."""
        if digits.dtype != np.uint8 or digits.ndim != 3 or digits.shape[1:] != (FIELD, FIELD):
            raise ValueError(f"a batch is uint8 (n, 28, 28), not {digits.dtype} {digits.shape}")
        self._digits = digits
        self._first = self.newest = 0
        self._at_once = _FIRST_CHUNK

    @property
    def is_read(self) -> bool:
        """Whether nothing is left."""
        return self._first >= len(self._digits)

    @property
    def chunk(self) -> npt.NDArray[np.uint8]:
        """Those to ask for next, in their order; empty where nothing is left."""
        return self._digits[self._first : self._first + self._at_once]

    def take(self, elapsed_ms: float) -> bool:
        """The chunk was read, which took so long: go on to the next; gives whether there is one."""
        count = len(self.chunk)
        self.newest = self._first
        self._first += count
        # At most twice as many, since one quick chunk proves little.
        fitting = max(1.0, min(2.0 * count, count * _CHUNK_MS / max(elapsed_ms, 1.0)))
        self._at_once = min(MOST_AT_ONCE, 1 << int(fitting).bit_length() - 1)
        return not self.is_read
