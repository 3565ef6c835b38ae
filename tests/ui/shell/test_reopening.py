from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from shiboken6 import isValid

from digitpad.core import languages
from digitpad.core.results import Unit
from digitpad.ink.journal import read_journal
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.shell.reopening import Reopening
from digitpad.ui.shell.settings_store import SettingsStore
from tests.support import PATIENCE_MS
from tests.ui.stubs import LAYERS, StubClient
from tests.ui.windows import draw


@pytest.fixture(autouse=True)
def _english_again(monkeypatch):
    monkeypatch.setenv(languages.VARIABLE, languages.ENGLISH)
    monkeypatch.setattr(QMessageBox, "question", lambda *a: QMessageBox.StandardButton.Discard)
    yield
    languages.set_language(languages.ENGLISH)


@pytest.fixture
def reopening(qtbot, tmp_path):
    def make(old: MainWindow | None = None) -> MainWindow:
        # It deletes the windows whose place is taken, which qtbot would close.
        return MainWindow(StubClient(), LAYERS)

    store, first = SettingsStore(), make()
    first.lifetime.remember(store)
    first.show()
    first.session.client.become_ready()
    first.lifetime.keep(tmp_path / "journals")
    reopening = Reopening(first, store, make)
    yield reopening
    reopening.window.lifetime.close_at_once()
    reopening.window.deleteLater()


def speak(qtbot, reopening: Reopening, code: str) -> MainWindow:
    before = reopening.window
    reopening._store.change(language=code)
    qtbot.waitUntil(lambda: reopening.window is not before, timeout=PATIENCE_MS)
    return reopening.window


def test_another_language_is_spoken_at_once_and_all_is_as_it_was(qtbot, reopening, tmp_path):
    first = reopening.window
    first.setGeometry(3, 4, 795, 610)
    draw(first)
    draw(first, (50, 50), (90, 90))
    first.session.pad.undo()
    first.session.name_drawing("7", "who drew it")
    layer = first.session.layers[2]
    first.session.selection.pin(Unit(layer, 3, 2, 1))
    first.documents.held = (Path("/drawings/a.digitpad"), (), first.documents.held[2])
    marks, label = first.session.pad.drawing.marks, first.session.label
    first.lifetime.show_settings()
    second = speak(qtbot, reopening, languages.PSEUDO)
    assert second.actions_by_name["undo"].iconText() != "Undo"
    assert second.isVisible() and not first.isVisible()
    assert second.geometry().getRect() == (3, 4, 795, 610)
    assert second.session.pad.drawing.marks == marks and second.session.pad.drawing.can_redo
    assert second.session.label == label and second.documents.name == "a.digitpad"
    second.session.client.become_ready()
    assert second.session.selection.pinned == Unit(layer, 3, 2, 1)
    assert second.lifetime.remembering._dialog.isVisible(), "where the language was chosen"


def test_no_menu_outlives_its_window(qtbot, reopening):
    first = reopening.window
    menus = [action.menu() for action in first.actions_by_name.values() if action.menu()]
    assert len(menus) > 3
    speak(qtbot, reopening, languages.PSEUDO)
    qtbot.waitUntil(lambda: not isValid(first), timeout=PATIENCE_MS)
    assert not any(map(isValid, menus))


def test_the_first_steps_go_on_in_the_other_language(qtbot, reopening):
    reopening.window.lifetime.show_steps(["draw"])
    second = speak(qtbot, reopening, languages.PSEUDO)
    guide = second.lifetime.guide
    assert guide.strip.isVisible() and guide.steps.step.id == "layer"
    assert guide.strip.number != "2 of 5"


def test_the_journal_is_written_on(qtbot, reopening, tmp_path):
    draw(reopening.window)
    second = speak(qtbot, reopening, languages.PSEUDO)
    draw(second, (50, 50), (90, 90))
    (path,) = (tmp_path / "journals").glob("*.journal")
    assert len(read_journal(path).drawing) == 2
    assert second.lifetime.keeping.is_on and second.notice == ""


def test_back_to_the_systems_language_and_to_one_that_there_is_none_of(qtbot, reopening):
    speak(qtbot, reopening, languages.PSEUDO)
    third = speak(qtbot, reopening, "en")
    assert third.actions_by_name["undo"].iconText() == "Undo"
    reopening._store.change(language="xx")
    qtbot.wait(20)
    assert reopening.window is third


def test_the_settings_are_not_shown_where_the_language_was_chosen_in_the_menu(qtbot, reopening):
    speak(qtbot, reopening, languages.PSEUDO)
    assert not reopening.window.lifetime.shows_settings


def test_the_settings_outlive_the_window(qtbot, reopening):
    second = speak(qtbot, reopening, languages.PSEUDO)
    qtbot.wait(20)
    reopening._store.change(theme="dark")
    assert second.theme.name == "dark"


def test_what_may_not_end_keeps_its_window_and_says_so(qtbot, reopening):
    first = reopening.window
    first.session.before_close.append(lambda asks: not asks)
    reopening._store.change(language=languages.PSEUDO)
    qtbot.waitUntil(lambda: first.notice != "", timeout=PATIENCE_MS)
    assert reopening.window is first and "next start" in first.notice
