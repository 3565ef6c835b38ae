"""What the answer panel has to say."""

from __future__ import annotations

from enum import Enum


class PanelState(Enum):
    """IDLE on an empty pad, WAITING while the recogniser loads, FAILED where there is none,
    ANSWERING, REJECTED where it looks like no digit, or SEVERAL where digits stand apart."""

    IDLE = "idle"
    WAITING = "waiting"
    FAILED = "failed"
    ANSWERING = "answering"
    REJECTED = "rejected"
    SEVERAL = "several"
