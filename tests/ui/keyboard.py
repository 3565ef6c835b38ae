"""What a person without a pointer does: keys alone, sent to whatever has the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
_LONGEST_ROUND = 200
_LAID_OUT_MS = 200


def press(*keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    """Press keys one after the other, each where the keyboard is by then: in the menu or list that
    is open, or else at the control that has the focus."""
    for key in keys:
        QTest.keyClick(_receiver(), key, held)


def _receiver() -> QWidget | QWindow:
    popup, window = QApplication.activePopupWidget(), QApplication.activeWindow()
    if popup is not None:
        return popup.focusWidget() or popup
    assert window is not None
    # As the platform has it: what watches the window sees it first.
    return window.windowHandle()


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


def type_in(text: str) -> None:
    """Type letters where the keyboard is."""
    for letter in text:
        QTest.keyClick(_receiver(), letter)


def focused() -> QWidget:
    """What has the keyboard."""
    window = QApplication.activePopupWidget() or QApplication.activeWindow()
    assert window is not None
    widget = window.focusWidget()
    assert widget is not None
    return widget


def tab_to(wanted: Callable[[QWidget], bool] | QWidget) -> QWidget:
    """Press Tab until the keyboard is at a control, or at one of which this is so."""
    started = focused()
    # What an answer under way lays out anew may be missed by the first round.
    for _ in range(2):
        for _ in range(_LONGEST_ROUND):
            press(Qt.Key.Key_Tab)
            at = focused()
            if at is wanted or (not isinstance(wanted, QWidget) and wanted(at)):
                return at
            if at is started:
                break
        QTest.qWait(_LAID_OUT_MS)
    raise AssertionError(f"no way by Tab from {started} to {wanted}")


def tab_to_words(words: str) -> QWidget:
    """Press Tab until a button with these words, or something of this name, has the keyboard."""

    def has(widget: QWidget) -> bool:
        text = getattr(widget, "text", None)
        said = text() if callable(text) else ""
        return words in (said.replace("&", ""), widget.accessibleName())

    return tab_to(has)
