"""Where a finger acts: on what lies there, or on a small control that it missed by a little.

Controls are as large as their words and pictures ask for, which a mouse hits. A finger is less
exact, so each control can be hit in FINGER x FINGER pixels about its middle, as far as nothing else
lies there.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QMainWindow,
    QScrollArea,
    QScrollBar,
    QWidget,
)

FINGER = 32
"""The least that a finger hits of a control, across and down, in pixels."""
_NO_CONTROLS = (QWidget, QFrame, QDialog, QDialogButtonBox, QMainWindow, QScrollArea)
"""What of Qt's own does nothing where it is pressed."""
_QT = "PySide6."
_LINK = "<a "


def finger_acts_at(window: QWidget, at: QPointF) -> QPointF:
    """Where a finger that comes down at a place in a window acts: there, or at the nearest place
    of the control which it reaches, where there is nothing else to be pressed."""
    place = at.toPoint()
    under = window.childAt(place) or window
    if not window.rect().contains(place) or any(map(_is_pressed, _and_around(under))):
        return at
    best, nearest = at, 1.0
    for control in window.findChildren(QWidget):
        box = _box(control, window)
        reach = _centred(box, box.size().expandedTo(QSize(FINGER, FINGER)))
        if not reach.contains(place) or not can_be_hit(control, window):
            continue
        inside = QPoint(
            min(max(place.x(), box.left()), box.right()),
            min(max(place.y(), box.top()), box.bottom()),
        )
        missed_by = max(
            _share(place.x() - inside.x(), reach.width() - box.width()),
            _share(place.y() - inside.y(), reach.height() - box.height()),
        )
        hit = window.childAt(inside)
        if missed_by < nearest and hit is not None and control in _and_around(hit):
            best, nearest = QPointF(inside), missed_by
    return best


def _share(missed_by: int, grown_by: int) -> float:
    """How much of what a control reaches beyond its side lies between it and a finger: 0 to nearly
    1. So smaller ones get more of the room that two of them share."""
    return 2 * abs(missed_by) / (grown_by + 2)


def _and_around(widget: QWidget) -> list[QWidget]:
    """A widget and those that it lies in, to the edge of its window."""
    found = [widget]
    around = None if widget.isWindow() else widget.parentWidget()
    return found if around is None else [*found, *_and_around(around)]


def _box(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def _centred(box: QRect, size: QSize) -> QRect:
    """A box of another size about the same middle."""
    grown = QRect(QPoint(0, 0), size)
    grown.moveCenter(box.center())
    return grown


def can_be_hit(widget: QWidget, window: QWidget) -> bool:
    """Whether a widget of a window is a control that is smaller than a finger."""
    return (
        widget.isVisible()
        and widget.isEnabled()
        and widget.window() is window
        and min(widget.width(), widget.height()) < FINGER
        # A finger moves what is scrolled itself.
        and not isinstance(widget, QScrollBar)
        and _is_pressed(widget)
    )


def _is_pressed(widget: QWidget) -> bool:
    """Whether something is done by pressing a widget."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents):
        return False
    around = widget.parentWidget()
    if (
        isinstance(around, QAbstractScrollArea)
        and not isinstance(around, QScrollArea)
        and around.viewport() is widget
    ):
        return True
    if isinstance(widget, QLabel):
        is_selectable = widget.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
        return bool(is_selectable) or _LINK in widget.text()
    for kind in type(widget).__mro__:
        if kind.__module__.startswith(_QT):
            return kind not in _NO_CONTROLS
        if {"mousePressEvent", "mouseReleaseEvent"} & set(vars(kind)):
            return True
    return False
