from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from digitpad.core.constants import DIGITS
from digitpad.ui.answer.class_choice import ClassChoice
from tests.support import PATIENCE_MS
from tests.ui.hearing import said_of
from tests.ui.pointers import NONE, Mouse


@pytest.fixture
def choice(qtbot) -> ClassChoice:
    choice = ClassChoice()
    qtbot.addWidget(choice)
    choice.resize(200, 300)
    choice.offer(tuple("0123456789"))
    with qtbot.waitActive(choice, timeout=PATIENCE_MS):
        choice.show()
    return choice


def asked(choice: ClassChoice) -> list[int]:
    heard: list[int] = []
    choice.class_asked.connect(heard.append)
    return heard


def test_a_click_asks_for_the_class_whose_row_it_is(choice):
    heard = asked(choice)
    for y in (1, 45, 299):
        Mouse(choice).draw((50, y))
    assert heard == [0, 1, 9]


def test_a_row_is_framed_while_it_is_pointed_at(choice, seen):
    plain = seen(choice)
    Mouse(choice).move((50, 45), NONE)
    assert choice.row == 1 and choice.toolTip() == "Why not 1?"
    framed = seen(choice)
    assert (framed != plain).any() and (framed[80:] == plain[80:]).all()
    QApplication.sendEvent(choice, QEvent(QEvent.Type.Leave))
    assert choice.row == -1 and (seen(choice) == plain).all()


def test_of_the_answer_itself_it_asks_why(choice):
    choice.offer(DIGITS, answer=1)
    Mouse(choice).move((50, 45), NONE)
    assert choice.toolTip() == "Why 1?"
    Mouse(choice).move((50, 65), NONE)
    assert choice.toolTip() == "Why not 2?"


def test_keys_choose_a_row_and_ask(choice):
    heard = asked(choice)
    choice.clearFocus()
    choice.setFocus(Qt.FocusReason.TabFocusReason)
    assert choice.row == 0
    QTest.keyClick(choice, Qt.Key.Key_Up)
    assert choice.row == 9
    QTest.keyClick(choice, Qt.Key.Key_Down)
    QTest.keyClick(choice, Qt.Key.Key_Down)
    QTest.keyClick(choice, Qt.Key.Key_Return)
    assert heard == [1]


def test_without_an_answer_there_is_nothing_to_ask(choice):
    choice.offer(())
    assert not choice.isVisible()


def test_a_screen_reader_hears_the_bar_that_keys_reach(qtbot, heard):
    choice = ClassChoice(number_of=lambda row: f"{row}.0 %")
    qtbot.addWidget(choice)
    choice.offer(DIGITS, answer=1)
    Mouse(choice).move((50, 45), NONE)
    choice.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.sendEvent(choice, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert heard[-1] == said_of(choice) == "1, 1.0 %. Why 1?"
