from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor

from digitpad.ui.images.grid_geometry import GridGeometry
from digitpad.ui.images.image_sheet import ImageSheet
from digitpad.ui.style.theme import LIGHT, THEMES
from tests.ui.browsers import images
from tests.ui.colours import rgb

GRID = GridGeometry(count=20, width=200, cell_width=60, cell_height=70, gap=8)


def sheet_of(seen: range, is_read: bool = True, theme=LIGHT):
    digits = images(20).digits[seen.start : seen.stop]
    return ImageSheet(theme).picture(digits, np.full(len(seen), is_read), GRID, seen, 2)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_images_go_from_paper_to_ink_in_the_middle_of_their_cells(theme):
    picture = sheet_of(range(3, 9), theme=theme)
    left, top = GRID.corner(4)
    left, top = left + (60 - 56) // 2, top - GRID.corner(3)[1]

    assert picture.pixelColor(left, top) == QColor(theme.ink)
    assert picture.pixelColor(left + 1, top + 1) == QColor(theme.ink)
    assert picture.pixelColor(left - 1, top) == QColor(theme.ground)
    share = 80 / 255
    expected = rgb(theme.paper) + share * (rgb(theme.ink) - rgb(theme.paper))
    assert np.abs(rgb(picture.pixelColor(left + 20, top + 20)) - expected).max() <= 1


def test_it_ends_below_the_last_images():
    assert sheet_of(range(2 * GRID.columns, 4 * GRID.columns)).height() == GRID.row_pitch + 56


def test_images_not_yet_read_keep_their_shape_in_pale_ink():
    left, _ = GRID.corner(0)
    ink = sheet_of(range(3), is_read=False).pixelColor(left + 2, 0)

    assert (
        QColor(LIGHT.ink).lightness() + 60 < ink.lightness() < QColor(LIGHT.paper).lightness() - 40
    )
