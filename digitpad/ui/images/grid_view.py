"""Thousands of labelled images as a scrolling grid, of which only what is seen is painted: what
there is, where it lies, and how it looks."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from digitpad.core.constants import FIELD
from digitpad.core.languages import _
from digitpad.ui.images.answers import Answers
from digitpad.ui.images.cell_painting import CellPainter
from digitpad.ui.images.grid_geometry import GridGeometry
from digitpad.ui.images.image_sheet import ImageSheet
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.glide import Glide
from digitpad.ui.style.theme import Theme

_NOTCH = 120


class GridView(QAbstractScrollArea):
    """Each image over its class, a mistake framed and marked with what it was read as, one not yet
    read pale.

    Attributes:
        shown: the images in the grid, int64 indices, in their order.
        current: the image that is selected, or None.
        enlargement: the device pixels of one of an image's own.
        lattice: where the cells lie, in device pixels, scrolled to the top.

    Signals:
        current_changed: another image is selected, or none.
    """

    spoken_role = QAccessible.Role.Graphic

    current_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """No images yet."""
        super().__init__(parent)
        self.shown = np.zeros(0, np.int64)
        self.current: int | None = None
        self._digits = np.zeros((0, FIELD, FIELD), np.uint8)
        self._answers: Answers | None = None
        self._describe: Callable[[int], str] = str
        self._emptiness = ""
        self.lattice = GridGeometry(0, 1, 1, 1, 1)
        self.enlargement = 1
        self._painted = (b"", b"")
        self._cells = CellPainter()
        self._glide = Glide(self.verticalScrollBar(), self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Test images"))
        self._sheet = ImageSheet(self._cells.theme)
        # All of it is painted here, so that scrolling may move what is painted already.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # What is shown.

    def show_images(
        self,
        digits: npt.NDArray[np.uint8],
        classes: tuple[str, ...],
        answers: Answers,
        describe: Callable[[int], str],
    ) -> None:
        """Show other images, uint8 (n, 28, 28), all of them, none selected. answers: is looked
        at whenever the grid is painted. describe: an image in words, for its tool tip and for
        screen readers."""
        self._digits, self._answers, self._describe = digits, answers, describe
        self._cells.classes = classes
        self.current = None
        self.shown = np.arange(len(digits))
        self._measure()
        self.scroll_to(0)
        self.current_changed.emit()

    def show_answers(self, answers: Answers) -> None:
        """Other answers to the same images, which stay where they are."""
        self._answers = answers
        self.viewport().update()

    def show_chosen(self, indices: npt.NDArray[np.int64], from_top: bool = False) -> None:
        """Show these images in this order. What was selected stays so, in sight, where it is among
        them; otherwise, and where they are to be seen from the top, the first is selected."""
        self.shown = indices
        self._measure()
        if from_top or self._position() is None:
            self._select(0 if len(indices) else None)
        self.scroll_to(0)
        self._reveal()

    def grow(self, indices: npt.NDArray[np.int64]) -> None:
        """As show_chosen, without scrolling or selecting: answers have come, and more or others
        are among them. What was selected stays so, shown or not."""
        self.shown = indices
        self._measure()
        if self._seen() != self._painted:
            self.viewport().update()

    def _seen(self) -> tuple[bytes, bytes]:
        """The images that are seen and their answers."""
        top, height = self._top(), math.ceil(self.viewport().height() * self.devicePixelRatioF())
        seen = self.lattice.seen(top, height)
        images = self.shown[seen.start : seen.stop]
        answers = b"" if self._answers is None else self._answers.answers[images].tobytes()
        return images.tobytes(), answers

    def say(self, emptiness: str) -> None:
        """What to say where there is nothing to show."""
        if emptiness != self._emptiness:
            self._emptiness = emptiness
            self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._cells.theme = theme
        self._sheet = ImageSheet(theme)
        self.viewport().update()

    def set_unit(self, unit: float) -> None:
        """How much larger than the smallest comfortable size texts and images are."""
        if unit != self._cells.unit:
            self._cells.unit = unit
            self._measure()
            self.viewport().update()

    # Geometry, in device pixels so that every image is crisp at any scale.

    def _measure(self) -> None:
        """Lay the grid out anew, the first row that is seen staying where it is."""
        ratio = self.devicePixelRatioF()
        self._cells.set_font(self.font())
        before = self.lattice
        top_row = self.verticalScrollBar().value() * ratio / before.row_pitch
        width = round(self.viewport().width() * ratio)
        self.enlargement, self.lattice = self._cells.laid_out(len(self.shown), width, ratio)
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        bar.setEnabled(self.lattice.height > height * ratio)
        bar.setRange(0, max(0, math.ceil(self.lattice.height / ratio) - height))
        bar.setPageStep(height)
        bar.setSingleStep(max(1, round(self.lattice.row_pitch / ratio / 2)))
        if before.columns != self.lattice.columns or before.row_pitch != self.lattice.row_pitch:
            first = int(top_row) * before.columns
            row = first // self.lattice.columns + top_row % 1
            self._glide.jump(round(row * self.lattice.row_pitch / ratio))
            self.viewport().update()

    def box(self, position: int) -> QRectF:
        """Where the cell at a position of the grid lies in the viewport."""
        ratio = self.devicePixelRatioF()
        left, top = self.lattice.corner(position)
        return QRectF(
            left / ratio,
            (top - self._top()) / ratio,
            self.lattice.cell_width / ratio,
            self.lattice.cell_height / ratio,
        )

    def image_at(self, place: QPoint) -> int | None:
        """The image at a place in the viewport, or None."""
        ratio = self.devicePixelRatioF()
        position = self.lattice.index_at(
            int(place.x() * ratio), int(place.y() * ratio) + self._top()
        )
        return None if position is None else int(self.shown[position])

    def _top(self) -> int:
        """The first device pixel that is seen."""
        return round(self.verticalScrollBar().value() * self.devicePixelRatioF())

    def _position(self) -> int | None:
        """Where the selected image is in the grid."""
        if self.current is None:
            return None
        found = np.flatnonzero(self.shown == self.current)
        return int(found[0]) if len(found) else None

    # Selecting and scrolling.

    def _select(self, position: int | None) -> None:
        """Select the image at a position of the grid, or none."""
        current = None if position is None else int(self.shown[position])
        if current != self.current:
            self.current = current
            self.viewport().update()
            self.current_changed.emit()
            if self.hasFocus():
                announce(self, "" if current is None else self._describe(current))

    def spoken_place(self) -> str:
        """The selected image in words; "" where there is none."""
        return "" if self.current is None else self._describe(self.current)

    def _reveal(self) -> None:
        """Scroll so far that the selected image is seen whole."""
        position = self._position()
        if position is None:
            return
        box = self.box(position)
        gap = self.lattice.gap / self.devicePixelRatioF()
        bar = self.verticalScrollBar()
        above, below = box.top() - gap, box.bottom() + gap - self.viewport().height()
        if above < 0:
            self._glide.go(bar.value() + math.floor(above))
        elif below > 0:
            self._glide.go(bar.value() + math.ceil(min(below, above)))

    def scroll_to(self, value: int) -> None:
        """Scroll at once, and paint all anew."""
        self._glide.jump(value)
        self.viewport().update()

    def scrollContentsBy(self, across: int, down: int) -> None:
        """Moves what is painted, where that is whole device pixels, so that only what comes into
        sight is painted."""
        if self.devicePixelRatioF().is_integer():
            self.viewport().scroll(0, down)
        else:
            self.viewport().update()

    def stop(self) -> None:
        """No animation runs after this."""
        self._glide.stop()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A touchpad's pixels are followed as they come; a wheel's notch glides a row on from
        where it is bound."""
        bar = self.verticalScrollBar()
        if not event.pixelDelta().isNull():
            self._glide.jump(bar.value() - event.pixelDelta().y())
        elif event.angleDelta().y():
            row = self.lattice.row_pitch / self.devicePixelRatioF()
            self._glide.go(round(self._glide.bound - row * event.angleDelta().y() / _NOTCH))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """A new scale of the screen lays the grid out anew; the focus colours the selection."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._measure()
        elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.viewport().update()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the grid out for the new size."""
        self._measure()
        super().resizeEvent(event)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the images of which a pixel is to be painted, or why there are none."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._cells.theme.ground))
        self._painted = self._seen()
        if not len(self.shown):
            self._cells.paint_emptiness(painter, self.viewport().rect(), self._emptiness)
            return
        ratio = self.devicePixelRatioF()
        # The mark around a selected image reaches above its row.
        height = math.ceil(event.rect().height() * ratio) + self.lattice.gap
        seen = self.lattice.seen(self._top() + math.floor(event.rect().top() * ratio), height)
        if not len(seen) or self._answers is None:
            return
        images = self.shown[seen.start : seen.stop]
        is_read = self._answers.is_read[images]
        picture = self._sheet.picture(
            self._digits[images], is_read, self.lattice, seen, self.enlargement
        )
        picture.setDevicePixelRatio(ratio)
        painter.drawImage(
            QPointF(0, (self.lattice.corner(seen.start)[1] - self._top()) / ratio), picture
        )
        side, out = FIELD * self.enlargement / ratio, self.lattice.gap / ratio / 2 - 1
        for position, image in zip(seen, images.tolist(), strict=True):
            cell = self.box(position)
            self._cells.paint(painter, self._answers, image, cell, side)
            self._paint_mark(painter, image, cell.adjusted(-out, -out, out, out))

    def _paint_mark(self, painter: QPainter, image: int, around: QRectF) -> None:
        """Frame the selected image's cell."""
        if image == self.current:
            self._cells.paint_selection(painter, around, self.hasFocus())

    def caption(self, image: int) -> str:
        """What stands under an image; raises ValueError where there are none."""
        if self._answers is None:
            raise ValueError("there are no images")
        return self._cells.caption(self._answers, image)
