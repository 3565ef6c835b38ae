from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QFileDialog, QListView, QToolButton, QWidget

from digitpad.ui.style.dressing import dress_application
from digitpad.ui.style.style_sheet import style_sheet
from digitpad.ui.style.theme import LIGHT, THEMES
from tests.ui.colours import contrast


@pytest.mark.parametrize("theme", list(THEMES.values()), ids=list(THEMES))
def test_the_arrow_to_the_folder_above_is_seen_in_qts_own_dialog(qtbot, theme, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    window.setStyleSheet(style_sheet(theme))
    dialog = QFileDialog(window, "", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    button = dialog.findChild(QToolButton, "toParentButton")
    image = button.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    middle = [
        image.pixelColor(x, image.height() // 2)
        for x in range(image.width() // 4, image.width() * 3 // 4)
    ]
    lightness = np.array([colour.lightness() for colour in middle])
    dark, light = middle[lightness.argmin()], middle[lightness.argmax()]
    assert contrast(dark, light) > 3


def test_the_names_of_places_are_seen_whole_in_qts_own_dialog(qtbot, tmp_path):
    dress_application(LIGHT)
    dialog = QFileDialog(None, "", str(tmp_path))
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    places = dialog.findChild(QListView, "sidebar")
    assert places.sizeHintForColumn(0) <= places.viewport().width()
    # Places of other people have longer names than those here.
    longest = QFontMetrics(places.font()).horizontalAdvance("a folder's name")
    assert places.minimumWidth() > longest
