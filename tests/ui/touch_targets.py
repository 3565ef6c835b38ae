"""How large what can be pressed is to a finger."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QAbstractSpinBox, QMenuBar, QWidget

from digitpad.ui.style.finger_reach import FINGER, can_be_hit, finger_acts_at


def small_controls(window: QWidget) -> Iterator[QWidget]:
    """What is pressed in a window and is painted smaller than a finger."""
    for widget in window.findChildren(QWidget):
        hit = window.childAt(widget.mapTo(window, widget.rect().center()))
        # The line of a number's field is a part of it.
        is_part = isinstance(widget.parentWidget(), QAbstractSpinBox)
        is_seen = hit is not None and (hit is widget or widget.isAncestorOf(hit))
        if is_seen and not is_part and can_be_hit(widget, window):
            yield widget


def hit_size(control: QWidget) -> tuple[int, int]:
    """Over how many pixels across and down, through its middle, a finger acts on a control; of a
    menu bar, through its first menu."""
    window, box = control.window(), control.rect()
    if isinstance(control, QMenuBar):
        box = control.actionGeometry(control.actions()[0])
    middle = control.mapTo(window, box.center())

    def is_hit(at: QPoint) -> bool:
        acts_at = finger_acts_at(window, QPointF(at)).toPoint()
        hit = window.childAt(acts_at)
        return hit is not None and (hit is control or control.isAncestorOf(hit))

    def far(way: QPoint, painted: int) -> int:
        # What is painted is hit.
        steps = painted // 2
        while steps < FINGER and is_hit(middle + way * (steps + 1)):
            steps += 1
        return steps

    across = 1 + sum(far(QPoint(x, 0), box.width() - 2) for x in (-1, 1))
    down = 1 + sum(far(QPoint(0, y), box.height() - 2) for y in (-1, 1))
    return across, down
