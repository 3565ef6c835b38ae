"""The list of installed networks, to choose one from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHideEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from digitpad.core.results import InstalledNetwork
from digitpad.ui.shell.network_words import first_line, second_line
from digitpad.ui.style.theme import LIGHT, Theme

_WIDTH, _ROW, _MOST_ROWS = 660, 46, 15
_NETWORK, _IS_CURRENT = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_HINT = "↑ ↓ and Enter choose, letters find · Esc closes"
_IN_USE = "in use"


class NetworkChoice(QFrame):
    """A list that opens over the window, by pointer and keys; it closes when one is chosen or
    another place is clicked.

    Signals:
        chosen (InstalledNetwork): the one to take.
        closed (): the list went away, whether one was chosen or not.
    """

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """A closed list."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("choice")
        self._theme = LIGHT
        self._unit = 1.0
        self.title = QLabel()
        self.title.setObjectName("choiceTitle")
        self.list = QListWidget()
        self.list.setItemDelegate(_Rows(self))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.itemClicked.connect(self._choose)
        self.list.itemEntered.connect(self.list.setCurrentItem)
        self.hint = QLabel(_HINT)
        self.hint.setObjectName("quiet")
        self._layout = QVBoxLayout(self)
        for part in (self.title, self.list, self.hint):
            self._layout.addWidget(part)
        self.list.setFocus()

    @property
    def theme(self) -> Theme:
        """The colours."""
        return self._theme

    @property
    def unit(self) -> float:
        """How much larger than the smallest comfortable size texts are."""
        return self._unit

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme

    def set_unit(self, unit: float) -> None:
        """Make texts and gaps so much larger than the smallest comfortable size."""
        self._unit = unit
        self._layout.setContentsMargins(*[round(10 * unit)] * 4)
        self._layout.setSpacing(round(6 * unit))
        self.title.setFont(self.sized_font(13, bold=True))
        self.hint.setFont(self.sized_font(11))

    def sized_font(self, pixels: float, bold: bool = False) -> QFont:
        """The window's font at a size in units."""
        font = QFont(self.font())
        font.setPixelSize(max(9, round(pixels * self._unit)))
        font.setBold(bold)
        return font

    def offer(
        self,
        networks: Sequence[InstalledNetwork],
        title: str,
        current: str,
        beside: QRect,
        within: QRect,
    ) -> None:
        """Open the list above a box, or below it where there is no room, moved so that it lies
        within another; both are in global pixels. current: the weights file of the network at
        work, which is marked."""
        self.title.setText(title)
        self.list.clear()
        for network in networks:
            is_current = str(network.weights) == current
            item = QListWidgetItem(network.title)
            item.setData(_NETWORK, network)
            item.setData(_IS_CURRENT, is_current)
            spoken = f"{network.title}. {first_line(network)[1]}. {second_line(network)}"
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{spoken}, {_IN_USE}" if is_current else spoken
            )
            item.setToolTip(f"{second_line(network)}\n{network.weights}")
            self.list.addItem(item)
            if is_current:
                self.list.setCurrentItem(item)
        if networks and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        rows = min(max(len(networks), 1), _MOST_ROWS)
        room = max(1, within.height() // self.row_height - 2)
        self.list.setFixedHeight(min(rows, room) * self.row_height)
        self.setFixedWidth(min(round(_WIDTH * self._unit), within.width()))
        self.adjustSize()
        left = max(within.left(), min(beside.left(), within.right() + 1 - self.width()))
        top = beside.top() - self.height()
        if top < within.top():
            top = beside.bottom() + 1
        self.move(left, max(within.top(), min(top, within.bottom() + 1 - self.height())))
        self.show()
        self.list.setFocus()

    @property
    def row_height(self) -> int:
        """How high a network's lines are, in pixels."""
        return round(_ROW * self._unit)

    def _choose(self, item: QListWidgetItem) -> None:
        network = item.data(_NETWORK)
        self.close()
        self.chosen.emit(network)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, Escape closes."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and self.list.currentItem() is not None
        ):
            self._choose(self.list.currentItem())
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that the list went away."""
        super().hideEvent(event)
        self.closed.emit()


class _Rows(QStyledItemDelegate):
    """Two lines a network: title and accuracy; tutorial, recipe and what it is."""

    def __init__(self, choice: NetworkChoice) -> None:
        super().__init__(choice)
        self._choice = choice

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(10, self._choice.row_height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        choice, network = self._choice, index.data(_NETWORK)
        theme, unit = choice.theme, choice.unit
        box = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(box, 6 * unit, 6 * unit)
        plain = QColor(theme.accent_text if selected else theme.text)
        quiet = plain if selected else QColor(theme.quiet)
        inner = box.adjusted(10 * unit, 5 * unit, -10 * unit, -5 * unit)
        upper = QRectF(inner.x(), inner.y(), inner.width(), inner.height() / 2)
        title, accuracy = first_line(network)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(plain)
        painter.setFont(choice.sized_font(13.5, bold=True))
        painter.drawText(upper, left | middle, title)
        if index.data(_IS_CURRENT):
            end = painter.fontMetrics().horizontalAdvance(title) + 9 * unit
            painter.setFont(choice.sized_font(11))
            painter.setPen(plain if selected else QColor(theme.accent))
            painter.drawText(upper.adjusted(end, 0, 0, 0), left | middle, _IN_USE)
            painter.setPen(plain)
        painter.setFont(choice.sized_font(12))
        painter.drawText(upper, right | middle, accuracy)
        painter.setPen(quiet)
        painter.setFont(choice.sized_font(11))
        lower = upper.translated(0, upper.height())
        text = QFontMetrics(painter.font()).elidedText(
            second_line(network), Qt.TextElideMode.ElideRight, int(lower.width())
        )
        painter.drawText(lower, left | middle, text)
        painter.restore()
