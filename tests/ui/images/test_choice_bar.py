from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from digitpad.ui.images.answers import Choice, Order
from digitpad.ui.images.choice_bar import ChoiceBar, DropList
from digitpad.ui.images.words import order_in_words
from digitpad.ui.style.dressing import palette
from digitpad.ui.style.style_sheet import style_sheet
from digitpad.ui.style.theme import DARK, LIGHT
from tests.ui.browsers import GARMENTS
from tests.ui.colours import share_of

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bar(qtbot) -> ChoiceBar:
    bar = ChoiceBar()
    qtbot.addWidget(bar)
    bar.set_unit(1.0)
    bar.set_theme(LIGHT)
    bar.resize(1000, 36)
    bar.show()
    return bar


@pytest.fixture
def made(bar) -> list[Choice]:
    """The choices that were made, newest last."""
    choices: list[Choice] = []
    bar.choice_changed.connect(choices.append)
    return choices


def texts(box: DropList) -> list[str]:
    return [box.itemText(index) for index in range(box.count())]


def test_the_lists_name_every_class_and_every_order(bar):
    assert texts(bar.label_list) == ["Any class", *"0123456789"]
    assert texts(bar.answer_list)[:2] == ["Read as anything", "Read as 0"]
    assert texts(bar.order_list) == [order_in_words(order) for order in Order]


def test_keys_choose_a_class_an_answer_and_an_order(bar, made):
    QTest.keyClick(bar.label_list, Qt.Key.Key_4)
    for _ in range(3):
        QTest.keyClick(bar.answer_list, Qt.Key.Key_Down)
    QTest.keyClick(bar.order_list, Qt.Key.Key_End)
    assert made[-1] == Choice(label=4, answer=2, order=list(Order)[-1])


def test_a_class_is_chosen_in_the_list_that_drops_down(qtbot, bar, made):
    QTest.mouseClick(bar.label_list, LEFT)
    dropped = bar.label_list.view()
    assert dropped.isVisible()
    dropped.setCurrentIndex(dropped.model().index(8, 0))
    QTest.keyClick(dropped, Qt.Key.Key_Return)
    assert made == [Choice(label=7)]


def test_buttons_choose_mistakes_and_what_was_rejected(bar, made):
    QTest.mouseClick(bar.mistakes_button, LEFT)
    QTest.mouseClick(bar.rejected_button, LEFT)
    QTest.mouseClick(bar.mistakes_button, LEFT)
    assert made == [
        Choice(mistakes_only=True),
        Choice(mistakes_only=True, rejected_only=True),
        Choice(rejected_only=True),
    ]


def test_all_are_shown_again_by_a_click_and_their_order_stays(bar, made):
    assert not bar.all_button.isEnabled()
    bar.show_choice(Choice(label=3, mistakes_only=True, order=Order.MOST_CERTAIN_FIRST))
    QTest.mouseClick(bar.all_button, LEFT)
    assert made == [Choice(order=Order.MOST_CERTAIN_FIRST)]
    assert bar.label_list.currentIndex() == 0 and not bar.mistakes_button.isChecked()
    assert not bar.all_button.isEnabled()


def test_a_choice_made_elsewhere_is_shown_and_not_said_again(bar, made):
    bar.show_choice(
        Choice(label=3, answer=5, mistakes_only=True, rejected_only=True, order=Order.CLOSEST_FIRST)
    )
    assert bar.label_list.currentText() == "3" and bar.answer_list.currentText() == "Read as 5"
    assert bar.mistakes_button.isChecked() and bar.rejected_button.isChecked()
    assert bar.order_list.currentText() == "Closest call first"
    assert made == []


def test_choosing_what_is_chosen_already_says_nothing(bar, made):
    bar.choose_all()
    bar.label_list.activated.emit(0)
    assert made == []


def test_other_classes_take_the_choice_of_a_class_away(bar, made):
    bar.show_choice(Choice(label=3, mistakes_only=True, order=Order.MOST_CERTAIN_FIRST))
    bar.set_classes(tuple("0123456789"))
    assert bar.label_list.currentText() == "3"
    bar.set_classes(GARMENTS)
    assert (
        texts(bar.label_list) == ["Any class", *GARMENTS]
        and texts(bar.answer_list)[5] == "Read as coat"
    )
    assert bar.label_list.currentIndex() == 0 and not bar.mistakes_button.isChecked()
    assert bar.order_list.currentText() == "Most certain first"


def test_the_number_of_images_is_said(bar):
    bar.show_count("12 of 10,000")
    assert bar.count_label.text() == "12 of 10,000"


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_list_shows_that_it_drops_down(bar, seen, theme):
    bar.setStyleSheet(style_sheet(theme))
    bar.setPalette(palette(theme))
    bar.set_theme(theme)
    assert share_of(seen(bar.label_list)[:, -24:], theme.quiet, 60) > 0.01


def test_a_list_is_no_wider_than_its_texts_when_these_become_smaller(bar, qtbot):
    bar.setStyleSheet(style_sheet(LIGHT))
    for unit in (1.4, 0.9):
        bar.set_unit(unit)
        qtbot.wait(1)
    lists = bar.findChildren(DropList)
    assert lists and all(one.width() == one.sizeHint().width() for one in lists)
