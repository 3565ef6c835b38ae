"""The line of arithmetic at the foot of a unit's card: sum, bias, together, and the value."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from digitpad.ui.explain.shown_terms import Token
from digitpad.ui.style.panel import LEFT, RIGHT, Panel

_SIZES = (12.5, 11.5, 10.5)
_SMALL = (10.5, 9.5, 9, 8.5)
_LINE, _GAP, _SPACE = 22, 14, 4


def arithmetic_height(panel: Panel, width: float, tokens: Sequence[Token], end: str) -> float:
    """How high it is within a width: one line, or several where it does not fit on one."""
    is_single = _fitting(panel, width, tokens, end, _SIZES) is not None
    lines = 1 if is_single else 1 + len(_lines(panel, width, tokens))
    return (lines * _LINE - (lines - 1) * 4) * panel.unit


def paint_arithmetic(
    painter: QPainter, panel: Panel, box: QRectF, tokens: Sequence[Token], end: str
) -> None:
    """Paint each number behind its name, and at the right, or on a line of its own, what comes of
    it; as large as fits."""
    size = _fitting(panel, box.width(), tokens, end, _SIZES)
    lines = [list(tokens)]
    line = QRectF(box)
    if size is None:
        size = _fitting(panel, box.width(), tokens, "", _SMALL) or _SMALL[-1]
        lines = _lines(panel, box.width(), tokens)
        line.setHeight(box.height() / (1 + len(lines)))
    plain, bold = _metrics(panel, size)
    for number, part in enumerate(lines):
        left = line.x()
        for token in part:
            painter.setFont(panel.sized_font(size))
            painter.setPen(QColor(panel.theme.quiet))
            painter.drawText(line.adjusted(left, 0, 0, 0), LEFT, token.name)
            left += plain.horizontalAdvance(token.name) + _SPACE * panel.unit
            painter.setFont(panel.sized_font(size, bold=True))
            painter.setPen(QColor(panel.theme.text))
            painter.drawText(line.adjusted(left, 0, 0, 0), LEFT, token.number)
            left += bold.horizontalAdvance(token.number) + _GAP * panel.unit
        if line.height() < box.height() and number < len(lines):
            line.translate(0, line.height())
    if end:
        painter.setFont(panel.fitting_font(end, line.width(), size, bold=True))
        painter.setPen(QColor(panel.theme.accent))
        painter.drawText(line, RIGHT, end)


def _lines(panel: Panel, width: float, tokens: Sequence[Token]) -> list[list[Token]]:
    """The numbers on one line in small letters, or on as many as it takes."""
    lines: list[list[Token]] = [[]]
    for token in tokens:
        if lines[-1] and _fitting(panel, width, [*lines[-1], token], "", _SMALL) is None:
            lines.append([])
        lines[-1].append(token)
    return lines


def _metrics(panel: Panel, size: float) -> tuple[QFontMetricsF, QFontMetricsF]:
    return QFontMetricsF(panel.sized_font(size)), QFontMetricsF(panel.sized_font(size, bold=True))


def _fitting(
    panel: Panel, width: float, tokens: Sequence[Token], end: str, sizes: Sequence[float]
) -> float | None:
    """The largest letters in which all of it fits on one line; None where none do."""
    for size in sizes:
        plain, bold = _metrics(panel, size)
        needed = sum(
            plain.horizontalAdvance(token.name) + bold.horizontalAdvance(token.number)
            for token in tokens
        )
        needed += (_SPACE + _GAP) * panel.unit * len(tokens)
        if needed + bold.horizontalAdvance(end) <= width:
            return size
    return None
