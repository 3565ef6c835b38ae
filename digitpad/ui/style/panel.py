"""What all painted panels share: a theme, a text size and a title line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from digitpad.ui.style import announcing
from digitpad.ui.style.fonts import sized_font
from digitpad.ui.style.theme import LIGHT, Theme

_SMALLEST_PIXELS = 7
MINUS = "\N{MINUS SIGN}"
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
"""How texts lie in a line."""
Role = QAccessible.Role
"""What a widget is to screen readers."""


@dataclass(frozen=True)
class TitleLook:
    """How a title line looks.

    pixels: the title's size; gap: between title and detail; underline: how far above the line's
    foot the mark of the keyboard lies; all in units. is_accented: in the accent's colour always.
    is_elided: a detail that does not fit is cut, rather than left out.
    """

    pixels: float = 13.5
    gap: float = 8
    underline: float = 3
    is_accented: bool = False
    is_elided: bool = False


PANEL_TITLE = TitleLook()
HEADING = TitleLook(pixels=15, gap=10, underline=2, is_accented=True, is_elided=True)


class Panel(QWidget):
    """A widget that paints itself in the window's theme, its text sizes in units that grow with the
    window.

    Attributes:
        theme: the colours.
        unit: how much larger than the smallest comfortable size all text and gaps are; 1.0 is 13 px
            text.
        spoken_role: what it is to screen readers; a panel that only holds others is a group.
    """

    spoken_role = Role.Grouping

    def __init__(self, parent: QWidget | None = None) -> None:
        """In the light theme, at the smallest comfortable size."""
        # Qt tells of the parent's font before its own constructor returns.
        self._fonts: dict[tuple[int, bool], QFont] = {}
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.unit = 1.0

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.theme = theme
        self.update()

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        if unit != self.unit:
            self.unit = unit
            self.update()

    def setAccessibleName(self, name: str, /) -> None:
        """What screen readers call it: from now on, or once the pen rests."""
        announcing.name(self, name)

    def setAccessibleDescription(self, description: str, /) -> None:
        """What screen readers say of it: from now on, or once the pen rests."""
        announcing.describe(self, description)

    @property
    def title_height(self) -> float:
        """The height of the title line, in pixels."""
        return 24 * self.unit

    def sized_font(self, pixels: float, bold: bool = False) -> QFont:
        """The window's font at a size in units of 1.0 = one pixel in the smallest comfortable
        window."""
        look = round(pixels * self.unit), bold
        # Making a font takes a third of painting a line in it, and every panel paints several.
        if look not in self._fonts:
            self._fonts[look] = sized_font(self.font(), pixels, self.unit, bold)
        return QFont(self._fonts[look])

    def cursor_box(self) -> QRectF | None:
        """Where in it the keyboard is, as at a square; None where it is at the panel as a
        whole."""
        return None

    def inputMethodQuery(self, query: Qt.InputMethodQuery, /) -> Any:
        """Tell Qt where menus and tool tips belong that keys ask for."""
        box = self.cursor_box() if query == Qt.InputMethodQuery.ImCursorRectangle else None
        return super().inputMethodQuery(query) if box is None else box

    def changeEvent(self, event: QEvent) -> None:
        """Another font of the window."""
        if event.type() == QEvent.Type.FontChange:
            self._fonts.clear()
        super().changeEvent(event)

    def fitting_font(self, text: str, width: float, pixels: float, bold: bool = False) -> QFont:
        """The window's font at a size of at most ``pixels`` units, smaller where the text is
        wider than ``width``."""
        font = self.sized_font(pixels, bold)
        while (size := font.pixelSize()) > _SMALLEST_PIXELS:
            advance = QFontMetricsF(font).horizontalAdvance(text)
            if not advance or advance <= width:
                break
            # Letters do not shrink evenly with the size, so it may take a step more.
            font.setPixelSize(max(_SMALLEST_PIXELS, min(size - 1, int(size * width / advance))))
        return font

    def wrapping_font(self, text: str, room: QRectF, pixels: float, bold: bool = False) -> QFont:
        """The window's font at a size of at most ``pixels`` units, smaller where the text, broken
        between words, does not fit into a box of pixels."""
        font, wrap = self.sized_font(pixels, bold), Qt.TextFlag.TextWordWrap
        while font.pixelSize() > _SMALLEST_PIXELS:
            needed = QFontMetricsF(font).boundingRect(room, wrap, text)
            if needed.width() <= room.width() and needed.height() <= room.height():
                break
            font.setPixelSize(font.pixelSize() - 1)
        return font

    def paint_title(
        self,
        painter: QPainter,
        title: str,
        details: str | Sequence[str],
        width: float,
        marked: bool = False,
        look: TitleLook = PANEL_TITLE,
    ) -> float:
        """Write "**title** detail" on the first line, with the first of the details that fits,
        or none; returns where the line's text ends. marked: it has the keyboard, which is said
        by the title's colour and a line beneath."""
        line = QRectF(0, 0, width, self.title_height)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self.fitting_font(title, width, look.pixels, bold=True))
        is_accented = marked or look.is_accented
        painter.setPen(QColor(self.theme.accent if is_accented else self.theme.text))
        painter.drawText(line, left, title)
        end = 0.0 + painter.fontMetrics().horizontalAdvance(title)
        if marked:
            painter.fillRect(
                QRectF(0, self.title_height - look.underline * self.unit, end, 2),
                QColor(self.theme.accent),
            )
        painter.setFont(self.sized_font(12))
        gap = look.gap * self.unit
        room = width - end - gap
        given = [details] if isinstance(details, str) else list(details)
        metrics = painter.fontMetrics()
        text = next(
            (each for each in given if each and metrics.horizontalAdvance(each) <= room), ""
        )
        if not text and look.is_elided and given:
            text = metrics.elidedText(given[-1], Qt.TextElideMode.ElideRight, int(room))
        if not text:
            return end
        painter.setPen(QColor(self.theme.quiet))
        painter.drawText(line.adjusted(end + gap, 0, 0, 0), left, text)
        return end + gap + metrics.horizontalAdvance(text)


def signed(number: float) -> str:
    """A number with its sign, minus as typeset; NaN and infinity by their names."""
    if math.isnan(number):
        return "NaN"
    text = f"{number:+.2f}".replace("inf", "\N{INFINITY}")
    return text.replace("-", MINUS)


def signed_short(number: float) -> str:
    """The same with one decimal, and from 1,000 on with none."""
    if not math.isfinite(number):
        return signed(number)
    text = f"{number:+.{1 if abs(number) < 999.5 else 0}f}".replace("-", MINUS)
    # Nothing is no negative number.
    return "+0.0" if text == f"{MINUS}0.0" else text
