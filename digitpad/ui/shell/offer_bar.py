"""A line over the window with buttons for what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

_WIDTH = 720
_GAP = 6

Deed = tuple[str, Callable[[], object]]
"""The words of a button, and what it does."""


class OfferBar(QFrame):
    """A line and its buttons, at the head of a box, in front of what is there.

    It goes when a button was pressed, and wherever dismiss() is called: on Esc.

    Attributes:
        text: the line. buttons: those that are offered now.

    Signals:
        said (str): what it tells of now.
    """

    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is offered yet."""
        super().__init__(parent)
        self.setObjectName("offerBar")
        self._box, self._unit = QRect(), 1.0
        self._dismissed: Callable[[], object] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.dismiss)
        self.text = QLabel()
        # It may quote the names of files, which may look like markup.
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.buttons: list[QPushButton] = []
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self.text, 1)
        self.hide()

    def offer(
        self,
        text: str,
        deeds: Sequence[Deed],
        dismissed: Callable[[], object] | None = None,
        for_ms: int = 0,
    ) -> None:
        """Say something, and offer what can be done about it, in place of what was offered before.

        deeds: the first is the one that is usual. dismissed: called where none of them was chosen.
        for_ms: how long it stays by itself; 0 until it is answered.
        """
        self._dismissed = dismissed
        self.text.setText(text)
        self.said.emit(text)
        for button in self.buttons:
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(*deed) for deed in deeds]
        self.setAccessibleName(text)
        self.show()
        self.raise_()
        self._place()
        self._timer.stop()
        if for_ms:
            self._timer.start(for_ms)

    def _button(self, words: str, does: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._do(does))
        self._layout.addWidget(button)
        button.show()
        return button

    def _do(self, does: Callable[[], object]) -> None:
        self._dismissed = None
        self.dismiss()
        does()

    def dismiss(self) -> None:
        """Take it away; nothing of what it offers is done."""
        self._timer.stop()
        dismissed, self._dismissed = self._dismissed, None
        self.hide()
        if dismissed is not None:
            dismissed()

    def stop(self) -> None:
        """No timer runs after this."""
        self._timer.stop()

    def set_place(self, box: QRect, unit: float) -> None:
        """Where it may be, and how much larger than the smallest comfortable size texts are."""
        self._box, self._unit = box, unit
        self._place()

    def _place(self) -> None:
        if self.isHidden():
            return
        font = QFont(self.font())
        font.setPixelSize(max(9, round(13 * self._unit)))
        for part in (self.text, *self.buttons):
            part.setFont(font)
        gap = round(10 * self._unit)
        self._layout.setContentsMargins(gap + 4, gap, gap, gap)
        self._layout.setSpacing(gap)
        width = min(self._box.width(), round(_WIDTH * self._unit))
        buttons = [button.sizeHint() for button in self.buttons]
        beside = sum(size.width() + gap for size in buttons) + 2 * gap + 6
        lines = self.text.heightForWidth(max(80, width - beside))
        height = max([lines, *(size.height() for size in buttons)]) + 2 * gap
        left = self._box.left() + (self._box.width() - width) // 2
        self.setGeometry(left, self._box.top() + _GAP, width, min(height, self._box.height()))
