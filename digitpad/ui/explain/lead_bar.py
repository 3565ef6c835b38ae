"""What a margin is made of, as one bar: its parts beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from digitpad.ui.style.panel import LEFT, Panel
from digitpad.ui.style.theme import legible_on

_GAP = 5
_HATCH = 6


@dataclass(frozen=True)
class LeadPart:
    """One part: how large it is, of either sign, its number in words, and what it is called, from
    the longest form to the shortest. colour: "#rrggbb". is_hatched: it is told from the others by
    more than its colour."""

    size: float
    number: str
    names: tuple[str, ...]
    colour: str
    is_hatched: bool = False


def paint_lead_bar(painter: QPainter, panel: Panel, box: QRectF, parts: Sequence[LeadPart]) -> None:
    """Paint parts as long as they are large, each with its number in it where there is room, and
    its name beneath; what is 0 is left out."""
    shown = [part for part in parts if part.size]
    total = sum(abs(part.size) for part in shown)
    if not total:
        return
    unit = panel.unit
    thickness = 18 * unit
    gap = _GAP * unit
    room = box.width() - gap * (len(shown) - 1)
    widths = [max(3.0, abs(part.size) / total * room) for part in shown]
    excess = sum(widths) - room
    widths[widths.index(max(widths))] -= excess
    left = box.x()
    bars = []
    for width in widths:
        bars.append(QRectF(left, box.y(), width, thickness))
        left += width + gap
    names = QRectF(box.x(), box.y() + thickness + 2 * unit, box.width(), 16 * unit)
    _paint_names(painter, panel, names, bars, shown)
    for part, bar in zip(shown, bars, strict=True):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(part.colour))
        painter.drawRoundedRect(bar, min(3 * unit, bar.width() / 2), 3 * unit)
        fill = QColor(part.colour)
        text = legible_on(fill, panel.theme.paper, panel.theme.ink)
        font = panel.sized_font(12, bold=True)
        needs = QFontMetricsF(font).horizontalAdvance(part.number) + 8 * unit
        if part.is_hatched:
            _hatch(painter, bar, panel)
        if needs <= bar.width():
            if part.is_hatched:
                plate = QRectF(0, 0, needs, thickness)
                plate.moveCenter(bar.center())
                painter.fillRect(plate, fill)
            painter.setFont(font)
            painter.setPen(text)
            painter.drawText(bar, Qt.AlignmentFlag.AlignCenter, part.number)


def name_places(
    wanted: Sequence[float], widths: Sequence[float], start: float, end: float, gap: float
) -> list[float] | None:
    """Where texts of some widths begin, each where it is wanted or as far left of that as the next
    ones need, none over another; None where they do not fit between start and end."""
    places: list[float] = []
    for at, width in zip(reversed(wanted), reversed(widths), strict=True):
        places.append(min(at, end - width))
        end = places[-1] - gap
    return places[::-1] if places and places[-1] >= start - 1 else None


def _hatch(painter: QPainter, bar: QRectF, panel: Panel) -> None:
    painter.save()
    painter.setClipRect(bar, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(QColor(panel.theme.paper), max(1.0, 1.2 * panel.unit)))
    step, height = _HATCH * panel.unit, bar.height()
    at = bar.x() - height
    while at < bar.right():
        painter.drawLine(QLineF(at, bar.bottom(), at + height, bar.y()))
        at += step
    painter.restore()


def _paint_names(
    painter: QPainter,
    panel: Panel,
    line: QRectF,
    bars: Sequence[QRectF],
    parts: Sequence[LeadPart],
) -> None:
    """Each name under its bar, or as far left of that as all need; the longest forms that fit."""
    font = panel.sized_font(11)
    metrics = QFontMetricsF(font)
    gap = 10 * panel.unit
    for form in range(max(len(part.names) for part in parts)):
        texts = [part.names[min(form, len(part.names) - 1)] for part in parts]
        widths = [metrics.horizontalAdvance(text) for text in texts]
        places = name_places([bar.x() for bar in bars], widths, line.x(), line.right(), gap)
        if places is not None:
            break
    else:
        return
    painter.setFont(font)
    painter.setPen(QColor(panel.theme.quiet))
    for left, text, width in zip(places, texts, widths, strict=True):
        painter.drawText(QRectF(left, line.y(), width + 2, line.height()), LEFT, text)
