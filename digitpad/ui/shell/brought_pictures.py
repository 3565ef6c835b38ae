"""What the window shows of the pictures that are brought: the one on the pad, and several."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from digitpad.ui.images.pad_pictures import PadPictures
from digitpad.ui.images.picture_card import PictureCard
from digitpad.ui.images.picture_chip import PictureChip
from digitpad.ui.shell.exchange import Exchange
from digitpad.ui.shell.session import Session
from digitpad.ui.style.theme import LIGHT, Theme

if TYPE_CHECKING:
    from digitpad.ui.images.picture_sheet import PictureSheet


class BroughtPictures(QObject):
    """The picture on the pad with its card and its button, and the window of several pictures.

    Attributes:
        on_pad: the picture on the pad. card: on which it is looked at. chip: its button on the pad.
        sheet: the window of several pictures; None before there are any.

    Signals:
        said (str): something to say in the window.
        picture_put (): a picture of the sheet was put on the pad.
    """

    said = Signal(str)
    picture_put = Signal()

    def __init__(
        self, session: Session, exchange: Exchange, look: QAction, central: QWidget
    ) -> None:
        """Takes what the exchange brings. look: the action that opens the card."""
        super().__init__(central)
        self._session, self._exchange = session, exchange
        self._theme: Theme = LIGHT
        self.on_pad = PadPictures(session, self)
        self.card = PictureCard(self.on_pad, central)
        self.chip = PictureChip(self.on_pad, look, central)
        self.sheet: PictureSheet | None = None
        exchange.pictures_brought.connect(self.on_pad.bring)
        self.on_pad.several_brought.connect(self._show_sheet)
        self.on_pad.said.connect(self.said)

    def place(self, pad: QRect, stage: QRect, unit: float, pad_unit: float) -> None:
        """Lay the card over the stage, and the button into the pad's corner; unit: of texts and
        gaps of the card, pad_unit: of the button."""
        self.card.set_unit(unit)
        self.card.setGeometry(stage)
        self.chip.place(pad, pad_unit)

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme
        self.card.set_theme(theme)
        if self.sheet is not None:
            self.sheet.set_theme(theme)

    def stop(self) -> None:
        """Close what is open, and read nothing more."""
        if self.sheet is not None:
            self.sheet.close()
        self.on_pad.stop()

    def _show_sheet(self, sources: tuple[Path | bytes, ...]) -> None:
        if self.sheet is None:
            # Here, so that the pad opens sooner.
            from digitpad.ui.images.picture_sheet import PictureSheet

            self.sheet = PictureSheet(self._session, self.on_pad, self._theme)
            self.sheet.picture_put.connect(self.picture_put)
            self.sheet.said.connect(self.said)
            self._exchange.welcome(self.sheet)
        self.sheet.show_pictures(sources)
