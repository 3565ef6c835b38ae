"""One of My drawings, large, with what it is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from digitpad.core.constants import DIGITS, FIELD, NON_DIGIT
from digitpad.core.languages import _, ngettext
from digitpad.ink.kept_drawing import KeptDrawing
from digitpad.ui.images.drawings_words import drawing_in_words, lines_of
from digitpad.ui.style.panel import LEFT, Panel
from digitpad.ui.style.square_drawing import draw_squares
from digitpad.ui.style.theme import Theme, ink_table

if TYPE_CHECKING:
    from digitpad.ink.kept_drawing import Reading
    from digitpad.teaching.entries import Entry

_COLUMNS = 5


class DrawingDetail(Panel):
    """A strip with the selected drawing, or how many are selected, buttons that give them another
    label, and buttons that put one on the pad and delete them; all disabled where none is selected.

    Attributes:
        label_buttons: by label. pad_button, delete_button: what else is done.

    Signals:
        relabelled (int): it is this: 0 to 9, or NON_DIGIT.
    """

    relabelled = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """No drawing is selected."""
        super().__init__(parent)
        self._entry: Entry | None = None
        self._several = 0
        self._now: Reading | None = None
        self._colours = ink_table(self.theme)
        self.label_buttons: dict[int, QToolButton] = {}
        for label in (*range(len(DIGITS)), NON_DIGIT):
            is_digit = label != NON_DIGIT
            name = DIGITS[label] if is_digit else _("Not a digit")
            tip = (
                _("It is a {digit} (the key {digit})") if is_digit else _("Not a digit (the key -)")
            )
            button = self._button(name, tip.format(digit=label))
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, label=label: self._relabel(label))
            self.label_buttons[label] = button
        self.pad_button = self._button(_("Put it on the pad"), _("Enter, or a double click"))
        self.delete_button = self._button(_("Delete"), _("Take it out; Undo brings it back (Del)"))
        self._labels: set[int | None] = set()
        self.setAccessibleName(_("The selected drawing"))
        self.show_entry(None)

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        return button

    def _relabel(self, label: int) -> None:
        # Until it is done, the buttons show what it is, or they are.
        for each, button in self.label_buttons.items():
            button.setChecked(each in self._labels)
        self.relabelled.emit(label)

    def show_entry(self, entry: Entry | None, now: Reading | None = None) -> None:
        """Show a drawing; None shows none. now: what it is read as now, where that is known."""
        self._entry, self._now, self._several = entry, now, 0
        self._show([] if entry is None else [entry])

    def show_several(self, entries: Sequence[Entry]) -> None:
        """Say how many drawings are selected; a label is theirs where all have it."""
        self._entry, self._now, self._several = None, None, len(entries)
        self._show(entries)

    def _show(self, entries: Sequence[Entry]) -> None:
        labels = {entry.label for entry in entries}
        self._labels = labels if len(labels) == 1 else set()
        for label, button in self.label_buttons.items():
            button.setChecked(label in self._labels)
        for button in (*self.label_buttons.values(), self.delete_button):
            button.setEnabled(bool(entries))
        self.pad_button.setEnabled(len(entries) == 1)
        self.setAccessibleDescription(self.text)
        self.update()

    @property
    def text(self) -> str:
        """What the strip says, in words."""
        if self._several:
            text = ngettext("{n} drawing is selected.", "{n} drawings are selected.", self._several)
            return text.format(n=self._several)
        if self._entry is None:
            return _("No drawing is selected.")
        return drawing_in_words(self._entry, self._now)

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._colours = ink_table(theme)
        super().set_theme(theme)

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons into their places."""
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        """From the right: what is done with it, then the labels in two rows and one beneath."""
        unit, gap, margin = self.unit, round(5 * self.unit), round(12 * self.unit)
        inner = self.height() - 2 * margin
        wide = round(136 * unit)
        high = (inner - gap) // 2
        left = self.width() - margin - wide
        for row, button in enumerate((self.pad_button, self.delete_button)):
            button.setFont(self.fitting_font(button.text(), wide - 10, 12.5))
            button.setGeometry(QRect(left, margin + row * (high + gap), wide, high))
        each, high = round(36 * unit), (inner - 2 * gap) // 3
        self._labels_left = left - round(18 * unit) - _COLUMNS * each - (_COLUMNS - 1) * gap
        for label, button in self.label_buttons.items():
            row, column = divmod(label, _COLUMNS) if label != NON_DIGIT else (2, 0)
            box = QRect(
                self._labels_left + column * (each + gap), margin + row * (high + gap), each, high
            )
            if label == NON_DIGIT:
                box.setWidth(_COLUMNS * each + (_COLUMNS - 1) * gap)
            button.setFont(self.fitting_font(button.text(), box.width() - 8, 13, bold=True))
            button.setGeometry(box)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card: the drawing and the words, or what to do where none is selected."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.setBrush(QColor(self.theme.paper))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        margin = 12 * self.unit
        inner = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        inner.setRight(self._labels_left - margin)
        if self._entry is None:
            painter.setFont(self.sized_font(13))
            painter.setPen(QColor(self.theme.quiet))
            hint = _("Choose a drawing to see what it is, to say it anew or to delete it.")
            if self._several:
                hint = _("{said} Say what they all are, export or delete them; Undo takes it back.")
                hint = hint.format(said=self.text)
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, hint)
            return
        box = self._paint_digit(painter, self._entry, inner)
        words = inner.adjusted(box.width() + margin, 0, 0, 0)
        lines = [line for line in lines_of(self._entry, self._now) if line]
        line = words.height() / len(lines)
        label = self._entry.label
        is_wrong = {
            2: self._entry.is_mistake,
            3: KeptDrawing((), label, reading=self._now).is_mistake,
        }
        for number, text in enumerate(lines):
            is_first = number == 0
            colour = self.theme.text if is_first else self.theme.quiet
            if is_wrong.get(number, False):
                colour = self.theme.warning
            painter.setFont(
                self.fitting_font(text, words.width(), 16 if is_first else 12.5, is_first)
            )
            painter.setPen(QColor(colour))
            painter.drawText(
                words.adjusted(0, number * line, 0, (number + 1 - len(lines)) * line), LEFT, text
            )

    def _paint_digit(self, painter: QPainter, entry: Entry, inner: QRectF) -> QRectF:
        """The drawing as the network reads it, at whole device pixels; returns where it lies."""
        ratio = self.devicePixelRatioF()
        pixel = max(1, int(min(inner.height(), inner.width()) * ratio / FIELD)) / ratio
        side = pixel * FIELD
        box = QRectF(inner.x(), inner.y() + (inner.height() - side) / 2, side, side)
        image = QImage(entry.digit.data, FIELD, FIELD, FIELD, QImage.Format.Format_Indexed8)
        image.setColorTable(self._colours)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        draw_squares(painter, box, image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.drawRect(box)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return box
