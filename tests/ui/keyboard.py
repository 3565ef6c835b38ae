"""What a person without a pointer does: keys alone, sent to whatever has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_LONGEST_ROUND = 200


def press(*keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    """Press keys one after the other, each where the keyboard is by then: in the menu or list that
    is open, or else at the control that has the focus."""
    for key in keys:
        window = QApplication.activePopupWidget() or QApplication.activeWindow()
        assert window is not None and window.windowHandle() is not None
        QTest.keyClick(window.windowHandle(), key, held)


def tab_round(window: QWidget, is_on: bool = True) -> list[QWidget]:
    """All that Tab visits until it comes back to where it began, in order, that last; with Shift
    the other way."""
    start = window.focusWidget()
    visited: list[QWidget] = []
    while len(visited) < _LONGEST_ROUND:
        press(*([Qt.Key.Key_Tab] if is_on else [Qt.Key.Key_Backtab]), held=NONE if is_on else SHIFT)
        at = window.focusWidget()
        assert at is not None
        visited.append(at)
        if at is start:
            return visited
    raise AssertionError(f"Tab does not come back from {visited[-1]}")


def controls_of(window: QWidget) -> set[QWidget]:
    """All of a window that can be reached by Tab, by what Qt is told of them."""
    return {
        widget
        for widget in window.findChildren(QWidget)
        if widget.window() is window
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    }
