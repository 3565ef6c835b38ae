"""What the window may be doing, and the rows that it shows."""

from __future__ import annotations

from enum import Enum


class RecognizerState(Enum):
    """Whether there is a network to read with."""

    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"


class Mode(Enum):
    """What stands in the lower row: nothing, a second network, or a reading that was pinned."""

    SINGLE = "single"
    SECOND = "second"
    PINNED = "pinned"


class Row(Enum):
    """Which of two readings, one above the other."""

    UPPER = "upper"
    LOWER = "lower"
