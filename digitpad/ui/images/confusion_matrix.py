"""How often each class was read as each: a square for each pair, its mistakes told by colour."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from digitpad.core.languages import _
from digitpad.datasets import DIGITS
from digitpad.ui.images.matrix_geometry import ALL, MatrixGeometry, Pair, Room
from digitpad.ui.images.matrix_painting import Marks, MatrixPainter
from digitpad.ui.images.words import MATRIX_EXPLANATION, MATRIX_HINT, pair_in_words
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.panel import Panel, Role

_LONGEST_SHARE = "100.00 %"
_REASONS = Qt.FocusReason
_BY_KEYBOARD = (
    _REASONS.TabFocusReason,
    _REASONS.BacktabFocusReason,
    _REASONS.ShortcutFocusReason,
)
_CAME_BACK = (_REASONS.ActiveWindowFocusReason, _REASONS.PopupFocusReason)


class ConfusionMatrix(Panel):
    """The counts with their heads, each a thing to click or to reach with the arrow keys.

    Attributes:
        reached: the pair that the keyboard is at.
        chosen: the pair whose images are shown.

    Signals:
        pair_chosen (object, object): a class and an answer, either None where all are meant.
    """

    spoken_role = Role.Chart

    pair_chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Ten digits, of which none is read yet."""
        super().__init__(parent)
        self._classes: tuple[str, ...] = DIGITS
        self._counts: npt.NDArray[np.int64] = np.zeros((10, 10), np.int64)
        self.chosen: Pair = ALL
        self.reached: Pair = ALL
        self._pointed: Pair | None = None
        self._is_keyboard_at_work = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Confusion matrix"))
        self.setAccessibleDescription(_(MATRIX_EXPLANATION))
        self._measure()

    def show_counts(self, counts: npt.NDArray[np.int64], classes: tuple[str, ...]) -> None:
        """Show how often each class (row) was read as each (column), int64 (classes, classes).
        Other classes than before let go what was chosen."""
        self._counts = counts
        if classes != self._classes:
            self._classes = classes
            self.chosen = self.reached = ALL
            self._pointed = None
            self._measure()
        self.update()

    def show_chosen(self, pair: Pair) -> None:
        """Mark the pair whose images are shown; the keyboard goes on from there, and from where
        it was once all are shown."""
        if pair != self.chosen:
            self.chosen = pair
            if pair != ALL:
                self.reached = pair
                self.update()

    def describe(self, pair: Pair) -> str:
        """A pair with its count, in words."""
        return pair_in_words(pair, self._counts, self._classes)

    def spoken_place(self) -> str:
        """The pair that the keyboard is at, in words."""
        return self.describe(self.reached)

    # Geometry.

    def _measure(self) -> None:
        """Find where the squares lie, for this size, these names and this unit."""
        names = QFontMetricsF(self.sized_font(12))
        shares = QFontMetricsF(self.sized_font(10.5))
        room = Room(
            width=self.width(),
            height=self.height(),
            title=2 * self.title_height,
            name=max(map(names.horizontalAdvance, self._classes), default=0.0),
            share=shares.horizontalAdvance(_LONGEST_SHARE),
            unit=self.unit,
        )
        self._geometry = MatrixGeometry.fitted(len(self._classes), room)

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find where the squares lie in the new size."""
        self._measure()
        super().resizeEvent(event)

    def box(self, pair: Pair) -> QRectF:
        """Where a square or a head lies."""
        return self._geometry.box(pair)

    def pair_at(self, place: QPoint) -> Pair | None:
        """The square or the head at a place, or None."""
        return self._geometry.pair_at(place)

    def cursor_box(self) -> QRectF:
        """Where the keyboard is."""
        return self.box(self.reached)

    # Choosing.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses a square or a head."""
        self._is_keyboard_at_work = False
        pair = self.pair_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and pair is not None:
            self._move_to(pair)
            self._choose(pair)

    def _choose(self, pair: Pair) -> None:
        """Choosing what is chosen already lets it go."""
        self.pair_chosen.emit(*(ALL if pair == self.chosen else pair))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go from square to square, Enter and Space choose."""
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
            self._is_keyboard_at_work = True
            row, column = (min(max(at, -1), last) for at in targets[key])
            self._move_to((None if row < 0 else row, None if column < 0 else column))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._is_keyboard_at_work = True
            self._choose(self.reached)
        else:
            super().keyPressEvent(event)

    def _move_to(self, pair: Pair) -> None:
        """The keyboard is at another pair."""
        self.reached = pair
        announce(self, self.spoken_place())
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the keyboard's place only where the keyboard brought the focus."""
        if event.reason() not in _CAME_BACK:
            self._is_keyboard_at_work = event.reason() in _BY_KEYBOARD
        super().focusInEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Frame what is pointed at."""
        self._point(self.pair_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        self._point(None)
        super().leaveEvent(event)

    def _point(self, pair: Pair | None) -> None:
        """Another pair is pointed at, or none."""
        if pair != self._pointed:
            self._pointed = pair
            self.setCursor(
                Qt.CursorShape.ArrowCursor if pair is None else Qt.CursorShape.PointingHandCursor
            )
            self.update()

    def event(self, event: QEvent) -> bool:
        """Tool tips say what a square counts."""
        if isinstance(event, QHelpEvent):
            pair = self.pair_at(event.pos())
            tip = _(MATRIX_EXPLANATION) if pair is None else self.describe(pair)
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)

    # Painting.

    @property
    def _is_at_keyboard(self) -> bool:
        """Whether the keyboard's place is marked: not where the mouse brought the focus."""
        return self.hasFocus() and self._is_keyboard_at_work

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint titles, squares and legend."""
        painter = QPainter(self)
        detail = _("rows: what it is, columns: what was read")
        self.paint_title(painter, _("Confusion matrix"), detail, self.width())
        self._paint_subtitle(painter)
        reached = self.reached if self._is_at_keyboard else None
        marks = Marks(self.chosen, self._pointed, reached)
        MatrixPainter(painter, self, self._geometry, self._counts, self._classes).paint(marks)

    def _paint_subtitle(self, painter: QPainter) -> None:
        """What is pointed at or where the keyboard is, or what is chosen."""
        pair = self._pointed or (self.reached if self._is_at_keyboard else self.chosen)
        text = _(MATRIX_HINT) if pair == ALL else self.describe(pair)
        painter.setFont(self.sized_font(12))
        painter.setPen(QColor(self.theme.quiet))
        box = QRectF(0, self.title_height, self.width(), self.title_height)
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, text)
