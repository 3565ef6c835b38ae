from __future__ import annotations

import io
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from PIL import Image

from digitpad.ink.drawing import Mark, PlacedPicture, Stroke
from digitpad.ink.drawing_picture import drawing_png, drawing_svg
from digitpad.ink.rasterize import rasterize

PRESSED = Stroke.through([(60, 60, 0.1), (150, 80, 0.9), (190, 190, 0.4), (80, 220, 0.7)])
SIDE = 1120
"""Four pixels to a unit."""
MARKS: dict[str, list[Mark]] = {
    "pressure": [PRESSED],
    "dot": [Stroke.through([(140, 140)], 40)],
    "several": [PRESSED, Stroke.through([(40, 140), (240, 150)], 30)],
    "erased": [PRESSED, Stroke.through([(100, 40), (120, 240)], 28, erases=True)],
    "picture": [
        PlacedPicture.fitted(np.kron(np.eye(4, dtype=np.uint8) * 255, np.ones((7, 7), np.uint8))),
        Stroke.through([(40, 240), (240, 40)]),
    ],
    "nothing": [],
}


def painted(svg: bytes) -> np.ndarray:
    """The ink of an SVG file as Qt draws it: uint8 (SIDE, SIDE)."""
    pytest.importorskip("PySide6.QtSvg")
    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(SIDE, SIDE, QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg)).render(painter)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(SIDE, -1)
    return 255 - rows[:, :SIDE]


@pytest.mark.parametrize("name", MARKS)
def test_the_shapes_are_those_that_ink_is_made_of(qapp, name):
    ink = rasterize(MARKS[name], scale=4).astype(int)
    off = np.abs(painted(drawing_svg(MARKS[name])).astype(int) - ink)
    # Edges differ by how two programs round what half a pixel covers.
    assert off.mean() < 0.25 and off.max() < 160, (off.mean(), off.max())


def test_it_is_an_svg_with_a_path_a_stroke_and_a_title_that_is_text():
    tree = ElementTree.fromstring(drawing_svg(MARKS["several"], "<7> & more"))
    assert tree.get("viewBox") == "0 0 280 280"
    assert len(tree.findall("{*}path")) == 2
    assert tree.findtext("{*}title") == "<7> & more"


@pytest.mark.parametrize("name", MARKS)
def test_the_pixels_are_the_ink_four_to_a_unit(name):
    image = Image.open(io.BytesIO(drawing_png(MARKS[name])))
    assert (image.mode, image.size) == ("L", (1120, 1120))
    assert np.array_equal(255 - np.asarray(image), rasterize(MARKS[name], scale=4))
