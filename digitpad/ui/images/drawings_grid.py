"""The grid of My drawings, in which several may be selected."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from digitpad.core.languages import _, ngettext
from digitpad.ui.images.grid_walking import walked
from digitpad.ui.images.image_grid import ImageGrid
from digitpad.ui.style.announcing import announce

_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class DrawingsGrid(ImageGrid):
    """Ctrl and a click, or Ctrl and Space, select one more or one less; Shift and a click, or Shift
    and the arrow keys, all between; Ctrl+A all that are shown. A finger does the first while
    ``takes_several``; resting, it opens the menu, as a right click and the menu key do.

    Attributes:
        takes_several: a click alone selects one more or one less.
        menu_actions: what the menu has besides selecting.

    Signals:
        selection_changed (): others are selected.
    """

    selection_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is shown or selected yet."""
        super().__init__(parent)
        self.takes_several = False
        self.menu_actions: Sequence[QAction] = ()
        self._several: frozenset[int] = frozenset()
        self._start: int | None = None
        self.current_changed.connect(self.selection_changed)

    @property
    def selected(self) -> tuple[int, ...]:
        """Those that are selected and shown, in their order: several, or the current one alone."""
        several = self._several or frozenset(() if self.current is None else (self.current,))
        return tuple(image for image in self.shown.tolist() if image in several)

    @property
    def has_several(self) -> bool:
        """Whether more is selected than the current one."""
        return bool(self._several)

    def select_several(self, images: Sequence[int]) -> None:
        """Select these besides none; the current one alone where there are none."""
        self._set_several(frozenset(images))

    def _set_several(self, several: frozenset[int]) -> None:
        if several != self._several:
            self._several = several
            self.viewport().update()
            self.selection_changed.emit()
            if self.hasFocus():
                announce(self, self._count_words())

    def _count_words(self) -> str:
        n = len(self._several)
        text = ngettext("{n} drawing is selected.", "{n} drawings are selected.", n)
        return text.format(n=n) if n else ""

    def spoken_place(self) -> str:
        """The current one in words, and of several how many are selected."""
        place, count = super().spoken_place(), self._count_words()
        return _("{first}. {second}").format(first=place, second=count) if count else place

    # Selecting.

    def _take(self, position: int, held: Qt.KeyboardModifier) -> None:
        """Select what a click at a position of the grid says."""
        before, image = self.current, int(self.shown[position])
        if held & _SHIFT:
            self._reach(position)
        elif held & _CTRL or self.takes_several:
            self._start = position
            own = self._several or frozenset(() if before is None else (before,))
            # What is alone so far and clicked again stays.
            self._select(position)
            self._set_several(own ^ {image} or frozenset({image}))
        else:
            self._start = position
            self._select(position)
            self._set_several(frozenset())
        self._reveal()

    def _reach(self, position: int) -> None:
        """Select all from where a selection began."""
        start = self._position() if self._start is None else self._start
        start = self._start = position if start is None else min(start, len(self.shown) - 1)
        first, last = sorted((start, position))
        self._select(position)
        self._set_several(frozenset(self.shown[first : last + 1].tolist()))

    def _turn(self) -> None:
        """Select the current one too, or leave it out."""
        if self.current is not None:
            self._start = self._position()
            self._set_several(self._several ^ {self.current})

    def _select_all(self) -> None:
        self._set_several(frozenset(self.shown.tolist()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click selects, as its keys say."""
        image = self.image_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and image is not None:
            self._take(int(np.flatnonzero(self.shown == image)[0]), event.modifiers())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys select; with Shift all on the way, with Ctrl nothing, until Space does."""
        position, held = self._position(), event.modifiers()
        height = round(self.viewport().height() * self.devicePixelRatioF())
        to = walked(self.lattice, position, Qt.Key(event.key()), height)
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self._select_all()
        elif event.key() == Qt.Key.Key_Space:
            self._turn()
        elif to is None or not held & (_SHIFT | _CTRL):
            is_step = to is not None
            super().keyPressEvent(event)
            if is_step and not self.takes_several:
                self._start = self._position()
                self._set_several(frozenset())
        else:
            if held & _SHIFT:
                self._reach(to)
            else:
                if not self._several and self.current is not None:
                    self._set_several(frozenset({self.current}))
                self._select(to)
            self._reveal()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the drawing that lies there and with those selected."""
        image = self.image_at(event.pos())
        if image is None:
            return
        if image not in self.selected:
            self._take(int(np.flatnonzero(self.shown == image)[0]), Qt.KeyboardModifier.NoModifier)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(list(self.menu_actions))
        menu.addSeparator()
        menu.addAction(_("Select all that are shown"), self._select_all)
        menu.popup(event.globalPos())

    # Painting.

    def _paint_mark(self, painter: QPainter, image: int, around: QRectF) -> None:
        """Mark each of several too, and where the keyboard is among them."""
        if image in self._several:
            self._cells.paint_chosen(painter, around)
        super()._paint_mark(painter, image, around)
