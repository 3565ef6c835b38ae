from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from digitpad.ui.style.square_drawing import draw_squares, indexed

COLOURS = (QColor("red").rgba(), QColor("lime").rgba(), QColor("blue").rgba())
BOX = QRectF(2, 3, 40, 30)

Rectangle = tuple[float, float, float, float, str]


def rectangles(image: QImage, place: QRectF | QPointF = BOX) -> Counter[Rectangle]:
    """(x, y, width, height, colour) of what an SVG of the image holds."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setViewBox(QRect(0, 0, 50, 50))
    painter = QPainter(generator)
    draw_squares(painter, place, image)
    painter.end()
    tree = ElementTree.fromstring(bytes(buffer.data().data()))
    assert not any(part.tag.endswith(("image", "path")) for part in tree.iter())
    return Counter(
        (
            *(float(each.get(name, "nan")) for name in ("x", "y", "width", "height")),
            group.attrib["fill"],
        )
        for group in tree.iter()
        for each in group
        if each.tag.endswith("rect")
    )


def test_an_svg_has_a_rectangle_for_each_square_in_its_place_and_colour(qapp):
    indices = np.array([[0, 1, 2, 1], [1, 0, 0, 2], [2, 2, 1, 0]], np.uint8)
    names = "#ff0000", "#00ff00", "#0000ff"
    assert rectangles(indexed(indices, COLOURS)) == Counter(
        (2.0 + 10 * column, 3.0 + 10 * row, 10.0, 10.0, names[index])
        for (row, column), index in np.ndenumerate(indices)
    )


def test_a_square_of_many_pixels_is_one_rectangle_of_the_pictures_own_size(qapp):
    indices = np.array([[0, 1], [1, 2]], np.uint8).repeat(6, axis=0).repeat(6, axis=1)
    picture = indexed(np.ascontiguousarray(indices), COLOURS, ratio=2.0)
    assert rectangles(picture, QPointF(1, 1)) == Counter(
        [
            (1.0, 1.0, 3.0, 3.0, "#ff0000"),
            (4.0, 1.0, 3.0, 3.0, "#00ff00"),
            (1.0, 4.0, 3.0, 3.0, "#00ff00"),
            (4.0, 4.0, 3.0, 3.0, "#0000ff"),
        ]
    )


def test_a_picture_of_one_colour_is_one_rectangle_and_one_without_pixels_none(qapp):
    assert rectangles(indexed(np.zeros((5, 5), np.uint8), COLOURS)) == Counter(
        [(2.0, 3.0, 40.0, 30.0, "#ff0000")]
    )
    assert not rectangles(QImage())


@pytest.mark.parametrize("width", [3, 4, 5])
def test_colours_of_any_format_are_the_images_own(qapp, width):
    """Lines of a picture may be padded."""
    image = QImage(width, 1, QImage.Format.Format_RGB888)
    for at in range(width):
        image.setPixelColor(at, 0, QColor(40 * at, 7, 9))
    assert {each[-1] for each in rectangles(image)} == {
        QColor(40 * at, 7, 9).name() for at in range(width)
    }


def test_on_a_screen_the_picture_itself_is_drawn(qapp):
    image = indexed(np.array([[0, 1], [1, 2]], np.uint8), COLOURS)
    painted = QImage(50, 50, QImage.Format.Format_RGB32)
    painted.fill(0)
    painter = QPainter(painted)
    draw_squares(painter, BOX, image)
    painter.end()
    places = (10, 10), (30, 10), (10, 25), (30, 25), (45, 45)
    assert [painted.pixelColor(*at).name() for at in places] == [
        "#ff0000",
        "#00ff00",
        "#00ff00",
        "#0000ff",
        "#000000",
    ]
