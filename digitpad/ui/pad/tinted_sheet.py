"""The pad's sheet in other ink or in colours, in place of what is drawn on it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from digitpad.ink.drawing import PAD_SIZE
from digitpad.ui.pad.pad_model import Render
from digitpad.ui.pad.tint import Tint, paint_sign, tinted
from digitpad.ui.style.theme import Theme, ink_table

_EDGE = 4
_SMALLEST_SIGN = 7.0


class TintedSheet:
    """What is shown of the pad in place of its own ink: what is replayed, or the ink in colours,
    or both.

    Attributes:
        tint: the colours, or None.
    """

    def __init__(self) -> None:
        """The pad's own ink is shown."""
        self.tint: Tint | None = None
        self._image: QImage | None = None

    def forget(self) -> None:
        """The ink, its size or the theme is another."""
        self._image = None

    def paint(
        self,
        painter: QPainter,
        sheet: QRectF,
        ink: np.ndarray,
        replayed: Render | None,
        theme: Theme,
    ) -> None:
        """Paint the sheet's inside.

        ink: the pad's own, uint8 (side, side), in the screen's pixels. replayed: gives other ink.
        """
        inside = sheet.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        if self._image is None:
            if replayed is not None:
                ink = replayed(len(ink) / PAD_SIZE)
            self._image = self._painted(np.ascontiguousarray(ink), theme)
        ratio = self._image.width() / max(1.0, sheet.width())
        inner = inside.translated(-sheet.topLeft())
        source = QRectF(inner.x() * ratio, inner.y() * ratio, inner.width() * ratio, 0)
        source.setHeight(inner.height() * ratio)
        painter.drawImage(inside, self._image, source)
        if self.tint is not None:
            self._paint_signs(painter, inside, sheet, theme)

    def _painted(self, ink: np.ndarray, theme: Theme) -> QImage:
        side = len(ink)
        if self.tint is None:
            image = QImage(ink.data, side, side, ink.strides[0], QImage.Format.Format_Indexed8)
            image.setColorTable(ink_table(theme))
            return image.copy()
        cover = ink.astype(np.float32) / np.float32(255)
        return tinted(theme, cover, self.tint.shares(cover))

    def _paint_signs(self, painter: QPainter, inside: QRectF, sheet: QRectF, theme: Theme) -> None:
        unit = sheet.width() / PAD_SIZE
        assert self.tint is not None
        painter.save()
        painter.setClipRect(inside, Qt.ClipOperation.IntersectClip)
        for (left, top, width, height), share in self.tint.signs():
            cell = QRectF(left * unit, top * unit, width * unit, height * unit)
            if min(cell.width(), cell.height()) >= _SMALLEST_SIGN:
                paint_sign(painter, theme, cell.translated(sheet.topLeft()), share)
        painter.restore()
