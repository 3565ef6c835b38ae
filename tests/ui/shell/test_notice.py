from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

from digitpad.ui.shell import notice as notice_module
from digitpad.ui.shell.notice import Notice, done
from digitpad.ui.style.style_sheet import style_sheet
from digitpad.ui.style.theme import LIGHT
from tests.support import PATIENCE_MS


@pytest.fixture
def notice(qtbot, monkeypatch) -> Iterator[Notice]:
    monkeypatch.setattr(notice_module, "NOTICE_MS", 20)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    notice = Notice(window)
    notice.set_place(QRect(300, 20, 400, 500), 1.0)
    window.show()
    assert notice.isHidden()
    yield notice
    window.close()


def test_it_is_seen_and_goes_by_itself(qtbot, notice):
    notice.say("A seven was expected")
    assert notice.isVisible() and notice.text() == "A seven was expected"
    qtbot.waitUntil(notice.isHidden, timeout=PATIENCE_MS)


def test_a_lasting_one_stays_until_it_is_dismissed(qtbot, notice):
    notice.say("soon gone")
    notice.say("stays", lasting=True)
    qtbot.wait(60)
    assert notice.isVisible()
    notice.dismiss()
    assert notice.isHidden()


def test_a_click_takes_it_away(qtbot, notice):
    notice.say("seven.png is damaged", lasting=True)
    qtbot.mouseClick(notice, Qt.MouseButton.LeftButton)
    assert notice.isHidden()


def test_one_that_was_dismissed_takes_no_later_one_with_it(qtbot, notice):
    notice.say("soon gone")
    notice.dismiss()
    notice.say("stays", lasting=True)
    qtbot.wait(60)
    assert notice.isVisible()


def test_it_lies_in_its_box_however_long_its_text(notice):
    for text in ("short", "a longer one " * 20, "endless " * 10_000):
        notice.say(text, lasting=True)
        assert QRect(300, 20, 400, 500).contains(notice.geometry())


def test_the_name_of_a_file_is_shown_as_it_is(notice):
    notice.say("<img src='x'><b>7</b>.png is damaged")
    assert notice.textFormat() == Qt.TextFormat.PlainText


def test_nothing_runs_on_after_the_end(qtbot, notice):
    notice.say("to the end")
    notice.stop()
    qtbot.wait(60)
    assert notice.isVisible()


def test_what_was_done_looks_unlike_what_went_wrong(notice):
    notice.setStyleSheet(style_sheet(LIGHT))
    notice.say("The file is broken.")
    colour = notice.palette().windowText().color().name()
    notice.say(done("The drawing is saved."))
    assert notice.text() == "✓ The drawing is saved."
    assert (colour, notice.palette().windowText().color().name()) == (LIGHT.warning, LIGHT.text)


def test_what_went_wrong_interrupts_a_screen_reader_and_what_was_done_does_not(notice, heard):
    notice.say("The file is broken.")
    notice.say(done("It is saved."))
    assert heard == ["!The file is broken.", "It is saved."]
