"""The window of several pictures that were brought at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from digitpad.core.languages import _
from digitpad.ui.images.brought import Source
from digitpad.ui.images.browser_style import browser_style
from digitpad.ui.images.pad_pictures import PadPictures
from digitpad.ui.images.picture_words import SHEET_HINT, SHEET_TITLE, totals_in_words
from digitpad.ui.images.sheet_grid import SheetGrid
from digitpad.ui.images.sheet_reading import SheetReading
from digitpad.ui.shell.session import Session
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.dressing import palette
from digitpad.ui.style.screen import fitted_to_screen, unit_of
from digitpad.ui.style.screen_following import ScreenFollowing
from digitpad.ui.style.style_sheet import style_sheet
from digitpad.ui.style.theme import Theme

_LEAST, _USUAL = QSize(420, 320), QSize(860, 620)


class PictureSheet(QWidget):
    """Shows pictures, each with its reading; a click puts one on the pad.

    Attributes:
        reading: the pictures, as they are read. grid: shows them.

    Signals:
        picture_put (): one was put on the pad.
        said (str): why one cannot be.
    """

    picture_put = Signal()
    said = Signal(str)

    def __init__(self, session: Session, pictures: PadPictures, theme: Theme) -> None:
        """pictures: puts them on the pad."""
        super().__init__()
        self.setWindowTitle(_(SHEET_TITLE))
        self.setObjectName("stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pictures = pictures
        self.reading = SheetReading(session, pictures.worker, self)
        self.grid = SheetGrid(self.reading)
        self._totals, self._hint = QLabel(), QLabel(_(SHEET_HINT))
        self._totals.setTextFormat(Qt.TextFormat.PlainText)
        self._totals.setObjectName("title")
        self._hint.setObjectName("quiet")
        head = QHBoxLayout()
        head.addWidget(self._totals)
        head.addStretch(1)
        head.addWidget(self._hint)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(head)
        self._layout.addWidget(self.grid, 1)
        self.reading.changed.connect(self._show_totals)
        self.reading.said.connect(self.said)
        self.reading.chosen.connect(self._put)
        self.grid.picture_chosen.connect(self._choose)
        self.set_theme(theme)
        ScreenFollowing(self, _LEAST)
        self.resize(fitted_to_screen(self, _USUAL))

    def show_pictures(self, sources: Sequence[Source]) -> None:
        """Read and show these, in place of those before."""
        self.grid.current = None
        self.reading.start(sources)
        self.show()
        self.raise_()
        self.activateWindow()
        self.grid.setFocus()

    @property
    def totals(self) -> str:
        """What is said of all of them."""
        return self._totals.text()

    def _show_totals(self) -> None:
        text = totals_in_words(self.reading.pictures, self.reading.is_reading)
        self._totals.setText(text)
        if not self.reading.is_reading:
            announce(self, text)

    def _choose(self, number: int) -> None:
        self.reading.choose(self.reading.pictures[number])

    def _put(self, picture: object) -> None:
        self._pictures.put(picture)  # type: ignore[arg-type]  # a signal's argument
        self.picture_put.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and the system's keys close it."""
        is_escape = event.key() == Qt.Key.Key_Escape
        if is_escape or event.matches(QKeySequence.StandardKey.Close):
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Read no more."""
        self.reading.stop()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let texts and pictures grow with the window."""
        unit = max(1.0, unit_of(self.width(), self.height()))
        margin = round(16 * unit)
        self._layout.setContentsMargins(margin, round(12 * unit), round(8 * unit), 0)
        for label, pixels, bold in ((self._totals, 14, True), (self._hint, 12, False)):
            font = QFont(self.font())
            font.setPixelSize(round(pixels * unit))
            font.setBold(bold)
            label.setFont(font)
        self.grid.set_unit(unit)
        super().resizeEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.setStyleSheet(style_sheet(theme) + browser_style(theme))
        self.setPalette(palette(theme))
        self.grid.set_theme(theme)
