from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest

from digitpad.core.results import Unit
from digitpad.ui.explain.drawer import Drawer
from digitpad.ui.explain.tools import TOOLS
from digitpad.ui.shell.actions import ACTIONS
from digitpad.ui.style.screen import set_text_scale
from tests.ui.windows import draw, read


def parts(window) -> dict[str, QRect]:
    return {
        name: getattr(window, name).geometry()
        for name in ("canvas", "tools", "digit_view", "network_view", "answer_panel", "status_line")
    }


@pytest.mark.parametrize("tool", [tool.id for tool in TOOLS])
@pytest.mark.parametrize("size", [(800, 560), (900, 600), (1280, 800), (1600, 1000)])
def test_an_open_tool_covers_nothing_and_closed_the_window_is_what_it_was(
    qtbot, window, at_rest, seen, size, tool
):
    window.resize(*size)
    draw(window)
    read(qtbot, window, 7)
    at_rest(window)
    before, picture = parts(window), seen(window.centralWidget())
    window.actions_by_name[tool].trigger()
    assert window.drawer.isVisible()
    drawer = window.drawer.geometry()
    assert drawer.bottom() == before["network_view"].bottom()
    for name, box in parts(window).items():
        assert not box.intersects(drawer), name
        assert box == before[name] or name == "network_view"
    panel = window.drawer.panel
    assert window.drawer.rect().contains(panel.geometry())
    for button in window.drawer.buttons.values():
        assert window.drawer.rect().contains(button.geometry())
        assert not button.geometry().intersects(window.drawer.close_button.geometry())
    window.actions_by_name[tool].trigger()
    assert not window.drawer.isVisible() and parts(window) == before
    assert (seen(window.centralWidget()) == picture).all()


def test_its_names_and_keys_open_tools_and_escape_closes_them(qtbot, window):
    for tool in TOOLS:
        QTest.keyClick(window, getattr(Qt.Key, f"Key_{tool.key}"))
        assert window.session.selection.tool == tool.id
        assert window.drawer.buttons[tool.id].isChecked()
        QTest.keyClick(window, Qt.Key.Key_Escape)
        assert not window.drawer.isVisible()
    first = TOOLS[0].id
    window.session.selection.open_tool(first)
    QTest.mouseClick(window.drawer.buttons[first], Qt.MouseButton.LeftButton)
    # The name of an open tool leaves it open.
    assert window.drawer.isVisible() and window.drawer.buttons[first].isChecked()
    QTest.mouseClick(window.drawer.close_button, Qt.MouseButton.LeftButton)
    assert not window.drawer.isVisible()


def test_a_tool_that_nobody_knows_opens_nothing(window):
    window.session.selection.open_tool("no such tool")
    assert not window.drawer.isVisible() and window.drawer.panel is None


def test_comparing_goes_on_above_the_drawer(window):
    window.session.client.second_ready.emit(window.session.info)
    answers = window.answer_panel.geometry(), window.comparison.answer.geometry()
    window.session.selection.open_tool(TOOLS[0].id)
    drawer = window.drawer.geometry()
    views = window.network_view.geometry(), window.comparison.view.geometry()
    assert views[0].size() == views[1].size()
    for box in (*views, window.comparison.words.geometry()):
        assert box.isValid() and not box.intersects(drawer)
    assert answers == (window.answer_panel.geometry(), window.comparison.answer.geometry())


def test_each_tool_has_an_action_and_its_verb_is_a_button_under_the_answer(window):
    rows = {row.id: row for row in ACTIONS}
    for tool in TOOLS:
        assert rows[tool.id].keys == (tool.key,) and rows[tool.id].text == tool.text
    verbs = [row.verb for row in ACTIONS if row.verb]
    assert [button.text() for button in window.answer_panel.verbs.buttons] == verbs


def test_each_panel_follows_the_session_only_while_it_is_open(window):
    drawer = Drawer(window.session)
    for tool in TOOLS:
        window.session.selection.open_tool(tool.id)
        assert drawer.panel is not None
        window.session.selection.open_tool("")
        # A second end would have nothing to disconnect, and Qt would warn.
        window.session.selection.open_tool(tool.id)
    drawer.deleteLater()


def test_the_keys_go_back_to_the_pad_before_the_part_that_has_them_is_hidden(window):
    drawer = window.drawer
    window.session.selection.open_tool(TOOLS[0].id)
    drawer.close_button.setFocus(Qt.FocusReason.TabFocusReason)
    window.session.selection.open_tool("")
    assert window.canvas.hasFocus()
    # Going on among the names leaves the keys on them.
    window.session.selection.open_tool(TOOLS[0].id)
    other = drawer.buttons[TOOLS[1].id]
    other.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(other, Qt.Key.Key_Space)
    assert window.session.selection.tool == TOOLS[1].id and other.hasFocus()


@pytest.mark.parametrize("by_key", [True, False])
def test_what_ends_the_card_lets_the_unit_go(qtbot, window, by_key):
    draw(window)
    read(qtbot, window, 7)
    selection = window.session.selection
    selection.pin(Unit(window.session.layers[0], 0, row=8, column=6))
    if by_key:
        selection.open_tool("")
        QTest.keyClick(window, Qt.Key.Key_Escape)
    else:
        QTest.mouseClick(window.drawer.close_button, Qt.MouseButton.LeftButton)
    assert selection.pinned is None and not window.drawer.isVisible()


def test_beside_large_texts_an_explanation_takes_the_layers_place(window):
    window.session.selection.open_tool("why")
    assert window.network_view.isVisible()
    set_text_scale(2.0)
    try:
        window.lay_out()
        assert not window.network_view.isVisible()
        assert window.drawer.height() > 2 * window.height() // 3
        assert window.answer_panel.isVisible() and window.answer_panel.verbs.isVisible()
        window.session.selection.open_tool("")
        assert window.network_view.isVisible()
    finally:
        set_text_scale(1.0)
        window.lay_out()
