"""What the window's title says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from digitpad.ui.shell.documents import Documents
from digitpad.ui.shell.showing import Showing

if TYPE_CHECKING:
    from digitpad.ui.shell.main_window import MainWindow

_TITLE = "Digitpad"


class WindowTitle(QObject):
    """Names the file that is open, says whether it has changed, and has the answer."""

    def __init__(self, window: MainWindow, documents: Documents, showing: Showing) -> None:
        """window: whose title it is."""
        super().__init__(window)
        self._window, self._documents = window, documents
        self._headline = ""
        showing.headline_changed.connect(self._take_headline)
        documents.changed.connect(self._show)
        self._show()

    def _take_headline(self, headline: str) -> None:
        self._headline = headline
        self._show()

    def _show(self) -> None:
        # Qt shows in its own way where it stands that the file has changed.
        name = self._documents.name.replace("[*]", "[*][*]")
        parts = [f"{name}[*]" if name else "", self._headline, _TITLE]
        self._window.setWindowTitle(" — ".join(filter(None, parts)))
        self._window.setWindowModified(self._documents.is_changed)
