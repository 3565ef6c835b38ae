from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QPushButton, QWidget

from digitpad.ui.style.wrapping import WrappingRow


@pytest.fixture
def row(qtbot):
    """Four buttons of 100 x 20 pixels, the last after the spring, over a label."""
    window, bar = QWidget(), QWidget()
    row = WrappingRow(bar)
    row.setSpacing(10)
    bar.buttons = [QPushButton(str(number)) for number in range(4)]
    for number, button in enumerate(bar.buttons):
        button.setFixedSize(100, 20)
        if number == 3:
            row.add_spring()
        row.addWidget(button)
    outer = QGridLayout(window)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(bar, 0, 0)
    outer.addWidget(QLabel("beneath"), 1, 0)
    outer.setRowStretch(1, 1)
    qtbot.addWidget(window)
    window.resize(600, 300)
    window.show()
    bar.outer = window  # kept alive
    yield bar


def places(bar: QWidget, width: int) -> list[tuple[int, int]]:
    bar.window().resize(width, 300)
    QApplication.processEvents()
    return [(button.x(), button.y()) for button in bar.buttons]


def test_with_room_all_stand_in_one_row_the_last_at_its_right(row):
    assert places(row, 600) == [(0, 0), (110, 0), (220, 0), (500, 0)]
    assert row.height() == 20


def test_without_room_they_go_on_in_another_row_that_is_given_its_height(row):
    assert places(row, 330) == [(0, 0), (110, 0), (220, 0), (0, 30)]
    assert row.height() == 50
    assert places(row, 150) == [(0, 0), (0, 30), (0, 60), (0, 90)]
    assert row.height() == 110


def test_who_is_hidden_takes_no_room(row):
    row.buttons[1].hide()
    assert places(row, 330)[2:] == [(110, 0), (230, 0)]


def test_wider_letters_make_another_row(qtbot, row):
    places(row, 450)
    assert row.height() == 20
    for button in row.buttons:
        button.setFixedSize(200, 30)
    qtbot.waitUntil(lambda: row.height() == 70)
