"""How fast a training goes, by what it tells while an epoch is under way."""

from __future__ import annotations

_LEAST_S, _LEAST_SHARE = 1.5, 0.005
"""Watched for less, it would be a guess."""


class Pace:
    """Watches one epoch; what a run did before it was watched, such as its slow first step, counts
    for nothing."""

    def __init__(self) -> None:
        """Nothing was watched yet."""
        self._first: tuple[float, float] | None = None
        self._last = (0.0, 0.0)

    def restart(self) -> None:
        """Another epoch begins, or what stood still goes on."""
        self._first = None

    def note(self, share: float, now_s: float) -> None:
        """So much of the epoch, 0 to 1, is done at this time."""
        self._last = share, now_s
        if self._first is None:
            self._first = self._last

    @property
    def epoch_seconds(self) -> float | None:
        """How long an epoch takes at this pace; None where it was not watched for long enough."""
        if self._first is None:
            return None
        share, seconds = (last - first for last, first in zip(self._last, self._first, strict=True))
        if seconds < _LEAST_S or share < _LEAST_SHARE:
            return None
        return seconds / share
