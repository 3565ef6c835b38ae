"""Where everything lies in the window, for any size of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRect

from digitpad.ui.style.screen import LEAST_ROOM, MUCH_ROOM, SMALLEST, text_scale, unit_of

_SMALLEST_PAD = 228
"""The names of the buttons beneath it need so many pixels."""
_DIGIT_SQUARES, _LEAST_DIGIT = 112, 58
"""What the network sees: its 28 squares with 4 pixels each, and with 2, in a frame."""
_MUCH_PAD = 0.8
_LEAST = (560, 376)
_LARGE = (900, 590)
"""A window of fewer units has texts that are large beside it: they come first."""
_COLUMN, _COLUMN_SHARE, _ANSWER, _ANSWER_SHARE = 148, 0.215, 165, 0.2
_TOOL_ROW, _TOOL_GAP = 49, 6

MENU_BAR = 24
"""The height of the menu bar above, in pixels."""
_MARGIN, _LARGE_MARGIN = 18, 9
_TOP, _BELOW_STEPS = 8, 5
"""What lies between the menu bar, which has air of its own, and the pad; and how much more lies
between them where the strip of the first steps does."""


@dataclass(frozen=True)
class WindowLayout:
    """The boxes of the window's parts, the unit that texts and gaps grow by, and whether texts are
    so large that they come first.

    From left to right, like the figure of LeNet-5: pad, tools and digit in one column; the network;
    the answer. Above, the strip of the first steps, empty where there is none; below, the status
    line. Where texts are large the digit has what the buttons leave, and an empty box where that
    is too little.
    """

    unit: float
    is_large: bool
    steps: QRect
    pad: QRect
    tools: QRect
    digit: QRect
    network: QRect
    answer: QRect
    status: QRect


def unit_in(width: int, height: int, room: tuple[int, int] = LEAST_ROOM) -> float:
    """The unit of a window that has width x height pixels beneath its menu bar, and keeps so much
    room as unit_of says."""
    width, height = max(width, _LEAST[0]), max(height, _LEAST[1])
    # Texts are as large as in a window of that size without a menu bar.
    whole = height + round(MENU_BAR * text_scale())
    return unit_of(width, whole, room) * _shrink(width, height)


def steps_width(width: int, height: int) -> int:
    """How wide the strip of the first steps is in such a window, in pixels."""
    width, height = max(width, _LEAST[0]), max(height, _LEAST[1])
    unit = unit_in(width, height)
    margin = _LARGE_MARGIN if _is_large(width, height, unit) else _MARGIN
    return width - 2 * round(margin * unit)


def _is_large(width: int, height: int, unit: float) -> bool:
    return width < _LARGE[0] * unit or height < _LARGE[1] * unit


def _shrink(width: int, height: int) -> float:
    return min(1.0, width / SMALLEST.width(), (height + MENU_BAR) / SMALLEST.height())


def arrange(
    width: int,
    height: int,
    steps: int = 0,
    tool_rows: Callable[[float, float], int] | None = None,
) -> WindowLayout:
    """The layout of a window that has width x height pixels beneath its menu bar. steps: how high
    the strip of the first steps is; 0 without one.

    tool_rows: in how many rows the buttons beneath the pad lie in a column of this width, at this
    unit, where texts are large; where there is none, texts are never that large.
    Where a screen has less room than SMALLEST all shrinks with the window; what is smaller still
    is laid out as _LEAST, and cut.
    """
    width, height = max(width, _LEAST[0]), max(height, _LEAST[1])
    shrink = _shrink(width, height)
    unit = unit_in(width, height, MUCH_ROOM if tool_rows is None else LEAST_ROOM)
    if tool_rows is not None and _is_large(width, height, unit):
        return _arrange_large(width, height, unit, steps, tool_rows)
    margin = round(_MARGIN * unit)
    gap = round(22 * unit)
    status_height = round(36 * unit)
    top = round(_TOP * unit) + steps + min(steps, round(_BELOW_STEPS * unit))
    body = height - top - status_height

    tools_height = round(104 * unit)
    title = ceil(24 * unit)
    spacing = round(12 * unit)
    # The pad takes what the column's width allows, and leaves the digit at least 28 squares of 4
    # pixels below.
    digit_least = max(round(0.26 * body), round(_DIGIT_SQUARES * shrink) + title)
    wanted = max(round(0.262 * width), _SMALLEST_PAD)
    pad_side = min(wanted, body - tools_height - digit_least - 2 * spacing)
    left = QRect(margin, top, pad_side, body)
    digit_top = top + pad_side + tools_height + 2 * spacing
    answer_width = round(min(max(0.2 * width, 178 * shrink), 0.5 * body))
    answer = QRect(width - margin - answer_width, top, answer_width, body)
    network_left = left.right() + 1 + gap
    return WindowLayout(
        unit=unit,
        is_large=False,
        steps=QRect(margin, round(_TOP * unit) // 2, width - 2 * margin, steps),
        pad=QRect(margin, top, pad_side, pad_side),
        tools=QRect(margin, top + pad_side + spacing, pad_side, tools_height),
        digit=QRect(margin, digit_top, pad_side, top + body - digit_top),
        network=QRect(network_left, top, answer.left() - gap - network_left, body),
        answer=answer,
        status=QRect(margin, top + body, width - 2 * margin, status_height),
    )


def rows_height(rows: int, unit: float) -> int:
    """How high so many rows of the buttons beneath the pad are, in pixels."""
    return round((rows * (_TOOL_ROW + _TOOL_GAP) - _TOOL_GAP) * unit)


def digit_beneath(tools: QRect, bottom: int, spacing: int) -> QRect:
    """What the buttons leave of their column for the digit, down to a bottom that is excluded;
    empty where its squares would be too small."""
    top = tools.bottom() + 1 + spacing
    digit = QRect(tools.x(), top, tools.width(), bottom - top)
    return digit if digit.height() >= _LEAST_DIGIT else QRect()


def _arrange_large(
    width: int,
    height: int,
    unit: float,
    steps: int,
    tool_rows: Callable[[float, float], int],
) -> WindowLayout:
    """The layout where texts are large: each has its room, and the figure what they leave."""
    margin, gap, spacing = round(_LARGE_MARGIN * unit), round(10 * unit), round(8 * unit)
    status_height = round(33 * unit)
    top = margin + steps
    body = height - top - status_height
    column = max(round(_COLUMN_SHARE * width), round(_COLUMN * unit))
    rows = tool_rows(column, unit)
    tools_height = rows_height(rows, unit)
    pad_side = min(column, body - tools_height - spacing)
    beside_digit = body - tools_height - 2 * spacing - _LEAST_DIGIT
    if _MUCH_PAD * column <= beside_digit < pad_side:
        # A little less of the pad is worth seeing what the network sees of it.
        pad_side = beside_digit
    tools = QRect(margin, top + pad_side + spacing, column, tools_height)
    digit = digit_beneath(tools, top + body, spacing)
    answer_width = max(round(_ANSWER_SHARE * width), round(_ANSWER * unit))
    answer = QRect(width - margin - answer_width, top, answer_width, body)
    network_left = margin + column + gap
    return WindowLayout(
        unit=unit,
        is_large=True,
        steps=QRect(margin, margin // 2, width - 2 * margin, steps),
        pad=QRect(margin + (column - pad_side) // 2, top, pad_side, pad_side),
        tools=tools,
        digit=digit,
        network=QRect(network_left, top, answer.left() - gap - network_left, body),
        answer=answer,
        status=QRect(margin, top + body, width - 2 * margin, status_height),
    )
