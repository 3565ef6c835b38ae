"""What the network sees: the 28 x 28 digit, pixel by pixel."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from digitpad.core.languages import N_, _
from digitpad.ink.normalize import BOX, FIELD
from digitpad.ui.pad.tint import FieldTint, paint_sign, tinted
from digitpad.ui.style.panel import Panel, Role
from digitpad.ui.style.square_drawing import draw_squares
from digitpad.ui.style.theme import Theme, blend, ink_table

_SMALLEST_SIGN = 7
_CAPTION = N_(
    "The box around the ink, averaged to {side} × {side} pixels. "
    "Its centre of mass lies in the middle, as in MNIST."
)
_FILLING_CAPTION = N_(
    "The box around the ink, averaged to {side} × {side} pixels, in the middle: "
    "as this network learned."
)


class DigitView(Panel):
    """The network's input, enlarged, with its pixel grid and the field of a unit that is pointed
    at."""

    spoken_role = Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty field."""
        super().__init__(parent)
        self._levels = np.zeros((FIELD, FIELD), dtype=np.uint8)
        self._colours = ink_table(self.theme)
        self._field: tuple[float, float, float, float] | None = None
        self._tint: FieldTint | None = None
        self._caption = _(_CAPTION).format(side=BOX)
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
        room = min(self.width() * ratio - 2, (self.height() - self.title_height) * ratio - 2)
        cell = max(1, int(room / FIELD))
        top = math.ceil(self.title_height * ratio)
        return QRectF(1 / ratio, top / ratio, FIELD * cell / ratio, FIELD * cell / ratio)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pixels, their grid, the caption and the outlined field."""
        painter = QPainter(self)
        self.paint_title(painter, _("What the network sees"), f"{FIELD} × {FIELD}", self.width())
        box = self.box()
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
        self._paint_caption(painter, box)
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
        painter.drawText(room, flags, self._caption)

    def event(self, event: QEvent) -> bool:
        """Tell in a tool tip how much ink a pixel has."""
        if isinstance(event, QHelpEvent):
            box = self.box()
            cell = box.width() / FIELD
            column, row = (
                int((event.pos().x() - box.x()) / cell),
                int((event.pos().y() - box.y()) / cell),
            )
            if 0 <= row < FIELD and 0 <= column < FIELD and box.contains(QPointF(event.pos())):
                ink = self._levels[row, column] / 255
                QToolTip.showText(
                    event.globalPos(),
                    _("row {row}, column {column}: {ink:.2f}").format(
                        row=row + 1, column=column + 1, ink=ink
                    ),
                    self,
                )
            else:
                QToolTip.showText(event.globalPos(), self._caption, self)
            return True
        return super().event(event)
