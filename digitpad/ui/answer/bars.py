"""A bar for each class, its name before it and its number behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from digitpad.ui.style.panel import LEFT, RIGHT, Panel

_LEAST_TRACK = 0.2
_TWO_LINES = 25


@dataclass(frozen=True)
class Bar:
    """One class's bar. length: the filled share of the track, in [0, 1], or None at rest;
    number: what stands behind it. wins: it is in the colour that stands out, such as the answer's.
    other: the length that another network's bar has, marked on the track. is_named: its name and
    number stand out, whatever its colour; not given, where it wins."""

    name: str
    length: float | None = None
    number: str = ""
    wins: bool = False
    other: float | None = None
    is_named: bool | None = None

    @property
    def is_bold(self) -> bool:
        """Whether its name and number stand out."""
        return self.wins if self.is_named is None else self.is_named


def paint_bars(
    painter: QPainter,
    panel: Panel,
    box: QRectF,
    bars: Sequence[Bar],
    widest_number: str,
    widest_name: str = "",
) -> None:
    """Paint bars one under another: name, track and number on a line, or, where the names leave
    no room for that, name and number over the track.

    widest_number: what room the numbers need. widest_name: what room the names need at least, so
    that bars beside these begin alike.
    """
    unit = panel.unit
    row = box.height() / max(1, len(bars))
    size = min(13.0, 0.86 * row / unit)
    plain, bold = panel.sized_font(size), panel.sized_font(size, bold=True)
    metrics = QFontMetricsF(bold)
    named = (widest_name, *(bar.name for bar in bars))
    names = max(map(metrics.horizontalAdvance, named)) + 10 * unit
    numbers = metrics.horizontalAdvance(widest_number) + 8 * unit
    is_cramped = box.width() - names - numbers < _LEAST_TRACK * box.width()
    two_lines = is_cramped and row >= _TWO_LINES * unit
    if is_cramped and not two_lines:
        names = max(box.width() * (1 - _LEAST_TRACK) - numbers, 20 * unit)
    for index, bar in enumerate(bars):
        top = box.y() + index * row
        painter.setPen(QColor(panel.theme.text))
        if two_lines:
            text = min(metrics.height(), 0.6 * row)
            line = top + max(0.0, (row - text - 0.3 * row) / 2)
            name_box = QRectF(box.x(), line, box.width() - numbers, text)
            number_box = QRectF(box.right() - numbers, line, numbers, text)
            thickness = min(0.24 * row, 9 * unit)
            track = QRectF(box.x(), line + text + 1.5 * unit, box.width(), thickness)
        else:
            name_box = QRectF(box.x(), top, names - 6 * unit, row)
            number_box = QRectF(box.right() - numbers, top, numbers, row)
            thickness = min(row * 0.46, 16 * unit)
            track = QRectF(
                box.x() + names,
                top + (row - thickness) / 2,
                box.width() - names - numbers,
                thickness,
            )
        painter.setFont(panel.fitting_font(bar.name, name_box.width(), size, bold=bar.is_bold))
        painter.drawText(name_box, LEFT, bar.name)
        _paint_track(painter, panel, track, bar)
        if bar.length is not None:
            painter.setFont(bold if bar.is_bold else plain)
            painter.setPen(QColor(panel.theme.text if bar.is_bold else panel.theme.quiet))
            painter.drawText(number_box, RIGHT, bar.number)


def _paint_track(painter: QPainter, panel: Panel, track: QRectF, bar: Bar) -> None:
    theme, radius = panel.theme, min(4 * panel.unit, track.height() / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.track))
    painter.drawRoundedRect(track, radius, radius)
    if bar.length is not None and bar.length >= 0.002:
        painter.setBrush(QColor(theme.accent if bar.wins else theme.quiet))
        filled = QRectF(track.x(), track.y(), max(track.width() * bar.length, 2.0), track.height())
        rounding = min(radius, filled.width() / 2)
        painter.drawRoundedRect(filled, rounding, rounding)
    if bar.other is not None:
        # A line that stands over both edges of the track, so that it is seen on any bar.
        at = track.x() + track.width() * bar.other
        over = 2.5 * panel.unit
        line = max(2.0, 2 * panel.unit)
        painter.fillRect(
            QRectF(at - line, track.y() - over, 2 * line, track.height() + 2 * over),
            QColor(theme.paper),
        )
        painter.fillRect(
            QRectF(at - line / 2, track.y() - over, line, track.height() + 2 * over),
            QColor(theme.text),
        )
