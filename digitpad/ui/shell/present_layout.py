"""Where everything lies while a network is presented, for any size of the screen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize

from digitpad.ui.shell.present_words import Shown
from digitpad.ui.shell.window_layout import arrange

_LARGER = 1.35
_HEADER, _SIDE = 96, 44
_TOOLS, _DIGIT_TITLE = 104, 24
_TOOLS_WIDTH = 300
_SMALLEST_TOOLS = 228
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
    width: int, height: int, shown: Shown, is_explaining: bool = False
) -> PresentLayout:
    """The layout of a screen of width x height pixels.

    shown: what is presented. is_explaining: the drawer is open; then the pad stays in its column,
    so that the drawer has the whole stage where only the pad would be presented.
    """
    usual = arrange(width, height)
    small, unit = usual.unit, usual.unit * _LARGER
    margin, gap, spacing = usual.pad.x(), round(14 * small), round(12 * small)
    right, bottom = usual.status.right() + 1, usual.status.y()
    header = QRect(margin, round(8 * small), right - margin, round(_HEADER * unit))
    top = header.bottom() + 1 + gap
    body, side = bottom - top, round(_SIDE * small)
    forth = QRect(right - side, top, side, body)
    is_pad_large = shown is Shown.PEN and not is_explaining

    tools_height = round(_TOOLS * small)
    digit_least = max(round(0.28 * body), round((112 + _DIGIT_TITLE) * min(1.0, small)))
    pad_side = min(
        max(round(0.24 * width), _SMALLEST_TOOLS), body - tools_height - digit_least - 2 * spacing
    )
    # The names of the buttons need more than a pad may have under which much has to lie.
    column = max(pad_side, min(_SMALLEST_TOOLS, usual.tools.width()))
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
    tools = QRect(
        pad.center().x() - (tools_width - 1) // 2, pad.bottom() + 1 + spacing,
        tools_width, tools_height,
    )  # fmt: skip
    digit = QRect()
    if shown is not Shown.INPUT and not is_pad_large:
        digit_top = tools.bottom() + 1 + spacing
        digit = QRect(margin, digit_top, column, bottom - digit_top)
    return PresentLayout(
        unit, small, header, pad, tools, digit, stage, back, forth, QRect(usual.status)
    )


def answer_in(stage: QRect) -> QRect:
    """Where the answer lies on a stage: in the middle, no wider than suits its bars."""
    width = min(stage.width(), max(round(_ANSWER_ASPECT * stage.height()), stage.width() // 2))
    box = QRect(stage.topLeft(), QSize(width, stage.height()))
    box.moveLeft(stage.x() + (stage.width() - width) // 2)
    return box
