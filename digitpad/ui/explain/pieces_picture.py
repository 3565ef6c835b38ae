"""The pieces of a drawing, each in its colour, to be pointed at and taken away."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from digitpad.core.languages import _
from digitpad.explain.pieces import ink_without
from digitpad.explain.results import Piece
from digitpad.ink.drawing import PAD_SIZE, Mark
from digitpad.ui.explain.pieces_tint import PiecesTint
from digitpad.ui.pad.tint import paint_sign, tinted
from digitpad.ui.style.panel import Panel, Role
from digitpad.ui.style.theme import Theme

_NEAR = 8.0
"""In pad units: how far beside its ink a piece can be pointed at."""
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}
_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_SMALLEST_SIGN = 6.0


def piece_at(pieces: Sequence[Piece], x: float, y: float) -> int:
    """The piece nearest to a place on the pad, of those that are near enough; -1 for none."""
    nearest, found = _NEAR, -1
    for number, piece in enumerate(pieces):
        if piece.stroke is None:
            left, top, right, bottom = piece.box
            distance = 0.0 if left <= x < right and top <= y < bottom else np.inf
        else:
            distance = _distance(piece, x, y) - piece.stroke.width / 2
        if distance < nearest:
            nearest, found = distance, number
    return found


def _distance(piece: Piece, x: float, y: float) -> float:
    """From a place to a piece's line."""
    starts, place = piece.line[:-1, :2], np.array([x, y])
    if not len(starts):
        return float(np.hypot(*(piece.line[0, :2] - place)))
    legs = np.diff(piece.line[:, :2], axis=0)
    lengths = np.maximum((legs**2).sum(axis=1), 1e-9)
    along = (((place - starts) * legs).sum(axis=1) / lengths).clip(0, 1)
    return float(np.hypot(*(starts + along[:, None] * legs - place).T).min())


