"""Where everything lies while a network is presented, for any size of the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize

from digitpad.ui.shell.present_words import Shown
from digitpad.ui.shell.window_layout import arrange, digit_beneath, rows_height

_LARGER = 1.35
_HEADER, _SIDE = 96, 44
_DIGIT_TITLE = 24
_USUAL_ROWS, _COLUMN_SHARE = 2, 0.24
_TOOLS_WIDTH = 300
_SMALLEST_TOOLS = 228
_LEAST_DRAWER = 460, 330
"""So wide and high, in units, a drawer beside a large pad is at least."""
_ANSWER_ASPECT = 0.92


@dataclass(frozen=True)
class PresentLayout:
    """The boxes while a network is presented; an empty one is of what is not shown.

    unit: of texts and gaps of what is presented; small_unit: of all else, as in the window. header:
    across the top. pad, tools, digit: in the left column, or what of them is presented over the
    stage. stage: what is presented, and the drawer beneath it. back, forth: beside the stage.
    """

    unit: float
    small_unit: float
    header: QRect
    pad: QRect
    tools: QRect
    digit: QRect
    stage: QRect
    back: QRect
    forth: QRect
    status: QRect


def arrange_presented(
    width: int,
    height: int,
    shown: Shown,
    is_explaining: bool = False,
    tool_rows: Callable[[float, float], int] | None = None,
) -> PresentLayout:
    """The layout of a screen of width x height pixels.

    shown: what is presented. is_explaining: the drawer is open; then it has the stage beside the
    pad, where only the pad would be presented. tool_rows: in how many rows the buttons lie in a
    column of this width, at this unit, where texts are large; they lie in two where there is none.
    """
    usual = arrange(width, height)
    small, unit = usual.unit, usual.unit * _LARGER
    margin, gap, spacing = usual.pad.x(), round(14 * small), round(12 * small)
    right, bottom = usual.status.right() + 1, usual.status.y()
    header = QRect(margin, round(8 * small), right - margin, round(_HEADER * unit))
    top = header.bottom() + 1 + gap
    body, side = bottom - top, round(_SIDE * small)
    forth = QRect(right - side, top, side, body)
    is_pad, is_pad_large = shown is Shown.PEN, shown is Shown.PEN and not is_explaining

    # The names of the buttons need more than a pad may have under which much has to lie.
    least = min(_SMALLEST_TOOLS, usual.tools.width())
    wanted = max(round(_COLUMN_SHARE * width), _SMALLEST_TOOLS)
    rows = _USUAL_ROWS
    if is_pad:
        # The pen is what is presented: the drawer has what it needs, and the pad the rest.
        beside = margin + 2 * (side + gap) + gap + round(_LEAST_DRAWER[0] * unit)
        wanted = min(max(wanted, right - beside), body)
    if tool_rows is not None and not is_pad_large:
        rows = tool_rows(wanted, small)
    tools_height = rows_height(rows, small)
    digit_least = max(round(0.28 * body), round((112 + _DIGIT_TITLE) * min(1.0, small)))
    if is_pad or rows > _USUAL_ROWS:
        # Where texts are large, the drawing comes before what the network sees of it.
        pad_side = min(wanted, body - tools_height - spacing - spacing // 2)
        column = wanted if rows > _USUAL_ROWS else max(pad_side, least)
    else:
        pad_side = min(wanted, body - tools_height - digit_least - 2 * spacing)
        column = max(pad_side, least)
    left = margin if is_pad_large else margin + column + gap
    back = QRect(left, top, side, body)
    stage = QRect(QPoint(back.right() + 1 + gap, top), QPoint(forth.x() - 1 - gap, bottom - 1))
    if is_pad_large:
        pad_side = min(stage.width(), body - tools_height - spacing)
        pad = QRect(stage.x() + (stage.width() - pad_side) // 2, top, pad_side, pad_side)
        tools_width = min(max(pad_side, round(_TOOLS_WIDTH * small)), stage.width())
    else:
        pad = QRect(margin + (column - pad_side) // 2, top, pad_side, pad_side)
        tools_width = column
    if is_pad and not is_pad_large:
        # Pad and card stand side by side, as high as each other where the card needs no more.
        stage.setHeight(min(body, max(pad_side, round(_LEAST_DRAWER[1] * unit))))
    tools = QRect(
        pad.center().x() - (tools_width - 1) // 2, pad.bottom() + 1 + spacing,
        tools_width, tools_height,
    )  # fmt: skip
    digit = QRect()
    if shown is not Shown.INPUT and not is_pad:
        digit = digit_beneath(QRect(margin, tools.y(), column, tools_height), bottom, spacing)
    return PresentLayout(
        unit, small, header, pad, tools, digit, stage, back, forth, QRect(usual.status)
    )


def answer_in(stage: QRect) -> QRect:
    """Where the answer lies on a stage: in the middle, no wider than suits its bars."""
    width = min(stage.width(), max(round(_ANSWER_ASPECT * stage.height()), stage.width() // 2))
    box = QRect(stage.topLeft(), QSize(width, stage.height()))
    box.moveLeft(stage.x() + (stage.width() - width) // 2)
    return box
