"""A scrolling grid of labelled images that is worked with: one is selected, and chosen."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip

from digitpad.ui.images.grid_view import GridView
from digitpad.ui.images.grid_walking import walked


class ImageGrid(GridView):
    """A grid that answers pointer and keys.

    Signals:
        image_chosen (int): Enter or a double click on an image.
    """

    image_chosen = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys, pages, Home and End select; Enter chooses the selected image."""
        key, position = Qt.Key(event.key()), self._position()
        height = round(self.viewport().height() * self.devicePixelRatioF())
        to = walked(self.lattice, position, key, height)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and position is not None:
            self.image_chosen.emit(int(self.shown[position]))
        elif to is not None:
            self._select(to)
            self._reveal()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click selects an image."""
        image = self.image_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and image is not None:
            self._select(int(np.flatnonzero(self.shown == image)[0]))
            self._reveal()

    def inputMethodQuery(self, query: Qt.InputMethodQuery, /) -> Any:
        """Tell Qt where menus and tool tips belong that keys ask for: at the selected image."""
        position = self._position()
        if query == Qt.InputMethodQuery.ImCursorRectangle and position is not None:
            return self.box(position)
        return super().inputMethodQuery(query)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click chooses an image."""
        image = self.image_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and image is not None:
            self.image_chosen.emit(image)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tool tips describe images."""
        if isinstance(event, QHelpEvent):
            image = self.image_at(event.pos())
            if image is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self._describe(image), self.viewport())
            return True
        return super().viewportEvent(event)
