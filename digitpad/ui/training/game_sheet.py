"""The ten drawings of a game on one sheet: what each was taken for, and which are to be kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from digitpad.core.constants import DIGITS
from digitpad.core.languages import _
from digitpad.ink.rasterize import rasterize
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.panel import Panel, Role
from digitpad.ui.style.theme import Theme, ink_table
from digitpad.ui.training.game import Round, Seen

_COLUMNS = 5
_CAPTION = 26
_CENTRE = Qt.AlignmentFlag.AlignCenter


_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_COLUMNS,
    Qt.Key.Key_Down: _COLUMNS,
}


class GameSheet(Panel):
    """Pictures in two rows; under each what was asked for, and what else it was taken for.

    A click on one, or Space, leaves it out of what is kept, and takes it in again.

    Signals:
        choice_changed (): another one is left out, or none.
    """

    spoken_role = Role.Graphic

    choice_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing was drawn yet."""
        super().__init__(parent)
        self._left_out: set[int] = set()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(_("Click a drawing to leave it out of what is kept."))
        self._rounds: tuple[Round, ...] = ()
        self._inks: dict[Round, np.ndarray] = {}
        self._colours = ink_table(self.theme)

    def show_rounds(self, rounds: Sequence[Round]) -> None:
        """Show these drawings."""
        self._rounds = tuple(rounds)
        self._left_out, self._at = set(), 0
        self._inks = {one: rasterize(one.marks) for one in self._rounds}
        self.setAccessibleName(_("The digits that you drew"))
        self.setAccessibleDescription(self.text)
        self.update()

    @property
    def chosen(self) -> tuple[int, ...]:
        """The numbers of those that are to be kept, from 0, in order."""
        return tuple(n for n in range(len(self._rounds)) if n not in self._left_out)

    def toggle(self, number: int) -> None:
        """Leave a drawing out of what is kept, or take it in again."""
        self._left_out ^= {number}
        self._at = number
        announce(self, self.spoken_place())
        self.update()
        self.choice_changed.emit()

    @property
    def text(self) -> str:
        """What each was taken for, and which are left out."""
        return _(". ").join(map(self._words, range(len(self._rounds))))

    def spoken_place(self) -> str:
        """The drawing that the keyboard is at, in words; "" where there is none."""
        return self._words(self._at) if self._rounds else ""

    def _words(self, number: int) -> str:
        """What a drawing was taken for, and whether it is left out."""
        words = caption(self._rounds[number])
        return f"{words} ({_('left out')})" if number in self._left_out else words

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a drawing leaves it out, or takes it in again."""
        for number, box in enumerate(self.boxes()):
            if box.contains(event.position()):
                self.toggle(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk over the drawings, Space leaves one out or takes it in again."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and self._rounds:
            self._at = min(max(self._at + step, 0), len(self._rounds) - 1)
            announce(self, self.spoken_place())
            self.update()
        elif event.key() == Qt.Key.Key_Space and self._rounds:
            self.toggle(self._at)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys are."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no more."""
        super().focusOutEvent(event)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._colours = ink_table(theme)
        super().set_theme(theme)

    def boxes(self) -> list[QRectF]:
        """Where each drawing stands."""
        rows = -(-max(1, len(self._rounds)) // _COLUMNS)
        gap, below = 12 * self.unit, _CAPTION * self.unit
        wide = (self.width() - gap * (_COLUMNS - 1)) / _COLUMNS
        high = (self.height() - gap * (rows - 1)) / rows - below
        ratio = self.devicePixelRatioF()
        side = max(1.0, int(min(wide, high) * ratio) / ratio)
        top = (self.height() - rows * (side + below) - gap * (rows - 1)) / 2
        return [
            QRectF(
                number % _COLUMNS * (wide + gap) + (wide - side) / 2,
                top + number // _COLUMNS * (side + below + gap),
                side,
                side,
            )
            for number in range(len(self._rounds))
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the drawings as large as there is room for."""
        painter = QPainter(self)
        gap, below = 12 * self.unit, _CAPTION * self.unit
        for number, (one, box) in enumerate(zip(self._rounds, self.boxes(), strict=True)):
            painter.setOpacity(0.3 if number in self._left_out else 1.0)
            line = QRectF(box.x() - gap, box.bottom(), box.width() + 2 * gap, below)
            self._paint(painter, one, box, line)
            painter.setOpacity(1.0)
            if number in self._left_out:
                painter.setPen(QPen(QColor(self.theme.text), 2 * self.unit))
                painter.drawLine(box.topLeft(), box.bottomRight())
            if self.hasFocus() and number == self._at:
                painter.setPen(QPen(QColor(self.theme.text), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(box.adjusted(-3, -3, 3, 3))

    def _paint(self, painter: QPainter, one: Round, box: QRectF, line: QRectF) -> None:
        ink = self._inks[one]
        height, width = ink.shape
        image = QImage(ink.data, width, height, width, QImage.Format.Format_Indexed8)
        image.setColorTable(self._colours)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, image.convertToFormat(QImage.Format.Format_RGB32))
        is_right = one.seen is Seen.AS_ASKED
        painter.setPen(QPen(QColor(self.theme.line if is_right else self.theme.accent), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        text = caption(one)
        painter.setFont(self.fitting_font(text, line.width(), 14, bold=is_right))
        painter.setPen(QColor(self.theme.text if is_right else self.theme.accent))
        painter.drawText(line, _CENTRE, text)


def caption(one: Round) -> str:
    """What was asked for and what was seen, in a few letters."""
    wanted = DIGITS[one.wanted]
    if one.seen is Seen.AS_ASKED:
        return _("{wanted} ✓").format(wanted=wanted)
    if one.seen is Seen.AS_NONE:
        return _("{wanted}: not sure").format(wanted=wanted)
    return _("{wanted}, seen as {seen}").format(wanted=wanted, seen=DIGITS[one.answer])
