"""How wide each part of the line at the window's foot is, so that all have room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from PySide6.QtGui import QFontMetrics

_RIGHT = 118
"""The room of device and time at first, in units."""
_AROUND = ((16.0, 18), (10.0, 18), (5.0, 18), (2.0, 18))
"""What a button is wider than its words, in units and in pixels, from the most to the least."""
_GAP = 6.0
_NAME = 96
"""Of a longer name what has no room is left out rather than anything else, in units."""


@dataclass(frozen=True)
class Plan:
    """The parts' widths, in pixels.

    name: of the network's button. buttons: of the others, in their order. right: what is kept free
    for device and time. form: which of the forms of device and time is said. around: what a button
    is wider than its words.
    """

    name: int
    buttons: tuple[int, ...]
    right: int
    form: int
    around: int


def fitting_plan(
    width: int,
    unit: float,
    metrics: QFontMetrics,
    name: str,
    buttons: Sequence[str],
    rights: Sequence[str],
) -> Plan:
    """The roomiest widths that fit into a line of so many pixels.

    metrics: of the boldest letters that the buttons take. name: on the network's button, "" where
    there is none. buttons: on the others. rights: the forms of device and time, the longest first,
    and the last of them empty. Of a long name, and of any where
    nothing fits, there is room for what is left.
    """
    for form, (units, pixels) in product(range(len(rights)), _AROUND):
        around = round(units * unit) + pixels
        widths = tuple(metrics.horizontalAdvance(text) + around for text in buttons)
        own = metrics.horizontalAdvance(name) + around if name else 0
        words = rights[form]
        right = metrics.horizontalAdvance(words) + round(_GAP * unit) if words else 0
        if form == 0:
            right = max(right, round(_RIGHT * unit)) if (units, pixels) == _AROUND[0] else right
        left = width - sum(widths) - right
        if min(own, round(_NAME * unit)) <= left:
            break
    return Plan(max(0, min(own, left)), widths, right, form, around)
