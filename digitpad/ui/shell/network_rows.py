"""How the rows of the list of networks are painted."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from digitpad.core.languages import N_, _
from digitpad.core.results import InstalledNetwork
from digitpad.nets.spec.given_names import can_be_named
from digitpad.nets.spec.opened_networks import OpenedFile
from digitpad.ui.style.icons import icon
from digitpad.ui.style.theme import Theme, blend

NETWORK, IS_CURRENT = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
WORDS = Qt.ItemDataRole.UserRole + 2
"""What a row is of, whether it is the network at work, and the ListedWords that it says."""
IN_USE = N_("in use")
_CROSS = "×"
_FAINT = 0.45


class Look(Protocol):
    """What the rows take their colours and sizes from."""

    @property
    def theme(self) -> Theme:
        """The colours."""

    @property
    def unit(self) -> float:
        """How much larger than the smallest comfortable size texts are."""

    @property
    def row_height(self) -> int:
        """How high a row is, in pixels."""

    def sized_font(self, pixels: float, bold: bool = False) -> QFont:
        """The font at a size in units."""


def removal_box(row: QRect, unit: float) -> QRect:
    """Where in a row the cross lies that takes it off the list, or the pen that names it."""
    side = round(26 * unit)
    return QRect(row.right() + 1 - side - round(4 * unit), row.top(), side, row.height())


class NetworkRows(QStyledItemDelegate):
    """Two lines a network: title and figure; where it comes from and what it is. Those that were
    opened have a cross at the right, the person's own a pen."""

    def __init__(self, look: Look, parent: QObject) -> None:
        """look: of the list."""
        super().__init__(parent)
        self._look = look

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As high as two lines; the width is the list's."""
        return QSize(10, self._look.row_height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a row."""
        look, network = self._look, index.data(NETWORK)
        theme, unit, words = look.theme, look.unit, index.data(WORDS)
        box = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(box, 6 * unit, 6 * unit)
        plain = QColor(theme.accent_text if selected else theme.text)
        quiet = plain if selected else QColor(theme.quiet)
        if words.is_faint and not selected:
            plain = quiet = blend(theme.quiet, theme.paper, _FAINT)
        inner = box.adjusted(10 * unit, 5 * unit, -10 * unit, -5 * unit)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(plain)
        if isinstance(network, InstalledNetwork) and can_be_named(network.weights):
            pen = QRectF(removal_box(option.rect, unit))
            inset = pen.width() * 0.22
            pen.adjust(inset, inset, -inset, -inset)
            icon("pen", plain.name(), plain.name(), plain.name()).paint(painter, pen.toRect())
            inner.setRight(pen.left() - 4 * unit)
        elif isinstance(network, OpenedFile):
            cross = QRectF(removal_box(option.rect, unit))
            painter.setFont(look.sized_font(16))
            painter.drawText(cross, Qt.AlignmentFlag.AlignCenter, _CROSS)
            inner.setRight(cross.left() - 4 * unit)
        upper = QRectF(inner.x(), inner.y(), inner.width(), inner.height() / 2)
        painter.setFont(look.sized_font(12))
        painter.drawText(upper, right | middle, words.figure)
        room = inner.width() - painter.fontMetrics().horizontalAdvance(words.figure) - 12 * unit
        painter.setFont(look.sized_font(13.5, bold=True))
        title = _elided(painter, words.title, room)
        painter.drawText(upper, left | middle, title)
        if index.data(IS_CURRENT):
            end = painter.fontMetrics().horizontalAdvance(title) + 9 * unit
            painter.setFont(look.sized_font(11))
            painter.setPen(plain if selected else QColor(theme.accent))
            painter.drawText(upper.adjusted(end, 0, 0, 0), left | middle, _(IN_USE))
        painter.setPen(quiet)
        painter.setFont(look.sized_font(11))
        lower = upper.translated(0, upper.height())
        painter.drawText(lower, left | middle, _elided(painter, words.second, lower.width()))
        painter.restore()


def _elided(painter: QPainter, text: str, room: float) -> str:
    return QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, int(room))
