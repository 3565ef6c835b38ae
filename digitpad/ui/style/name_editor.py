"""A name that is edited where it stands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class NameEditor(QLineEdit):
    """Takes the place of a name while it is edited. Enter takes what was typed, and so does leaving
    it; Escape does not.

    Signals:
        named (str): this is the name from now on; "" where there shall be none.
        left (): there is nothing more to edit, after named() or without it.
    """

    named = Signal(str)
    left = Signal()

    def __init__(self, name: str, instead: str, longest: int, parent: QWidget) -> None:
        """name: that is changed, "" where there is none; instead: what stands there then. longest:
        as many letters are taken."""
        super().__init__(name, parent)
        self._before, self._is_over = name, False
        self.setMaxLength(longest)
        self.setPlaceholderText(instead)
        self.selectAll()

    def event(self, event: QEvent) -> bool:
        """Keep keys from the window's shortcuts: what is typed is a name."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the name, Escape leaves it as it was."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._finish(takes=True)
        elif event.key() == Qt.Key.Key_Escape:
            self._finish(takes=False)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Who leaves it has named it; its own menu does not."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._finish(takes=True)

    def _finish(self, takes: bool) -> None:
        if self._is_over:
            return
        self._is_over = True
        name = self.text().strip()
        if takes and name != self._before:
            self.named.emit(name)
        self.left.emit()
