"""What each layer does, in small words between it and the layer before, and a hint for those who
are here for the first time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from digitpad.core.languages import N_, _
from digitpad.ui.network.network_layout import Operation
from digitpad.ui.style.panel import RIGHT, Panel
from digitpad.ui.style.screen import text_scale
from digitpad.ui.style.theme import blend

_HINT = N_("Point at a square: its value, and what it sees. A click takes it apart.")
_HINT_SHORT = N_("Point at a square, or click it")
_SIZES = (10.5, 9.5, 8.5, 8)
_HEAD = 7
_LARGE_SIZES = (10.5, 9.5, 9)
_FEWEST = 4
"""Of a text that is cut to fewer letters nothing is left to read."""


class OperationMarks(Panel):
    """Lies under the layers' panels, in the gaps between them; the pointer does not feel it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is said yet."""
        super().__init__(parent)
        self._operations: tuple[Operation, ...] = ()
        self._words: Mapping[str, Sequence[str]] = {}
        self._hint = QRectF()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_operations(
        self, operations: tuple[Operation, ...], words: Mapping[str, Sequence[str]], hint: QRectF
    ) -> None:
        """Say these; words: what each layer does, by its name, the longest form first; hint: where
        it is said that squares can be pointed at, empty for nowhere."""
        self._operations, self._words, self._hint = operations, words, hint
        self.update()

    def drop_hint(self) -> None:
        """Squares need not be pointed out any more."""
        self._hint = QRectF()
        self.update()

    @property
    def has_hint(self) -> bool:
        """Whether it is said that squares can be pointed at."""
        return not self._hint.isEmpty()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what lies in the part of it that is to be painted."""
        # The layers above are painted with every answer, and what lies between them is not.
        part = event.region()
        seen = [
            operation
            for operation in self._operations
            if part.intersects(QRectF(*operation.box).toAlignedRect())
        ]
        has_hint = self.has_hint and part.intersects(self._hint.toAlignedRect())
        if not seen and not has_hint:
            return
        painter = QPainter(self)
        for operation in seen:
            self._paint_operation(painter, operation)
        if has_hint:
            painter.setPen(QColor(self.theme.accent))
            painter.setFont(self.sized_font(11))
            if self._hint.height() > 2 * painter.fontMetrics().height():
                flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
                painter.drawText(self._hint, flags | Qt.TextFlag.TextWordWrap, _(_HINT))
            else:
                words = _(_HINT_SHORT)
                painter.setFont(self.fitting_font(words, self._hint.width(), 11))
                painter.drawText(self._hint, RIGHT, words)

    def _paint_operation(self, painter: QPainter, operation: Operation) -> None:
        """Words along the gap, and an arrow to where they lead."""
        box, unit = QRectF(*operation.box), self.unit
        length = box.height() if operation.is_upright else box.width()
        head = _HEAD * unit
        before = (3 if operation.is_upright else 1.7) * head
        text, font = self._fitting(self._words.get(operation.layer, ()), length - before)
        colour = blend(self.theme.quiet, self.theme.ground, 0.15)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        painter.setPen(colour)
        if operation.is_upright:
            # From the foot up, as on a spine; the arrow points to the next layer.
            painter.translate(box.x(), box.bottom())
            painter.rotate(-90)
            width = QFontMetricsF(font).horizontalAdvance(text)
            start = max(0.0, length - width - before)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(QRectF(start, 0, length, box.width()), flags, text)
            painter.restore()
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            tip = QPointF(box.right() - 2 * unit, box.y() + head)
            self._paint_arrow(painter, colour, tip, QPointF(-head, 0), box.width() - 4 * unit)
        else:
            down = QPointF(box.x() + 4 * unit, box.bottom() - 3 * unit)
            self._paint_arrow(painter, colour, down, QPointF(0, -head), box.height() - 6 * unit)
            line = box.adjusted(before, 0, 0, 0)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.setPen(colour)
            painter.drawText(line, flags, text)
        painter.restore()

    def _fitting(self, forms: Sequence[str], length: float) -> tuple[str, QFont]:
        """The longest form that fits, in the largest letters; the shortest one cut where none
        does."""
        is_large = text_scale() > 1
        for text, size in product(forms, _LARGE_SIZES if is_large else _SIZES):
            font = self.sized_font(size)
            if QFontMetricsF(font).horizontalAdvance(text) <= length:
                return text, font
        room = max(0, int(length))
        shortest = forms[-1] if forms else ""
        font = self.fitting_font(shortest, length, _SIZES[-1])
        if is_large:
            # Letters that are wanted large are not made small again; hovering tells it.
            return "", font
        cut = QFontMetricsF(font).elidedText(shortest, Qt.TextElideMode.ElideRight, room)
        return (cut if len(cut) > _FEWEST else ""), font

    def _paint_arrow(
        self, painter: QPainter, colour: QColor, tip: QPointF, back: QPointF, length: float
    ) -> None:
        across = QPointF(back.y(), back.x()) * 0.45
        base = tip + back * 0.8
        start = tip + back * (length / max(abs(back.x()), abs(back.y()), 1e-6))
        painter.setPen(colour)
        painter.drawLine(start, base)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([tip, base + across, base - across]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
