from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from digitpad.ui.pad.cursors import ring_cursor
from digitpad.ui.style.theme import LIGHT


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_the_ring_is_as_wide_as_the_pen_on_any_screen(qapp, ratio):
    cursor = ring_cursor(30.0, ratio, LIGHT)
    image = cursor.pixmap().toImage()
    drawn = [
        x for x in range(image.width()) if image.pixelColor(x, image.height() // 2).alpha() > 127
    ]
    assert (drawn[-1] - drawn[0] + 1) / ratio == pytest.approx(32, abs=2)
    assert cursor.hotSpot() == QPoint(17, 17)
    assert image.pixelColor(image.width() // 2, image.height() // 2).alpha() == 0


@pytest.mark.parametrize("width", [0.0, 2.0, 200.0])
def test_too_small_or_too_large_is_a_cross(qapp, width):
    assert ring_cursor(width, 1.0, LIGHT).shape() == Qt.CursorShape.CrossCursor
