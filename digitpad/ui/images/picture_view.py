"""A picture as it was read: what was taken for ink, what was left out, and the box and the digits
that one may choose."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from digitpad.core.languages import _
from digitpad.ink.normalize import ink_box
from digitpad.ink.parts import Box
from digitpad.ui.images.brought import BroughtPicture
from digitpad.ui.images.picture_words import VIEW_TIP
from digitpad.ui.images.tinting import layers_of, tinted
from digitpad.ui.style.panel import Panel, Role
from digitpad.ui.style.theme import Theme

_COARSE = 128
_STEP = 0.02
_LEAST_SIDE = 4
_AROUND = 0.12


class PictureView(Panel):
    """Shows a picture with its ink tinted, and takes a box or a digit by mouse, finger and keys.

    Signals:
        box_drawn (object): a Box in the picture's pixels; comes with every move while it is drawn.
        digit_chosen (object): the number of a digit, counted from 0, or None for all of them.
    """

    spoken_role = Role.Graphic

    box_drawn = Signal(object)
    digit_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """No picture yet."""
        super().__init__(parent)
        self._picture: BroughtPicture | None = None
        self._names: tuple[str, ...] = ()
        self._box: Box | None = None
        self._pressed: QPointF | None = None
        self._is_dragging = False
        self._image: QImage | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMouseTracking(True)
        self.setAccessibleName(_("The picture, and what was taken for ink"))
        self.setToolTip(_(VIEW_TIP))

    def show_picture(
        self, picture: BroughtPicture, names: tuple[str, ...], box: Box | None
    ) -> None:
        """Show a picture, what its several digits are read as, and the box that it is read in."""
        if self._picture is None or picture.read is not self._picture.read:
            self._image = None
        self._picture, self._names = picture, names
        if not self._is_dragging:
            self._box = box
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._image = None
        super().set_theme(theme)

    # Geometry.

    def place(self) -> QRectF:
        """Where the picture lies in the widget, as large as fits."""
        if self._picture is None:
            return QRectF(self.rect())
        height, width = self._picture.read.grey.shape
        room = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        scaled = QSizeF(width, height).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(QPointF(0, 0), scaled)
        place.moveCenter(room.center())
        return place

    def box_on_screen(self, box: Box) -> QRectF:
        """Where a box of the picture's pixels lies in the widget."""
        place, unit = self.place(), self._unit_of()
        left, top, right, bottom = (edge * unit for edge in box)
        return QRectF(left, top, right - left, bottom - top).translated(place.topLeft())

    def _unit_of(self) -> float:
        """How large a pixel of the picture is."""
        assert self._picture is not None
        return self.place().width() / self._picture.read.grey.shape[1]

    def _box_between(self, first: QPointF, second: QPointF) -> Box | None:
        """The pixels between two places of the widget; None where there are none."""
        assert self._picture is not None
        corner, unit = self.place().topLeft(), self._unit_of()
        ends = np.array([[p.x() - corner.x(), p.y() - corner.y()] for p in (first, second)]) / unit
        height, width = self._picture.read.grey.shape
        left, top = np.floor(ends.min(axis=0)).clip(0, (width, height)).astype(int)
        right, bottom = np.ceil(ends.max(axis=0)).clip(0, (width, height)).astype(int)
        if right - left < 2 or bottom - top < 2:
            return None
        return int(left), int(top), int(right), int(bottom)

    def digit_at(self, place: QPointF) -> int | None:
        """The digit whose box is there, the smallest of several; None where there is none."""
        if self._picture is None:
            return None
        boxes = [self.box_on_screen(box) for box in self._picture.read.digits[: len(self._names)]]
        hits = [n for n, box in enumerate(boxes) if box.adjusted(-4, -4, 4, 4).contains(place)]
        return min(hits, key=lambda n: boxes[n].width() * boxes[n].height(), default=None)

    # Mouse and fingers; Qt makes a mouse of fingers and pens.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A box begins, or a digit is clicked."""
        if event.button() == Qt.MouseButton.LeftButton and self._picture is not None:
            self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The box grows."""
        if self._pressed is None or self._picture is None:
            is_digit = self.digit_at(event.position()) is not None
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if is_digit else Qt.CursorShape.CrossCursor
            )
            return
        way = (event.position() - self._pressed).manhattanLength()
        if self._is_dragging or way >= QApplication.startDragDistance():
            self._is_dragging = True
            box = self._box_between(self._pressed, event.position())
            if box is not None and box != self._box:
                self._box = box
                self.update()
                self.box_drawn.emit(box)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The box is drawn, or a digit is chosen; chosen again, all are."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        was_dragging, self._is_dragging, self._pressed = self._is_dragging, False, None
        number = self.digit_at(event.position())
        if was_dragging:
            self.update()
        elif number is not None and self._picture is not None:
            self.digit_chosen.emit(None if number == self._picture.taken else number)

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move a box, with Shift they change its size; Space takes the next digit."""
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        key = Qt.Key(event.key())
        if self._picture is None:
            super().keyPressEvent(event)
        elif key in steps:
            is_sized = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._box = self._moved(*steps[key], is_sized)
            self.update()
            self.box_drawn.emit(self._box)
        elif key == Qt.Key.Key_Space and self._names:
            following = 0 if self._picture.taken is None else self._picture.taken + 1
            self.digit_chosen.emit(following if following < len(self._names) else None)
        else:
            super().keyPressEvent(event)

    def _moved(self, across: int, down: int, is_sized: bool) -> Box:
        """The box a step further, or larger; the first is about the ink."""
        assert self._picture is not None
        height, width = self._picture.read.grey.shape
        step = max(1, round(_STEP * max(height, width)))
        if self._box is None:
            left, top, right, bottom = ink_box(self._picture.read.ink) or (0, 0, width, height)
            around = round(_AROUND * max(right - left, bottom - top))
            left, top = max(0, left - around), max(0, top - around)
            right, bottom = min(width, right + around), min(height, bottom + around)
        else:
            left, top, right, bottom = self._box
        if is_sized:
            right = min(max(right + step * across, left + _LEAST_SIDE), width)
            bottom = min(max(bottom + step * down, top + _LEAST_SIDE), height)
            return left, top, right, bottom
        across = min(max(step * across, -left), width - right)
        down = min(max(step * down, -top), height - bottom)
        return left + across, top + down, right + across, bottom + down

    # Painting.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tint it as finely as it is shown now."""
        self._image = None
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, its ink, the box and the digits."""
        picture = self._picture
        if picture is None:
            return
        painter = QPainter(self)
        place = self.place()
        if self._image is None:
            pixels = max(place.width(), place.height()) * self.devicePixelRatioF()
            self._image = tinted(layers_of(picture.read, pixels), self.theme)
        is_smooth = max(picture.read.grey.shape) > _COARSE
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
        painter.drawImage(place, self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._box is not None:
            self._paint_box(painter, place, self.box_on_screen(self._box))
        digits = zip(picture.read.digits, self._names, strict=False)
        for number, (digit, name) in enumerate(digits):
            self._paint_digit(painter, self.box_on_screen(digit), name, picture.taken, number)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _paint_box(self, painter: QPainter, place: QRectF, box: QRectF) -> None:
        """The box, and the rest of the picture paled."""
        rest = QPainterPath()
        rest.addRect(place)
        inside = QPainterPath()
        inside.addRect(box)
        pale = QColor(self.theme.ground)
        pale.setAlphaF(0.72)
        painter.fillPath(rest.subtracted(inside), pale)
        painter.setPen(QPen(QColor(self.theme.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)

    def _paint_digit(
        self, painter: QPainter, box: QRectF, name: str, taken: int | None, number: int
    ) -> None:
        """A digit's box with what it is read as; those not taken paled."""
        box = box.adjusted(-4, -4, 4, 4)
        is_out = taken is not None and taken != number
        if is_out:
            pale = QColor(self.theme.ground)
            pale.setAlphaF(0.72)
            painter.fillRect(box, pale)
        colour = QColor(self.theme.quiet if is_out else self.theme.accent)
        painter.setPen(QPen(colour, 2.5 if taken == number else 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 4, 4)
        font = self.sized_font(12.5, bold=True)
        metrics = QFontMetricsF(font)
        tag = QRectF(0, 0, metrics.horizontalAdvance(name) + 10, metrics.height() + 2)
        # Above the box, where it hides no ink, unless the picture begins there.
        tag.moveBottomLeft(box.topLeft() + QPointF(0, 2))
        if tag.top() < 0:
            tag.moveTopLeft(box.topLeft())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(tag, 4, 4)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.paper if is_out else self.theme.accent_text))
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, name)