class PiecesPicture(Panel):
    """A drawing in colours, piece by piece.

    Attributes:
        current: the piece that is pointed at, or that the keys are at; -1 for none.

    Signals:
        pointed_at: ``current`` is another.
        taken (int): this piece is to be taken away, or brought back.
    """

    spoken_role = Role.Graphic

    pointed_at = Signal()
    taken = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """No drawing yet."""
        super().__init__(parent)
        self.current = -1
        self._marks: tuple[Mark, ...] = ()
        self._pieces: tuple[Piece, ...] = ()
        self._shares: tuple[float, ...] = ()
        self._removed: frozenset[int] = frozenset()
        self._image: QImage | None = None
        self._has_keys = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Pieces of the drawing"))

    def show_pieces(
        self,
        marks: tuple[Mark, ...],
        pieces: tuple[Piece, ...],
        shares: Sequence[float],
        removed: frozenset[int],
    ) -> None:
        """Show a drawing's pieces. shares: of each, in [-1, 1]. removed: those taken away."""
        self._marks, self._pieces = marks, pieces
        self._shares, self._removed = tuple(shares), removed
        self._image = None
        if self.current >= len(pieces):
            self.point_at(-1)
        self.update()

    def point_at(self, number: int) -> None:
        """Make this piece the current one; -1 for none."""
        if number != self.current:
            self.current = number
            self.pointed_at.emit()
            self.update()

    # Pointer and keys.

    def _square(self) -> QRectF:
        side = min(self.width(), self.height()) - 2.0
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def _at(self, position: QPointF) -> int:
        square = self._square()
        unit = PAD_SIZE / max(1.0, square.width())
        at = (position - square.topLeft()) * unit
        return piece_at(self._pieces, at.x(), at.y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell of the piece under the pointer."""
        number = self._at(event.position())
        if number >= 0 or not self._has_keys:
            self.point_at(number)
        is_piece = self.current >= 0
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if is_piece else Qt.CursorShape.ArrowCursor
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell of the piece under the pointer, or finger."""
        self._has_keys = False
        self.point_at(self._at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the piece that was pressed."""
        number = self._at(event.position())
        is_same = number >= 0 and number == self.current
        if event.button() == Qt.MouseButton.LeftButton and is_same:
            self.taken.emit(number)

    def leaveEvent(self, event: QEvent) -> None:
        """No piece is pointed at any more."""
        if not self._has_keys:
            self.point_at(-1)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk along the pieces, or take one."""
        key = Qt.Key(event.key())
        if key in _STEPS and self._pieces:
            self._has_keys = True
            step, count = _STEPS[key], len(self._pieces)
            first = 0 if step > 0 else count - 1
            self.point_at(first if self.current < 0 else (self.current + step) % count)
        elif key in _TAKE and self.current >= 0:
            self.taken.emit(self.current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys are here."""
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._has_keys = True
            if self.current < 0 and self._pieces:
                self.point_at(0)
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys are elsewhere."""
        if self._has_keys:
            self._has_keys = False
            self.point_at(-1)
        self.update()
        super().focusOutEvent(event)

    def cursor_box(self) -> QRectF | None:
        """The piece that is pointed at."""
        if self.current < 0:
            return None
        square = self._square()
        return self._outline(self.current, square, square.width() / PAD_SIZE).boundingRect()

    # Painting.

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._image = None
        super().set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw it as large as there is room."""
        self._image = None
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ink, the signs, what was taken away, and the current piece's outline."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        square, theme = self._square(), self.theme
        painter.setPen(QPen(QColor(theme.accent if self._has_keys else theme.line), 1))
        painter.setBrush(QColor(theme.paper))
        painter.drawRoundedRect(square, 6, 6)
        if not self._pieces:
            return
        tint = PiecesTint(self._pieces, self._shares, self._removed)
        if self._image is None:
            self._image = self._drawn(tint, square)
        inside = square.adjusted(2, 2, -2, -2)
        ratio = self._image.width() / square.width()
        source = QRectF(2 * ratio, 2 * ratio, inside.width() * ratio, inside.height() * ratio)
        painter.drawImage(inside, self._image, source)
        unit = square.width() / PAD_SIZE
        for (left, top, width, height), share in tint.signs():
            cell = QRectF(left * unit, top * unit, width * unit, height * unit)
            if width * unit >= _SMALLEST_SIGN:
                paint_sign(painter, theme, cell.translated(square.topLeft()), share)
        for number in self._removed:
            pen = QPen(QColor(theme.quiet), 1.2, Qt.PenStyle.DashLine)
            painter.strokePath(self._outline(number, square, unit), pen)
        if self.current >= 0:
            painter.strokePath(
                self._outline(self.current, square, unit), QPen(QColor(theme.text), 2)
            )

    def _drawn(self, tint: PiecesTint, square: QRectF) -> QImage:
        scale = max(1.0, square.width() * self.devicePixelRatioF()) / PAD_SIZE
        ink = ink_without(self._marks, self._pieces, self._removed, scale)
        cover = ink.astype(np.float32) / np.float32(255)
        return tinted(self.theme, cover, tint.shares(cover))

    def _outline(self, number: int, square: QRectF, unit: float) -> QPainterPath:
        """The edge of a piece's ink, or of its patch."""
        piece = self._pieces[number]
        path = QPainterPath()
        if piece.stroke is None:
            left, top, right, bottom = (edge * unit for edge in piece.box)
            path.addRect(QRectF(left, top, right - left, bottom - top))
            return path.translated(square.topLeft())
        points = [QPointF(x * unit, y * unit) for x, y in piece.line[:, :2].tolist()]
        path.moveTo(points[0])
        for point in points[1:] or [points[0] + QPointF(0.01, 0)]:
            path.lineTo(point)
        stroker = QPainterPathStroker()
        pressure = float(piece.line[:, 2].mean())
        stroker.setWidth((piece.stroke.width * (0.5 + pressure)) * unit + 2)
        stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
        stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return stroker.createStroke(path).simplified().translated(square.topLeft())
