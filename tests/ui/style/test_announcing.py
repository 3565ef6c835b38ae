from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel
from shiboken6 import delete

from digitpad.ui.style import announcing
from digitpad.ui.style.announcing import announce, describe, hush_while, name, speak_up
from digitpad.ui.style.panel import Panel


class Pen:
    def __init__(self) -> None:
        self.is_down = False

    def is_drawing(self) -> bool:
        return self.is_down


@pytest.fixture
def pen(monkeypatch) -> Pen:
    monkeypatch.setattr(announcing, "_hush", announcing._Hush())
    pen = Pen()
    hush_while(pen.is_drawing)
    return pen


@pytest.fixture
def label(qtbot) -> QLabel:
    label = QLabel()
    qtbot.addWidget(label)
    return label


def test_nothing_is_sent_where_nobody_listens(label, monkeypatch):
    monkeypatch.setattr(announcing, "_send", lambda *sent: pytest.fail("it is sent"))
    assert not QAccessible.isActive()
    announce(label, "a")
    announce(label, "b", assertive=True)


def test_what_is_said_while_the_pen_moves_comes_once_it_rests_the_newest_of_each(
    heard, pen, label, qtbot
):
    other = QLabel()
    qtbot.addWidget(other)
    announce(label, "before")
    pen.is_down = True
    announce(label, "old")
    announce(other, "of another")
    announce(label, "new")
    announce(label, "it failed", assertive=True)
    announce(label, "")
    assert heard == ["before", "!it failed"]
    pen.is_down = False
    speak_up()
    speak_up()
    assert heard == ["before", "!it failed", "of another", "new"]


def test_names_and_descriptions_rest_with_the_pen_where_somebody_listens(heard, pen, qtbot):
    panel = Panel()
    qtbot.addWidget(panel)
    pen.is_down = True
    panel.setAccessibleName("a name")
    panel.setAccessibleDescription("old")
    panel.setAccessibleDescription("new")
    assert (panel.accessibleName(), panel.accessibleDescription()) == ("", "")
    pen.is_down = False
    speak_up()
    assert (panel.accessibleName(), panel.accessibleDescription()) == ("a name", "new")


def test_what_is_as_it_was_once_the_pen_rests_stays_so(heard, pen, label):
    describe(label, "first")
    pen.is_down = True
    describe(label, "on the way")
    describe(label, "first")
    pen.is_down = False
    speak_up()
    assert label.accessibleDescription() == "first"


def test_nothing_waits_where_nobody_listens(pen, label):
    pen.is_down = True
    name(label, "a name")
    describe(label, "words")
    assert (label.accessibleName(), label.accessibleDescription()) == ("a name", "words")


def test_a_widget_that_is_gone_and_a_pen_that_is_gone_say_nothing(heard, monkeypatch, qapp):
    monkeypatch.setattr(announcing, "_hush", announcing._Hush())
    pen = Pen()
    hush_while(pen.is_drawing)
    pen.is_down = True
    gone = QLabel()
    announce(gone, "of what is gone")
    delete(gone)
    del pen
    speak_up()
    assert heard == []
    still = QLabel()
    announce(still, "said at once")
    assert heard == ["said at once"]


def test_the_event_has_the_text_and_how_urgent_it_is(label, monkeypatch):
    sent: list[tuple[str, object]] = []
    monkeypatch.setattr(announcing, "is_heard", lambda: True)
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda event: sent.append((event.message(), event.politeness())),
    )
    announce(label, "polite")
    announce(label, "urgent", assertive=True)
    how = QAccessible.AnnouncementPoliteness
    assert sent == [("polite", how.Polite), ("urgent", how.Assertive)]
