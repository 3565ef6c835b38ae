"""Texts of a size that is legible at every size of the window."""

from __future__ import annotations

from PySide6.QtGui import QFont

_SMALLEST_PX = 9


def sized_font(font: QFont, pixels: float, unit: float = 1.0, bold: bool = False) -> QFont:
    """A font at a size in units, unit being how much larger than the smallest comfortable size
    texts are; never too small to read."""
    sized = QFont(font)
    sized.setPixelSize(max(_SMALLEST_PX, round(pixels * unit)))
    sized.setBold(bold)
    return sized
