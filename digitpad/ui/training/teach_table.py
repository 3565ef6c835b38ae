"""What a teaching won and what it cost, painted: a row for each figure, before and after, with the
digits that turned right or wrong."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from digitpad.core.constants import NON_DIGIT
from digitpad.core.languages import _, ngettext
from digitpad.core.texts import exact_percent, in_sentences
from digitpad.teaching.figures import Figure, Table, Turned
from digitpad.teaching.words import measure_name
from digitpad.ui.style.panel import Panel, Role, signed
from digitpad.ui.style.theme import Theme, ink_table

_HEAD = 26
_PICTURE, _CAPTION, _GAP = 46, 15, 7
_ROW = 2 * 20 + 6
_SHARES = (0.36, 0.155, 0.155)
"""Of the width: what is measured, before, after; the rest tells what turned."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


class TeachTable(Panel):
    """Four rows of figures, and under each the digits whose reading turned."""

    spoken_role = Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing was taught yet."""
        super().__init__(parent)
        self._table: Table | None = None
        self._inks = ink_table(self.theme)
        self.setAccessibleName(_("What the teaching won, and what it cost"))

    @property
    def table(self) -> Table | None:
        """What is shown."""
        return self._table

    def show_table(self, table: Table | None) -> None:
        """Show the figures of a teaching."""
        self._table = table
        rows = [] if table is None else [_spoken(one) for one in table.figures]
        self.setAccessibleDescription(in_sentences(rows))
        self._fit()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._inks = ink_table(theme)
        super().set_theme(theme)

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(self.height_wanted)

    @property
    def height_wanted(self) -> int:
        """How high it has to be for all its rows."""
        figures = () if self._table is None else self._table.figures
        return round((_HEAD + sum(_height(one) for one in figures)) * self.unit) + 2

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the head and the rows."""
        if self._table is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edges = self._edges()
        painter.setFont(self.sized_font(12))
        painter.setPen(QColor(self.theme.quiet))
        head = _HEAD * self.unit
        for at, text in enumerate((_("Read rightly"), _("before"), _("after"), _("what turned"))):
            painter.drawText(QRectF(edges[at], 0, edges[at + 1] - edges[at], head), _LEFT, text)
        top = head
        for figure in self._table.figures:
            painter.setPen(QPen(QColor(self.theme.line), 1))
            painter.drawLine(QPointF(0, top), QPointF(self.width(), top))
            self._paint_row(painter, figure, top, edges)
            top += _height(figure) * self.unit

    def _edges(self) -> list[float]:
        edges = [0.0]
        for share in _SHARES:
            edges.append(edges[-1] + share * self.width())
        return [*edges, float(self.width())]

    def _paint_row(self, painter: QPainter, figure: Figure, top: float, edges: list[float]) -> None:
        theme, high = self.theme, _ROW * self.unit
        name = measure_name(figure.measure)
        line = high / 2

        def box(column: int, row: int) -> QRectF:
            width = edges[column + 1] - edges[column] - 6 * self.unit
            return QRectF(edges[column], top + row * line, width, line)

        painter.setPen(QColor(theme.text))
        painter.setFont(self.fitting_font(name, box(0, 0).width(), 13, bold=True))
        painter.drawText(box(0, 0), _LEFT, name)
        of = _("of {n:,}").format(n=figure.n)
        painter.setFont(self.sized_font(11.5))
        painter.setPen(QColor(theme.quiet))
        painter.drawText(box(0, 1), _LEFT, of)
        for column, count in ((1, figure.before), (2, figure.after)):
            is_fall = column == 2 and figure.falls
            painter.setPen(QColor(theme.warning if is_fall else theme.text))
            text = exact_percent(count, figure.n)
            painter.setFont(self.fitting_font(text, box(column, 0).width(), 14, bold=column == 2))
            painter.drawText(box(column, 0), _LEFT, text)
            painter.setFont(self.sized_font(11.5))
            painter.setPen(QColor(theme.quiet))
            painter.drawText(box(column, 1), _LEFT, f"{count:,}")
        self._paint_change(painter, figure, box(3, 0), box(3, 1))
        self._paint_pictures(painter, figure, top + high)

    def _paint_change(
        self, painter: QPainter, figure: Figure, upper: QRectF, lower: QRectF
    ) -> None:
        theme = self.theme
        text = _("{won:,} turned right, {lost:,} turned wrong").format(
            won=figure.won, lost=figure.lost
        )
        painter.setFont(self.fitting_font(text, upper.width(), 12.5))
        painter.setPen(QColor(theme.warning if figure.falls else theme.text))
        painter.drawText(upper, _LEFT, text)
        change = _("{points} points, standard error {error:.2f}").format(
            points=signed(100 * figure.difference), error=100 * figure.standard_error
        )
        if figure.falls:
            change = _("{change}: it falls").format(change=change)
        painter.setFont(self.fitting_font(change, lower.width(), 11.5))
        painter.setPen(QColor(theme.warning if figure.falls else theme.quiet))
        painter.drawText(lower, _LEFT, change)

    def _paint_pictures(self, painter: QPainter, figure: Figure, top: float) -> None:
        """Those that turned wrong first, since that is what the teaching cost; then the others, as
        many as fit in a line."""
        side, gap = _PICTURE * self.unit, _GAP * self.unit
        fit = max(0, int((self.width() + gap) // (side + gap)))
        wrong, right = figure.turned_wrong, figure.turned_right
        shown_wrong = min(len(wrong), max(fit - len(right), fit // 2))
        left = 0.0
        for turned, count, is_right in (
            (wrong, shown_wrong, False),
            (right, min(len(right), fit - shown_wrong), True),
        ):
            for place in range(count):
                self._paint_picture(painter, turned, place, QRectF(left, top, side, side), is_right)
                left += side + gap

    def _paint_picture(
        self, painter: QPainter, turned: Turned, place: int, box: QRectF, is_right: bool
    ) -> None:
        theme = self.theme
        digit = np.ascontiguousarray(turned.digits[place])
        image = QImage(digit.data, 28, 28, 28, QImage.Format.Format_Indexed8)
        image.setColorTable(self._inks)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, image.convertToFormat(QImage.Format.Format_RGB32))
        colour = QColor(theme.negative if is_right else theme.accent)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.6))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        # A shape too, since not everyone tells the colours apart: a tick, a cross.
        mark = QRectF(box.right() - 11 * self.unit, box.top(), 11 * self.unit, 11 * self.unit)
        painter.fillRect(mark, colour)
        painter.setPen(QPen(QColor(theme.paper), 1.6))
        inner = mark.adjusted(*(3 * self.unit * sign for sign in (1, 1, -1, -1)))
        if is_right:
            points = [
                QPointF(inner.left(), inner.center().y()),
                QPointF(inner.center().x(), inner.bottom()),
                inner.topRight(),
            ]
            painter.drawPolyline(QPolygonF(points))
        else:
            painter.drawLine(inner.topLeft(), inner.bottomRight())
            painter.drawLine(inner.topRight(), inner.bottomLeft())
        line = QRectF(box.left() - 4, box.bottom(), box.width() + 8, _CAPTION * self.unit)
        text = f"{_said(turned.before[place])} → {_said(turned.after[place])}"
        painter.setFont(self.fitting_font(text, line.width(), 11))
        painter.setPen(QColor(theme.text))
        painter.drawText(line, _CENTRE, text)


def _height(figure: Figure) -> int:
    """Of a figure's row, in units."""
    has_pictures = len(figure.turned_right) + len(figure.turned_wrong) > 0
    return _ROW + (_PICTURE + _CAPTION + 8 if has_pictures else 0)


def _said(answer: int) -> str:
    """An answer in one letter; a dash for what was rejected."""
    return "–" if answer == NON_DIGIT else str(answer)


def _spoken(figure: Figure) -> str:
    """A row as a screen reader says it."""
    text = ngettext(
        "{name}: {before} before and {after} after, of {n} drawing.",
        "{name}: {before} before and {after} after, of {n:,} drawings.",
        figure.n,
    )
    return text.format(
        name=measure_name(figure.measure),
        before=exact_percent(figure.before, figure.n),
        after=exact_percent(figure.after, figure.n),
        n=figure.n,
    )
