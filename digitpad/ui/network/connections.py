"""Which maps a layer's maps see, where they see not all: as a table of dots, and as lines from
map to map."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from digitpad.core.languages import _
from digitpad.core.results import LayerInfo
from digitpad.core.texts import in_a_row
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.panel import Panel, Role
from digitpad.ui.style.theme import blend

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ConnectionTable(Panel):
    """A dot where a map of the layer (a column) sees a map of the layer before (a row), as in table
    I of LeCun et al. 1998.

    Attributes:
        layer: whose connections they are; before: the layer that it sees.
        current: the column that is pointed at, tapped or reached by Left and Right, from 0; None
            for none.

    Signals:
        map_hovered (object): ``current`` is another.
    """

    spoken_role = Role.Graphic

    map_hovered = Signal(object)

    def __init__(self, layer: LayerInfo, before: LayerInfo, parent: QWidget | None = None) -> None:
        """layer: whose connections they are; before: the layer that it sees."""
        super().__init__(parent)
        self.layer, self.before = layer, before
        self._rows, self._columns = before.shape[0], len(layer.connections)
        self._marked: frozenset[int] = frozenset()
        self.current: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(
            _("What {layer} sees of {before}: {detail}").format(
                layer=layer.name, before=before.name, detail=self.detail
            )
        )

    @property
    def made(self) -> int:
        """How many connections there are."""
        return sum(len(row) for row in self.layer.connections)

    @property
    def detail(self) -> str:
        """The number of connections in words."""
        return _("{made} of {all} connections").format(
            made=self.made, all=self._rows * self._columns
        )

    def mark(self, maps: Iterable[int]) -> None:
        """Bring out the columns of some maps of the layer."""
        marked = frozenset(maps)
        if marked != self._marked:
            self._marked = marked
            self.update()

    def cell_box(self, row: int, column: int) -> QRectF:
        """Where a dot lies."""
        side = min(
            (self.height() - self.title_height) / self._rows,
            self.width() / self._columns,
            14 * self.unit,
        )
        wide = min(self.width() / self._columns, 1.6 * side)
        return QRectF(column * wide, self.title_height + row * side, wide, side)

    def column_at(self, position: QPointF) -> int | None:
        """The map of the layer at a position."""
        box = self.cell_box(0, 0)
        column = int(position.x() / max(box.width(), 1e-6))
        inside = 0 <= position.y() - self.title_height < self._rows * box.height()
        return column if inside and 0 <= column < self._columns else None

    def point_at(self, column: int | None) -> None:
        """Tell of a column; None for none."""
        if column != self.current:
            self.current = column
            self.map_hovered.emit(column)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell of the column under the pointer."""
        self.point_at(self.column_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell of the column under the finger."""
        self.point_at(self.column_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """No column is pointed at any more."""
        self.point_at(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from column to column."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            at = (-1 if step > 0 else 0) if self.current is None else self.current
            self.point_at((at + step) % self._columns)
            announce(self, self.spoken_place())

    def spoken_place(self) -> str:
        """The column that is pointed at, in words; "" where none is."""
        return "" if self.current is None else self.describe(self.current)

    def cursor_box(self) -> QRectF | None:
        """The top of the column that is pointed at."""
        return None if self.current is None else self.cell_box(0, self.current)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys are elsewhere."""
        self.point_at(None)
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tool tips say what a map sees."""
        if isinstance(event, QHelpEvent):
            column = self.column_at(QPointF(event.pos()))
            if column is None:
                QToolTip.showText(event.globalPos(), self.accessibleName(), self)
            else:
                QToolTip.showText(event.globalPos(), self.describe(column), self)
            return True
        return super().event(event)

    def describe(self, column: int) -> str:
        """What a map sees, counted from 1 as people do."""
        seen = _names_of(self.layer.connections[column])
        return _("{layer}, map {map} sees the maps {seen} of {before}").format(
            layer=self.layer.name, map=column + 1, seen=seen, before=self.before.name
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the title and a dot for each connection."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names = f"{self.before.name} → {self.layer.name}"
        made = _("{made} of {all}").format(made=self.made, all=self._rows * self._columns)
        details = [self.detail, made]
        if self.current is not None:
            seen = _names_of(self.layer.connections[self.current])
            details = [_("map {map}: {seen}").format(map=self.current + 1, seen=seen), *details]
        self.paint_title(painter, names, details, self.width())
        painter.setPen(Qt.PenStyle.NoPen)
        plain, marked = blend(self.theme.quiet, self.theme.ground, 0.25), QColor(self.theme.accent)
        track = QColor(self.theme.track)
        for column, maps in enumerate(self.layer.connections):
            for row in range(self._rows):
                box = self.cell_box(row, column)
                is_seen = row in maps
                radius = box.height() * (0.40 if is_seen else 0.16)
                painter.setBrush(
                    (marked if column in self._marked else plain) if is_seen else track
                )
                painter.drawEllipse(box.center(), radius, radius)


def _names_of(maps: Iterable[int]) -> str:
    """Maps as people count them."""
    return in_a_row([str(index + 1) for index in sorted(maps)])


class ConnectionLines(QWidget):
    """Lines over the network's panels; the pointer does not feel it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """No lines yet; parent: the widget over which they lie."""
        super().__init__(parent)
        self._lines: tuple[tuple[QRectF, QRectF], ...] = ()
        self._colour = QColor()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def lines(self) -> tuple[tuple[QRectF, QRectF], ...]:
        """The boxes that are joined."""
        return self._lines

    def join(self, lines: Iterable[tuple[QRectF, QRectF]], colour: str) -> None:
        """Draw a line from each first box to its second; none hides all."""
        self._lines = tuple(lines)
        self._colour = QColor(colour)
        self.setVisible(bool(self._lines))
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint each line as a curve that ends in a dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colour, 1.6))
        for start, end in self._lines:
            begin, finish = _facing(start, end), _facing(end, start)
            middle = (begin.x() + finish.x()) / 2
            path = QPainterPath(begin)
            path.cubicTo(QPointF(middle, begin.y()), QPointF(middle, finish.y()), finish)
            painter.drawPath(path)
            painter.setBrush(self._colour)
            painter.drawEllipse(finish, 2.5, 2.5)
            painter.setBrush(Qt.BrushStyle.NoBrush)


def _facing(box: QRectF, other: QRectF) -> QPointF:
    """The middle of the side of a box that faces another."""
    return QPointF(
        box.right() if box.center().x() < other.center().x() else box.left(), box.center().y()
    )
