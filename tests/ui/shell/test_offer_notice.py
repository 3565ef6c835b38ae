from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from digitpad.ui.shell.offer_notice import OfferNotice


@pytest.fixture
def stage(qtbot) -> QWidget:
    stage = QWidget()
    qtbot.addWidget(stage)
    stage.resize(700, 400)
    stage.show()
    return stage


@pytest.fixture
def notice(stage) -> OfferNotice:
    notice = OfferNotice(stage)
    notice.set_place(stage.rect(), 1.0)
    yield notice
    notice.stop()


def test_a_button_does_what_it_offers_and_takes_the_line_away(notice):
    done = []
    notice.say("Kept.", [("Undo", "Take it back", lambda: done.append("undo")), ("See", "", print)])
    assert notice.isVisible() and notice.text == "Kept."
    assert [button.text() for button in notice.buttons] == ["Undo", "See"]
    QTest.mouseClick(notice.buttons[0], Qt.MouseButton.LeftButton)
    assert done == ["undo"] and notice.isHidden()


def test_what_is_said_next_takes_its_place(notice):
    notice.say("One.", [("Undo", "", print)])
    notice.say("Two.", [])
    assert notice.text == "Two." and notice.buttons == []


@pytest.mark.parametrize("width", [300, 420, 700])
@pytest.mark.parametrize("unit", [1.0, 1.6])
def test_words_and_buttons_have_room_at_any_width(qtbot, stage, notice, width, unit):
    notice.set_place(QRect(0, 0, width, 400), unit)
    notice.say(
        "Kept in My drawings: it is a 7.",
        [(text, "", print) for text in ("Undo", "Teach it…", "Drawings")],
    )
    qtbot.wait(1)
    label = notice._label
    assert label.height() >= label.heightForWidth(label.width())
    boxes = [label.geometry(), *(button.geometry() for button in notice.buttons)]
    assert all(notice.rect().contains(box) for box in boxes)
    assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[:n])
    assert stage.rect().bottom() >= notice.geometry().bottom()


def test_it_stays_while_somebody_is_at_it_and_goes_after(qtbot, notice, monkeypatch):
    notice._timer.setInterval(50)
    notice.say("Kept.", [("Undo", "", print)])
    notice.window().activateWindow()
    notice.buttons[0].setFocus()
    qtbot.waitUntil(notice.buttons[0].hasFocus)
    qtbot.wait(120)
    assert notice.isVisible()
    notice.buttons[0].clearFocus()
    qtbot.waitUntil(notice.isHidden)
