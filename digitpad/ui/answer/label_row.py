"""What a drawing really is: a button for each digit, and one for what is no digit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QToolButton, QWidget

from digitpad.core.constants import DIGITS, NON_DIGIT
from digitpad.core.languages import N_, _
from digitpad.ui.style.panel import Panel

_TITLE = N_("What is it?")
_NOT_A_DIGIT = N_("Not a digit")
_COLUMNS = 3
# As on a telephone: 1 to 9 in rows of three, then 0 beside what is no digit.
_ORDER = (1, 2, 3, 4, 5, 6, 7, 8, 9, 0, NON_DIGIT)
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_COLUMNS,
    Qt.Key.Key_Down: _COLUMNS,
}
_HEAD = 22
_TALLEST = 52
_CLOSE = "\N{MULTIPLICATION SIGN}"


class LabelRow(Panel):
    """Large buttons that say what is on the pad; one click says it. A digit's key does too, and
    "-" for what is no digit; arrow keys go from button to button.

    Attributes:
        buttons: by label, NON_DIGIT for what is none. close_button: says nothing.

    Signals:
        label_chosen (int): 0 to 9, or NON_DIGIT. closed (): nothing is to be said.
    """

    label_chosen = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until it is shown."""
        super().__init__(parent)
        self.buttons: dict[int, QToolButton] = {}
        for label in _ORDER:
            button = QToolButton(self)
            button.setText(_(_NOT_A_DIGIT) if label == NON_DIGIT else DIGITS[label])
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            name = _("It is not a digit") if label == NON_DIGIT else _("It is a {digit}")
            button.setAccessibleName(name.format(digit=label))
            button.clicked.connect(lambda _on=False, label=label: self.label_chosen.emit(label))
            button.installEventFilter(self)
            self.buttons[label] = button
        self.close_button = QToolButton(self)
        self.close_button.setObjectName("tab")
        self.close_button.setText(_CLOSE)
        self.close_button.setToolTip(_("Close (Esc)"))
        self.close_button.setAccessibleName(_("Close"))
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.close_button.clicked.connect(self.closed)
        self.setAccessibleName(_(_TITLE))
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard is at the first button."""
        super().showEvent(event)
        self.raise_()
        self.buttons[_ORDER[0]].setFocus()

    @property
    def has_keys(self) -> bool:
        """Whether the keyboard is at one of the buttons."""
        return self.close_button.hasFocus() or any(
            button.hasFocus() for button in self.buttons.values()
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A button knows no rows: arrow keys are taken before it sees them."""
        is_press = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if isinstance(event, QKeyEvent) and is_press and Qt.Key(event.key()) in _STEPS:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and "-" say what it is, arrow keys choose a button, Enter takes it."""
        text, key = event.text(), Qt.Key(event.key())
        at = next((n for n, one in enumerate(_ORDER) if self.buttons[one].hasFocus()), 0)
        if text in DIGITS:
            self.label_chosen.emit(DIGITS.index(text))
        elif text == "-":
            self.label_chosen.emit(NON_DIGIT)
        elif key in _STEPS:
            to = min(max(at + _STEPS[key], 0), len(_ORDER) - 1)
            self.buttons[_ORDER[to]].setFocus(Qt.FocusReason.TabFocusReason)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.label_chosen.emit(_ORDER[at])
        else:
            super().keyPressEvent(event)

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons into their places."""
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        gap, head = max(2, round(5 * self.unit)), round(_HEAD * self.unit)
        self.close_button.setFont(self.sized_font(15, bold=True))
        self.close_button.setGeometry(self.width() - head - gap, 0, head + gap, head)
        rows = -(-len(_ORDER) // _COLUMNS)
        width = (self.width() - gap * (_COLUMNS - 1)) // _COLUMNS
        room = self.height() - head - gap * (rows - 1)
        height = max(1, min(room // rows, round(_TALLEST * self.unit)))
        for number, label in enumerate(_ORDER):
            row, column = divmod(number, _COLUMNS)
            left = column * (width + gap)
            wide = self.width() - left if label == NON_DIGIT else width
            box = QRect(left, head + row * (height + gap), wide, height)
            button = self.buttons[label]
            button.setGeometry(box)
            pixels = min(18.0, 0.6 * height / self.unit)
            font = self.fitting_font(button.text(), wide - 8, pixels, bold=label != NON_DIGIT)
            button.setFont(font)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, so that nothing shines through, and the question."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.paper))
        text = _(_TITLE)
        room = self.close_button.x()
        painter.setFont(self.fitting_font(text, room, 13, bold=True))
        painter.setPen(QPen(QColor(self.theme.text)))
        line = QRectF(0, 0, room, _HEAD * self.unit - 3)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
