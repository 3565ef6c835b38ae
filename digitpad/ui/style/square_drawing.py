"""Pictures whose pixels are squares to be seen as such: rectangles where a drawing is written that
can be enlarged without end, the picture itself on a screen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPaintEngine, QPainter


def writes_shapes(painter: QPainter) -> bool:
    """Whether the painter writes an SVG, in which viewers would blur a small picture."""
    return painter.paintEngine().type() is QPaintEngine.Type.SVG


def draw_squares(painter: QPainter, place: QRectF | QPointF, image: QImage) -> None:
    """Draw a picture of squares: in a box that it fills, or in its own size at a point.

    In an SVG each square is a rectangle, whether it is one pixel of the picture or many; rows and
    columns that are the same throughout the picture are one. Nothing for an image without pixels.
    """
    if not writes_shapes(painter):
        painter.drawImage(place, image)
        return
    if image.isNull():
        return
    size = QSizeF(image.deviceIndependentSize())
    box = QRectF(place, size) if isinstance(place, QPointF) else place
    colours = _colours(image)
    height, width = colours.shape
    tops, lefts = _edges(colours), _edges(colours.T)
    squares = colours[np.ix_(tops[:-1], lefts[:-1])]
    ys = box.y() + tops * (box.height() / height)
    xs = box.x() + lefts * (box.width() / width)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    # One colour after the other: each change of it is written out.
    for colour in np.unique(squares):
        painter.setBrush(QColor.fromRgb(int(colour)))
        painter.drawRects(
            [
                QRectF(xs[column], ys[row], xs[column + 1] - xs[column], ys[row + 1] - ys[row])
                for row, column in np.argwhere(squares == colour).tolist()
            ]
        )
    painter.restore()


def indexed(indices: npt.NDArray[np.uint8], colours: Sequence[int], ratio: float = 1.0) -> QImage:
    """Indices of colours, uint8 (height, width) in C order, as a picture that does not own them;
    colours: 0xAARRGGBB; ratio: device pixels to a pixel."""
    height, width = indices.shape
    image = QImage(indices.data, width, height, indices.strides[0], QImage.Format.Format_Indexed8)
    image.setColorTable(colours)
    image.setDevicePixelRatio(ratio)
    return image


def _colours(image: QImage) -> npt.NDArray[np.uint32]:
    """The colour of each pixel, 0xffRRGGBB: uint32 (height, width)."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(plain.constBits(), np.uint32)
    return pixels.reshape(plain.height(), plain.bytesPerLine() // 4)[:, : plain.width()].copy()


def _edges(colours: npt.NDArray[np.uint32]) -> npt.NDArray[np.intp]:
    """Where rows differ from those before them, with 0 and the number of rows."""
    differs = (colours[1:] != colours[:-1]).any(axis=1)
    return np.concatenate(([0], np.flatnonzero(differs) + 1, [len(colours)]))
