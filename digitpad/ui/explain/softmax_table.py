"""How logits become probabilities, as it is really computed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from digitpad.core.languages import _
from digitpad.core.texts import percent
from digitpad.explain.results import SoftmaxTrace
from digitpad.explain.rounding import in_decimals, rounded
from digitpad.ui.explain.shown_terms import in_digits
from digitpad.ui.style.panel import LEFT, MINUS, RIGHT, Panel

_SHARES = (0.14, 0.18, 0.24, 0.21, 0.23)


def softmax_rows(
    trace: SoftmaxTrace, names: Sequence[str], decimals: int, is_distance: bool = False
) -> list[tuple[str, ...]]:
    """The head and a row for each class: its name, logit, logit / temperature less the largest of
    these, the exponential of that, and the quotient; last the temperature, and the sum that the
    exponentials add up to.

    decimals: of the exponentials. is_distance: the logits are distances with the sign turned.
    """
    units, total = rounded(trace.exponentials, decimals)
    short = 2 if float(np.abs(trace.logits).max()) < 100 else 1
    head = (
        "",
        _("{minus}distance").format(minus=MINUS) if is_distance else _("logit"),
        _("÷ T {minus} max").format(minus=MINUS),
        "exp",
        _("÷ sum"),
    )
    rows = [
        (
            name,
            in_digits(float(logit), short),
            in_digits(float(scaled - trace.peak), 2),
            in_decimals(int(unit), decimals),
            percent(float(share)),
        )
        for name, logit, scaled, unit, share in zip(
            names, trace.logits, trace.scaled, units, trace.probabilities, strict=True
        )
    ]
    temperature = f"T = {trace.temperature:.4g}"
    return [head, *rows, (_("sum"), "", temperature, in_decimals(total, decimals), "")]


def softmax_words(trace: SoftmaxTrace, number: int, decimals: int) -> str:
    """One class's quotient as a line of arithmetic."""
    units, total = rounded(trace.exponentials, decimals)
    peak = float(trace.peak * trace.temperature)
    logit = float(trace.logits[number])
    sign, size = ("+", -peak) if peak < 0 else (MINUS, peak)
    inner = f"{in_digits(logit, 2)} {sign} {in_digits(size, 2).removeprefix('+')}"
    top, whole = in_decimals(int(units[number]), decimals), in_decimals(total, decimals)
    share = percent(float(trace.probabilities[number]))
    return _("exp(({removeprefix}) ÷ {temperature:.4g}) = {top} of {whole}: {share}").format(
        removeprefix=inner.removeprefix("+"),
        temperature=trace.temperature,
        top=top,
        whole=whole,
        share=share,
    )


def paint_softmax(
    painter: QPainter,
    panel: Panel,
    box: QRectF,
    rows: Sequence[Sequence[str]],
    marked: int,
) -> None:
    """Paint head and rows as a table; marked: the class whose row stands out."""
    height = box.height() / len(rows)
    size = min(11.5, 0.8 * height / panel.unit)
    for number, row in enumerate(rows):
        is_marked = number - 1 == marked
        painter.setFont(panel.sized_font(size, bold=is_marked))
        colour = panel.theme.accent if is_marked else panel.theme.text
        painter.setPen(QColor(panel.theme.quiet if number == 0 else colour))
        left = box.x()
        for column, (text, share) in enumerate(zip(row, _SHARES, strict=True)):
            cell = QRectF(left, box.y() + number * height, share * box.width(), height)
            metrics = painter.fontMetrics()
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(cell.width()))
            painter.drawText(cell, RIGHT if column else LEFT, shown)
            left += cell.width()
