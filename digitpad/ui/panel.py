"""What all painted panels share: a theme, a text size and a title line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QWidget

from digitpad.ui.theme import LIGHT, Theme

MINUS = "\N{MINUS SIGN}"


class Panel(QWidget):
    """A widget that paints itself in the window's theme, its text sizes in units that grow with the window.

    Attributes:
        theme: the colours.
        unit: how much larger than the smallest comfortable size all text and gaps are; 1.0 is 13 px text.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.unit = 1.0

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def set_unit(self, unit: float) -> None:
        if unit != self.unit:
            self.unit = unit
            self.update()

    @property
    def title_height(self) -> float:
        """The height of the title line, in pixels."""
        return 24 * self.unit

    def sized_font(self, pixels: float, bold: bool = False) -> QFont:
        """The window's font at a size in units of 1.0 = one pixel in the smallest comfortable window."""
        font = QFont(self.font())
        font.setPixelSize(max(9, round(pixels * self.unit)))
        font.setBold(bold)
        return font

    def paint_title(self, painter: QPainter, title: str, detail: str, width: float) -> float:
        """Write "**title** detail" on the first line, the detail only as far as it fits; returns where the line's
        text ends."""
        line = QRectF(0, 0, width, self.title_height)
        painter.setFont(self.sized_font(13.5, bold=True))
        painter.setPen(QColor(self.theme.text))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        end = 0.0 + painter.fontMetrics().horizontalAdvance(title)
        painter.setFont(self.sized_font(12))
        advance = painter.fontMetrics().horizontalAdvance(detail)
        if detail and end + 8 * self.unit + advance <= width:
            painter.setPen(QColor(self.theme.quiet))
            painter.drawText(
                line.adjusted(end + 8 * self.unit, 0, 0, 0),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                detail,
            )
            end += 8 * self.unit + advance
        return end


def signed(number: float) -> str:
    """A number with its sign, minus as typeset."""
    return f"{number:+.2f}".replace("-", MINUS)
