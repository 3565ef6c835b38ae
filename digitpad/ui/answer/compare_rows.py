"""The painted parts of a comparison: headings, the line of words between the rows, the digit
that was pinned."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from digitpad.core.languages import _
from digitpad.ink.normalize import FIELD
from digitpad.ui.style.panel import HEADING, Panel, Role
from digitpad.ui.style.square_drawing import draw_squares
from digitpad.ui.style.theme import Theme, ink_table

_MORE = " ▾"


class Heading(Panel):
    """A network's title over its row, and what is known of it; a click may open
    the list of others.

    Signals:
        opened (): it is clickable, and was clicked, or Enter or Space was pressed on it.
    """

    opened = Signal()
    spoken_role = Role.StaticText

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is said yet, and it is hidden."""
        super().__init__(parent)
        self._title = self._detail = self._tip = ""
        self._is_clickable = self._pressed = False
        self.hide()

    def make_clickable(self, tip: str) -> None:
        """Open what the tip says from now on; "" for nothing."""
        self._is_clickable, self._tip = bool(tip), tip
        self.spoken_role = Role.Button if tip else Role.StaticText
        self._tell()
        self.setAccessibleDescription(tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if tip else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if tip else Qt.CursorShape.ArrowCursor)
        self.update()

    def show_title(self, title: str, detail: str) -> None:
        """Say what the row is."""
        self._title, self._detail = title, detail
        self.setAccessibleName(_(", ").join((title, detail)))
        self._tell()
        self.update()

    def _tell(self) -> None:
        """Tell where it is pointed at all of what may not fit, and what a click opens."""
        told = _(", ").join(filter(None, (self._title, self._detail)))
        self.setToolTip("\n".join(filter(None, (told, self._tip))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint title and detail, underlined while it has the pointer or the keyboard."""
        is_marked = self._is_clickable and (self.underMouse() or self.hasFocus())
        title = self._title + (_MORE if self._is_clickable else "")
        self.paint_title(QPainter(self), title, self._detail, self.width(), is_marked, HEADING)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click begins."""
        self._pressed = self._is_clickable and event.button() == Qt.MouseButton.LeftButton

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click ends, and counts where it ends on the heading."""
        if self._pressed and self.rect().contains(event.position().toPoint()):
            self.opened.emit()
        self._pressed = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space do what a click does."""
        if self._is_clickable and event.key() in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Space,
        ):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the pointer is there."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Show that the pointer is gone."""
        self.update()
        super().leaveEvent(event)


class DifferenceLine(Panel):
    """One line that says what differs, between two rules."""

    spoken_role = Role.StaticText

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is said yet, and it is hidden."""
        super().__init__(parent)
        self.text = ""
        self._stands_out = False
        self.hide()

    def say(self, text: str, stands_out: bool) -> None:
        """Show these words; stands_out: they tell of a difference."""
        self.text, self._stands_out = text, stands_out
        self.setAccessibleName(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words in the middle and a rule at either side."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        painter.setFont(self.fitting_font(self.text, box.width() - 8, 14, bold=self._stands_out))
        words = painter.fontMetrics().horizontalAdvance(self.text) + 24 * self.unit
        painter.setPen(QPen(QColor(self.theme.line), 1))
        middle, side = box.center().y(), max(0.0, (box.width() - words) / 2)
        for left in (box.left(), box.right() - side):
            painter.drawLine(round(left), round(middle), round(left + side), round(middle))
        painter.setPen(QColor(self.theme.warning if self._stands_out else self.theme.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text)


class PinnedDigit(Panel):
    """The digit of a reading that was pinned, small."""

    spoken_role = Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty field, hidden."""
        super().__init__(parent)
        self._levels = np.zeros((FIELD, FIELD), np.uint8)
        self._colours = ink_table(self.theme)
        self.setAccessibleName(_("The drawing that was kept"))
        self.hide()

    def show_digit(self, digit: np.ndarray) -> None:
        """Show a digit, float32 (28, 28) in [0, 1]."""
        self._levels = np.rint(digit * 255).astype(np.uint8, order="C")  # as QImage reads it
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._colours = ink_table(theme)
        super().set_theme(theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the digit in a frame."""
        painter = QPainter(self)
        image = QImage(
            self._levels.data, FIELD, FIELD, self._levels.strides[0], QImage.Format.Format_Indexed8
        )
        image.setColorTable(self._colours)
        side = min(self.width(), self.height()) - 2
        box = QRectF(1, 1, side, side)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        draw_squares(painter, box, image)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.drawRect(box)
