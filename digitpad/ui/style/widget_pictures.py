"""A widget as a picture: pixels as they are on the screen, or the shapes and texts of an SVG."""

from __future__ import annotations

import re

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMargins, QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QWidget

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.ui.style.focus_ring import FocusRing

PNG, SVG = ".png", ".svg"

ENDINGS = (PNG, SVG)
"""What a file of a picture may end in."""

# Neighbours of one size leave no seams at any enlargement.
_CRISP = b"<defs>\n<style>rect { shape-rendering: crispEdges }</style>"
# Qt gives a clip's path in the coordinates of the group inside the one that it names it for.
_CLIPPED, _MOVED = re.compile(rb'<g (clip-path="url\(#\w+\)")><g '), rb"<g><g \1 "


def pixmap_of(widget: QWidget, ground: str, margin: int = 0) -> QPixmap:
    """A widget in the screen's pixels, on a ground of this colour that is a margin of so many
    pixels wider on all sides."""
    ratio = widget.devicePixelRatioF()
    pixmap = QPixmap(_size(widget, margin) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    painter = QPainter(pixmap)
    _paint(painter, widget, ground, margin)
    painter.end()
    return pixmap


def svg_of(widget: QWidget, ground: str, margin: int = 0, title: str = "") -> bytes:
    """The same as the content of an SVG file: texts are texts, squares rectangles; what has no
    shapes, such as ink in the screen's pixels, is a picture in it.

    Raises DigitpadError where Qt was installed without its module for SVG.
    """
    # Here, so that the window opens sooner.
    try:
        from PySide6.QtSvg import QSvgGenerator
    except ImportError as error:
        raise DigitpadError(
            _("SVG needs Qt's module QtSvg, which is not installed; save a .png")
        ) from error
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # With the version that knows clipping.
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    size = _size(widget, margin)
    generator.setSize(size)
    generator.setViewBox(QRect(QPoint(), size))
    generator.setResolution(widget.logicalDpiX())
    generator.setTitle(title)
    generator.setDescription("")
    painter = QPainter(generator)
    _paint(painter, widget, ground, margin)
    painter.end()
    buffer.close()
    return _CLIPPED.sub(_MOVED, bytes(content.data()).replace(b"<defs>", _CRISP, 1))


def content_of(
    widget: QWidget, ground: str, ending: str, margin: int = 0, title: str = ""
) -> bytes:
    """The same as the content of a file with this ending, one of ENDINGS."""
    if ending == SVG:
        return svg_of(widget, ground, margin, title)
    return png(pixmap_of(widget, ground, margin).toImage())


def png(image: object) -> bytes:
    """An image as the content of a PNG file; nothing where it is none."""
    if not isinstance(image, QImage) or image.isNull():
        return b""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, the call refuses them
    return bytes(content.data())


def _size(widget: QWidget, margin: int) -> QSize:
    return widget.size().grownBy(QMargins(margin, margin, margin, margin))


def _paint(painter: QPainter, widget: QWidget, ground: str, margin: int) -> None:
    painter.fillRect(QRect(QPoint(), _size(widget, margin)), QColor(ground))
    rings = widget.findChildren(FocusRing)
    for ring in rings:
        ring.is_pictured = False
    try:
        widget.render(painter, QPoint(margin, margin), QRegion(), QWidget.RenderFlag.DrawChildren)
    finally:
        for ring in rings:
            ring.is_pictured = True
