"""What the window has of My drawings: what is said of the drawing on the pad, the sheet of all that
was kept, and the game."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from digitpad.core.languages import _
from digitpad.ui.answer.answer_panel import AnswerPanel
from digitpad.ui.shell.correcting import Correcting, drawing_to_keep
from digitpad.ui.shell.offer_bar import OFFER_MS, Deed, OfferBar
from digitpad.ui.shell.session import Session
from digitpad.ui.style.theme import LIGHT, Theme

if TYPE_CHECKING:
    from pathlib import Path

    from digitpad.ink.kept_drawing import KeptDrawing
    from digitpad.teaching.entries import Entry
    from digitpad.ui.images.drawings_sheet import DrawingsSheet
    from digitpad.ui.training.game import Round
    from digitpad.ui.training.game_window import GameWindow


class DrawingCollection(QObject):
    """Asks under the answer what a drawing is, says what was kept, and opens what shows it.

    Attributes:
        correcting: files what is on the pad. offer: the bar that says what was done.
        sheet: the window of My drawings, game: the window of the game; None before they are opened.
        teach: what the offer to teach does; set by the window, None where nothing teaches.

    Signals:
        said (str): something to say in the window. put_on_pad (): a kept drawing came on the pad.
        keys_left (): the keyboard goes back to the pad.
    """

    said = Signal(str)
    put_on_pad = Signal()
    keys_left = Signal()

    def __init__(
        self, session: Session, answer: AnswerPanel, offer: OfferBar, parent: QObject
    ) -> None:
        """answer: under which it is asked. offer: where what was done is said."""
        super().__init__(parent)
        self._session, self._answer = session, answer
        self._theme: Theme = LIGHT
        self.teach: Callable[[], object] | None = None
        self.correcting = Correcting(session, self)
        self.offer = offer
        self.sheet: DrawingsSheet | None = None
        self.game: GameWindow | None = None
        self.correcting.said.connect(self.said)
        self.correcting.filed.connect(self._show_filed)
        self.correcting.undone.connect(lambda text: self.offer.offer(text, [], for_ms=OFFER_MS))
        self.correcting.asking_changed.connect(self._show_asking)
        answer.label_row.label_chosen.connect(self.correcting.label)
        answer.label_row.closed.connect(self.correcting.stop_asking)

    def _show_asking(self) -> None:
        had_keys = self._answer.label_row.has_keys
        self._answer.label_row.setVisible(self.correcting.is_asking)
        if had_keys:
            self.keys_left.emit()

    def _show_filed(self, text: str) -> None:
        deeds = [Deed(_("Undo"), self.correcting.undo, _("Take it back (Alt+Backspace)"))]
        if self.teach is not None:
            tip = _("Teach the network what you kept; it takes seconds")
            deeds.append(Deed(_("Teach it…"), self.teach, tip))
        deeds.append(Deed(_("My drawings"), self.show_sheet, _("See all that you kept (Ctrl+D)")))
        self.offer.offer(text, deeds, for_ms=OFFER_MS)

    def go_back(self) -> bool:
        """Ask no more what a drawing is; returns whether that was asked."""
        return self.correcting.stop_asking()

    def show_sheet(self) -> DrawingsSheet:
        """Open the window of My drawings, or bring it to the front."""
        if self.sheet is None:
            # Here, so that the pad opens sooner.
            from digitpad.ui.images.drawings_sheet import DrawingsSheet

            self.sheet = DrawingsSheet(self.correcting.keeper, self._session, self._theme)
            self.sheet.drawing_chosen.connect(self._put_on_pad)
            self.sheet.teaching_wanted.connect(self._teach)
        self.sheet.show_again(can_teach=self.teach is not None)
        return self.sheet

    def _put_on_pad(self, entry: Entry, drawing: KeptDrawing) -> None:
        self.correcting.put_on_pad(entry, drawing)
        self.put_on_pad.emit()

    def _teach(self) -> None:
        if self.teach is not None:
            self.teach()

    def play(self) -> GameWindow:
        """Open the game, from its beginning."""
        if self.game is None:
            from digitpad.ui.training.game_window import GameWindow

            self.game = GameWindow(self._session, self._theme)
            self.game.keeping_wanted.connect(self._keep_game)
        self.game.show_again()
        return self.game

    def _keep_game(self, rounds: tuple[Round, ...], weights: tuple[Path, ...]) -> None:
        """Keep what was drawn in the game, with the digits that were asked for."""
        drawings = [
            drawing_to_keep(one.marks, one.wanted, one.answer, one.accepted) for one in rounds
        ]
        assert self.game is not None
        self.correcting.file_all(drawings, weights, self.game.show_kept)

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme
        for window in (self.sheet, self.game):
            if window is not None:
                window.set_theme(theme)

    def stop(self) -> None:
        """Close what is open, and finish what is being written."""
        for window in (self.game, self.sheet):
            if window is not None:
                window.close()
        self.correcting.stop()
