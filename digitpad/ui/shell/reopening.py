"""Another language without a restart: a new window takes the old one's place, with all that it
holds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from digitpad.core import languages
from digitpad.core.languages import _
from digitpad.ink.drawing import Drawing
from digitpad.ink.kept_drawing import KeptDrawing
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.shell.settings_store import SettingsStore
from digitpad.ui.style.spoken import systems_language


class Reopening(QObject):
    """Opens the window anew whenever another language is set.

    Every text is made in one language when its part is made; to make all parts again is less than
    to have each of them say all it says once more.

    Attributes:
        window: that is open now.

    Signals:
        reopened (object): a MainWindow took the place of the one before.
    """

    reopened = Signal(object)

    def __init__(
        self, window: MainWindow, store: SettingsStore, make: Callable[[MainWindow], MainWindow]
    ) -> None:
        """store: the settings, which outlive windows. make: a new window that reads with the old
        one's network, without settings."""
        super().__init__()
        self.window, self._store, self._make = window, store, make
        store.changed.connect(self._on_changed)

    def _on_changed(self, names: set[str]) -> None:
        if "language" in names:
            # What was clicked is the old window's.
            QTimer.singleShot(0, self, self._reopen)

    def _reopen(self) -> None:
        wanted = self._store.values.language
        code = languages.matching(wanted) if wanted else systems_language()
        if code is None or code == languages.language():
            return
        old = self.window
        if not old.lifetime.may_change():
            old.show_notice(_("The language changes at the next start."))
            return
        languages.set_language(code)
        new = self.window = self._make(old)
        self._store.setParent(None)
        new.lifetime.remember(self._store)
        self.reopened.emit(new)
        hand_over(old, new)
        new.show()
        if old.lifetime.shows_settings:
            new.lifetime.show_settings()
        old.lifetime.close_at_once()
        old.deleteLater()


def hand_over(old: MainWindow, new: MainWindow) -> None:
    """Let a new window show what the old one shows, and write its journal on."""
    new.setGeometry(old.geometry())
    if old.isMaximized():
        new.setWindowState(Qt.WindowState.WindowMaximized)
    label, values = old.session.label, old.documents.view.values()
    drawing, keeping = old.session.pad.drawing, old.lifetime.keeping
    document, saved, opened = old.documents.held
    old.lifetime.keeping = None
    old.session.pad.start(Drawing())
    new.session.pad.start(drawing)
    new.documents.held = document, saved, opened
    if keeping is not None:
        new.lifetime.keep_on(keeping)
    if label is not None:
        new.session.name_drawing(label.name, label.source)
    new.session.pad.set_erasing(old.session.pad.is_erasing)
    new.canvas.pointers.know_pen(old.canvas.pointers)
    new.documents.view.show(KeptDrawing((), view=values), "")
    second = old.session.client.second_choice
    if second is not None:
        new.session.open_second(second.weights, second.net)
