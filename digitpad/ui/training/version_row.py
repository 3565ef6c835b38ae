"""A version in the list: where it comes from, what it was taught, its four figures, and what can be
done with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
)

from digitpad.core.languages import _
from digitpad.nets.spec.given_names import LONGEST_NAME
from digitpad.ui.style.fonts import sized_font
from digitpad.ui.style.name_editor import NameEditor

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class RowWords:
    """What a row says. weights: the file. reads: whether that network reads now; is_second:
    whether it is compared with. name: that the person gave it; None where it takes none."""

    weights: Path
    title: str
    origin: str
    figures: str
    warning: str = ""
    reads: bool = False
    is_second: bool = False
    name: str | None = None


class VersionRow(QFrame):
    """One state of a network.

    Signals:
        use_wanted (Path): it shall read. compare_wanted (Path): it shall be compared with the one
            that reads. step_wanted (int): the row so many further down shall have the keyboard.
        named (Path, str): it has this name from now on, "" for none.
    """

    use_wanted = Signal(object)
    compare_wanted = Signal(object)
    step_wanted = Signal(int)
    named = Signal(object, str)

    def __init__(self, words: RowWords) -> None:
        """words: what it says."""
        super().__init__()
        self.words = words
        self.setObjectName("row")
        self.setProperty("reads", words.reads)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title, self.origin, self.figures = QLabel(), QLabel(), QLabel()
        self.warning = QLabel(words.warning)
        title = words.title
        if words.reads:
            title = _("{title} · reads now").format(title=title)
        elif words.is_second:
            title = _("{title} · compared now").format(title=title)
        self.title.setText(title)
        self.origin.setText(words.origin)
        self.figures.setText(words.figures)
        self.origin.setObjectName("quiet")
        self.warning.setObjectName("warning")
        self.editor: NameEditor | None = None
        labels = self._labels = QVBoxLayout()
        labels.setSpacing(2)
        for label in (self.title, self.origin, self.figures, self.warning):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            label.setVisible(bool(label.text()))
            labels.addWidget(label)
        self.use_button, self.compare_button = QToolButton(), QToolButton()
        self.name_button = QToolButton()
        self.name_button.setText(_("Rename"))
        self.name_button.setToolTip(_("Give it a name of your own (F2)"))
        self.name_button.setAccessibleName(_("Rename {title}").format(title=words.title))
        self.name_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.name_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.name_button.setVisible(words.name is not None)
        self.name_button.clicked.connect(self.rename)
        self.use_button.setText(_("Use it"))
        self.use_button.setToolTip(_("This state reads what is on the pad from now on (Enter)"))
        self.compare_button.setText(_("Compare"))
        self.compare_button.setToolTip(_("Both read what is on the pad, one under the other (V)"))
        for button, signal in (
            (self.use_button, self.use_wanted),
            (self.compare_button, self.compare_wanted),
        ):
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, signal=signal: signal.emit(words.weights))
            button.setVisible(not words.reads)
        self.compare_button.setVisible(not words.reads and not words.is_second)
        self.use_button.setAccessibleName(_("Use {title}").format(title=words.title))
        self.compare_button.setAccessibleName(_("Compare with {title}").format(title=words.title))
        self._layout = QHBoxLayout(self)
        self._layout.addLayout(labels, 1)
        self._layout.addWidget(self.name_button)
        self._layout.addWidget(self.compare_button)
        self._layout.addWidget(self.use_button)
        self.setAccessibleName(_(". ").join(filter(None, [title, words.origin, words.figures])))
        self.setAccessibleDescription(words.warning)

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        self._layout.setContentsMargins(*[round(10 * unit)] * 4)
        self._layout.setSpacing(round(8 * unit))
        for part, pixels, bold in (
            (self.title, 14.0, True),
            (self.origin, 12.5, False),
            (self.figures, 12.0, False),
            (self.warning, 12.0, True),
            (self.use_button, 13.0, False),
            (self.compare_button, 13.0, False),
            (self.name_button, 13.0, False),
        ):
            part.setFont(sized_font(self.font(), pixels, unit, bold))
        for button in (self.use_button, self.compare_button, self.name_button):
            button.setFixedHeight(round(34 * unit))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter uses it, V compares it, F2 renames it; the arrows go to the rows around it."""
        key = event.key()
        # The area that scrolls would take the arrows for itself.
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step_wanted.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_F2 or (self.name_button.hasFocus() and key in _ENTER):
            self.rename()
        elif self.words.reads or key not in (*_ENTER, Qt.Key.Key_V):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_V or self.compare_button.hasFocus():
            self.compare_button.click()
        else:
            self.use_button.click()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with it, where the pointer or the keyboard is."""
        menu = QMenu(self)
        for button in (self.use_button, self.compare_button, self.name_button):
            if not button.isHidden():
                menu.addAction(button.text(), button.click).setToolTip(button.toolTip())
        menu.aboutToHide.connect(menu.deleteLater)
        if not menu.isEmpty():
            menu.popup(event.globalPos())

    def rename(self) -> None:
        """Edit its name where it stands."""
        if self.words.name is None or self.editor is not None:
            return
        self.editor = NameEditor(self.words.name, self.words.title, LONGEST_NAME, self)
        self.editor.setFont(self.title.font())
        self.editor.setAccessibleName(_("A name for {title}").format(title=self.words.title))
        self.editor.named.connect(lambda name: self.named.emit(self.words.weights, name))
        self.editor.left.connect(self._leave_name)
        self.title.hide()
        self._labels.insertWidget(0, self.editor)
        self.editor.show()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_name(self) -> None:
        if self.editor is None:
            return
        had_keys, editor = self.window().focusWidget() is self.editor, self.editor
        self.editor = None
        self.title.show()
        editor.hide()
        editor.deleteLater()
        if had_keys:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click selects it."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)
