"""The window, or any panel of it, as a picture: in a file, or on the clipboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QCursor, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from digitpad.core.languages import _
from digitpad.ui.shell.exchange import Exchange
from digitpad.ui.shell.shown_panels import WINDOW, ShownPanel, ShownPanels
from digitpad.ui.style.panel import Panel
from digitpad.ui.style.theme import LIGHT, Theme
from digitpad.ui.style.widget_pictures import content_of, pixmap_of

_MARGIN = 10


class TakingAway(QObject):
    """Pictures of panels, and the menus that offer them.

    Attributes:
        panels: which there are; set by the window, none before.
        menu: saves a panel that is chosen from it.
    """

    def __init__(self, central: QWidget, exchange: Exchange, notice: QWidget) -> None:
        """central: the window's inside, whose right clicks are answered where nothing else does.
        exchange: asks for files. notice: may lie over the window, and is on no picture."""
        super().__init__(central)
        self._central, self._exchange, self._notice = central, exchange, notice
        self._theme = LIGHT
        self.panels: ShownPanels | None = None
        self.menu = QMenu(central)
        self.menu.aboutToShow.connect(self._fill_menu)
        central.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        central.customContextMenuRequested.connect(self._open_menu_at)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme whose colours lie beneath panels."""
        self._theme = theme

    # Pictures.

    def pixmap(self, name: str = WINDOW) -> QPixmap:
        """A panel, by name, in the screen's pixels; raises DigitpadError where none has it."""
        panel = self._named(name)
        with self._without_notice():
            return pixmap_of(panel.widget, self._ground(panel), self._margin(panel))

    def content(self, name: str, ending: str) -> bytes:
        """A panel, by name, as the content of a file with this ending, PNG or SVG.

        Raises DigitpadError where no panel has the name, and where Qt cannot write SVG.
        """
        panel = self._named(name)
        ground, margin = self._ground(panel), self._margin(panel)
        with self._without_notice():
            return content_of(
                panel.widget,
                ground,
                ending,
                margin,
                _("Digitpad: {words}").format(words=panel.words),
            )

    @contextmanager
    def _without_notice(self) -> Iterator[None]:
        is_hidden = self._notice.isHidden()
        self._notice.hide()
        try:
            yield
        finally:
            self._notice.setHidden(is_hidden)

    def _named(self, name: str) -> ShownPanel:
        if self.panels is None:
            return ShownPanel(WINDOW, _("the window"), self._central)
        return self.panels.named(name)

    def _ground(self, panel: ShownPanel) -> str:
        return self._theme.paper if panel.is_card else self._theme.ground

    def _margin(self, panel: ShownPanel) -> int:
        """Of the picture, so that a panel's texts do not touch its edge."""
        if panel.name == WINDOW:
            return 0
        unit = panel.widget.unit if isinstance(panel.widget, Panel) else 1.0
        return round(_MARGIN * unit)

    # To files and to the clipboard.

    def save(self, name: str = WINDOW) -> None:
        """Write the picture of a panel to a file, which is asked for."""
        panel = self._named(name)
        part = "" if name == WINDOW else "-" + re.sub(r"[^\w.-]+", "-", name)
        self._exchange.save(partial(self.content, name), panel.words, f"digitpad{part}")

    def copy(self, name: str = WINDOW) -> None:
        """Put the picture of a panel on the clipboard."""
        self._exchange.copy(self.pixmap(name), self._named(name).words)

    # Menus.

    def choose(self) -> None:
        """Ask which panel shall be saved, in a menu where the pointer or the keyboard is."""
        inside = self._central.rect()
        at = self._central.mapFromGlobal(QCursor.pos())
        self.menu.popup(self._central.mapToGlobal(at if inside.contains(at) else inside.center()))

    def _fill_menu(self) -> None:
        """All panels that are seen; the one that has the keyboard is chosen already."""
        self.menu.clear()
        if self.panels is None:
            return
        self.menu.addAction(_("Save a picture of:")).setEnabled(False)
        at = self.panels.at(QApplication.focusWidget())
        for name, panel in self.panels.shown().items():
            # A layer keeps its name as it is spelled.
            text = panel.words if panel.is_layer else panel.words[0].upper() + panel.words[1:]
            action = self.menu.addAction(text, partial(self.save, name))
            if at is not None and name == at.name:
                self.menu.setActiveAction(action)

    def _open_menu_at(self, place: QPoint) -> None:
        """What can be done with the panel at a place of the window's inside."""
        panel = None if self.panels is None else self.panels.at(self._central.childAt(place))
        menu = self.menu_of(panel.name if panel is not None else WINDOW)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._central.mapToGlobal(place))

    def menu_of(self, name: str) -> QMenu:
        """What can be done with the picture of a panel, or of the window."""
        menu = QMenu(self._central)
        for each in dict.fromkeys((name, WINDOW)):
            words = self._named(each).words
            menu.addAction(
                _("Save a picture of {words}…").format(words=words), partial(self.save, each)
            )
            menu.addAction(
                _("Copy a picture of {words}").format(words=words), partial(self.copy, each)
            )
        return menu
