"""What lasts longer than the window: its settings, its journal, and the question at its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from digitpad.core.languages import _
from digitpad.ui.shell.offer_bar import OFFER_MS, Deed
from digitpad.ui.shell.settings import SYSTEM, StepsState

if TYPE_CHECKING:
    from digitpad.ui.shell.guide import Guide
    from digitpad.ui.shell.keeping import Keeping
    from digitpad.ui.shell.main_window import MainWindow
    from digitpad.ui.shell.remembering import Remembering
    from digitpad.ui.shell.settings_dialog import SettingsDialog
    from digitpad.ui.shell.settings_store import SettingsStore


class Lifetime(QObject):
    """Begins with nothing remembered and nothing kept: tests, benchmarks and pictures of the
    window leave a person's settings and drawings alone.

    Attributes:
        remembering: between the settings and the window; None before remember().
        keeping: the window's journal; None before keep().
        guide: the first steps; None before they are shown.
    """

    def __init__(self, window: MainWindow) -> None:
        """window: whose life it is."""
        super().__init__(window)
        self._window = window
        self._asks = True
        self._once_painted: list[Callable[[], object]] = []
        self.remembering: Remembering | None = None
        self.keeping: Keeping | None = None
        self.guide: Guide | None = None

    def once_painted(self, does: Callable[[], object]) -> None:
        """Do something as soon as the pad has been painted for the first time."""
        if not self._once_painted:
            self._window.canvas.installEventFilter(self)
        self._once_painted.append(does)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The pad is painted."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            for does in self._once_painted:
                QTimer.singleShot(0, self, does)
            self._once_painted = []
        return False

    def remember(self, store: SettingsStore) -> None:
        """Put in place what is remembered, and remember what changes; before the window is
        shown."""
        from digitpad.ui.shell.remembering import Remembering

        store.setParent(self._window)
        self.remembering = Remembering(self._window, store)
        self._window.documents.use_settings(store)
        steps = store.values.first_steps
        if steps is StepsState.SHOWN or (steps is StepsState.NEW and store.is_first):
            self._make_guide().resume()

    def settings(self) -> SettingsStore:
        """What can be set; of what is not remembered, as the window has it."""
        if self.remembering is None:
            # Nothing is remembered, but everything can be set. Here, so that the window opens
            # sooner.
            from digitpad.ui.shell.settings_store import SettingsStore

            store = SettingsStore()
            theme = self._window.theme_name or SYSTEM
            store.change(theme=theme, pen_width=self._window.session.pad.pen_width)
            self.remember(store)
        assert self.remembering is not None
        return self.remembering.store

    def show_settings(self) -> SettingsDialog:
        """Show the settings, in front."""
        self.settings()
        assert self.remembering is not None
        return self.remembering.show_dialog()

    def show_steps(self, done: Sequence[str] = ()) -> Guide:
        """Show the first steps anew. done: the ids of those that are taken to be done."""
        guide = self._make_guide()
        guide.begin(done)
        return guide

    def _make_guide(self) -> Guide:
        if self.guide is None:
            # Here, so that the window opens sooner.
            from digitpad.ui.shell.guide import Guide

            self.guide = Guide(self._window, self.settings())
        return self.guide

    @property
    def shows_settings(self) -> bool:
        """Whether the settings are shown."""
        return self.remembering is not None and self.remembering.shows_dialog

    def offer_fingers(self) -> None:
        """A finger would draw where a pen does: say why it did not, and what lets it."""
        bar = self._window.offer_bar
        if bar.isHidden():
            bar.offer(
                _("A pen draws here, so fingers do not: the hand that holds it would leave marks."),
                [Deed(_("Draw with fingers too"), self._allow_fingers)],
                for_ms=OFFER_MS,
            )

    def _allow_fingers(self) -> None:
        self._window.canvas.pointers.fingers_draw = True
        if self.remembering is not None:
            self.remembering.store.change(fingers_draw=True)

    def keep(self, folder: Path, may_restore: bool = True) -> None:
        """Write what is drawn to a journal in this folder, and bring back what an earlier one
        holds, as Keeping.begin does."""
        # Here, so that the window opens sooner.
        from digitpad.ui.shell.keeping import Keeping

        window = self._window
        self._use(Keeping(window.session.pad, folder, window.offer_bar, self))
        assert self.keeping is not None
        self.keeping.begin(may_restore)

    def keep_on(self, keeping: Keeping) -> None:
        """Write the journal on that another window wrote; its drawing is on the pad already."""
        window = self._window
        self._use(keeping.handed_over(window.session.pad, window.offer_bar, self))

    def _use(self, keeping: Keeping) -> None:
        self.keeping = keeping
        documents = self._window.documents
        documents.is_kept = lambda: keeping.is_on
        documents.noted.connect(keeping.note_document)
        keeping.restored.connect(documents.restore)
        keeping.said.connect(self._window.show_notice)

    def close_at_once(self) -> None:
        """Close the window without asking anything, as when the system ends."""
        self._asks = False
        # A question that is open is answered by its end; the close that waits for it comes to
        # nothing then, so that this one is the next thing that is done.
        modal = QApplication.activeModalWidget()
        if modal is not None:
            modal.close()
            QTimer.singleShot(0, self, self.close_at_once)
            return
        self._window.close()

    def may_close(self) -> bool:
        """Whether the window may close: nothing is lost by it that the person did not give up."""
        window = self._window
        # A run that is under way is ended last, once nothing else keeps the window open.
        if self._asks and not window.documents.may_end():
            return False
        return all(may(self._asks) for may in window.session.before_close)

    def may_change(self) -> bool:
        """Whether another window may take this one's place, which ends a run that is under way."""
        return all(may(True) for may in self._window.session.before_close)

    def end(self) -> None:
        """The window has closed."""
        if self.guide is not None:
            self.guide.stop()
        if self.keeping is not None:
            self.keeping.end(self._window.documents.is_saved)
            self.keeping = None
        if self.remembering is not None:
            self.remembering.store.save()
