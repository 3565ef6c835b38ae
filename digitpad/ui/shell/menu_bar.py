"""The menus, in which every action is found."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar

from digitpad.core.languages import _
from digitpad.ui.shell.action_row import WITHIN, ActionRow, Group, Menu
from digitpad.ui.shell.actions import rows_of_group
from digitpad.ui.shell.controller import Controller

_KEY = "F10"
_NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class MenuBar(QMenuBar):
    """All actions in menus, where the platform has its menus: in the window, or at the top of the
    screen.

    Attributes:
        menus: by what they are; those within others too.
    """

    def __init__(
        self, actions: dict[str, QAction], controller: Controller, window: QMainWindow
    ) -> None:
        """actions: of the window, by id. window: that has its look already."""
        super().__init__(window)
        # Else it would know its height only once it is seen, and all would be laid out twice.
        self.ensurePolished()
        self._actions, self._controller = actions, controller
        self.menus: dict[Menu, QMenu] = {}
        for menu in Menu:
            if menu not in WITHIN:
                self.addMenu(self._made(menu))
        QShortcut(QKeySequence(_KEY), window, self.open_first)

    def open_first(self) -> None:
        """Open the first menu for the keyboard, where the menus are in the window and are seen."""
        if self.isVisible() and not self.isNativeMenuBar():
            first = self.actions()[0]
            self.setActiveAction(first)
            self.menus[Menu.FILE].setActiveAction(self.menus[Menu.FILE].actions()[0])

    def event(self, event: QEvent) -> bool:
        """Letters choose a menu while the bar has the keyboard, and do nothing else."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self.activeAction() is not None
            and event.modifiers() in (_NO_MODIFIER, Qt.KeyboardModifier.ShiftModifier)
        ):
            event.accept()
            return True
        return super().event(event)

    def _made(self, menu: Menu) -> QMenu:
        made = self.menus[menu] = QMenu(_(menu.value), self)
        made.setToolTipsVisible(True)
        for group in Group:
            if group.menu is menu:
                if made.actions():
                    made.addSeparator()
                for row in rows_of_group(group):
                    self._add(row, made, menu)
        return made

    def _add(self, row: ActionRow, into: QMenu, menu: Menu) -> None:
        """The action; or the menu within this one that it is in, for the first of its actions."""
        within = row.group.menu
        if within is menu:
            action = self._actions[row.id]
            into.addAction(action)
            if row.opens is not None:
                action.setMenu(row.opens(self._controller))
        elif within not in self.menus:
            into.addMenu(self._made(within))
