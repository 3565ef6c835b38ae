"""A row of controls that goes on in a second row where it has no room."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class WrappingRow(QLayout):
    """Lays its widgets out from left to right, each as wide as it wants to be, in as many rows as
    that takes. What comes after the spring stands at the right of a row that has room for all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty row; parent: the widget that it lays out, where it is the only layout of it."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._spring = -1
        self.setContentsMargins(0, 0, 0, 0)

    def add_spring(self) -> None:
        """What is added from now on stands at the right."""
        self._spring = len(self._items)

    # What Qt asks of a layout.

    def addItem(self, item: QLayoutItem) -> None:
        """One more, behind the others."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them; None where there is none."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Let go of one; None where there is none."""
        if not 0 <= index < len(self._items):
            return None
        if index < self._spring:
            self._spring -= 1
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower, it is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is in a width."""
        rows = self._rows(width)
        return sum(map(_height, rows)) + self.spacing() * max(0, len(rows) - 1)

    def sizeHint(self) -> QSize:
        """All in one row."""
        items = self._shown()
        width = sum(item.sizeHint().width() for item in items)
        return QSize(width + self.spacing() * max(0, len(items) - 1), _height(items))

    def minimumSize(self) -> QSize:
        """The widest alone."""
        items = self._shown()
        return QSize(max((item.minimumSize().width() for item in items), default=0), _height(items))

    def setGeometry(self, box: QRect) -> None:
        """Put all into their places."""
        super().setGeometry(box)
        rows, top = self._rows(box.width()), box.y()
        for row in rows:
            left, height = box.x(), _height(row)
            spare = box.width() - self._width(row)
            for item in row:
                if len(rows) == 1 and item in self._items[self._spring :] and self._spring >= 0:
                    left, spare = left + max(0, spare), 0
                width = min(item.sizeHint().width(), box.width())
                item.setGeometry(QRect(left, top, width, height))
                left += width + self.spacing()
            top += height + self.spacing()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _width(self, row: list[QLayoutItem]) -> int:
        return sum(item.sizeHint().width() for item in row) + self.spacing() * (len(row) - 1)

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        for item in self._shown():
            if rows and self._width([*rows[-1], item]) <= width:
                rows[-1].append(item)
            else:
                rows.append([item])
        return rows


def _height(row: list[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in row), default=0)
