"""What a widget that paints itself answers a finger that would scroll it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QScrollPrepareEvent
from PySide6.QtWidgets import QWidget


def offer_scrolling(
    event: QScrollPrepareEvent, widget: QWidget, step: QPointF, first: int, last: int
) -> None:
    """Answer that a widget which paints itself can be scrolled by a finger, line by line, across or
    down; not at all where the last first line is 0.

    step: how large a line is. first: which one is seen first now; last: where the last are seen.
    """
    event.setViewportSize(QSizeF(widget.size()))
    event.setContentPosRange(QRectF(0, 0, last * step.x(), last * step.y()))
    event.setContentPos(step * first)
    event.setAccepted(last > 0)
