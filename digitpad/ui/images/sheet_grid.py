"""Several pictures as a scrolling grid, each over what it is read as."""

from __future__ import annotations

import math
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from digitpad.core.languages import _
from digitpad.ui.images.grid_geometry import GridGeometry
from digitpad.ui.images.grid_walking import walked
from digitpad.ui.images.picture_words import reading_in_words, sheet_picture_in_words
from digitpad.ui.images.sheet_reading import SheetPicture, SheetReading
from digitpad.ui.images.tinting import tinted
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.fonts import sized_font
from digitpad.ui.style.theme import LIGHT, Theme

_SIDE, _READING, _NAME, _GAP = 116, 22, 17, 14
_COARSE = 64
_MOST_IMAGES = 400
_CENTRE = Qt.AlignmentFlag.AlignCenter


class SheetGrid(QAbstractScrollArea):
    """Paints those pictures that are seen; one is selected by click or keys.

    Attributes:
        current: the number of the selected picture, or None.

    Signals:
        picture_chosen (int): a click on a picture, or Enter.
    """

    spoken_role = QAccessible.Role.Graphic

    picture_chosen = Signal(int)

    def __init__(self, reading: SheetReading, parent: QWidget | None = None) -> None:
        """reading: what is shown."""
        super().__init__(parent)
        self.current: int | None = None
        self._reading = reading
        self._theme: Theme = LIGHT
        self._unit = 1.0
        self._images: dict[SheetPicture, QImage] = {}
        self._lattice = GridGeometry(0, 1, 1, 1, 1)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Pictures"))
        reading.changed.connect(self._renew)

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme
        self._images.clear()
        self.viewport().update()

    def set_unit(self, unit: float) -> None:
        """How much larger than the smallest comfortable size texts and pictures are."""
        self._unit = unit
        self._measure()

    def _renew(self) -> None:
        if self.current is not None and self.current >= len(self._reading.pictures):
            self.current = None
        self._measure()

    # Geometry.

    def _measure(self) -> None:
        side = round(_SIDE * self._unit)
        below = round((_READING + _NAME) * self._unit)
        count, width = len(self._reading.pictures), self.viewport().width()
        gap = round(_GAP * self._unit)
        self._lattice = GridGeometry(count, width, side, side + below, gap)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self._lattice.height - height))
        bar.setPageStep(height)
        bar.setSingleStep(max(1, self._lattice.row_pitch // 3))
        self.viewport().update()

    def box(self, number: int) -> QRectF:
        """Where the cell of a picture lies in the viewport."""
        left, top = self._lattice.corner(number)
        top -= self.verticalScrollBar().value()
        return QRectF(left, top, self._lattice.cell_width, self._lattice.cell_height)

    def picture_at(self, place: QPoint) -> int | None:
        """The number of the picture at a place of the viewport, or None."""
        return self._lattice.index_at(place.x(), place.y() + self.verticalScrollBar().value())

    # Choosing.

    def _select(self, number: int) -> None:
        self.current = number
        announce(self, self.spoken_place())
        box, bar = self.box(number), self.verticalScrollBar()
        gap = self._lattice.gap
        if box.top() < gap:
            bar.setValue(bar.value() + math.floor(box.top()) - gap)
        elif box.bottom() + gap > self.viewport().height():
            bar.setValue(bar.value() + math.ceil(box.bottom()) + gap - self.viewport().height())
        self.viewport().update()

    def spoken_place(self) -> str:
        """The selected picture in words; "" where there is none."""
        if self.current is None:
            return ""
        return sheet_picture_in_words(
            self._reading.pictures[self.current], self._reading.classes, self._reading.noun
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click selects a picture and chooses it."""
        number = self.picture_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and number is not None:
            self._select(number)
            self.picture_chosen.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys, pages, Home and End select; Enter chooses."""
        key = Qt.Key(event.key())
        to = walked(self._lattice, self.current, key, self.viewport().height())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.picture_chosen.emit(self.current)
        elif to is not None:
            self._select(to)
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tool tips tell a picture's name and what it shows, or why it cannot be read."""
        if isinstance(event, QHelpEvent):
            number = self.picture_at(event.pos())
            if number is None:
                QToolTip.hideText()
            else:
                words = sheet_picture_in_words(
                    self._reading.pictures[number], self._reading.classes, self._reading.noun
                )
                QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the grid out for the new size."""
        self._measure()
        super().resizeEvent(event)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pictures that are seen."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self._theme.ground))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = self.verticalScrollBar().value()
        for number in self._lattice.seen(top, self.viewport().height()):
            self._paint_cell(painter, self._reading.pictures[number], self.box(number), number)

    def _paint_cell(
        self, painter: QPainter, picture: SheetPicture, cell: QRectF, number: int
    ) -> None:
        side, unit = cell.width(), self._unit
        square = QRectF(cell.x(), cell.y(), side, side)
        is_current = number == self.current
        edge = self._theme.accent if is_current and self.hasFocus() else self._theme.line
        painter.setPen(QPen(QColor(edge), 2 if is_current else 1))
        painter.setBrush(QColor(self._theme.paper))
        painter.drawRoundedRect(square, 8, 8)
        inner = square.adjusted(6, 6, -6, -6)
        if picture.layers is None:
            painter.setFont(self._font(11))
            painter.setPen(QColor(self._theme.warning))
            flags = _CENTRE | Qt.TextFlag.TextWordWrap
            painter.save()
            painter.setClipRect(inner)
            painter.drawText(inner, flags, _short(picture))
            painter.restore()
        else:
            image = self._image(picture)
            size = QSizeF(image.size()).scaled(inner.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(QPointF(0, 0), size)
            place.moveCenter(inner.center())
            is_smooth = max(image.width(), image.height()) > _COARSE
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
            painter.drawImage(place, image)
        line = QRectF(cell.x(), square.bottom() + 2, side, _READING * unit)
        self._paint_line(
            painter,
            line,
            reading_in_words(picture, self._reading.classes),
            self._font(11.5) if picture.trouble else self._font(15, bold=True),
            self._theme.warning if picture.trouble else self._theme.text,
        )
        name = QRectF(cell.x(), line.bottom(), side, _NAME * unit)
        self._paint_line(painter, name, picture.name, self._font(10.5), self._theme.quiet)

    def _paint_line(
        self, painter: QPainter, box: QRectF, text: str, font: QFont, colour: str
    ) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideMiddle, int(box.width()))
        painter.drawText(box, _CENTRE, elided)

    def _font(self, pixels: float, bold: bool = False) -> QFont:
        return sized_font(self.font(), pixels, self._unit, bold)

    def _image(self, picture: SheetPicture) -> QImage:
        assert picture.layers is not None
        if picture not in self._images:
            if len(self._images) >= _MOST_IMAGES:
                self._images.clear()
            self._images[picture] = tinted(picture.layers, self._theme)
        return self._images[picture]


def _short(picture: SheetPicture) -> str:
    """Why a picture cannot be read, without the path of its file, which its tool tip tells."""
    path = str(picture.source) if isinstance(picture.source, Path) else ""
    return picture.trouble.removeprefix(path).lstrip(": ")
