"""The card on which the picture on the pad is looked at, and read otherwise."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget
from shiboken6 import isValid

from digitpad.core.languages import _
from digitpad.ui.images import picture_words as words
from digitpad.ui.images.pad_pictures import PadPictures
from digitpad.ui.images.picture_view import PictureView
from digitpad.ui.images.tinting import ink_colour, left_out_colour
from digitpad.ui.style.panel import LEFT, Panel
from digitpad.ui.style.theme import Theme

_MARGIN, _HINT, _LEGEND, _BUTTON, _GAP = 14, 22, 20, 30, 8


class PictureCard(Panel):
    """Lies over the network's layers while a picture is looked at; pad and answer stay live beside
    it.

    Attributes:
        view: the picture.
    """

    def __init__(self, pictures: PadPictures, parent: QWidget | None = None) -> None:
        """pictures: what is on the pad."""
        super().__init__(parent)
        self._pictures = pictures
        self._name = self._hint = ""
        self._focused_before: QWidget | None = None
        self.view = PictureView(self)
        self.view.box_drawn.connect(pictures.read_in)
        self.view.digit_chosen.connect(pictures.take)
        self._buttons = {
            text: self._button(text, tip, does)
            for text, tip, does in (
                (words.INVERT, words.INVERT_TIP, pictures.invert),
                (words.WHOLE, words.WHOLE_TIP, self._read_whole),
                (words.CANCEL, words.CANCEL_TIP, pictures.cancel),
                (words.DONE, words.DONE_TIP, pictures.accept),
            )
        }
        self.setAccessibleName(_(words.TITLE))
        pictures.changed.connect(self._show)
        self.hide()

    def _button(self, text: str, tip: str, does: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setText(_(text))
        button.setToolTip(_(tip))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: does())
        return button

    def button(self, text: str) -> QToolButton:
        """The button of this name; KeyError where there is none."""
        return self._buttons[text]

    @property
    def hint(self) -> str:
        """What is said of the picture and of what one can do."""
        return self._hint

    def _read_whole(self) -> None:
        shown = self._pictures.shown
        if self._pictures.box is not None or (shown is not None and shown.box is not None):
            self._pictures.read_in(None)
        else:
            self._pictures.take(None)

    def _show(self) -> None:
        """Show the picture as it is read now; open or close with it."""
        pictures, shown = self._pictures, self._pictures.shown
        is_open = pictures.is_open and shown is not None
        if is_open and shown is not None:
            self._name = words.name_in_words(shown)
            self._hint = words.hint_in_words(shown, pictures.names, pictures.is_box_empty)
            self.view.show_picture(shown, pictures.names, pictures.box)
            self.view.setAccessibleDescription(self._hint)
            is_part = pictures.box is not None or shown.box is not None or shown.taken is not None
            self._buttons[words.WHOLE].setEnabled(is_part)
            # Where nothing was changed there is nothing to keep, and nothing to go back to.
            self._buttons[words.CANCEL].setVisible(pictures.is_changed)
            self._buttons[words.DONE].setText(_(words.DONE if pictures.is_changed else words.CLOSE))
            self._arrange()
            self.update()
        if is_open and self.isHidden():
            self._focused_before = self.window().focusWidget()
            self.show()
            self.raise_()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not is_open and not self.isHidden():
            before = self._focused_before
            has_keys = self.isAncestorOf(self.window().focusWidget())
            if has_keys and before is not None and isValid(before):
                before.setFocus(Qt.FocusReason.OtherFocusReason)
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps the picture as it is read."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pictures.accept()
        else:
            super().keyPressEvent(event)

    # Place and colours.

    def set_unit(self, unit: float) -> None:
        """Make texts and gaps so much larger than the smallest comfortable size."""
        super().set_unit(unit)
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().set_theme(theme)
        self.view.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the parts into their places."""
        self._arrange()
        super().resizeEvent(event)

    def _inner(self) -> QRect:
        margin = round(_MARGIN * self.unit)
        return self.rect().adjusted(margin, margin, -margin, -margin)

    def _arrange(self) -> None:
        """From above: name, hint, the picture, the legend, the buttons."""
        inner = self._inner()
        height, gap = round(_BUTTON * self.unit), round(_GAP * self.unit)
        row = QRect(inner.left(), inner.bottom() + 1 - height, inner.width(), height)
        self.view.set_unit(self.unit)
        top = inner.top() + round(self.title_height + _HINT * self.unit)
        below = row.top() - gap - round(_LEGEND * self.unit)
        self.view.setGeometry(inner.left(), top, inner.width(), below - top)
        font = self.sized_font(12.5)
        widths = {}
        for text, button in self._buttons.items():
            button.setFont(font)
            widths[text] = button.fontMetrics().horizontalAdvance(button.text()) + round(
                22 * self.unit
            )
        left, right = row.left(), row.right() + 1
        for text in (words.INVERT, words.WHOLE):
            self._buttons[text].setGeometry(left, row.top(), widths[text], height)
            left += widths[text] + gap
        for text in (words.DONE, words.CANCEL):
            right -= widths[text]
            self._buttons[text].setGeometry(right, row.top(), widths[text], height)
            right -= gap

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card, its words and the legend."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.setBrush(QColor(self.theme.paper))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        inner = QRectF(self._inner())
        title = QRectF(inner.x(), inner.y(), inner.width(), self.title_height)
        painter.setFont(self.sized_font(13.5, bold=True))
        painter.setPen(QColor(self.theme.text))
        elided = painter.fontMetrics().elidedText(
            self._name, Qt.TextElideMode.ElideMiddle, int(title.width())
        )
        painter.drawText(title, LEFT, elided)
        hint = QRectF(inner.x(), title.bottom() - 2, inner.width(), _HINT * self.unit)
        painter.setFont(self.fitting_font(self._hint, hint.width(), 12.5))
        painter.drawText(hint, LEFT, self._hint)
        self._paint_legend(painter, QRectF(self.view.geometry()))

    def _paint_legend(self, painter: QPainter, view: QRectF) -> None:
        """What the two colours mean."""
        painter.setFont(self.sized_font(11))
        side, gap = 10 * self.unit, 6 * self.unit
        left, middle = view.x(), view.bottom() + _LEGEND * self.unit / 2 + 2
        for colour, text in (
            (ink_colour(self.theme), _(words.INK)),
            (left_out_colour(self.theme), _(words.LEFT_OUT)),
        ):
            painter.fillRect(QRectF(left, middle - side / 2, side, side), colour)
            painter.setPen(QColor(self.theme.quiet))
            box = QRectF(left + side + gap, middle - 12, view.width(), 24)
            painter.drawText(box, LEFT, text)
            left += side + 4 * gap + painter.fontMetrics().horizontalAdvance(text)
