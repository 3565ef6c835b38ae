"""Buttons in a row along the foot of a panel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QToolButton

from digitpad.ui.style.panel import Panel

HEIGHT = 30
_SIZES = ((12.5, 26), (12.5, 18), (12, 14), (11.5, 10), (11, 8), (10, 8), (9, 8))


def arrange_buttons(
    panel: Panel, buttons: Sequence[QToolButton], width: float, left: float = 0.0
) -> float:
    """Put buttons beside each other at the panel's foot, from left on, within a width, in the
    largest letters whose words all fit; returns where the last one ends."""
    gap = 8 * panel.unit
    for pixels, padding in _SIZES:
        metrics = QFontMetrics(panel.sized_font(pixels, bold=True))
        widths = [
            metrics.horizontalAdvance(button.text()) + padding * panel.unit for button in buttons
        ]
        if sum(widths) + gap * (len(widths) - 1) <= width:
            break
        gap = 5 * panel.unit
    font, height = panel.sized_font(pixels), round(HEIGHT * panel.unit)
    for button, each in zip(buttons, widths, strict=True):
        button.setFont(font)
        button.setGeometry(round(left), panel.height() - height, round(each), height)
        left += each + gap
    return left - gap
