from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QLabel, QPushButton, QVBoxLayout

from digitpad.ui.style.fitting_scroll import FittingDialog, FittingScroll
from digitpad.ui.style.screen import screen_of


def dialog_of(count: int) -> tuple[QDialog, list[QPushButton]]:
    """A dialog of so many buttons, one beneath the other."""
    dialog, content = FittingDialog(), QVBoxLayout()
    buttons = [QPushButton(f"button {number}") for number in range(count)]
    for button in buttons:
        content.addWidget(button)
    layout = QVBoxLayout(dialog)
    layout.addWidget(FittingScroll(content))
    layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
    return dialog, buttons


@pytest.mark.parametrize("count", [3, 200])
def test_a_dialog_is_as_high_as_its_content_or_scrolls_on_the_screen(qtbot, count):
    dialog, buttons = dialog_of(count)
    qtbot.addWidget(dialog)
    dialog.show()
    area = dialog.findChild(FittingScroll)
    fits = count == 3
    assert area.verticalScrollBar().isVisible() != fits
    assert not area.horizontalScrollBar().isVisible()
    assert dialog.height() <= screen_of(dialog).availableGeometry().height()
    assert (area.height() >= buttons[-1].geometry().bottom()) == fits


def test_it_grows_with_what_is_in_it(qtbot):
    dialog, buttons = dialog_of(3)
    qtbot.addWidget(dialog)
    dialog.show()
    before = dialog.height()
    buttons[0].setMinimumHeight(200)
    qtbot.waitUntil(lambda: dialog.height() > before + 100)


def test_the_control_that_gets_the_focus_comes_into_view(qtbot):
    dialog, buttons = dialog_of(200)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    buttons[0].setFocus()
    qtbot.keyClick(buttons[0], Qt.Key.Key_Tab)
    for button in buttons[1:60]:
        qtbot.keyClick(button, Qt.Key.Key_Tab)
    area = dialog.findChild(FittingScroll)
    assert buttons[60].hasFocus()
    assert (
        area.viewport()
        .rect()
        .contains(buttons[60].mapTo(area.viewport(), buttons[60].rect().center()))
    )


def test_what_is_named_lies_under_its_name_where_the_screen_is_too_narrow(qtbot):
    dialog, content = QDialog(), QFormLayout()
    content.addRow("short", QPushButton("a"))
    content.addRow("a name " + 30 * "that is long ", QPushButton("b" * 80))
    QVBoxLayout(dialog).addWidget(FittingScroll(content))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: content.rowWrapPolicy() is QFormLayout.RowWrapPolicy.WrapAllRows)
    other, usual = QDialog(), QFormLayout()
    usual.addRow("short", QPushButton("a"))
    QVBoxLayout(other).addWidget(FittingScroll(usual))
    qtbot.addWidget(other)
    other.show()
    assert usual.rowWrapPolicy() is QFormLayout.RowWrapPolicy.DontWrapRows


def test_what_stands_beside_it_is_on_the_screen_too(qtbot):
    dialog, _buttons = dialog_of(200)
    qtbot.addWidget(dialog)
    room = screen_of(dialog).availableGeometry()
    tall = QLabel("beneath")
    tall.setMinimumHeight(room.height() // 2)
    dialog.layout().addWidget(tall)
    dialog.show()
    assert dialog.frameGeometry().height() <= room.height()
    assert dialog.rect().contains(tall.geometry()) and tall.height() >= room.height() // 2


def test_a_dialog_that_grows_beyond_its_screen_comes_back(qtbot):
    dialog, buttons = dialog_of(3)
    qtbot.addWidget(dialog)
    dialog.show()
    room = screen_of(dialog).availableGeometry()
    dialog.move(room.right() - dialog.width(), room.bottom() - dialog.height() - 40)
    buttons[0].setMinimumHeight(300)
    qtbot.waitUntil(lambda: dialog.height() > 300 and room.contains(dialog.frameGeometry()))


def test_a_text_beside_a_box_gets_a_second_line_where_the_screen_is_too_narrow(qtbot):
    width = screen_of(QDialog()).availableGeometry().width()
    box = QCheckBox("many words " * (width // 40))
    dialog, form = FittingDialog(), QFormLayout()
    qtbot.addWidget(dialog)
    form.addRow("name", box)
    QVBoxLayout(dialog).addWidget(FittingScroll(form))
    high = box.sizeHint().height()
    dialog.show()
    qtbot.waitUntil(lambda: box.sizeHint().height() > 1.5 * high)
    assert " ".join(box.text().split("\n")) == "many words " * (width // 40)
