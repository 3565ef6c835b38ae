from __future__ import annotations

import re
import sys
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from digitpad.core.errors import DigitpadError
from digitpad.ui.style.widget_pictures import PNG, SVG, content_of, pixmap_of, png, svg_of


class Sign(QWidget):
    """Says a word, and clips a blue square."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawText(4, 20, "a < b")
        painter.setClipRect(QRectF(30, 30, 10, 10))
        painter.fillRect(QRectF(20, 20, 40, 40), QColor("blue"))


@pytest.fixture
def sign(qtbot) -> QWidget:
    """A sign in another widget, away from its corner."""
    outer = QWidget()
    qtbot.addWidget(outer)
    outer.resize(120, 90)
    Sign(outer).setGeometry(40, 10, 80, 80)
    outer.show()
    return outer


def test_pixels_have_the_widgets_size_and_margin_on_the_ground(sign):
    image = pixmap_of(sign, "#123456", margin=7).toImage()
    assert (image.width(), image.height()) == (134, 104)
    assert image.pixelColor(1, 1).name() == "#123456"
    assert image.pixelColor(7 + 40 + 35, 7 + 10 + 35).name() == "#0000ff"
    assert content_of(sign, "#123456", PNG, 7) == png(image)


def test_an_svg_has_the_size_the_ground_and_the_texts_as_texts(sign):
    tree = ElementTree.fromstring(content_of(sign, "#123456", SVG, 7, "A & B"))
    name = "{http://www.w3.org/2000/svg}"
    assert tree.attrib["viewBox"] == "0 0 134 104"
    assert tree.findtext(f"{name}title") == "A & B"
    assert [each.text for each in tree.iter(f"{name}text")] == ["a < b"]
    ground = next(each for each in tree.iter(f"{name}rect"))
    assert (ground.attrib["width"], ground.attrib["height"]) == ("134", "104")


def test_what_is_clipped_is_clipped_in_its_own_coordinates(sign):
    """The path is the group's that has the transform, or it would lie elsewhere."""
    content = svg_of(sign, "white").decode()
    clipped = re.findall(r"<g clip-path=[^>]*>", content)
    assert clipped and all('transform="matrix(1,0,0,1,40,10)"' in each for each in clipped)
    assert 'd="M30,30 L40,30 L40,40 L30,40' in content


def test_without_the_module_for_svg_it_is_said_what_else_to_do(sign, monkeypatch):
    monkeypatch.setitem(sys.modules, "PySide6.QtSvg", None)
    with pytest.raises(DigitpadError, match=r"QtSvg.*save a \.png"):
        svg_of(sign, "white")


def test_the_content_of_a_png_is_nothing_where_there_is_no_image(qapp):
    assert png(None) == png(QImage()) == b""
    image = QImage(2, 2, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    assert QImage.fromData(png(image)).size() == image.size()
