from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from digitpad.ui.answer.digit_choice import DigitChoice
from tests.support import PATIENCE_MS


@pytest.fixture
def choice(qtbot) -> DigitChoice:
    choice = DigitChoice()
    qtbot.addWidget(choice)
    choice.resize(220, 26)
    choice.offer(("4", "2"))
    with qtbot.waitActive(choice, timeout=PATIENCE_MS):
        choice.show()
    return choice


def noted(choice: DigitChoice) -> list[tuple[str, int]]:
    heard: list[tuple[str, int]] = []
    choice.digit_taken.connect(lambda number: heard.append(("taken", number)))
    choice.digit_pointed_at.connect(lambda number: heard.append(("pointed at", number)))
    return heard


def test_a_digit_is_taken_by_a_click_and_by_keys(qtbot, choice):
    heard = noted(choice)
    qtbot.mouseClick(choice.buttons[1], Qt.MouseButton.LeftButton)
    choice.buttons[0].setFocus()
    qtbot.keyClick(choice.buttons[0], Qt.Key.Key_Space)
    assert [what for what in heard if what[0] == "taken"] == [("taken", 1), ("taken", 0)]


def test_pointing_at_a_button_tells_which_digit_it_means(choice):
    heard = noted(choice)
    for kind in (QEvent.Type.Enter, QEvent.Type.Leave):
        QApplication.sendEvent(choice.buttons[1], QEvent(kind))
    assert heard == [("pointed at", 1), ("pointed at", -1)]


def test_one_digit_is_no_choice_and_nothing_is_pointed_at_any_more(choice):
    heard = noted(choice)
    choice.offer(("4",))
    assert choice.isHidden() and set(heard) == {("pointed at", -1)}


def test_as_many_are_shown_as_there_is_room_for(choice):
    choice.offer(tuple("0123456789" * 3))
    shown = choice.buttons
    assert 4 < len(shown) < 30
    assert all(choice.rect().contains(button.geometry()) for button in shown)
    choice.offer(("7", "1"))
    assert [button.text() for button in choice.buttons] == ["7", "1"]
