"""A line over the window with buttons for what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from digitpad.core.languages import _
from digitpad.core.texts import in_a_row
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.fonts import sized_font

OFFER_MS = 12_000
"""How long what may be left unanswered stays."""
_WIDTH = 640
_GAP = 6
_MOVES = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize, QEvent.Type.Move)


class Deed(NamedTuple):
    """A button: its words, what it does, and what hovering tells."""

    words: str
    does: Callable[[], object]
    tip: str = ""


class OfferBar(QFrame):
    """A line and its buttons, at the foot of a box, in front of what is there.

    It goes when a button was pressed, and wherever dismiss() is called: on Esc. What stays for a
    while only stays while the pointer or the keyboard is at it.

    Attributes:
        buttons: those that are offered now.

    Signals:
        said (str): what it tells of now.
    """

    said = Signal(str)

    def __init__(self, parent: QWidget, notice: QWidget) -> None:
        """Nothing is offered yet. notice: what else stands at the foot, which it stands above."""
        super().__init__(parent)
        self._notice = notice
        notice.installEventFilter(self)
        self.setObjectName("offer")
        self._box, self._unit = QRect(), 1.0
        self._dismissed: Callable[[], object] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.dismiss)
        self._goes = False
        self._label = QLabel()
        # It may quote the names of files, which may look like markup.
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.buttons: list[QToolButton] = []
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.addWidget(self._label, 1)
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        self._layout.addLayout(self._row)
        self.hide()

    @property
    def text(self) -> str:
        """What is said."""
        return self._label.text()

    def offer(
        self,
        text: str,
        deeds: Sequence[Deed],
        dismissed: Callable[[], object] | None = None,
        for_ms: int = 0,
    ) -> None:
        """Say something, and offer what can be done about it; what was offered before is dismissed.

        deeds: the first is the one that is usual. dismissed: called where none of them was chosen.
        for_ms: how long it stays by itself; 0 until it is answered.
        """
        self.dismiss()
        self._dismissed = dismissed
        self._label.setText(text)
        self.said.emit(text)
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(deed) for deed in deeds]
        self.setAccessibleName(text)
        names = in_a_row([deed.words for deed in deeds])
        announce(self, _("{line} Buttons: {names}.").format(line=text, names=names))
        self.show()
        self.raise_()
        self._place()
        self._goes = for_ms > 0
        if self._goes:
            self._timer.start(for_ms)

    def _button(self, deed: Deed) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("filter")
        button.setText(deed.words)
        button.setToolTip(deed.tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self._do(deed.does))
        button.installEventFilter(self)
        self._row.addWidget(button)
        button.show()
        return button

    def _do(self, does: Callable[[], object]) -> None:
        self._dismissed = None
        self.dismiss()
        does()

    def dismiss(self) -> None:
        """Take it away; nothing of what it offers is done."""
        self._timer.stop()
        self._goes = False
        dismissed, self._dismissed = self._dismissed, None
        self.hide()
        if dismissed is not None:
            dismissed()

    def stop(self) -> None:
        """No timer runs after this."""
        self._timer.stop()
        self._goes = False

    def _wait(self, is_attended: bool) -> None:
        """Whoever is at it has time to read it."""
        if self._goes:
            # Without an interval it starts with the one that it had.
            self._timer.stop() if is_attended else self._timer.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        """It stays while the pointer is at it."""
        self._wait(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """It goes after a while."""
        self._wait(False)
        super().leaveEvent(event)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """It stays while the keyboard is at one of its buttons, and clear of the notice."""
        if watched is self._notice:
            if event.type() in _MOVES:
                self._place()
        elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._wait(event.type() == QEvent.Type.FocusIn)
        return super().eventFilter(watched, event)

    def set_place(self, box: QRect, unit: float) -> None:
        """Where it may be, and how much larger than the smallest comfortable size texts are."""
        self._box, self._unit = box, unit
        self._place()

    def _place(self) -> None:
        if self.isHidden():
            return
        unit = self._unit
        font = sized_font(self.font(), 13, unit)
        for part in (self._label, *self.buttons):
            part.setFont(font)
        gap, margin = round(8 * unit), round(12 * unit)
        self._layout.setContentsMargins(margin, gap, margin, gap)
        self._layout.setSpacing(round(4 * unit))
        self._row.setSpacing(gap)
        width = min(self._box.width(), round(_WIDTH * unit))
        hints = [button.sizeHint() for button in self.buttons]
        tallest = max((hint.height() for hint in hints), default=0)
        beside = sum(hint.width() + gap for hint in hints)
        room = width - 2 * margin
        # Where the line has little room beside the buttons it stands above them.
        is_wide = self._label.heightForWidth(max(1, room - beside)) <= 2.5 * font.pixelSize()
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)
        height = self._label.heightForWidth(room - beside if is_wide else room)
        if is_wide:
            height = max(height, tallest)
        else:
            height += tallest + self._layout.spacing()
        height += 2 * gap
        left = self._box.left() + (self._box.width() - width) // 2
        foot = self._box.bottom() if self._notice.isHidden() else self._notice.y()
        self.setGeometry(left, foot - _GAP - height, width, height)
