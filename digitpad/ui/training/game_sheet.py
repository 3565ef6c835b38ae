"""The ten drawings of a game on one sheet, each with what it was taken for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from digitpad.core.constants import DIGITS
from digitpad.core.languages import _
from digitpad.ink.rasterize import rasterize
from digitpad.ui.style.panel import Panel
from digitpad.ui.style.theme import Theme, ink_table
from digitpad.ui.training.game import Round, Seen

_COLUMNS = 5
_CAPTION = 26
_CENTRE = Qt.AlignmentFlag.AlignCenter


class GameSheet(Panel):
    """Pictures in two rows; under each what was asked for, and what else it was taken for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing was drawn yet."""
        super().__init__(parent)
        self._rounds: tuple[Round, ...] = ()
        self._inks: dict[Round, np.ndarray] = {}
        self._colours = ink_table(self.theme)

    def show_rounds(self, rounds: Sequence[Round]) -> None:
        """Show these drawings."""
        self._rounds = tuple(rounds)
        self._inks = {one: rasterize(one.marks) for one in self._rounds}
        self.setAccessibleName(_("The digits that you drew"))
        self.setAccessibleDescription(". ".join(map(caption, self._rounds)))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._colours = ink_table(theme)
        super().set_theme(theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the drawings as large as there is room for."""
        painter = QPainter(self)
        rows = -(-max(1, len(self._rounds)) // _COLUMNS)
        gap, below = 12 * self.unit, _CAPTION * self.unit
        wide = (self.width() - gap * (_COLUMNS - 1)) / _COLUMNS
        high = (self.height() - gap * (rows - 1)) / rows - below
        ratio = self.devicePixelRatioF()
        side = max(1.0, int(min(wide, high) * ratio) / ratio)
        top = (self.height() - rows * (side + below) - gap * (rows - 1)) / 2
        for number, one in enumerate(self._rounds):
            row, column = divmod(number, _COLUMNS)
            left = column * (wide + gap) + (wide - side) / 2
            box = QRectF(left, top + row * (side + below + gap), side, side)
            self._paint(
                painter, one, box, QRectF(box.x() - gap, box.bottom(), side + 2 * gap, below)
            )

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
