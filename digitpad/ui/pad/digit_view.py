"""What the network sees: the 28 x 28 digit, pixel by pixel."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from digitpad.core.languages import N_, _
from digitpad.ink.normalize import BOX, FIELD
from digitpad.ui.pad.tint import FieldTint, paint_sign, tinted
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.panel import Panel, Role
from digitpad.ui.style.square_drawing import draw_squares
from digitpad.ui.style.theme import Theme, blend, ink_table

_SMALLEST_SIGN = 7
_USUAL_CELL, _LEAST_BESIDE = 4, 74
_CAPTION = N_(
    "The box around the ink, averaged to {side} × {side} pixels. "
    "Its centre of mass lies in the middle, as in MNIST."
)
_FILLING_CAPTION = N_(
    "The box around the ink, averaged to {side} × {side} pixels, in the middle: "
    "as this network learned."
)
_STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class DigitView(Panel):
    """The network's input, enlarged, with its pixel grid and the field of a unit that is pointed
    at. A pixel that is pointed at, tapped or reached by arrow keys tells its ink in the title.

    Attributes:
        pixel: the row and the column pointed at, from 0; None for none.
    """

    spoken_role = Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty field."""
        super().__init__(parent)
        self._levels = np.zeros((FIELD, FIELD), dtype=np.uint8)
        self._colours = ink_table(self.theme)
        self._field: tuple[float, float, float, float] | None = None
        self._tint: FieldTint | None = None
        self._caption = _(_CAPTION).format(side=BOX)
        self.pixel: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("What the network sees, 28 × 28 pixels"))

    def show_digit(self, digit: np.ndarray) -> None:
        """Show a digit, float32 (28, 28) in [0, 1]; all zeros is an empty field."""
        self._levels = np.rint(digit * 255).astype(np.uint8, order="C")  # as QImage reads it
        self.update()

    def set_filling(self, fills_field: bool) -> None:
        """Whether the ink fills the field, as clothes do, rather than a box about its middle, as
        digits do."""
        caption, side = (_FILLING_CAPTION, FIELD) if fills_field else (_CAPTION, BOX)
        self._caption = _(caption).format(side=side)
        self.update()

    def show_tint(self, tint: FieldTint | None) -> None:
        """Show the digit's pixels in colours; None shows them as ink."""
        if tint is not self._tint:
            self._tint = tint
            self.update()

    def outline(self, field: tuple[float, float, float, float] | None) -> None:
        """Frame a receptive field: left, top, right, bottom in pixels, right and bottom
        excluded; None frames nothing."""
        if field != self._field:
            self._field = field
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._colours = ink_table(theme)
        super().set_theme(theme)

    def box(self) -> QRectF:
        """Where the 28 x 28 field lies in the widget: whole device pixels for each of its own."""
        ratio = self.devicePixelRatioF()
        title = 0 if self._is_titled_beside else self.title_height
        room = min(self.width() * ratio - 2, (self.height() - title) * ratio - 2)
        cell = max(1, int(room / FIELD))
        top = math.ceil(title * ratio) or 1
        return QRectF(1 / ratio, top / ratio, FIELD * cell / ratio, FIELD * cell / ratio)

    @property
    def _is_titled_beside(self) -> bool:
        """Whether the title leaves the field its height, where texts are large beside it."""
        under, beside = (
            int((room - 2) // FIELD) for room in (self.height() - self.title_height, self.height())
        )
        left = self.width() - FIELD * beside
        return under < min(beside, _USUAL_CELL) and left >= _LEAST_BESIDE * self.unit

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pixels, their grid, the caption and the outlined field."""
        painter = QPainter(self)
        box = self.box()
        if self._is_titled_beside:
            self._paint_title_beside(painter, box)
        else:
            detail = self.describe(self.pixel) if self.pixel else f"{FIELD} × {FIELD}"
            self.paint_title(painter, _("What the network sees"), detail, self.width())
            self._paint_caption(painter, box)
        cell = box.width() / FIELD
        draw_squares(painter, box, self._picture())
        if cell >= 4:
            painter.setPen(QPen(blend(self.theme.paper, self.theme.quiet, 0.22), 0))
            marks = [i * cell for i in range(1, FIELD)]
            painter.drawLines(
                [QLineF(box.x() + at, box.y(), box.x() + at, box.bottom()) for at in marks]
            )
            painter.drawLines(
                [QLineF(box.x(), box.y() + at, box.right(), box.y() + at) for at in marks]
            )
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.drawRect(box)
        if self._tint is not None and cell >= _SMALLEST_SIGN:
            self._paint_signs(painter, box, self._tint)
        if self._field is not None:
            left, top, right, bottom = self._field
            painter.setPen(QPen(QColor(self.theme.accent), 2))
            frame = QRectF(
                box.x() + left * cell,
                box.y() + top * cell,
                (right - left) * cell,
                (bottom - top) * cell,
            )
            painter.drawRect(frame.intersected(box))
        if self.pixel is not None:
            painter.setPen(QPen(QColor(self.theme.paper), 3))
            painter.drawRect(self._box_of(self.pixel))
            painter.setPen(QPen(QColor(self.theme.text), 1.5))
            painter.drawRect(self._box_of(self.pixel))

    def _picture(self) -> QImage:
        """The digit, a pixel of the picture for each of its own."""
        if self._tint is not None:
            return tinted(self.theme, np.float32(self._levels / 255), self._tint.in_field)
        image = QImage(
            self._levels.data, FIELD, FIELD, self._levels.strides[0], QImage.Format.Format_Indexed8
        )
        image.setColorTable(self._colours)
        return image

    def _paint_signs(self, painter: QPainter, box: QRectF, tint: FieldTint) -> None:
        cell = box.width() / FIELD
        for (row, column), share in np.ndenumerate(tint.in_field):
            place = QRectF(box.x() + column * cell, box.y() + row * cell, cell, cell)
            paint_sign(painter, self.theme, place, float(share))

    def _paint_title_beside(self, painter: QPainter, box: QRectF) -> None:
        """The title, or the pixel that is pointed at, in the room beside the field."""
        text = _("What the network sees") if self.pixel is None else self.describe(self.pixel)
        left = box.right() + 8 * self.unit
        room = QRectF(left, 0, self.width() - left, self.height())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        flags |= Qt.TextFlag.TextWordWrap
        painter.setFont(self.wrapping_font(text, room, 13, bold=self.pixel is None))
        painter.setPen(QColor(self.theme.text))
        painter.drawText(room, flags, text)

    def _paint_caption(self, painter: QPainter, box: QRectF) -> None:
        """How the drawing came to be these pixels, beside them where there is room."""
        room = QRectF(
            box.right() + 14 * self.unit,
            box.y(),
            self.width() - box.right() - 14 * self.unit,
            box.height(),
        )
        if room.width() < 74 * self.unit:
            return
        painter.setFont(self.sized_font(11))
        painter.setPen(QColor(self.theme.quiet))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        needed = QFontMetricsF(painter.font()).boundingRect(room, flags, self._caption)
        # Where letters are large it is told by the tool tip alone.
        if needed.height() <= room.height() and needed.width() <= room.width():
            painter.drawText(room, flags, self._caption)

    # Pointing.

    def describe(self, pixel: tuple[int, int]) -> str:
        """A pixel in words."""
        row, column = pixel
        return _("row {row}, column {column}: {ink:.2f}").format(
            row=row + 1, column=column + 1, ink=self._levels[row, column] / 255
        )

    def _box_of(self, pixel: tuple[int, int]) -> QRectF:
        box = self.box()
        cell = box.width() / FIELD
        return QRectF(box.x() + pixel[1] * cell, box.y() + pixel[0] * cell, cell, cell)

    def cursor_box(self) -> QRectF | None:
        """The pixel that is pointed at."""
        return None if self.pixel is None else self._box_of(self.pixel)

    def point_at(self, pixel: tuple[int, int] | None) -> None:
        """Tell of a pixel by its row and column; None for none."""
        if pixel != self.pixel:
            self.pixel = pixel
            self.update()

    def spoken_place(self) -> str:
        """The pixel that is pointed at, in words; "" where none is."""
        return "" if self.pixel is None else self.describe(self.pixel)

    def _pixel_at(self, at: QPointF) -> tuple[int, int] | None:
        box = self.box()
        cell = box.width() / FIELD
        row, column = int((at.y() - box.y()) // cell), int((at.x() - box.x()) // cell)
        return (row, column) if 0 <= row < FIELD and 0 <= column < FIELD else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell of the pixel under the pointer."""
        self.point_at(self._pixel_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell of the pixel under the finger."""
        self.point_at(self._pixel_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """No pixel is pointed at any more."""
        self.point_at(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go from pixel to pixel; the first shows the one in the middle."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        if self.pixel is None:
            self.point_at((FIELD // 2, FIELD // 2))
        else:
            row, column = (
                min(max(at + by, 0), FIELD - 1) for at, by in zip(self.pixel, step, strict=True)
            )
            self.point_at((row, column))
        announce(self, self.spoken_place())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys are elsewhere."""
        self.point_at(None)
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        """A tool tip tells how much ink a pixel has, or how the drawing came to be these."""
        if isinstance(event, QHelpEvent):
            pixel = self._pixel_at(QPointF(event.pos()))
            tip = self._caption if pixel is None else self.describe(pixel)
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)
