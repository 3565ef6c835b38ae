"""In the list of networks, those of the person's own are given names where they stand."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from digitpad.core.languages import _
from digitpad.core.results import InstalledNetwork
from digitpad.nets.spec.given_names import LONGEST_NAME, can_be_named, given_name
from digitpad.ui.shell.network_rows import NETWORK, Look, removal_box
from digitpad.ui.shell.network_words import Listed
from digitpad.ui.style.name_editor import NameEditor


class NetworkNaming(QObject):
    """Edits the name of a row.

    Attributes:
        editor: while a name is edited; None else.

    Signals:
        named (Path, str): the network of these weights has this name from now on, "" for none.
    """

    named = Signal(object, str)

    def __init__(self, rows: QListWidget, look: Look) -> None:
        """rows: the list. look: of its rows."""
        super().__init__(rows)
        self._rows, self._look = rows, look
        self.editor: NameEditor | None = None

    def begin(self, item: QListWidgetItem | None) -> None:
        """Edit the name of a row's network, where that is the person's own."""
        network: Listed | None = None if item is None else item.data(NETWORK)
        if item is None or not is_own(network) or self.editor is not None:
            return
        assert isinstance(network, InstalledNetwork)
        weights, unit = network.weights, self._look.unit
        editor = NameEditor(given_name(weights), weights.stem, LONGEST_NAME, self._rows.viewport())
        box = self._rows.visualItemRect(item)
        box.setRight(removal_box(box, unit).left() + round(8 * unit))
        editor.setGeometry(box.adjusted(*[round(each * unit) for each in (5, 6, -5, -6)]))
        editor.setFont(self._look.sized_font(13.5, bold=True))
        editor.setAccessibleName(_("A name for {title}").format(title=item.text()))
        editor.named.connect(lambda name: self.named.emit(weights, name))
        editor.left.connect(self._leave)
        self.editor = editor
        editor.show()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        if self.editor is None:
            return
        had_keys, editor = self._rows.window().focusWidget() is self.editor, self.editor
        self.editor = None
        editor.hide()
        editor.deleteLater()
        if had_keys:
            self._rows.setFocus(Qt.FocusReason.OtherFocusReason)


def is_own(network: Listed | None) -> bool:
    """Whether a network is of the person's own training, so that they may name it."""
    return isinstance(network, InstalledNetwork) and can_be_named(network.weights)
