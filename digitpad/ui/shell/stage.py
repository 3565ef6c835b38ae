"""What the window holds beneath its menu bar."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class Stage(QWidget):
    """The ground on which the window's parts are put by hand.

    Signals:
        resized (): they have to be put anew.
    """

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty, in the theme's colour of the ground."""
        super().__init__(parent)
        self.setObjectName("stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell of it."""
        self.resized.emit()
        super().resizeEvent(event)
