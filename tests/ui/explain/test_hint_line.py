from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from shiboken6 import delete

from digitpad.core import languages
from digitpad.core.results import Unit
from digitpad.ui.explain import hint_line
from digitpad.ui.explain.tools import TOOLS
from digitpad.ui.shell.hints import COMPARE
from digitpad.ui.style import screen
from tests.ui.cut_texts import on_widgets
from tests.ui.stubs import LAYERS
from tests.ui.windows import draw, read


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(hint_line, "READ_MS", 0)


@pytest.fixture
def hinting(qtbot, window, at_rest):
    """A window with a drawing that was read, for somebody who has seen no hint."""
    draw(window)
    read(qtbot, window, 7)
    at_rest(window)
    window.session.hints.begin(())
    return window


def test_a_tool_says_once_what_to_try_first(qtbot, hinting):
    tool, hint = hinting.session.selection.open_tool, hinting.drawer.hint
    tool("history")
    assert "Drag the slider" in hint.text
    qtbot.mouseClick(hint.close_button, Qt.MouseButton.LeftButton)
    assert hint.isHidden() and hinting.session.hints.seen == ("history",)
    tool("")
    tool("history")
    assert hint.text == ""


def test_it_goes_when_something_was_done_there(qtbot, hinting):
    hinting.session.selection.open_tool("why")
    panel, hint = hinting.drawer.panel, hinting.drawer.hint
    qtbot.keyClick(panel, Qt.Key.Key_Tab)
    assert hint.text
    qtbot.mouseClick(list(panel.buttons.values())[2], Qt.MouseButton.LeftButton)
    assert hint.text == "" and "why" in hinting.session.hints.seen


def test_what_a_tool_deletes_while_its_hint_is_there_does_no_harm(hinting):
    hinting.session.selection.open_tool("why")
    gone = QToolButton(hinting.drawer.panel)
    hint = hinting.drawer.hint
    hint.show_hint("why", hinting.drawer.panel)
    delete(gone)
    hinting.session.selection.open_tool("history")
    assert "Drag the slider" in hint.text


def test_a_stroke_follows_a_hint_to_draw_and_no_other(qtbot, hinting):
    hint = hinting.drawer.hint
    hinting.session.selection.open_tool("history")
    draw(hinting, (50, 50), (90, 90))
    assert hint.text
    hinting.session.selection.open_tool("normalisation")
    qtbot.mouseClick(hinting.drawer.panel, Qt.MouseButton.LeftButton)
    assert hint.text
    draw(hinting, (60, 50), (90, 90))
    assert hint.text == "" and "normalisation" in hinting.session.hints.seen


def test_it_waits_for_what_it_is_about(qtbot, window, at_rest, monkeypatch):
    window.session.hints.begin(())
    hint = window.drawer.hint
    window.session.selection.open_tool("unit")
    assert hint.text == "", "the card says what to click"
    window.session.selection.pin(Unit(LAYERS[0], 0, 3, 3))
    assert hint.text == ""
    monkeypatch.setattr(hint_line, "READ_MS", 60_000)
    draw(window)
    assert hint.text, "and the stroke that brought it did not follow it"
    monkeypatch.setattr(hint_line, "READ_MS", 0)
    draw(window, (50, 50), (90, 90))
    assert hint.text == ""


def test_whoever_only_passes_by_has_not_read_it(hinting, monkeypatch):
    tool = hinting.session.selection.open_tool
    monkeypatch.setattr(hint_line, "READ_MS", 60_000)
    tool("why")
    tool("sweeps")
    assert hinting.session.hints.seen == ()
    monkeypatch.setattr(hint_line, "READ_MS", 0)
    tool("")
    assert hinting.session.hints.seen == ("sweeps",)


def test_two_networks_are_compared_with_a_hint_between_their_rows(qtbot, hinting):
    hint = hinting.comparison.hint
    hinting.session._on_second_ready(hinting.session.info)
    assert "still agree" in hint.text
    lying = hint.geometry()
    for part in (hinting.network_view, hinting.comparison.view, hinting.comparison.words):
        assert not lying.intersects(part.geometry())
    hinting.presentation.begin()
    assert hint.isHidden()
    hinting.session.leave_comparing()
    hinting.session._on_second_ready(hinting.session.info)
    draw(hinting, (50, 50), (90, 90))
    assert hint.text == "" and COMPARE in hinting.session.hints.seen


@pytest.mark.parametrize("text_size", [1.0, 2.0])
@pytest.mark.parametrize("size", [(800, 560), (1280, 800)])
def test_it_covers_nothing_and_can_be_read_whole(qtbot, hinting, size, text_size):
    languages.set_language(languages.PSEUDO)
    screen.set_text_scale(text_size)
    try:
        hinting.resize(*size)
        for tool in TOOLS:
            hinting.session.selection.open_tool(tool.id)
            hinting.lay_out()
            qtbot.wait(1)
            drawer, hint = hinting.drawer, hinting.drawer.hint
            if hint.text:
                assert drawer.rect().contains(hint.geometry())
                assert not hint.geometry().intersects(drawer.panel.geometry())
                assert on_widgets(hint) == []
    finally:
        languages.set_language(languages.ENGLISH)
        screen.set_text_scale(1.0)


def test_the_keyboard_leaves_with_it(qtbot, hinting):
    hinting.session.selection.open_tool("history")
    cross = hinting.drawer.hint.close_button
    cross.setFocus()
    qtbot.keyClick(cross, Qt.Key.Key_Space)
    assert hinting.drawer.hint.text == "" and hinting.focusWidget() not in (None, cross)
