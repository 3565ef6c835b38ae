"""The list of networks, to choose one from: those that are installed, those that were opened, and
those of the catalogue that can be trained."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from digitpad.core.languages import N_, _
from digitpad.nets.spec.declaration import Network
from digitpad.nets.spec.opened_networks import OpenedFile
from digitpad.ui.shell.network_naming import NetworkNaming, is_own
from digitpad.ui.shell.network_rows import IS_CURRENT, NETWORK, WORDS, NetworkRows, removal_box
from digitpad.ui.shell.network_words import Listed, told_apart, train_command
from digitpad.ui.style.fonts import sized_font
from digitpad.ui.style.hands import lend_hands_to
from digitpad.ui.style.theme import LIGHT, Theme
from digitpad.ui.style.tips import wrapped_tip

_WIDTH, _ROW, _MOST_ROWS = 660, 46, 15
_HINT = N_(
    "↑ ↓ and Enter choose · letters find · Del takes an opened file off the list · Esc closes"
)
_KEYS_OF_LIST = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Delete,
    Qt.Key.Key_F2,
)


class _FindingList(QListWidget):
    """A list that leaves what is typed to whoever finds by it.

    Signals:
        typed (str): a letter, or several.
    """

    typed = Signal(str)

    def keyboardSearch(self, search: str) -> None:
        """Letters find any part of a name, not its beginning alone."""
        self.typed.emit(search)


class NetworkChoice(QFrame):
    """A list that opens over the window, by pointer and keys; it closes when one is chosen or
    another place is clicked.

    Attributes:
        list: the networks whose names hold what stands in search. open_button: leads to a file.
        command: how the network under the cursor is trained, of which there are no weights;
            hidden with its button copy where there are.

    Signals:
        chosen (InstalledNetwork or OpenedFile): the one to take.
        removed (OpenedFile): the one to take off the list.
        named (Path, str): the network of these weights has this name from now on, "" for none.
        train_wanted (str): the network of this name, which has no weights, shall be trained.
        file_wanted (): another file shall be opened.
        closed (): the list went away, whether one was chosen or not.
    """

    chosen = Signal(object)
    removed = Signal(object)
    named = Signal(object, str)
    train_wanted = Signal(str)
    file_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """A closed list."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("choice")
        self._theme = LIGHT
        self._unit = 1.0
        self._within = QRect()
        self._networks: list[Listed] = []
        self._current = ("", "")
        self.title = QLabel()
        self.title.setObjectName("choiceTitle")
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(_("Find a network by any part of its name"))
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._show_found)
        self.open_button = QPushButton(_("Open a file …"))
        self.open_button.setToolTip(_("Weights of your own, or the Python file of a network"))
        self.open_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.open_button.clicked.connect(self._want_file)
        self.list = _FindingList()
        self.list.typed.connect(lambda letters: self.search.setText(self.search.text() + letters))
        self.list.setItemDelegate(NetworkRows(self, self.list))
        self.naming = NetworkNaming(self.list, self)
        self.naming.named.connect(self._name)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.itemClicked.connect(self._choose)
        self.list.itemEntered.connect(self.list.setCurrentItem)
        self.list.currentItemChanged.connect(self._show_command)
        self.list.viewport().installEventFilter(self)
        self.hint = QLabel(_(_HINT))
        self.hint.setObjectName("quiet")
        self.hint.setWordWrap(True)
        self.command, self.copy = QLineEdit(), QPushButton(_("Copy"))
        self.command.setReadOnly(True)
        self.command.setAccessibleName(_("The command that trains it, for a terminal"))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.command.text()))
        self._head, self._foot = QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self.title, 1)
        self._head.addWidget(self.search)
        self._head.addWidget(self.open_button)
        for part in (self.hint, self.command, self.copy):
            self._foot.addWidget(part, int(part is not self.copy))
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._head)
        self._layout.addWidget(self.list)
        self._layout.addLayout(self._foot)
        self._show_command()
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
        for layout in (self._layout, self._head, self._foot):
            layout.setSpacing(round(6 * unit))
        self.title.setFont(self.sized_font(13, bold=True))
        for part in (self.search, self.open_button, self.command, self.copy):
            part.setFont(self.sized_font(12))
        self.search.setFixedWidth(round(150 * unit))
        self.hint.setFont(self.sized_font(11))

    def sized_font(self, pixels: float, bold: bool = False) -> QFont:
        """The window's font at a size in units."""
        return sized_font(self.font(), pixels, self._unit, bold)

    def offer(
        self,
        networks: Sequence[Listed],
        title: str,
        current: str,
        beside: QRect,
        within: QRect,
        current_network: str = "",
    ) -> None:
        """Open the list above a box, or below it where there is no room, moved so that it lies
        within another; both are in global pixels. current: the weights file of the network at
        work, which is marked; current_network: its name."""
        self.title.setText(title)
        self.list.setAccessibleName(title)
        self._networks = list(networks)
        self._current = (current, current_network)
        self._within = within
        self.search.clear()
        self._show_found()
        self.setFixedWidth(min(round(_WIDTH * self._unit), within.width()))
        rows = min(max(len(networks), 1), _MOST_ROWS)
        # What stands around the list takes about as much as two and a half rows.
        room = max(1, (2 * within.height() // self.row_height - 5) // 2)
        self.list.setFixedHeight(min(rows, room) * self.row_height)
        self.adjustSize()
        left = max(within.left(), min(beside.left(), within.right() + 1 - self.width()))
        top = beside.top() - self.height()
        if top < within.top():
            top = beside.bottom() + 1
        self.move(left, max(within.top(), min(top, within.bottom() + 1 - self.height())))
        self.show()
        lend_hands_to(self)
        self.list.setFocus()

    def _show_found(self) -> None:
        """List those whose names hold what is typed, the one at work or the first under the
        cursor."""
        self.list.clear()
        # Of all of them, so that a title stays what it is while letters are typed.
        for network, words in zip(self._networks, told_apart(self._networks), strict=True):
            if not words.has(self.search.text()):
                continue
            is_current = self._is_current(network)
            item = QListWidgetItem(words.title)
            item.setData(NETWORK, network)
            item.setData(WORDS, words)
            item.setData(IS_CURRENT, is_current)
            spoken = (
                _("{title}. {figure}. {second}, in use")
                if is_current
                else _("{title}. {figure}. {second}")
            )
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                spoken.format(title=words.title, figure=words.figure, second=words.second),
            )
            tips = (
                [words.second]
                if isinstance(network, Network)
                else [words.second, str(network.weights)]
            )
            if is_own(network):
                tips.append(_("F2, or a click on its pen, gives it a name"))
            item.setToolTip(wrapped_tip("\n".join(tips)))
            self.list.addItem(item)
            if is_current:
                self.list.setCurrentItem(item)
        if self.list.count() and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self._show_command()

    def _is_current(self, network: Listed) -> bool:
        weights, name = self._current
        if isinstance(network, Network) or str(network.weights) != weights:
            return False
        _, _, own = network.net.rpartition(":") if isinstance(network, OpenedFile) else ("", "", "")
        return not own or not name or own == name

    def _show_command(self) -> None:
        """How the network under the cursor is trained, where there are no weights of it."""
        item = self.list.currentItem()
        network = None if item is None else item.data(NETWORK)
        is_untrained = isinstance(network, Network)
        if isinstance(network, Network):
            self.command.setText(train_command(network))
        for part in (self.command, self.copy):
            part.setVisible(is_untrained)
        self.hint.setVisible(not is_untrained)

    @property
    def row_height(self) -> int:
        """How high a network's lines are, in pixels."""
        return round(_ROW * self._unit)

    def _choose(self, item: QListWidgetItem) -> None:
        network = item.data(NETWORK)
        self.close()
        if isinstance(network, Network):
            self.train_wanted.emit(network.name)
        else:
            self.chosen.emit(network)

    def _want_file(self) -> None:
        self.close()
        self.file_wanted.emit()

    def _remove(self, item: QListWidgetItem | None) -> None:
        network = None if item is None else item.data(NETWORK)
        if item is None or not isinstance(network, OpenedFile):
            return
        self._networks.remove(network)
        row = self.list.row(item)
        self._show_found()
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self.removed.emit(network)

    def _name(self, weights: Path, name: str) -> None:
        self.named.emit(weights, name)
        row = self.list.currentRow()
        self._show_found()
        self.list.setCurrentRow(row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While letters are typed, the list's keys work too; a click on the cross of a row takes it
        off the list, one on a pen names it."""
        if (
            watched is self.search
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _KEYS_OF_LIST
            and not (event.key() == Qt.Key.Key_Delete and self.search.text())
        ):
            if event.key() in _KEYS_OF_LIST[:4]:
                self.list.keyPressEvent(event)
            else:
                self.keyPressEvent(event)
            return True
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonPress
            and watched is self.list.viewport()
            and (item := self._marked(event.position().toPoint())) is not None
        ):
            self.naming.begin(item)
            self._remove(item)
            return True
        return super().eventFilter(watched, event)

    def _marked(self, at: QPoint) -> QListWidgetItem | None:
        """The row whose cross or pen is there."""
        item = self.list.itemAt(at)
        network = None if item is None else item.data(NETWORK)
        if item is None or not (isinstance(network, OpenedFile) or is_own(network)):
            return None
        box = removal_box(self.list.visualItemRect(item), self._unit)
        return item if box.contains(at) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, Escape closes, Delete takes an opened file off the list, F2 names one of
        one's own; Backspace takes back what was typed."""
        key, item = event.key(), self.list.currentItem()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._choose(item)
        elif key == Qt.Key.Key_Escape:
            self.close()
        elif key == Qt.Key.Key_Delete:
            self._remove(item)
        elif key == Qt.Key.Key_F2:
            self.naming.begin(item)
        elif key == Qt.Key.Key_Backspace:
            self.search.setText(self.search.text()[:-1])
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that the list went away."""
        super().hideEvent(event)
        self.closed.emit()
