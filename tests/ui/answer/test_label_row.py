from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from digitpad.core.constants import NON_DIGIT
from digitpad.ui.answer.label_row import LabelRow
from tests.ui.pointers import touch_screen


@pytest.fixture
def row(qtbot) -> LabelRow:
    row = LabelRow()
    qtbot.addWidget(row)
    row.resize(144, 226)
    row.show()
    qtbot.waitExposed(row)
    row.said = []
    row.label_chosen.connect(row.said.append)
    return row


def test_there_is_a_button_for_each_digit_and_for_none_and_a_click_says_it(row):
    assert sorted(row.buttons) == [NON_DIGIT, *range(10)]
    for label, button in row.buttons.items():
        assert row.rect().contains(button.geometry()), label
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert sorted(row.said) == [NON_DIGIT, *range(10)]


def test_no_two_buttons_lie_over_each_other_at_any_size(row):
    for width, height in ((144, 226), (110, 120), (400, 500)):
        row.resize(width, height)
        boxes = [button.geometry() for button in row.buttons.values()]
        assert all(row.rect().contains(box) and box.height() > 8 for box in boxes)
        assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[:n])


def test_keys_say_it_and_arrows_choose(row):
    focused = row.buttons[1]
    assert row.has_keys and focused.hasFocus()
    QTest.keyClick(focused, Qt.Key.Key_7)
    QTest.keyClick(focused, Qt.Key.Key_Minus)
    QTest.keyClick(focused, Qt.Key.Key_Down)
    QTest.keyClick(row.buttons[4], Qt.Key.Key_Right)
    QTest.keyClick(row.buttons[5], Qt.Key.Key_Return)
    QTest.keyClick(row.buttons[5], Qt.Key.Key_Space)
    assert row.said == [7, NON_DIGIT, 5, 5]
    for _ in range(5):
        QTest.keyClick(row.focusWidget() or row, Qt.Key.Key_Down)
    assert row.buttons[NON_DIGIT].hasFocus()


def test_a_finger_says_it(qtbot, row):
    button = row.buttons[3]
    middle = QPoint(button.width() // 2, button.height() // 2)
    touch = QTest.touchEvent(button, touch_screen())
    touch.press(0, middle, button).commit()
    QTest.touchEvent(button, touch_screen()).release(0, middle, button).commit()
    qtbot.waitUntil(lambda: row.said == [3])
