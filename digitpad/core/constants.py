"""What several parts share, stated once; importing it loads nothing else."""

from __future__ import annotations

FIELD = 28
"""The side of a digit in pixels."""

DEVICE_NAMES = ("auto", "cpu", "cuda", "mps")
"""What --device takes: a kind of device, or "auto" for the first of them that works."""
