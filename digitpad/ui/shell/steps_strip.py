"""The strip over the parts, in which the first steps stand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from digitpad.core.languages import _
from digitpad.core.texts import in_sentences
from digitpad.ui.style.panel import Panel

_PIXELS, _SMALL = 13.5, 12
_MARGIN, _PADDING, _GAP = 14, 6, 12
_DOT, _PITCH = 3.2, 13
_LEAST_WORDS = 120


class StepsStrip(Panel):
    """A line or two: which step it is, what is to be done, and a button that leaves.

    Attributes:
        button: leaves the steps.

    Signals:
        left (): it was pressed.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is said yet."""
        super().__init__(parent)
        self._states: list[bool | None] = []
        self._label, self._number = QLabel(self), QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._number.setObjectName("quiet")
        self.button = QToolButton(self)
        self.button.setObjectName("filter")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.clicked.connect(self.left)

    @property
    def text(self) -> str:
        """What is said."""
        return self._label.text()

    @property
    def number(self) -> str:
        """Which step it is, in words; "" at the end."""
        return self._number.text()

    def show_step(self, text: str, keys: str, at: int | None, done: Sequence[bool]) -> None:
        """Say a text. keys: how the same is done by keys, which is said after it. at: which step
        it is, from 0; None where all were done. done: of each step, whether it was."""
        self._states = [None if each == at and not was else was for each, was in enumerate(done)]
        self._label.setText(in_sentences((text, keys)))
        number = _("{number} of {count}")
        self._number.setText("" if at is None else number.format(number=at + 1, count=len(done)))
        self.button.setText(_("Close") if at is None else _("Skip"))
        tip = _("The menu Help has the first steps again")
        self.button.setToolTip("" if at is None else tip)
        self.setAccessibleName(" ".join(filter(None, [self.number, text])))
        self.setAccessibleDescription(keys)
        self._arrange()
        self.update()

    def height_for(self, width: int, unit: float, texts: Sequence[str]) -> int:
        """How high it has to be for the longest of some texts."""
        before, self.unit = self.unit, unit
        room = round(self._words_room(width, texts))
        metrics = QFontMetrics(self.sized_font(_PIXELS))
        wrap = Qt.TextFlag.TextWordWrap
        high = max(
            (metrics.boundingRect(0, 0, room, 10_000, wrap, text).height() for text in texts),
            default=0,
        )
        self.unit = before
        return max(high, round(24 * unit)) + 2 * round(_PADDING * unit)

    def _button_width(self) -> int:
        metrics = QFontMetrics(self.sized_font(_SMALL, bold=True))
        words = (_("Skip"), _("Close"))
        return max(map(metrics.horizontalAdvance, words)) + round(26 * self.unit)

    def _words_left(self) -> float:
        metrics = QFontMetrics(self.sized_font(_SMALL))
        widest = metrics.horizontalAdvance(_("{number} of {count}").format(number=5, count=5))
        dots = max(1, len(self._states)) * _PITCH
        return (_MARGIN + dots + _GAP + _GAP) * self.unit + widest

    def _words_room(self, width: int, texts: Sequence[str]) -> float:
        beside = self._words_left() + self._button_width() + (_GAP + _PADDING) * self.unit
        return max(_LEAST_WORDS, width - beside)

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the words and the button into their places."""
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        unit, height = self.unit, self.height()
        self._label.setFont(self.sized_font(_PIXELS))
        self._number.setFont(self.sized_font(_SMALL))
        self.button.setFont(self.sized_font(_SMALL))
        wide, high = self._button_width(), min(height, round(26 * unit))
        right = self.width() - round(_PADDING * unit) - wide
        self.button.setGeometry(right, (height - high) // 2, wide, high)
        number = round((_MARGIN + max(1, len(self._states)) * _PITCH + _GAP) * unit)
        words = round(self._words_left()) if self.number else number
        self._number.setGeometry(number, 0, max(0, words - number), height)
        self._label.setGeometry(words, 0, max(0, right - round(_GAP * unit) - words), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card and a dot for each step: filled where it was done, a ring where it is
        due."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.setBrush(QColor(self.theme.paper))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        unit, middle = self.unit, self.height() / 2
        for number, state in enumerate(self._states):
            at = QPointF((_MARGIN + (number + 0.5) * _PITCH) * unit, middle)
            radius = _DOT * unit * (1.35 if state is None else 1.0)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.theme.accent), 1.8 * unit))
            if state is False:
                painter.setPen(QPen(QColor(self.theme.quiet), 1.0 * unit))
                radius *= 0.7
            elif state:
                painter.setBrush(QColor(self.theme.accent))
            painter.drawEllipse(at, radius, radius)
