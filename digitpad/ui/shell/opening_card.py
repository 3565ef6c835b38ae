"""The card that asks what is not known of a network's file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from digitpad.core.languages import _
from digitpad.ui.shell.option_button import OptionButton
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.fonts import sized_font

_WIDTH, _MOST_HEIGHT = 600, 640


@dataclass(frozen=True)
class Offer:
    """One button of the card: what it stands for, and what it says."""

    value: str
    title: str
    about: str = ""
    figure: str = ""


class OpeningCard(QFrame):
    """A card over the network: a question, why it is asked, the answers as buttons, and what else
    can be said or done.

    Signals:
        chosen (str): the value of an answer that was clicked.
        back_wanted (): one step back. cancelled (): open nothing.
    """

    chosen = Signal(str)
    back_wanted = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """A closed card."""
        super().__init__(parent)
        self.setObjectName("opening")
        self._unit, self._box = 1.0, QRect()
        self.title, self.why, self.error = QLabel(), QLabel(), QLabel()
        self.title.setObjectName("cardTitle")
        self.why.setObjectName("quiet")
        self.error.setObjectName("cardError")
        for label in (self.title, self.why, self.error):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.options: list[OptionButton] = []
        self._list = QWidget()
        self._list.setObjectName("cardList")
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._list)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._more: QWidget | None = None
        self._more_place = QVBoxLayout()
        self._more_place.setContentsMargins(0, 0, 0, 0)
        self.back, self.cancel, self.accept = (
            QPushButton(_("Back")),
            QPushButton(_("Cancel")),
            QPushButton(_("Open")),
        )
        self.accept.setObjectName("accept")
        self.back.clicked.connect(self.back_wanted)
        self.cancel.clicked.connect(self.cancelled)
        self._on_accept: Callable[[], None] | None = None
        self.accept.clicked.connect(lambda: self._on_accept() if self._on_accept else None)
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.accept)
        self._layout = QVBoxLayout(self)
        for part in (self.title, self.why, self.error):
            self._layout.addWidget(part)
        self._layout.addWidget(self._scroll, 1)
        self._layout.addLayout(self._more_place)
        self._layout.addLayout(foot)
        self.hide()

    def show_page(
        self,
        title: str,
        why: str,
        offers: Sequence[Offer] = (),
        error: str = "",
        more: QWidget | None = None,
        accept: Callable[[], None] | None = None,
        can_go_back: bool = False,
        picked: str | None = None,
    ) -> None:
        """Ask something. more: what lies beneath the answers. accept: what the button that opens
        does; without it there is none, and an answer is taken by its click. picked: the value of
        the answer that is picked at first, where accept takes it."""
        self.title.setText(title)
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self.error.setText(error)
        self.error.setVisible(bool(error))
        for option in self.options:
            self._rows.removeWidget(option)
            option.hide()
            option.deleteLater()
        self.options = [
            OptionButton(one.value, one.title, one.about, one.figure, self._list) for one in offers
        ]
        for option in self.options:
            option.setCheckable(accept is not None)
            option.setChecked(accept is not None and option.value == picked)
            option.clicked.connect(lambda _checked=False, option=option: self._take(option))
            self._rows.addWidget(option)
            option.show()
        self._scroll.setVisible(bool(offers))
        if self._more is not None:
            self._more.hide()
            self._more.deleteLater()
        self._more = more
        if more is not None:
            self._more_place.addWidget(more)
            more.show()
        self._on_accept = accept
        self.accept.setVisible(accept is not None)
        self.back.setVisible(can_go_back)
        self.set_place(self._box, self._unit)
        self.show()
        # Only what is shown has the sizes of its style.
        self.set_place(self._box, self._unit)
        self.raise_()
        self._scroll.verticalScrollBar().setValue(0)
        announce(self, "\n".join(filter(None, [error, title, why])), assertive=bool(error))
        first = self.accept if accept else self.options[0] if self.options else self.cancel
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, error: str) -> None:
        """Say what is wrong with the answer, beside the question as it stands."""
        self.error.setText(error)
        self.error.setVisible(bool(error))
        self.set_place(self._box, self._unit)

    @property
    def picked(self) -> str | None:
        """The value of the answer that is picked; None where none is."""
        return next((one.value for one in self.options if one.isChecked()), None)

    def pick(self, value: str | None) -> None:
        """Have the answer of this value picked, and no other; None for none."""
        for option in self.options:
            option.setChecked(option.value == value)

    def _take(self, option: OptionButton) -> None:
        if option.isCheckable():
            self.pick(option.value)
        self.chosen.emit(option.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, or the one that opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, QPushButton) and not focused.isCheckable():
                focused.click()
            elif not self.accept.isHidden():
                self.accept.click()
            return
        super().keyPressEvent(event)

    def set_place(self, box: QRect, unit: float) -> None:
        """Where it may be, and how much larger than the smallest comfortable size texts are."""
        self._box, self._unit = box, unit
        margin = round(16 * unit)
        self._layout.setContentsMargins(margin, margin, margin, margin)
        self._layout.setSpacing(round(9 * unit))
        self._rows.setSpacing(round(5 * unit))
        for label, pixels, bold in (
            (self.title, 15.0, True),
            (self.why, 12.5, False),
            (self.error, 12.5, False),
        ):
            label.setFont(self.sized_font(pixels, bold))
        for button in (self.back, self.cancel, self.accept):
            button.setFont(self.sized_font(12.5, button is self.accept))
        width = min(round(_WIDTH * unit), box.width())
        for option in self.options:
            option.set_unit(unit, self.font())
            option.resize(width - 2 * margin - round(16 * unit), option.height())
        if self._more is not None:
            self._more.setFont(self.sized_font(12.5))
        height = self._height_for(width)
        height = min(height, box.height(), round(_MOST_HEIGHT * unit))
        left = box.left() + (box.width() - width) // 2
        top = box.top() + (box.height() - height) // 2
        self.setGeometry(left, top, width, height)

    def _height_for(self, width: int) -> int:
        """The height at which nothing has to be scrolled."""
        margins = self._layout.contentsMargins()
        inner = width - margins.left() - margins.right()
        heights = [
            label.heightForWidth(inner)
            for label in (self.title, self.why, self.error)
            if not label.isHidden()
        ]
        if self.options:
            rows = sum(option.minimumHeight() for option in self.options)
            heights.append(rows + self._rows.spacing() * (len(self.options) - 1) + 2)
        if self._more is not None:
            heights.append(max(self._more.sizeHint().height(), self._more.heightForWidth(inner)))
        heights.append(self.cancel.sizeHint().height())
        gaps = self._layout.spacing() * len(heights)
        return sum(heights) + gaps + margins.top() + margins.bottom()

    def sized_font(self, pixels: float, bold: bool = False) -> QFont:
        """The window's font at a size in units."""
        return sized_font(self.font(), pixels, self._unit, bold)
