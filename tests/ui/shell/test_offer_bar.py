from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from digitpad.ui.shell.notice import Notice
from digitpad.ui.shell.offer_bar import Deed, OfferBar


@pytest.fixture
def stage(qtbot) -> QWidget:
    stage = QWidget()
    qtbot.addWidget(stage)
    stage.resize(700, 400)
    stage.show()
    return stage


@pytest.fixture
def notice(stage) -> Notice:
    notice = Notice(stage)
    notice.set_place(stage.rect(), 1.0)
    yield notice
    notice.stop()


@pytest.fixture
def bar(stage, notice) -> OfferBar:
    bar = OfferBar(stage, notice)
    bar.set_place(stage.rect(), 1.0)
    yield bar
    bar.stop()


def test_a_button_does_what_it_offers_and_takes_the_line_away(bar):
    done = []
    deeds = [Deed("Undo", lambda: done.append("undo"), "Take it back"), Deed("See", print)]
    bar.offer("Kept.", deeds)
    assert bar.isVisible() and bar.text == "Kept."
    assert [button.text() for button in bar.buttons] == ["Undo", "See"]
    QTest.mouseClick(bar.buttons[0], Qt.MouseButton.LeftButton)
    assert done == ["undo"] and bar.isHidden()


def test_what_is_said_next_takes_its_place_and_dismisses_it(bar):
    left = []
    bar.offer("One.", [Deed("Undo", print)], lambda: left.append("One."))
    bar.offer("Two.", [])
    assert bar.text == "Two." and bar.buttons == [] and left == ["One."]
    assert bar.isVisible()


@pytest.mark.parametrize("width", [300, 420, 700])
@pytest.mark.parametrize("unit", [1.0, 1.6])
def test_words_and_buttons_have_room_at_any_width(qtbot, stage, bar, width, unit):
    bar.set_place(QRect(0, 0, width, 400), unit)
    bar.offer(
        "Kept in My drawings: it is a 7.",
        [Deed(text, print) for text in ("Undo", "Teach it…", "Drawings")],
    )
    qtbot.wait(1)
    label = bar._label
    assert label.height() >= label.heightForWidth(label.width())
    boxes = [label.geometry(), *(button.geometry() for button in bar.buttons)]
    assert all(bar.rect().contains(box) for box in boxes)
    assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[:n])
    assert stage.rect().contains(bar.geometry())


def test_what_is_to_be_answered_stays_after_the_pointer_was_at_it(qtbot, bar):
    bar.offer("Your drawing is back.", [Deed("Keep it", print)])
    bar.buttons[0].setFocus()
    bar.buttons[0].clearFocus()
    assert not bar._timer.isActive() and bar.isVisible()


def test_it_stays_while_somebody_is_at_it_and_goes_after(qtbot, bar):
    bar.offer("Kept.", [Deed("Undo", print)], for_ms=50)
    bar.window().activateWindow()
    bar.buttons[0].setFocus()
    qtbot.waitUntil(bar.buttons[0].hasFocus)
    qtbot.wait(120)
    assert bar.isVisible()
    bar.buttons[0].clearFocus()
    qtbot.waitUntil(bar.isHidden)


def test_a_notice_and_an_offer_can_both_be_read(qtbot, bar, notice):
    bar.offer("Your drawing is back.", [Deed("Keep it", print)])
    below = bar.geometry()
    notice.say("A file was set aside.")
    qtbot.waitUntil(lambda: bar.geometry() != below)
    assert not bar.geometry().intersects(notice.geometry())
    notice.dismiss()
    qtbot.waitUntil(lambda: bar.geometry() == below)


def test_a_screen_reader_hears_what_can_be_done(bar, heard):
    bar.offer("Your drawing is back.", [Deed("Keep it", print), Deed("Clear", print)])
    assert heard == ["Your drawing is back. Buttons: Keep it, Clear."]
