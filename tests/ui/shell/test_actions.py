from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from digitpad.ink.drawing import Stroke
from digitpad.ui.shell import actions as actions_module
from digitpad.ui.shell.actions import ACTIONS
from digitpad.ui.shell.session import Session
from digitpad.ui.style.icons import icon
from tests.ui.choices import info_of
from tests.ui.controllers import actions_of
from tests.ui.stubs import StubClient, recognition


@pytest.fixture
def owner(qtbot) -> QWidget:
    owner = QWidget()
    qtbot.addWidget(owner)
    return owner


@pytest.fixture
def session(owner) -> Session:
    return Session(StubClient(), parent=owner)


@pytest.fixture
def actions(session, owner) -> dict[str, QAction]:
    return actions_of(session, owner)


def test_every_action_has_words_and_keys_of_its_own(owner, actions):
    keys = Counter(key.toString() for action in actions.values() for key in action.shortcuts())
    assert all(action.text() for action in actions.values())
    assert max(keys.values()) == 1
    assert list(actions) == [row.id for row in ACTIONS]
    assert set(actions.values()) <= set(owner.actions())


@pytest.mark.parametrize("row", ACTIONS, ids=lambda row: row.id)
def test_a_button_has_a_picture_that_is_drawn(qapp, row):
    assert bool(row.icon) == (row.buttons is not None)
    if row.icon:
        assert not icon(row.icon, "#000000", "#ff0000", "#888888").isNull()


def test_pen_and_eraser_exclude_each_other(session, actions):
    assert actions["pen"].isChecked() and not actions["eraser"].isChecked()
    for name, other in (("eraser", "pen"), ("eraser", "pen"), ("pen", "eraser")):
        actions[name].trigger()
        assert actions[name].isChecked() and not actions[other].isChecked()
        assert session.pad.is_erasing == (name == "eraser")


def test_what_cannot_be_done_now_is_disabled(session, actions):
    def enabled() -> list[str]:
        return [name for name in ("undo", "redo", "clear") if actions[name].isEnabled()]

    assert enabled() == []
    session.pad.show_marks([Stroke.through(((100, 60), (110, 220)))])
    assert enabled() == ["undo", "clear"]
    actions["undo"].trigger()
    assert enabled() == ["redo"]


def test_a_row_is_asked_anew_whenever_what_is_shown_changes(owner, session, monkeypatch):
    row = replace(ACTIONS[0], is_enabled=lambda session: session.recognition is not None)
    monkeypatch.setattr(actions_module, "ACTIONS", (row,))
    action = actions_of(session, owner)[row.id]
    assert not action.isEnabled()
    session.client.recognized.emit(recognition(7))
    assert action.isEnabled()


def test_comparing_is_on_only_while_there_is_something_to_compare(session, actions):
    compare = actions["compare"]
    compare.trigger()  # there is no other network to choose
    assert not compare.isChecked() and compare.text() == "Co&mpare…"
    session.client.ready.emit(info_of("lenet5"))
    session.client.second_ready.emit(info_of("lenet5-relu"))
    assert compare.isChecked() and compare.text() == "Leave co&mparing"
    compare.trigger()
    assert not compare.isChecked() and compare.text() == "Co&mpare…"


def test_every_action_can_be_done_at_once_in_an_empty_window(session, actions, monkeypatch):
    monkeypatch.setattr(
        "PySide6.QtWidgets.QFileDialog.getOpenFileNames", lambda *given, **options: ([], "")
    )
    for dialog in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(f"PySide6.QtWidgets.QFileDialog.{dialog}", lambda *given: ("", ""))
    for action in actions.values():
        action.trigger()
    assert session.pad.is_empty
