"""What a screen reader is told of the answer, in the window with a recogniser that says what the
test wants."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from digitpad.core import languages
from digitpad.core.results import Rejection, RejectionReason
from digitpad.ui.shell.session import REST_MS
from digitpad.ui.shell.speaking import SETTLING_MS
from tests.support import PATIENCE_MS
from tests.ui.pointers import Mouse
from tests.ui.stubs import StubClient, recognition
from tests.ui.windows import LINE, draw, on_screen, read

ENOUGH_MS = REST_MS + 3 * SETTLING_MS


@pytest.fixture
def window(window, monkeypatch, heard):
    # No other window of the tests may take its place.
    monkeypatch.setattr(QWidget, "isActiveWindow", lambda widget: True)
    return window


def test_the_answer_is_said_once_when_the_pen_rests(qtbot, window, heard):
    mouse = Mouse(window.canvas)
    first, last = (on_screen(window, point) for point in LINE)
    mouse.press(first)
    mouse.move(last)
    read(qtbot, window, 7)
    qtbot.wait(ENOUGH_MS)
    assert heard == [] and window.answer_panel.accessibleDescription() == "Nothing is drawn."
    mouse.release(last)
    read(qtbot, window, 7, share=0.96)
    qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE_MS)
    said = window.answer_panel.answer_text()
    assert said == "7, 96.0 %; then 8, 4.0 %"
    assert window.answer_panel.accessibleDescription() == said
    # The same again, as where another program has come to compute it.
    window.session.client.recognized.emit(recognition(7, 0.96))
    qtbot.wait(ENOUGH_MS)
    assert heard == [said]


def test_an_answer_that_comes_late_is_said_when_it_comes(qtbot, window, heard):
    draw(window)
    qtbot.wait(ENOUGH_MS)
    assert heard == []
    read(qtbot, window, 1)
    qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE_MS)
    # The answer to the drawing before is none to this one.
    draw(window, (60, 60), (200, 60))
    qtbot.wait(ENOUGH_MS)
    assert heard == ["1, 90.0 %; then 2, 10.0 %"]


def test_while_a_newer_digit_is_read_the_answer_to_the_one_before_is_not_said(
    qtbot, window, heard, monkeypatch
):
    draw(window)
    monkeypatch.setattr(StubClient, "is_reading", True)
    read(qtbot, window, 4)
    qtbot.wait(ENOUGH_MS)
    assert heard == []
    monkeypatch.setattr(StubClient, "is_reading", False)
    read(qtbot, window, 9)
    qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE_MS)
    assert heard == ["9, 90.0 %; then 0, 10.0 %"]


def test_doubt_and_an_empty_pad_are_said_too(qtbot, window, heard):
    draw(window)
    doubt = Rejection(RejectionReason.BETWEEN, (3, 8))
    read(qtbot, window, 3, rejection=doubt)
    qtbot.waitUntil(lambda: len(heard) == 1, timeout=PATIENCE_MS)
    assert heard[0].startswith("Not a digit?")
    window.session.pad.clear()
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=PATIENCE_MS)
    window.session.pad.undo()
    window.session.pad.clear()
    qtbot.wait(ENOUGH_MS)
    assert heard[1:] == ["Nothing is drawn."]


def test_a_window_in_the_background_says_nothing(qtbot, window, heard, monkeypatch):
    monkeypatch.setattr(QWidget, "isActiveWindow", lambda widget: False)
    draw(window)
    read(qtbot, window, 7)
    qtbot.wait(ENOUGH_MS)
    assert heard == []


def test_what_another_drawing_was_read_as_is_said_behind_it(qtbot, window, heard):
    draw(window)
    read(qtbot, window, 7)
    qtbot.waitUntil(lambda: len(heard) == 1, timeout=PATIENCE_MS)
    window.session.pin()
    draw(window, (60, 60), (200, 60))
    qtbot.waitUntil(lambda: not window.session.is_reading_due, timeout=PATIENCE_MS)
    read(qtbot, window, 1)
    qtbot.waitUntil(lambda: heard[-1].startswith("1, "), timeout=PATIENCE_MS)
    assert heard[-1] == "1, 90.0 %; then 2, 10.0 %. Now: 1. Kept: 7"


def test_it_is_said_in_the_language_that_was_chosen(qtbot, window, heard):
    languages.set_language("zh_CN")
    try:
        draw(window)
        read(qtbot, window, 7)
        qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE_MS)
        assert heard == [window.answer_panel.answer_text()] and heard[0].startswith("7，")
        window.session.pad.clear()
        qtbot.waitUntil(lambda: len(heard) == 2, timeout=PATIENCE_MS)
        assert heard[1] not in ("", "Nothing is drawn.")
    finally:
        languages.set_language(languages.ENGLISH)
