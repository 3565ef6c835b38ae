"""Where everything lies in the window, for any size of it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRect

from digitpad.ui.style.screen import SMALLEST, unit_of

_SMALLEST_PAD = 228
"""The names of the buttons beneath it need so many pixels."""
_LEAST = (560, 376)
MENU_BAR = 24
"""The height of the menu bar above, in pixels."""


@dataclass(frozen=True)
class WindowLayout:
    """The boxes of the window's parts, and the unit that texts and gaps grow by.

    From left to right, like the figure of LeNet-5: pad, tools and digit in one column; the network;
    the answer. Below, the status line.
    """

    unit: float
    pad: QRect
    tools: QRect
    digit: QRect
    network: QRect
    answer: QRect
    status: QRect


def arrange(width: int, height: int) -> WindowLayout:
    """The layout of a window that has width x height pixels beneath its menu bar.

    Where a screen has less room than SMALLEST all shrinks with the window; what is smaller still
    is laid out as _LEAST, and cut.
    """
    width, height = max(width, _LEAST[0]), max(height, _LEAST[1])
    # Texts are as large as in a window of that size without a menu bar.
    whole = height + MENU_BAR
    shrink = min(1.0, width / SMALLEST.width(), whole / SMALLEST.height())
    unit = unit_of(width, whole) * shrink
    margin = round(18 * unit)
    gap = round(22 * unit)
    status_height = round(36 * unit)
    body = height - margin - status_height

    tools_height = round(104 * unit)
    title = ceil(24 * unit)
    spacing = round(12 * unit)
    # The pad takes what the column's width allows, and leaves the digit at least 28 squares of 4
    # pixels below.
    digit_least = max(round(0.26 * body), round(112 * shrink) + title)
    wanted = max(round(0.262 * width), _SMALLEST_PAD)
    pad_side = min(wanted, body - tools_height - digit_least - 2 * spacing)
    left = QRect(margin, margin, pad_side, body)
    digit_top = margin + pad_side + tools_height + 2 * spacing
    answer_width = round(min(max(0.2 * width, 178 * shrink), 0.5 * body))
    answer = QRect(width - margin - answer_width, margin, answer_width, body)
    network_left = left.right() + 1 + gap
    return WindowLayout(
        unit=unit,
        pad=QRect(margin, margin, pad_side, pad_side),
        tools=QRect(margin, margin + pad_side + spacing, pad_side, tools_height),
        digit=QRect(margin, digit_top, pad_side, margin + body - digit_top),
        network=QRect(network_left, margin, answer.left() - gap - network_left, body),
        answer=answer,
        status=QRect(margin, margin + body, width - 2 * margin, status_height),
    )
