"""One of several digits is taken: a button for each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from digitpad.core.languages import N_, _
from digitpad.ui.style.panel import Panel

_HEAD = N_("Read only")


class DigitChoice(Panel):
    """A row of buttons, one for each of several digits, as many as there is room for.

    Attributes:
        is_closed: nothing is offered, as of a reading that is only kept in view.

    Signals:
        digit_taken (int): this one is to be read alone, counted from 0.
        digit_pointed_at (int): the pointer or the keyboard is at this one; -1 for none any more.
    """

    digit_taken = Signal(int)
    digit_pointed_at = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is offered yet."""
        super().__init__(parent)
        self.is_closed = False
        self._buttons: list[QToolButton] = []
        self._names: tuple[str, ...] = ()
        self._head_left = self._head_width = 0
        self.setAccessibleName(_("Read one digit only"))
        self.hide()

    @property
    def buttons(self) -> tuple[QToolButton, ...]:
        """Those that are offered and shown, in the digits' order."""
        return tuple(button for button in self._buttons if not button.isHidden())

    def offer(self, names: Sequence[str]) -> None:
        """Offer digits of these names; hidden where there are less than two."""
        names = () if self.is_closed else tuple(names)
        if names == self._names:
            return
        self._names = names
        while len(self._buttons) < len(names):
            self._buttons.append(self._button(len(self._buttons)))
        for number, (button, name) in enumerate(zip(self._buttons, names, strict=False), start=1):
            button.setText(name)
            button.setToolTip(
                _("Leave only this {name} on the pad; undo brings all back").format(name=name)
            )
            button.setAccessibleName(
                _("Read only digit {number} of {n}: {name}").format(
                    number=number, n=len(names), name=name
                )
            )
        self._arrange()
        self.setVisible(len(names) > 1)
        if len(names) < 2:
            self.digit_pointed_at.emit(-1)

    def _button(self, number: int) -> QToolButton:
        button = QToolButton(self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.digit_taken.emit(number))
        button.installEventFilter(self)
        return button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell which button the pointer or the keyboard is at."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn):
            self.digit_pointed_at.emit(self._buttons.index(watched))  # type: ignore[arg-type]
        elif event.type() in (QEvent.Type.Leave, QEvent.Type.FocusOut):
            self.digit_pointed_at.emit(-1)
        return super().eventFilter(watched, event)

    def set_unit(self, unit: float) -> None:
        """Make texts and gaps so much larger than the smallest comfortable size."""
        super().set_unit(unit)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons into their places."""
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        """All buttons beside the words where they fit, else as many as fit without them."""
        font, gap = self.sized_font(12.5), round(5 * self.unit)
        widths = []
        for button in self._buttons[: len(self._names)]:
            button.setFont(font)
            words = button.fontMetrics().horizontalAdvance(button.text())
            widths.append(max(words + round(12 * self.unit), round(24 * self.unit)))
        head = QFontMetrics(self.sized_font(12)).horizontalAdvance(_(_HEAD)) + 2 * gap
        total = sum(widths) + gap * max(0, len(widths) - 1)
        self._head_width = head if head + total <= self.width() else 0
        left = max(0, (self.width() - self._head_width - total) // 2) + self._head_width
        self._head_left = left - self._head_width
        for number, button in enumerate(self._buttons):
            is_shown = number < len(widths) and left + widths[number] <= self.width()
            button.setVisible(is_shown)
            if number < len(widths):
                button.setGeometry(QRect(left, 0, widths[number], self.height()))
                left += widths[number] + gap
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words before the buttons."""
        if self._head_width:
            painter = QPainter(self)
            painter.setFont(self.sized_font(12))
            painter.setPen(QColor(self.theme.quiet))
            box = QRect(self._head_left, 0, self._head_width, self.height())
            painter.drawText(
                box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, _(_HEAD)
            )
