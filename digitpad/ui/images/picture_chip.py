"""The button on the pad that stands there while a picture does."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from digitpad.core.languages import _
from digitpad.ui.images.pad_pictures import PadPictures
from digitpad.ui.images.picture_words import CHIP, CHIP_TIP
from digitpad.ui.style.fonts import sized_font


class PictureChip(QToolButton):
    """In the pad's corner, where ink of a picture never is: shows the picture."""

    def __init__(self, pictures: PadPictures, look: QAction, parent: QWidget | None = None) -> None:
        """look: what it does, whose key its tool tip names."""
        super().__init__(parent)
        self._pictures = pictures
        self.setObjectName("chip")
        self.setText(_(CHIP))
        self.setToolTip(f"{_(CHIP_TIP)} ({look.shortcut().toString()})")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(look.trigger)
        pictures.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.setVisible(self._pictures.shown is not None)

    def place(self, pad: QRect, unit: float) -> None:
        """Put it into a pad's upper right corner."""
        self.setFont(sized_font(self.font(), 11, unit))
        margin = round(8 * unit)
        words = self.fontMetrics().horizontalAdvance(self.text())
        size = QSize(words + round(16 * unit), round(22 * unit))
        place = QRect(pad.topLeft(), size)
        place.moveRight(pad.right() - margin)
        place.moveTop(pad.top() + margin)
        self.setGeometry(place)
