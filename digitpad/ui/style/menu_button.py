"""A button that shows what is chosen and opens a menu of what can be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

_DOWN = "  ▾"


class MenuButton(QPushButton):
    """One of several values, each with its words.

    Attributes:
        value: what is chosen.

    Signals:
        chosen (object): the person chose this value.
    """

    chosen = Signal(object)

    def __init__(
        self, choices: Sequence[tuple[object, str]], parent: QWidget | None = None
    ) -> None:
        """choices: values and their words, the first of which is chosen at first."""
        super().__init__(parent)
        self.setAutoDefault(False)
        menu = QMenu(self)
        self._actions: list[tuple[object, QAction]] = []
        for value, words in choices:
            # "&" would be a key.
            action = menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, value=value: self._choose(value))
            self._actions.append((value, action))
        self.setMenu(menu)
        self.value: object = None
        self.show_value(choices[0][0])

    def show_value(self, value: object) -> None:
        """Show another value as chosen; the first one where there is no such value."""
        known = [each for each, _action in self._actions]
        self.value = value if value in known else known[0]
        for each, action in self._actions:
            action.setChecked(each == self.value)
            if each == self.value:
                self.setText(action.text() + _DOWN)
                self.setAccessibleDescription(action.text().replace("&&", "&"))

    def _choose(self, value: object) -> None:
        self.show_value(value)
        self.chosen.emit(value)
