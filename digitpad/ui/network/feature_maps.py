"""A layer that is worked with: its units are pointed at, pinned and walked through."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QScrollEvent,
    QScrollPrepareEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from digitpad.core.languages import _
from digitpad.core.results import LayerInfo, LayerKind
from digitpad.ui.network.layer_picture import LayerPicture
from digitpad.ui.network.square_grid import Square
from digitpad.ui.network.unit_marks import unit_box
from digitpad.ui.network.walking import first_unit, walked
from digitpad.ui.network.words import layer_in_words
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.scrolling import offer_scrolling

_WHEEL_STEP = 120
_WITHOUT_KERNELS = (
    LayerKind.POOLING_AVERAGE,
    LayerKind.POOLING_MAX,
    LayerKind.ACTIVATION,
    LayerKind.SUBSAMPLING,
)


class FeatureMaps(LayerPicture):
    """A layer's picture that answers pointer, wheel and keys; the wheel shows maps that had no
    room.

    Signals:
        unit_hovered (object): (map, row, column) under the pointer or the keyboard's cursor, or
            None where it left.
        unit_pinned (object, bool): (map, row, column) of a unit that shall be kept in view; whether
            at once, or a second click may still follow.
        size_toggled (): a double click, Enter, or a click on the title asked to see the layer
            large, or as it was.
        layer_wanted (int): the keyboard shall go so many layers further.
        kernels_wanted (): the menu asked for the layer's kernels.
        picture_wanted (): the menu asked to save a picture of the layer.
        scrolled (int): another row of maps is the first that is seen.
    """

    unit_hovered = Signal(object)
    unit_pinned = Signal(object, bool)
    size_toggled = Signal()
    layer_wanted = Signal(int)
    kernels_wanted = Signal()
    picture_wanted = Signal()
    scrolled = Signal(int)

    def __init__(
        self,
        layer: LayerInfo,
        columns: int | None = None,
        parent: QWidget | None = None,
        unit_rows: int | None = None,
        names: Sequence[str] = (),
    ) -> None:
        """As LayerPicture takes them."""
        super().__init__(layer, columns, parent, unit_rows, names)
        self._wheel = 0
        self._pressed: QPoint | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def point_from(self, unit: Square, is_pinned: bool) -> None:
        """Take the keyboard's cursor over at a unit, which is pinned or only pointed at."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._go_to(unit, is_pinned)

    def point_nowhere(self) -> None:
        """No unit is pointed at until the pointer moves."""
        self._mark(None)

    def scroll_to(self, row: int) -> None:
        """Let a row of maps be the first that is seen, as far as there are any."""
        self._scroll_by(row - self.squares.first_row)

    def _on_scrolled(self) -> None:
        super()._on_scrolled()
        self.scrolled.emit(self.squares.first_row)

    def _go_to(self, unit: Square, is_pinned: bool) -> None:
        self._show_map(unit[0])
        if is_pinned:
            self._mark(None)
            self.unit_pinned.emit(unit, True)
        else:
            self._mark(unit)
        announce(self, self.spoken_place())

    def _mark(self, unit: Square | None) -> None:
        """Mark another unit, or none, and say which."""
        if unit != self._marked:
            super()._mark(unit)
            self.unit_hovered.emit(unit)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click begins."""
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = event.position().toPoint() if is_left else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click pins the unit that is pointed at; one on the title asks for another size."""
        pressed, self._pressed = self._pressed, None
        at = event.position().toPoint()
        if pressed is None or not self.rect().contains(at):
            return
        if max(pressed.y(), at.y()) < self.title_height:
            self.size_toggled.emit()
            return
        unit = self.unit_at(at)
        if unit is not None and unit == self.unit_at(pressed):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.unit_pinned.emit(unit, False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click asks to see the layer large, or as it was."""
        self._pressed = None
        if event.button() == Qt.MouseButton.LeftButton:
            self.size_toggled.emit()

    def menu(self) -> QMenu:
        """What can be done with the layer."""
        menu = QMenu(self)
        menu.addAction(_("Show it large, or all layers"), self.size_toggled.emit)
        kernels = menu.addAction(_("Its kernels"), self.kernels_wanted.emit)
        kernels.setEnabled(self.layer.layer_kind not in _WITHOUT_KERNELS)
        menu.addAction(_("Save a picture of it…"), self.picture_wanted.emit)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A right click, or a finger that rests, opens the layer's menu."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the unit that is pointed at."""
        self._mark(self.unit_at(event.position().toPoint()))

    def cursor_box(self) -> QRectF:
        """The unit that the keyboard is at, or else the title."""
        at = self.cursor_unit
        if at is None:
            return QRectF(0, 0, self.width(), self.title_height)
        return unit_box(self.squares, at[0])

    def leaveEvent(self, event: QEvent) -> None:
        """No unit is pointed at any more."""
        self._mark(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A notch of the wheel scrolls by a row of maps."""
        self._wheel += event.angleDelta().y()
        steps = int(self._wheel / _WHEEL_STEP)
        self._wheel -= steps * _WHEEL_STEP
        self._scroll_by(-steps)

    @property
    def _row_height(self) -> float:
        """By how much a finger moves to scroll by a row of maps."""
        return self.map_box(self.shown.start).height()

    @property
    def cursor_unit(self) -> tuple[Square, bool] | None:
        """The unit that the keyboard is at, and whether it is pinned; None where it is at none."""
        at = self._marked if self._pinned is None else self._pinned
        return None if at is None else (at, at == self._pinned)

    def spoken_place(self) -> str:
        """The unit that the keyboard is at, in words; "" where it is at none."""
        at = self.cursor_unit
        return "" if at is None else self.describe(at[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys walk from unit to unit, with Ctrl from map to map, Page keys from layer to
        layer; Space pins the unit, Enter asks for another size, Home and End scroll."""
        key, grid = event.key(), self._grid
        at, first = self.cursor_unit, first_unit(grid)
        further = walked(grid, at[0] if at else first, event)
        if further is not None:
            # The first key shows where the cursor is.
            self._go_to(*((further, at[1]) if at else (first, False)))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.layer_wanted.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Space:
            self._go_to(self._marked or (at[0] if at else first), True)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.size_toggled.emit()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._scroll_by(grid.maps if key == Qt.Key.Key_End else -grid.maps)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard's cursor leaves with the keyboard."""
        if not self.underMouse():
            self._mark(None)
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tool tips name units with their values, and say what the layer does; a finger scrolls
        maps that had no room."""
        if isinstance(event, QScrollPrepareEvent):
            step = QPointF(0, self._row_height)
            offer_scrolling(event, self, step, self.squares.first_row, self.squares.last_row)
            return True
        if isinstance(event, QScrollEvent):
            self.scroll_to(round(event.contentPos().y() / self._row_height))
            return True
        if isinstance(event, QHelpEvent):
            unit = self.unit_at(event.pos())
            if unit is not None:
                QToolTip.showText(event.globalPos(), self.describe(unit), self)
            elif event.pos().y() < self.title_height:
                QToolTip.showText(
                    event.globalPos(), layer_in_words(self.layer, self._undefined), self
                )
            else:
                QToolTip.hideText()
            return True
        return super().event(event)
