"""Which texts a person does not see whole: painted into too small a box, over another one,
shortened, or on a button or label that is too small for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontInfo, QFontMetrics, QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QRadioButton, QWidget

_SLACK = 2.0
"""Pixels by which letters may lean over their box."""
_LOW = 0.35
"""The share of a line's height that is empty above and below its letters."""


@contextmanager
def recorded() -> Iterator[list[str]]:
    """While it lasts, what is painted is looked at; what is cut is in the list."""
    found: list[str] = []
    painted: dict[int, list[tuple[str, QRectF]]] = {}
    draw = QPainter.drawText
    shorten = {kind: kind.elidedText for kind in (QFontMetrics, QFontMetricsF)}

    def drawn(painter: QPainter, *given: Any) -> Any:
        if len(given) >= 3 and isinstance(given[0], (QRect, QRectF)) and isinstance(given[2], str):
            _look(painter, QRectF(given[0]), int(given[1]), given[2], found)
            others = painted.setdefault(id(painter.device()), [])
            _look_beside(painter, QRectF(given[0]), int(given[1]), given[2], others, found)
        return draw(painter, *given)

    def shortening(kind: type) -> Any:
        def shortened(metrics: Any, text: str, *given: Any) -> str:
            said = shorten[kind](metrics, text, *given)
            if said != text:
                found.append(f"shortened: {text!r}")
            return said

        return shortened

    QPainter.drawText = drawn
    for kind in shorten:
        kind.elidedText = shortening(kind)
    try:
        yield found
    finally:
        QPainter.drawText = draw
        for kind, before in shorten.items():
            kind.elidedText = before


def _look(painter: QPainter, box: QRectF, flags: int, text: str, found: list[str]) -> None:
    if not text.strip():
        return
    metrics = QFontMetricsF(painter.font())
    needed = metrics.boundingRect(box, flags, text)
    if flags & int(Qt.TextFlag.TextWordWrap):
        lines = needed.height() / metrics.lineSpacing()
        room = (box.height() + _LOW * metrics.height()) / metrics.lineSpacing()
        if lines > room + 0.2 or needed.width() > box.width() + _SLACK:
            found.append(f"cut: {text!r} needs {needed.size()} of {box.size()}")
    elif needed.width() > box.width() + _SLACK:
        found.append(f"cut: {text!r} needs {needed.width():.0f} of {box.width():.0f}")


def _look_beside(
    painter: QPainter,
    box: QRectF,
    flags: int,
    text: str,
    others: list[tuple[str, QRectF]],
    found: list[str],
) -> None:
    if not text.strip() or painter.pen().style() == Qt.PenStyle.NoPen:
        return
    place = QFontMetricsF(painter.font()).boundingRect(box, flags, text)
    # Lines may touch; letters that lie in each other are no longer read.
    inset = _LOW * place.height()
    place.adjust(_SLACK, min(inset, place.height() / 3), -_SLACK, -min(inset, place.height() / 3))
    place = painter.combinedTransform().mapRect(place)
    for other, there in others:
        if other != text and place.intersects(there):
            found.append(f"over: {text!r} lies over {other!r}")
    others.append((text, place))


def on_widgets(window: QWidget) -> list[str]:
    """The buttons and labels that are seen and are too small for what they say."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QAbstractButton) and widget.text():
            text = widget.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
            needed = max(map(widget.fontMetrics().horizontalAdvance, text.split("\n")))
            beside = 20 if isinstance(widget, (QCheckBox, QRadioButton)) else 2
            if needed + beside > widget.width():
                found.append(f"button {text!r} needs {needed + beside} of {widget.width()}")
        elif isinstance(widget, QLabel) and widget.text() and not widget.wordWrap():
            needed = widget.sizeHint().width()
            if needed > widget.width() + _SLACK and "<" not in widget.text():
                found.append(f"label {widget.text()!r} needs {needed} of {widget.width()}")
        elif isinstance(widget, QLabel) and widget.text():
            needed = widget.heightForWidth(widget.width())
            if needed > widget.height() + _SLACK:
                found.append(f"label {widget.text()!r} is {needed} high, of {widget.height()}")
    return found


def smallest_letters(window: QWidget) -> int:
    """The size of the smallest letters that are painted or stand on a button, in pixels."""
    sizes: list[int] = []
    draw = QPainter.drawText

    def drawn(painter: QPainter, *given: Any) -> Any:
        if any(isinstance(each, str) and each.strip() for each in given):
            sizes.append(QFontInfo(painter.font()).pixelSize())
        return draw(painter, *given)

    QPainter.drawText = drawn
    try:
        window.grab()
    finally:
        QPainter.drawText = draw
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.text():
            sizes.append(QFontInfo(button.font()).pixelSize())
    return min(sizes)
