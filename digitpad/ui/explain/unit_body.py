"""The pictures and lists of a unit's card."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from digitpad.core.languages import _
from digitpad.core.results import LayerKind
from digitpad.explain.results import MapTerms, PooledTerms, UnitTrace
from digitpad.ui.explain.shown_terms import ShownTerms, in_digits, shown_terms
from digitpad.ui.explain.squares import Squares, end_of, fitted, paint_squares, pictures_of
from digitpad.ui.explain.unit_words import row_names
from digitpad.ui.style.panel import LEFT, RIGHT, Panel

_CENTRE = Qt.AlignmentFlag.AlignCenter
LARGEST_TERMS = 8
_LEAST_SIDE, _MOST_SIDE = 26, 74


@dataclass(frozen=True)
class Columns:
    """How the maps of a unit lie side by side. count: maps that are shown; width: of a column;
    side: of a picture; head: what the row names need at the left."""

    count: int
    width: float
    side: float
    head: float


def columns_in(
    panel: Panel, box: QRectF, terms: MapTerms, kind: LayerKind, decimals: int
) -> Columns:
    """As many maps as fit into a box, those with the largest sums if not all do."""
    unit, count = panel.unit, len(terms.maps)
    metrics = QFontMetricsF(panel.sized_font(10.5))
    head = max(map(metrics.horizontalAdvance, row_names(terms, kind))) + 8 * unit
    number = QFontMetricsF(panel.sized_font(11)).horizontalAdvance("+00." + "0" * decimals)
    high = (box.height() - 36 * unit) / 3 - 3 * unit
    room = box.width() - head
    least = max(_LEAST_SIDE * unit, number) + 6 * unit
    shown = min(count, max(1, int(room / least)))
    if shown < count:
        # What the others are together has a column of its own.
        shown = max(1, shown - 1)
    places = shown + (1 if shown < count else 0)
    width = min(room / places, max(_MOST_SIDE * unit, number + 6 * unit) + 8 * unit)
    side = max(8.0, min(high, width - 6 * unit, _MOST_SIDE * unit))
    return Columns(shown, min(width, max(side, number) + 10 * unit), side, head)


def paint_maps(
    painter: QPainter,
    panel: Panel,
    box: QRectF,
    trace: UnitTrace,
    shown: ShownTerms,
    columns: Columns,
    kind: LayerKind,
) -> None:
    """Patch, kernel, products and sum of each map, from left to right."""
    terms = trace.sums
    assert terms is not None
    unit, theme = panel.unit, panel.theme
    products = terms.products
    ends = end_of(terms.patches), end_of(terms.kernels), end_of(products)
    rows = terms.patches, terms.kernels, products
    numbers = list(shown.numbers)
    pictures = [
        pictures_of(values[numbers], end, theme)
        for values, end in zip(rows, ends, strict=True)
        if numbers
    ]
    top, step = box.y() + 16 * unit, columns.side + 4 * unit
    painter.setFont(panel.sized_font(10.5))
    painter.setPen(QColor(theme.quiet))
    for row, name in enumerate(row_names(terms, kind)):
        line = QRectF(box.x(), top + row * step, columns.head, columns.side)
        painter.drawText(line, LEFT, name)
    sums = QRectF(box.x(), top + 3 * step, columns.head, 18 * unit)
    painter.drawText(sums, LEFT, _("sum"))
    for place, number in enumerate(shown.numbers):
        left = box.x() + columns.head + place * columns.width
        painter.setFont(panel.sized_font(10))
        painter.setPen(QColor(theme.quiet))
        head = QRectF(left - 20 * unit, box.y(), columns.side + 40 * unit, 15 * unit)
        name = _("map {map}").format(map=int(terms.maps[number]) + 1)
        if QFontMetricsF(painter.font()).horizontalAdvance(name) > columns.width - 2 * unit:
            name = str(int(terms.maps[number]) + 1)
        painter.drawText(head, _CENTRE, name)
        for row, (values, end) in enumerate(zip(rows, ends, strict=True)):
            at = QRectF(left, top + row * step, columns.side, columns.side)
            padding = terms.is_padding if row == 0 else None
            paint_squares(
                painter,
                panel,
                fitted(at, values[number].shape),
                Squares(values[number], end, padding),
                pictures[row][place],
            )
        painter.setFont(panel.sized_font(11))
        painter.setPen(QColor(theme.text))
        painter.drawText(
            QRectF(left - 20 * unit, sums.y(), columns.side + 40 * unit, sums.height()),
            _CENTRE,
            shown.texts[place],
        )
    if shown.others:
        left = box.x() + columns.head + len(shown.numbers) * columns.width
        painter.setPen(QColor(theme.quiet))
        room = QRectF(left, top, columns.width, 3 * step - 4 * unit)
        words = _("the other\n{others}\ntogether").format(others=shown.others)
        longest = max(words.split("\n"), key=len)
        painter.setFont(panel.fitting_font(longest, columns.width, 10))
        if painter.fontMetrics().horizontalAdvance(longest) > columns.width:
            words = f"+ {shown.others}"
            painter.setFont(panel.fitting_font(words, columns.width, 10))
        painter.drawText(room, _CENTRE, words)
        painter.setFont(panel.sized_font(11))
        painter.setPen(QColor(theme.text))
        line = QRectF(left, sums.y(), columns.width, sums.height())
        painter.drawText(line, _CENTRE, shown.others_text)


def paint_single(
    painter: QPainter, panel: Panel, box: QRectF, terms: MapTerms, shown: ShownTerms, decimals: int
) -> None:
    """The one map that a unit sees: patch times kernel is products, with their numbers in them."""
    unit = panel.unit
    source = terms.source or _("input")
    names = (_("patch of {source}").format(source=source), _("kernel"), _("products"))
    pictures = terms.patches[0], terms.kernels[0], terms.products[0]
    gap = 22 * unit
    height, width = pictures[0].shape
    room = QRectF(0, 0, (box.width() - 2 * gap) / 3, box.height() - 17 * unit)
    left = box.x()
    for number, (name, values) in enumerate(zip(names, pictures, strict=True)):
        at = fitted(room.translated(left, box.y() + 17 * unit), (height, width))
        painter.setFont(panel.sized_font(10.5))
        painter.setPen(QColor(panel.theme.quiet))
        painter.drawText(QRectF(left, box.y(), room.width(), 15 * unit), LEFT, name)
        texts = (
            shown.parts if number == 2 else [in_digits(float(one), decimals) for one in values.flat]
        )
        padding = terms.is_padding if number == 0 else None
        paint_squares(painter, panel, at, Squares(values, end_of(values), padding, texts))
        left = at.right()
        if number < 2:
            painter.setFont(panel.sized_font(15))
            painter.setPen(QColor(panel.theme.text))
            painter.drawText(
                QRectF(left, at.y(), gap, at.height()), _CENTRE, "×" if number == 0 else "="
            )
            left += gap


def paint_pooled(
    painter: QPainter, panel: Panel, box: QRectF, pooled: PooledTerms, shown: ShownTerms, d: int
) -> None:
    """A pooled block: its winner framed, or beside it the share of each square."""
    unit = panel.unit
    source = pooled.source or _("input")
    gap = 40 * unit
    room = QRectF(0, 0, (box.width() - gap) / 2, box.height() - 17 * unit)
    side = min(room.width(), room.height())
    room = QRectF(0, 0, side, side)
    numbers = [in_digits(float(one), d) for one in pooled.patch.flat]
    end = end_of(pooled.patch)
    at = fitted(room.translated(box.x(), box.y() + 17 * unit), pooled.patch.shape)
    painter.setFont(panel.sized_font(10.5))
    painter.setPen(QColor(panel.theme.quiet))
    head = QRectF(box.x(), box.y(), box.width() / 2, 15 * unit)
    painter.drawText(
        head, LEFT, _("block of {source}, map {map}").format(source=source, map=pooled.map + 1)
    )
    winners = pooled.winners if pooled.is_max else None
    paint_squares(
        painter, panel, at, Squares(pooled.patch, end, pooled.is_padding, numbers, winners)
    )
    painter.setPen(QColor(panel.theme.text))
    if pooled.is_max:
        painter.setFont(panel.sized_font(12))
        ties = int(pooled.winners.sum())
        words = (
            _("the largest wins")
            if ties < 2
            else _("{ties} are the largest alike").format(ties=ties)
        )
        beside = QRectF(at.right() + 14 * unit, at.y(), box.right() - at.right(), at.height())
        painter.drawText(beside, LEFT, words)
        return
    painter.setFont(panel.sized_font(13))
    count = round(float(pooled.patch.flat[0] / pooled.shares.flat[0])) if _divides(pooled) else 0
    painter.drawText(
        QRectF(at.right(), at.y(), gap, at.height()), _CENTRE, f"÷ {count}" if count else "→"
    )
    shares = at.translated(at.width() + gap, 0)
    painter.setFont(panel.sized_font(10.5))
    painter.setPen(QColor(panel.theme.quiet))
    painter.drawText(head.translated(at.width() + gap, 0), LEFT, _("shares, which add up"))
    paint_squares(painter, panel, shares, Squares(pooled.shares, end, None, shown.parts))


def _divides(pooled: PooledTerms) -> bool:
    first = float(pooled.shares.flat[0])
    return first != 0 and np.isfinite(first)


def paint_list(
    painter: QPainter,
    panel: Panel,
    box: QRectF,
    trace: UnitTrace,
    shown: ShownTerms,
    decimals: int,
    name: str,
) -> None:
    """The largest terms of a full connection, a distance or a convolution of 1 x 1, a line each,
    with a bar, the largest first, and what the others are together; name: what each is of,
    a template that {source} and {number} are filled into."""
    terms = trace.sums
    assert terms is not None
    unit, theme = panel.unit, panel.theme
    source = terms.source or _("input")
    values, weights = terms.patches[:, 0, 0], terms.kernels[:, 0, 0]
    order = sorted(range(len(shown.numbers)), key=lambda at: -abs(terms.sums[shown.numbers[at]]))
    lines = [
        (
            _(name).format(source=source, number=int(terms.maps[shown.numbers[at]]) + 1),
            _product(
                float(values[shown.numbers[at]]),
                float(weights[shown.numbers[at]]),
                terms.is_distance,
                decimals,
            ),
            shown.texts[at],
            float(terms.sums[shown.numbers[at]]),
        )
        for at in order
    ]
    if shown.others:
        rest = float(terms.sums.sum() - sum(line[3] for line in lines))
        lines.append(
            (
                _("the other {others} together").format(others=shown.others),
                "",
                shown.others_text,
                rest,
            )
        )
    row = min(box.height() / len(lines), 24 * unit)
    size = min(12.0, 0.72 * row / unit)
    painter.setFont(panel.sized_font(size))
    metrics = QFontMetricsF(painter.font())
    names = max(metrics.horizontalAdvance(line[0]) for line in lines) + 10 * unit
    sums = max(metrics.horizontalAdvance(line[1]) for line in lines[:LARGEST_TERMS]) + 10 * unit
    numbers = max(metrics.horizontalAdvance(line[2]) for line in lines) + 8 * unit
    if names + sums + numbers > box.width():
        sums = 0.0
    track = box.width() - names - sums - numbers
    longest = max(abs(line[3]) for line in lines) or 1.0
    for number, (name, product, text, value) in enumerate(lines):
        top = box.y() + number * row
        painter.setPen(QColor(theme.quiet if not product else theme.text))
        painter.drawText(QRectF(box.x(), top, names, row), LEFT, name)
        if sums:
            painter.setPen(QColor(theme.quiet))
            painter.drawText(QRectF(box.x() + names, top, sums - 8 * unit, row), RIGHT, product)
        painter.setPen(QColor(theme.text))
        right = QRectF(box.x() + names + sums, top, numbers - 6 * unit, row)
        painter.drawText(right, RIGHT, text)
        if track > 20 * unit:
            middle = box.x() + names + sums + numbers + track / 2
            length = 0.5 * track * abs(value) / longest
            left = middle if value >= 0 else middle - length
            bar = QRectF(left, top + 0.22 * row, max(length, 1.0), 0.56 * row)
            painter.fillRect(bar, QColor(theme.positive if value >= 0 else theme.negative))


def _product(value: float, weight: float, is_distance: bool, decimals: int) -> str:
    first, second = in_digits(value, decimals), in_digits(weight, decimals)
    return f"({first} − {second})²" if is_distance else f"{first} × {second}"


def terms_that_fit(
    panel: Panel, box: QRectF, trace: UnitTrace, kind: LayerKind, decimals: int
) -> tuple[ShownTerms, Columns | None]:
    """A trace in shown digits, with as many maps as fit into a box. Raises ValueError where a
    number is not finite."""
    terms = trace.sums
    if terms is None or terms.patches.shape[1:] == (1, 1):
        return shown_terms(trace, LARGEST_TERMS, decimals), None
    columns = columns_in(panel, box, terms, kind, decimals)
    return shown_terms(trace, columns.count, decimals), columns
