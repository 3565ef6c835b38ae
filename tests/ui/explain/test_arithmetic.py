from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from digitpad.ui.explain.arithmetic import arithmetic_height, paint_arithmetic
from digitpad.ui.explain.shown_terms import Token
from digitpad.ui.style.panel import Panel

TOKENS = (Token("map sums", "+0.43"), Token("bias", "+0.65"), Token("together", "+1.08"))
END = "tanh(+1.08) = +0.79"


@pytest.fixture
def panel(qtbot) -> Panel:
    panel = Panel()
    qtbot.addWidget(panel)
    return panel


def columns_with_ink(panel: Panel, width: int, end: str) -> np.ndarray:
    """Bool (width,): where something is painted on the first line."""
    height = arithmetic_height(panel, width, TOKENS, end)
    image = QImage(width, round(height), QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    paint_arithmetic(painter, panel, QRectF(0, 0, width, height), TOKENS, end)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return (rows[: round(min(height, 20)), :width] < 200).any(axis=0)


def test_a_wide_card_has_it_on_one_line_and_a_narrow_one_on_two(panel):
    assert arithmetic_height(panel, 580, TOKENS, END) < arithmetic_height(panel, 280, TOKENS, END)
    assert arithmetic_height(panel, 280, TOKENS, "") == arithmetic_height(panel, 580, TOKENS, END)


def test_its_value_stands_at_the_right_and_on_two_lines_overlaps_nothing(panel):
    assert columns_with_ink(panel, 580, END)[480:].any()
    narrow = columns_with_ink(panel, 280, END)
    assert np.array_equal(narrow, columns_with_ink(panel, 280, END + "000"))
