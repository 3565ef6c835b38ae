"""What several parts share, stated once; importing it loads nothing else."""

from __future__ import annotations

FIELD = 28
"""The side of a digit in pixels."""

DIGITS = ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9")
"""The classes of a network that reads digits, in their order."""

DEVICE_NAMES = ("auto", "cpu", "cuda", "mps")
"""What --device takes: a kind of device, or "auto" for the first of them that works."""

NON_DIGIT = -1
"""The label of what is no digit, wherever a label is a number."""
