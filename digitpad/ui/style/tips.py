"""Tool tips and menus without a mouse: of what has the keyboard, or lies under a finger."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMenu, QWidget

_MENU_KEYS = ((Qt.Key.Key_Menu, False), (Qt.Key.Key_F10, True))
"""Each key, and whether Shift is held with it."""


def tell_tip(widget: QWidget, at: QPoint) -> bool:
    """Show the tool tip of a place of a widget, or of those around it; whether there was one to
    ask for."""
    event = QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at))
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def wrapped_tip(text: str) -> str:
    """A tool tip's text, of which Qt breaks long lines, as it does of none that is plain."""
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"


def ask_menu(widget: QWidget, at: QPoint, reason: QContextMenuEvent.Reason) -> bool:
    """Open the menu of a place of a widget, or of those around it; whether there was one."""
    event = QContextMenuEvent(reason, at, widget.mapToGlobal(at))
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def place_of_keys(widget: QWidget) -> QPoint:
    """Where in a widget the keyboard is: at its cursor, where it has one, or in its middle."""
    box = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    if isinstance(box, QRectF):
        box = box.toAlignedRect()
    is_within = isinstance(box, QRect) and widget.rect().contains(box.center())
    return box.center() if is_within else widget.rect().center()


_FIRST_KEYS = (Qt.Key.Key_Home, Qt.Key.Key_PageUp)
_LAST_KEYS = (Qt.Key.Key_End, Qt.Key.Key_PageDown)


def _go_to_end(menu: QMenu, key: int) -> bool:
    """Go to the first or the last row of a menu, where the key says so; whether it did.

    Qt's menus know these keys only where they are too long for the screen. From no row on the
    arrow keys go to the ends, past what cannot be chosen.
    """
    if key not in (*_FIRST_KEYS, *_LAST_KEYS):
        return False
    menu.setActiveAction(None)  # type: ignore[arg-type]  # None is no row.
    arrow = Qt.Key.Key_Down if key in _FIRST_KEYS else Qt.Key.Key_Up
    nothing = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(menu, QKeyEvent(QEvent.Type.KeyPress, arrow, nothing))
    return True


class MenuKeys(QObject):
    """Watches a window's keys: the menu key and Shift+F10 open the menu of what has the keyboard,
    Ctrl+F1 shows its tool tip, as hovering does; in a menu that is open, Home and End go to its
    ends."""

    def __init__(self, parent: QObject) -> None:
        """parent: whose it is."""
        super().__init__(parent)
        self._is_opened = False

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        """Take the keys before the window sees them."""
        if event.type() == QEvent.Type.ContextMenu:
            # Some platforms make one of the menu key by themselves, just before the key comes.
            self._is_opened = True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            was_opened, self._is_opened = self._is_opened, False
            return self._take(event, was_opened)
        return False

    def _take(self, event: QKeyEvent, was_opened: bool) -> bool:
        widget, popup = QApplication.focusWidget(), QApplication.activePopupWidget()
        if isinstance(popup, QMenu):
            return _go_to_end(popup, event.key())
        if widget is None or popup is not None:
            return False
        held = event.modifiers()
        is_shifted = held == Qt.KeyboardModifier.ShiftModifier
        if (Qt.Key(event.key()), is_shifted) in _MENU_KEYS:
            if not was_opened:
                ask_menu(widget, place_of_keys(widget), QContextMenuEvent.Reason.Keyboard)
            return True
        if event.key() == Qt.Key.Key_F1 and held == Qt.KeyboardModifier.ControlModifier:
            seen = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
            tell_tip(seen, place_of_keys(widget))
            return True
        return False
