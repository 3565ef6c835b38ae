from __future__ import annotations

import pytest

from digitpad.core.results import Unit
from digitpad.ui.explain.tools import FILM_TOOL, TOOLS
from digitpad.ui.shell.hints import COMPARE, HINTS, IMAGES, SQUARES
from tests.ui.stubs import LAYERS
from tests.ui.windows import draw

IDS = [hint.id for hint in HINTS]


@pytest.fixture
def hints(window):
    window.session.hints.begin(())
    return window.session.hints


def test_nobody_is_given_any_who_has_not_begun(window):
    assert not any(window.session.hints.is_given(id) for id in IDS)
    window.session.hints.note(SQUARES)
    assert window.session.hints.seen == ()


def test_there_is_one_for_each_tool_that_does_not_say_for_good_what_to_try():
    tools = {tool.id for tool in TOOLS}
    assert set(IDS) == {SQUARES, COMPARE, IMAGES, *tools - {FILM_TOOL}}


def test_one_that_was_followed_is_not_given_again(hints):
    noted = []
    hints.noted.connect(noted.append)
    hints.note("history")
    hints.note("history")
    hints.note("no such hint")
    assert noted == [("history",)] and not hints.is_given("history") and hints.is_given("why")
    assert hints.text("history") == "" and hints.text("no such hint") == ""


def test_a_pinned_unit_shows_that_squares_are_known(window, hints):
    assert window.network_view.marks.has_hint
    window.session.selection.pin(Unit(LAYERS[0], 0, 3, 3))
    assert not hints.is_given(SQUARES) and not window.network_view.marks.has_hint


def test_the_first_steps_have_the_word_alone(window, hints):
    draw(window)
    guide = window.lifetime.show_steps()
    guide.flush()
    window.session.selection.open_tool("history")
    assert window.drawer.hint.text == "" and not window.network_view.marks.has_hint
    guide.leave()
    assert window.drawer.hint.text == "", "nothing moves by itself"
    window.session.selection.open_tool("sweeps")
    assert window.drawer.hint.text


def test_what_is_done_in_the_first_steps_need_not_be_said_after_them(window, hints):
    guide = window.lifetime.show_steps()
    window.session.selection.pin(Unit(LAYERS[0], 0, 3, 3))
    guide.leave()
    assert hints.seen == (SQUARES,) and not window.network_view.marks.has_hint


def test_help_gives_all_again(window, hints):
    draw(window)
    for id in IDS:
        hints.note(id)
    noted = []
    hints.noted.connect(noted.append)
    window.actions_by_name["hints"].trigger()
    assert noted == [()] and all(hints.is_given(id) for id in IDS)
