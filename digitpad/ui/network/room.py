"""The box in which a network is laid out."""

from __future__ import annotations

import math
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, top, width and height in the widget's pixels."""


@dataclass(frozen=True)
class Room:
    """The box to fill, width x height pixels, of a screen with ``ratio`` device pixels to the
    pixel; title: the height of a panel's title. unit: how much larger than the smallest
    comfortable size texts and gaps are."""

    width: float
    height: float
    unit: float = 1.0
    ratio: float = 1.0
    title: float = 24.0

    def device(self, length: float) -> int:
        """Whole device pixels within a length."""
        return max(0, math.floor(length * self.ratio + 1e-6))
