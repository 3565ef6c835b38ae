"""What several parts share, stated once; importing it loads nothing else."""

from __future__ import annotations

FIELD = 28
"""The side of a digit in pixels."""

DIGITS = ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9")
"""The classes of a network that reads digits, in their order."""

DEVICE_NAMES = ("auto", "cpu", "cuda", "mps")
"""What --device takes: a kind of device, or "auto" for the first of them that works."""

THEME_NAMES = ("light", "dark", "high-contrast-light", "high-contrast-dark")
"""The window's colours."""

TEXT_SIZES = (100, 125, 150, 175, 200)
"""In percent of the size that texts have at first."""

NON_DIGIT = -1
"""The label of what is no digit, wherever a label is a number."""
