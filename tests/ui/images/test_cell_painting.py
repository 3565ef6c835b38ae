from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QFont, QImage, QPainter

from digitpad.ui.images.answers import Answers
from digitpad.ui.images.cell_painting import CellPainter
from digitpad.ui.style.theme import LIGHT
from tests.ui.browsers import CLASSES, GARMENTS
from tests.ui.colours import share_of

CELL = QRectF(10, 10, 80, 90)


@pytest.fixture
def cells(qapp) -> CellPainter:
    cells = CellPainter()
    cells.classes = CLASSES
    cells.set_font(QFont())
    return cells


@pytest.fixture
def answers() -> Answers:
    """A 3 read as 3, a 4 read as 9, a 5 read as 5 and rejected, a 6 that is not read."""
    answers = Answers(np.array([3, 4, 5, 6], np.uint8), 10)
    shares = np.zeros((3, 10), np.float32)
    shares[[0, 1, 2], [3, 9, 5]] = 1
    answers.take(0, shares, np.array([True, True, False]))
    return answers


def painted(paint) -> np.ndarray:
    """What is painted on the theme's ground: uint8 (120, 120, 3)."""
    picture = QImage(120, 120, QImage.Format.Format_RGB888)
    picture.fill(LIGHT.ground)
    painter = QPainter(picture)
    paint(painter)
    painter.end()
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(120, picture.bytesPerLine())
    return rows[:, :360].reshape(120, 120, 3).copy()


def test_captions_name_the_answer_only_where_it_is_another(cells, answers):
    assert [cells.caption(answers, image) for image in range(4)] == ["3", "4 → 9", "5", "6"]
    cells.classes = GARMENTS
    assert cells.caption(answers, 1) == "coat\n→ ankle boot"


def test_a_mistake_stands_out_by_its_colour(cells, answers):
    def accented(image: int) -> float:
        picture = painted(lambda painter: cells.paint(painter, answers, image, CELL, 56))
        return share_of(picture, LIGHT.accent)

    assert accented(1) > 0.01
    assert accented(0) == accented(2) == accented(3) == 0


def test_a_rejected_image_has_a_mark_more(cells, answers):
    def ink(image: int) -> float:
        """How much of the caption is painted."""
        picture = painted(lambda painter: cells.paint(painter, answers, image, CELL, 56))
        return 1 - share_of(picture[70:], LIGHT.ground)

    rejected = ink(2)
    answers.accepted[2] = True
    assert rejected > ink(2) > 0


def test_every_caption_fits_its_cell(cells):
    digits = cells.laid_out(300, 500, 1.0)[1]
    assert digits.cell_width >= cells.widest_caption > 0
    cells.classes = GARMENTS
    garments = cells.laid_out(300, 500, 1.0)[1]
    assert garments.cell_width >= cells.widest_caption
    # What it is and what it was read as need a line each.
    assert cells.caption_height > 25
    assert garments.columns < digits.columns


def test_cells_grow_with_the_unit_and_with_the_scale_of_the_screen(cells):
    plain, _ = cells.laid_out(300, 500, 1.0)
    fine, grid = cells.laid_out(300, 1000, 2.0)
    assert fine == 2 * plain and grid.gap == 20
    cells.unit = 2.0
    cells.set_font(QFont())
    assert cells.laid_out(300, 500, 1.0)[0] == 2 * plain


def test_the_selection_is_quiet_where_the_keyboard_is_elsewhere(cells):
    def frame(has_keys: bool) -> np.ndarray:
        return painted(lambda painter: cells.paint_selection(painter, CELL, has_keys))

    assert share_of(frame(True), LIGHT.text) > 0.01
    assert share_of(frame(False), LIGHT.text) == 0 < share_of(frame(False), LIGHT.quiet)


def test_emptiness_is_said_in_the_middle(cells):
    box = QRect(0, 0, 120, 120)
    picture = painted(lambda painter: cells.paint_emptiness(painter, box, "no"))
    assert share_of(picture[40:80, 40:80], LIGHT.ground) < 1
    assert share_of(picture[:40], LIGHT.ground) == 1 == share_of(picture[80:], LIGHT.ground)
