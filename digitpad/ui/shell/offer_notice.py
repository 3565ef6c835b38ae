"""A line about what was done, with buttons for what can be done next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer
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

OFFER_MS = 12_000
_WIDTH = 560

Offer = tuple[str, str, Callable[[], object]]
"""A button's text, its tool tip, and what it does."""


class OfferNotice(QFrame):
    """A line with buttons at the foot of a box, in front of what is there.

    It goes by itself after a while, but not while the pointer or the keyboard is at it; a button
    takes it away too.

    Attributes:
        buttons: those that are offered, in order.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is said yet."""
        super().__init__(parent)
        self.setObjectName("offer")
        self.buttons: list[QToolButton] = []
        self._box = QRect()
        self._unit = 1.0
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.addWidget(self._label, 1)
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        self._layout.addLayout(self._row)
        self._timer = QTimer(self, singleShot=True, interval=OFFER_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What is said."""
        return self._label.text()

    def say(self, text: str, offers: Sequence[Offer]) -> None:
        """Say a line and offer what can be done."""
        for button in self.buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self.buttons = [self._button(*offer) for offer in offers]
        for button in self.buttons:
            self._row.addWidget(button)
        self._label.setText(text)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def _button(self, text: str, tip: str, does: Callable[[], object]) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("filter")
        button.setText(text)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)

        def pressed() -> None:
            self.dismiss()
            does()

        button.clicked.connect(pressed)
        button.installEventFilter(self)
        return button

    def dismiss(self) -> None:
        """Take it away."""
        self._timer.stop()
        self.hide()

    def stop(self) -> None:
        """No timer runs after this."""
        self._timer.stop()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Who points at it reads it."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """It goes after a while."""
        if self.isVisible():
            self._timer.start()
        super().leaveEvent(event)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """It stays while the keyboard is at one of its buttons."""
        if event.type() == QEvent.Type.FocusIn:
            self._timer.stop()
        elif event.type() == QEvent.Type.FocusOut and self.isVisible():
            self._timer.start()
        return super().eventFilter(watched, event)

    def set_place(self, box: QRect, unit: float) -> None:
        """Where it may be, and how much larger than the smallest comfortable size texts are."""
        self._box, self._unit = box, unit
        self._place()

    def _place(self) -> None:
        font = self.font()
        font.setPixelSize(max(9, round(13 * self._unit)))
        for part in (self._label, *self.buttons):
            part.setFont(font)
        gap, margin = round(8 * self._unit), round(12 * self._unit)
        self._layout.setContentsMargins(margin, 6, margin, 6)
        self._layout.setSpacing(round(4 * self._unit))
        self._row.setSpacing(gap)
        width = min(self._box.width(), round(_WIDTH * self._unit))
        hints = [button.sizeHint() for button in self.buttons]
        tallest = max((hint.height() for hint in hints), default=0)
        beside = sum(hint.width() + gap for hint in hints)
        words = self._label.fontMetrics().horizontalAdvance(self.text) + gap
        room = width - 2 * margin
        # A line that leaves no room for the buttons stands above them.
        is_wide = words + beside <= room
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)
        height = self._label.heightForWidth(room - beside if is_wide else room)
        if is_wide:
            height = max(height, tallest)
        else:
            height += tallest + self._layout.spacing()
        left = self._box.left() + (self._box.width() - width) // 2
        self.setGeometry(left, self._box.bottom() - height - 18, width, height + 12)

    def sizeHint(self) -> QSize:
        """As large as it is placed."""
        return self.size()
