"""How often each class was read as each: a square for each pair, its mistakes told by colour."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from digitpad.datasets import DIGITS
from digitpad.ui.images.answers import exact_percent
from digitpad.ui.style.panel import Panel
from digitpad.ui.style.theme import blend, colour_table, legible_on

Pair = tuple[int | None, int | None]
"""A class and an answer; None stands for all of them: the head of a column or of a row."""

EXPLANATION = (
    "Each row is a class, each column an answer. What was read rightly lies on the grey diagonal; "
    "the stronger a square's colour, the commoner that mistake. Choose a square to see its images."
)
_LEGEND_STEPS = 48
_LARGEST_CELL = 44
_LEAST_CELL_WITH_COUNT = 14


class ConfusionMatrix(Panel):
    """The counts with their heads, each a thing to click or to reach with the arrow keys.

    Attributes:
        reached: the pair that the keyboard is at.

    Signals:
        pair_chosen (object, object): a class and an answer, either None where all are meant.
    """

    pair_chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._classes: tuple[str, ...] = DIGITS
        self._counts = np.zeros((10, 10), np.int64)
        self._chosen: Pair = (None, None)
        self.reached: Pair = (None, None)
        self._pointed: Pair | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Confusion matrix")
        self._measure()
        self._tell()

    def show_counts(self, counts: np.ndarray, classes: tuple[str, ...]) -> None:
        """Show how often each class (row) was read as each (column), int (classes, classes)."""
        self._counts = counts
        if classes != self._classes:
            self._classes = classes
            self._chosen = self.reached = (None, None)
            self._measure()
        self._tell()
        self.update()

    def show_chosen(self, pair: Pair) -> None:
        """Mark the pair whose images are shown."""
        if pair != self._chosen:
            self._chosen = self.reached = pair
            self._tell()
            self.update()

    def describe(self, pair: Pair) -> str:
        """A pair with its count, in words."""
        label, answer = pair
        names, counts = self._classes, self._counts
        if label is None and answer is None:
            return "All images"
        if answer is None:
            total, right = int(counts[label].sum()), int(counts[label, label])
            return f"{names[label or 0]}: {right:,} of {total:,} read rightly, {exact_percent(right, total)}"
        if label is None:
            total, right = int(counts[:, answer].sum()), int(counts[answer, answer])
            return f"Read as {names[answer]}: {total:,}, of which {right:,} rightly"
        count = int(counts[label, answer])
        if label == answer:
            return f"{names[label]} read rightly: {count:,}"
        return f"{names[label]} read as {names[answer]}: {count:,}"

    def _tell(self) -> None:
        self.setAccessibleDescription(f"{self.describe(self.reached)}. {EXPLANATION}")

    # Geometry.

    def _names_turn(self, cell: float) -> bool:
        """Whether the columns' names are too long to stand side by side."""
        return self._longest_name() > cell - 2

    def _longest_name(self) -> float:
        metrics = self._metrics(12)
        return max((metrics.horizontalAdvance(name) for name in self._classes), default=0)

    def _metrics(self, pixels: float) -> QFontMetricsF:
        return QFontMetricsF(self.sized_font(pixels))

    def _heads(self, turned: bool) -> tuple[float, float]:
        """How wide the rows' heads are, and how high the columns'."""
        name = self._longest_name()
        return name + 10 * self.unit, (name + 8 * self.unit) if turned else 22 * self.unit

    def _measure(self) -> None:
        """Find the left and the top of the first square, and the side of each."""
        classes = max(1, len(self._classes))
        shares = self._metrics(10.5).horizontalAdvance("99.99 %") + 8 * self.unit
        for turned in (False, True):
            across, down = self._heads(turned)
            wide = self.width() - across - shares
            high = self.height() - 2 * self.title_height - down - self._legend_height()
            cell = math.floor(
                max(4.0, min(wide / classes, high / classes, _LARGEST_CELL * self.unit))
            )
            if turned or not self._names_turn(cell):
                break
        self._left, self._top, self._cell = (
            math.ceil(across),
            math.ceil(2 * self.title_height + down),
            cell,
        )
        self._turned = self._names_turn(cell)

    def set_unit(self, unit: float) -> None:
        super().set_unit(unit)
        self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()
        super().resizeEvent(event)

    def _legend_height(self) -> float:
        return 26 * self.unit

    def box(self, pair: Pair) -> QRectF:
        """Where a square or a head lies."""
        left, top, cell = self._left, self._top, self._cell
        label, answer = pair
        head = top - 2 * self.title_height
        x, width = (0.0, left) if answer is None else (left + answer * cell, cell)
        y, height = (top - head, head) if label is None else (top + label * cell, cell)
        return QRectF(x, y, width, height)

    def pair_at(self, place: QPoint) -> Pair | None:
        """The square or the head at a place, or None."""
        left, top, cell = self._left, self._top, self._cell
        classes = len(self._classes)
        column = math.floor((place.x() - left) / cell)
        row = math.floor((place.y() - top) / cell)
        if (
            place.x() < 0
            or column >= classes
            or row >= classes
            or place.y() < 2 * self.title_height
        ):
            return None
        return (row if row >= 0 else None), (column if column >= 0 else None)

    # Choosing.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        pair = self.pair_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and pair is not None:
            self._move_to(pair)
            self._choose(pair)

    def _choose(self, pair: Pair) -> None:
        """Choosing what is chosen already lets it go."""
        self.pair_chosen.emit(*((None, None) if pair == self._chosen else pair))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        last = len(self._classes) - 1
        # The heads lie before the first row and column.
        row, column = (-1 if at is None else at for at in self.reached)
        targets = {
            Qt.Key.Key_Left: (row, column - 1),
            Qt.Key.Key_Right: (row, column + 1),
            Qt.Key.Key_Up: (row - 1, column),
            Qt.Key.Key_Down: (row + 1, column),
            Qt.Key.Key_Home: (row, 0),
            Qt.Key.Key_End: (row, last),
            Qt.Key.Key_PageUp: (0, column),
            Qt.Key.Key_PageDown: (last, column),
        }
        if key in targets:
            row, column = (min(max(at, -1), last) for at in targets[key])
            self._move_to((None if row < 0 else row, None if column < 0 else column))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.reached)
        else:
            super().keyPressEvent(event)

    def _move_to(self, pair: Pair) -> None:
        self.reached = pair
        self._tell()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.pair_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)
        super().leaveEvent(event)

    def _point(self, pair: Pair | None) -> None:
        if pair != self._pointed:
            self._pointed = pair
            self.setCursor(
                Qt.CursorShape.ArrowCursor if pair is None else Qt.CursorShape.PointingHandCursor
            )
            self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            pair = self.pair_at(event.pos())
            QToolTip.showText(
                event.globalPos(), EXPLANATION if pair is None else self.describe(pair), self
            )
            return True
        return super().event(event)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_title(
            painter, "Confusion matrix", "rows: what it is, columns: what was read", self.width()
        )
        self._paint_subtitle(painter)
        left, top, cell = self._left, self._top, self._cell
        worst = self._worst()
        colours = colour_table(self.theme.paper, self.theme.accent, count=_LEGEND_STEPS + 1)
        self._paint_heads(painter)
        for pair in product(range(len(self._classes)), range(len(self._classes))):
            painter.fillRect(
                self.box(pair).adjusted(0, 0, -1, -1), self._fill(pair, worst, colours)
            )
        for is_right in (True, False):
            self._paint_counts(painter, is_right, worst, colours)
        self._paint_shares(painter, left + len(self._classes) * cell, top, cell)
        self._paint_marks(painter)
        self._paint_legend(painter, top + len(self._classes) * cell, left, worst, colours)

    def _worst(self) -> int:
        """How often the commonest mistake was made."""
        return int((self._counts * (1 - np.eye(len(self._counts), dtype=np.int64))).max(initial=0))

    def _paint_subtitle(self, painter: QPainter) -> None:
        """What is pointed at or where the keyboard is, or what is chosen."""
        pair = self._pointed or (self.reached if self.hasFocus() else self._chosen)
        text = self.describe(pair) if pair != (None, None) else "Choose a square to see its images."
        painter.setFont(self.sized_font(12))
        painter.setPen(QColor(self.theme.quiet))
        box = QRectF(0, self.title_height, self.width(), self.title_height)
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, text)

    def _paint_heads(self, painter: QPainter) -> None:
        painter.setFont(self.sized_font(12))
        gap = 5 * self.unit
        for index, name in enumerate(self._classes):
            label, answer = self._chosen
            painter.setPen(QColor(self.theme.accent if label == index else self.theme.text))
            row = self.box((index, None)).adjusted(0, 0, -gap, 0)
            painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)
            painter.setPen(QColor(self.theme.accent if answer == index else self.theme.text))
            head = self.box((None, index))
            if not self._turned:
                painter.drawText(head, Qt.AlignmentFlag.AlignCenter, name)
                continue
            painter.save()
            painter.translate(head.center().x(), head.bottom() - gap)
            painter.rotate(-90)
            turned_box = QRectF(0, -head.width() / 2, head.height(), head.width())
            painter.drawText(
                turned_box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name
            )
            painter.restore()

    def _fill(self, pair: tuple[int, int], worst: int, colours: list[int]) -> QColor:
        """A square's colour."""
        if pair[0] == pair[1]:
            return QColor(self.theme.track)
        strength = math.sqrt(int(self._counts[pair]) / worst) if worst else 0.0
        return QColor.fromRgb(colours[round(strength * _LEGEND_STEPS)])

    def _paint_counts(
        self, painter: QPainter, is_right: bool, worst: int, colours: list[int]
    ) -> None:
        """The numbers of the diagonal, or those beside it; none where the squares are too small."""
        if self._cell < _LEAST_CELL_WITH_COUNT:
            return
        painter.setFont(
            self.sized_font(min(11.0, self._cell * 0.40 / self.unit), bold=not is_right)
        )
        for pair in product(range(len(self._classes)), range(len(self._classes))):
            if self._counts[pair] and (pair[0] == pair[1]) is is_right:
                fill = self._fill(pair, worst, colours)
                inks = (
                    (self.theme.quiet,) if is_right else (self.theme.text, self.theme.accent_text)
                )
                painter.setPen(legible_on(fill, *inks))
                inner = self.box(pair).adjusted(0, 0, -1, -1)
                painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, str(self._counts[pair]))

    def _paint_shares(self, painter: QPainter, left: float, top: float, cell: float) -> None:
        """Beside each row, how much of its class was read rightly."""
        painter.setFont(self.sized_font(10.5))
        painter.setPen(QColor(self.theme.quiet))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for index in range(len(self._classes)):
            total = int(self._counts[index].sum())
            if total:
                share = exact_percent(int(self._counts[index, index]), total)
                box = QRectF(left + 6 * self.unit, top + index * cell, self.width() - left, cell)
                painter.drawText(box, flags, share)

    def _paint_marks(self, painter: QPainter) -> None:
        """Frames around what is chosen, pointed at, and where the keyboard is."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._pointed is not None:
            painter.setPen(QPen(blend(self.theme.quiet, self.theme.paper, 0.3), 1))
            painter.drawRect(self.box(self._pointed).adjusted(0, 0, -1, -1))
        if self._chosen != (None, None):
            left, top, cell = self._left, self._top, self._cell
            label, answer = self._chosen
            span = len(self._classes) * cell
            x, width = (left, span) if answer is None else (left + answer * cell, cell)
            y, height = (top, span) if label is None else (top + label * cell, cell)
            painter.setPen(QPen(QColor(self.theme.text), 2))
            painter.drawRect(QRectF(x, y, width, height).adjusted(-0.5, -0.5, -0.5, -0.5))
        if self.hasFocus():
            painter.setPen(QPen(QColor(self.theme.accent), 2, Qt.PenStyle.DotLine))
            painter.drawRect(self.box(self.reached).adjusted(-1, -1, 0, 0))

    def _paint_legend(
        self, painter: QPainter, top: float, left: float, worst: int, colours: list[int]
    ) -> None:
        """none ▆▆▆ worst, the colours of the mistakes; ▆ read rightly."""
        painter.setFont(self.sized_font(10.5))
        metrics = painter.fontMetrics()
        painter.setPen(QColor(self.theme.quiet))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        gap = 5 * self.unit
        below = QRectF(0, top + self._legend_height() + 2 * self.unit, self.width(), self.height())
        wrapped = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        if painter.boundingRect(below, wrapped, EXPLANATION).bottom() <= self.height():
            painter.drawText(below, wrapped, EXPLANATION)
        swatch = QRectF(left, top + 9 * self.unit, 10 * self.unit, 10 * self.unit)
        painter.fillRect(swatch, QColor(self.theme.track))

        def write(x: float, text: str) -> float:
            painter.drawText(
                QRectF(x, swatch.y() - 8, self.width() - x, swatch.height() + 16), flags, text
            )
            return x + metrics.horizontalAdvance(text) + gap

        x = write(swatch.right() + gap, "read rightly") + 2 * gap
        if not worst:
            return
        x = write(x, "mistakes, from 0")
        width = 60 * self.unit
        steps = [QColor.fromRgb(colour) for colour in colours]
        for step, colour in enumerate(steps):
            # The numbers grow evenly along the legend, the colours as the squares' do.
            colour = steps[round(math.sqrt(step / _LEGEND_STEPS) * _LEGEND_STEPS)]
            painter.fillRect(
                QRectF(
                    x + step * width / len(steps),
                    swatch.y(),
                    width / len(steps) + 0.5,
                    swatch.height(),
                ),
                colour,
            )
        painter.drawRect(QRectF(x, swatch.y(), width, swatch.height()))
        write(x + width + gap, f"to {worst:,}")
