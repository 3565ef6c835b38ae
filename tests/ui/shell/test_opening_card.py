from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from digitpad.ui.shell.opening_card import Offer, OpeningCard
from digitpad.ui.style.style_sheet import style_sheet
from digitpad.ui.style.theme import DARK, LIGHT

LONG = "what it is, in so many words that they need a second line of this card at least " * 2
OFFERS = [Offer("a", "First", LONG, "97.0 % of 300"), Offer("b", "Second"), Offer("c", "Third")]


@pytest.fixture
def stage(qtbot) -> QWidget:
    stage = QWidget()
    qtbot.addWidget(stage)
    stage.resize(800, 560)
    stage.setStyleSheet(style_sheet(LIGHT))
    return stage


@pytest.fixture
def card(stage) -> OpeningCard:
    card = OpeningCard(stage)
    card.set_place(QRect(250, 10, 540, 500), 0.9)
    stage.show()
    return card


@pytest.fixture
def heard(card) -> list[str]:
    noted: list[str] = []
    card.chosen.connect(noted.append)
    card.back_wanted.connect(lambda: noted.append("back"))
    card.cancelled.connect(lambda: noted.append("cancel"))
    return noted


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_a_click_anywhere_on_an_answer_takes_it(card, heard):
    card.show_page("Which?", "There are three.", OFFERS)
    for option in card.options:
        click(option)
    # On its words too, which lie over it.
    QTest.mouseClick(
        card.options[0],
        Qt.MouseButton.LeftButton,
        pos=card.options[0].title.geometry().center(),
    )
    assert heard == ["a", "b", "c", "a"] and card.accept.isHidden() and card.back.isHidden()


def test_where_something_is_to_be_accepted_an_answer_is_picked_first(card, heard):
    taken = []
    card.show_page("How?", "", OFFERS, accept=lambda: taken.append(card.picked), picked="a")
    assert card.picked == "a" and card.accept.hasFocus()
    click(card.options[1])
    assert card.picked == "b" and [one.isChecked() for one in card.options] == [False, True, False]
    click(card.accept)
    assert taken == ["b"] and heard == ["b"]
    card.pick(None)
    assert card.picked is None


def test_it_works_by_keys(card, heard):
    taken = []
    card.show_page("Which?", "", OFFERS, can_go_back=True)
    QTest.keyClick(card.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(card.focusWidget(), Qt.Key.Key_Return)
    assert heard == ["b"]
    card.show_page("How?", "", OFFERS, accept=lambda: taken.append(True), picked="a")
    QTest.keyClick(card.focusWidget(), Qt.Key.Key_Return)
    assert taken == [True]
    card.options[2].setFocus()
    QTest.keyClick(card.options[2], Qt.Key.Key_Space)
    assert card.picked == "c"
    QTest.keyClick(card.options[2], Qt.Key.Key_Enter)
    assert taken == [True, True]


def test_back_and_cancel_are_heard(card, heard):
    card.show_page("Which?", "", OFFERS, can_go_back=True)
    click(card.back)
    click(card.cancel)
    assert heard == ["back", "cancel"]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("unit", [0.8, 1.0, 1.6])
def test_nothing_is_cut_off_whatever_its_size(card, qtbot, theme, unit):
    card.parentWidget().setStyleSheet(style_sheet(theme))
    card.set_place(QRect(0, 0, 540, 500), unit)
    card.show_page("Which?", LONG, OFFERS, "It is wrong.", accept=lambda: None)
    qtbot.wait(20)
    for option in card.options:
        last = option.about if option.about.text() else option.title
        assert last.geometry().bottom() < option.height()
        assert last.heightForWidth(last.width()) <= last.height() + 1
    for label in (card.title, card.why, card.error):
        assert label.heightForWidth(label.width()) <= label.height()
    assert card.rect().contains(card.accept.geometry())
    assert QRect(0, 0, 540, 500).contains(card.geometry())


def test_an_error_is_said_beside_the_question(card):
    card.show_page("How?", "", OFFERS, accept=lambda: None)
    assert card.error.isHidden()
    card.show_error("the mean is no number")
    assert card.error.text() == "the mean is no number" and not card.error.isHidden()
    assert len(card.options) == 3
