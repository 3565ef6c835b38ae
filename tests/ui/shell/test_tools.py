from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QToolButton, QWidget

from digitpad.ink.drawing import PEN_WIDTH
from digitpad.ui.pad.pad_model import PEN_WIDTH_RANGE
from digitpad.ui.shell.session import Session
from digitpad.ui.shell.tools import ToolBox
from digitpad.ui.style.screen import set_text_scale
from digitpad.ui.style.theme import DARK, LIGHT
from tests.ui.controllers import actions_of
from tests.ui.stubs import StubClient


@pytest.fixture
def owner(qtbot) -> QWidget:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.resize(400, 120)
    return owner


@pytest.fixture
def tools(owner) -> ToolBox:
    session = Session(StubClient(), parent=owner)
    tools = ToolBox(actions_of(session, owner), session.pad, owner)
    tools.setGeometry(0, 0, 336, 104)
    tools.set_theme(LIGHT)
    tools.set_unit(1.0)
    owner.show()
    return tools


@pytest.mark.parametrize(
    "name", ["pen", "eraser", "undo", "redo", "clear", "example", "open", "save"]
)
def test_a_click_on_a_button_does_its_action(qtbot, tools, name, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *given: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *given, **options: ([], ""))
    action = tools._actions[name]
    action.setEnabled(True)
    button = next(b for b in tools.findChildren(QToolButton) if b.defaultAction() is action)
    with qtbot.waitSignal(action.triggered):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "(" in button.toolTip()


def test_a_button_shows_its_name_without_the_letter_of_the_menu(tools):
    names = {name: tools.button(name).text() for name in ("undo", "example", "open", "save")}
    assert names == {"undo": "Undo", "example": "Sample", "open": "Open", "save": "Save"}


def test_the_width_is_set_by_slider_and_keys_within_its_range(qtbot, owner, tools):
    slider = tools.width_slider
    assert slider.value() == PEN_WIDTH
    with qtbot.waitSignal(slider.valueChanged):
        tools._actions["thicker"].trigger()
    assert slider.value() == PEN_WIDTH + 3
    for _ in range(30):
        tools._actions["thinner"].trigger()
    assert slider.value() == PEN_WIDTH_RANGE[0]
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert slider.value() == PEN_WIDTH_RANGE[1]


@pytest.mark.parametrize(
    ("unit", "width", "height"),
    [(0.84, 228, 87), (0.84, 236, 87), (1.0, 336, 104), (2.6, 1000, 270)],
)
def test_every_button_shows_all_of_its_words(tools, unit, width, height):
    tools.set_unit(unit)
    tools.resize(width, height)
    tools.layout().activate()
    for button in tools.findChildren(QToolButton):
        assert tools.rect().contains(button.geometry())
        assert button.fontMetrics().horizontalAdvance(button.text()) <= button.width() - 4, (
            button.text()
        )
        assert button.iconSize().height() + button.fontMetrics().height() <= button.height() + 2


def test_icons_change_with_the_theme(tools):
    action = tools._actions["pen"]
    before = action.icon().cacheKey()
    tools.set_theme(DARK)
    assert action.icon().cacheKey() != before


@pytest.mark.parametrize(("width", "columns"), [(700, 5), (520, 4), (280, 3)])
def test_large_words_get_as_many_columns_as_they_have_room_in(tools, width, columns):
    rows = tools.rows_in(width, 2.0)
    tools.set_unit(2.0)
    tools.setGeometry(0, 0, width, rows * 110)
    buttons = [tools.button(name) for name in tools._buttons]
    assert len({button.x() for button in buttons}) == columns
    for button in buttons:
        assert button.font().pixelSize() >= 18
        assert button.fontMetrics().horizontalAdvance(button.text()) < button.width()
    boxes = [button.geometry() for button in buttons] + [tools._slider_box.geometry()]
    assert not any(a.intersects(b) for a, b in combinations(boxes, 2))


def test_usual_words_lie_as_they_did(tools):
    before = [tools.button(name).geometry() for name in tools._buttons]
    tools.rows_in(280, 2.0)
    tools.lie_as_usual()
    tools._layout.activate()
    assert [tools.button(name).geometry() for name in tools._buttons] == before


def test_a_screen_reader_hears_which_tool_a_key_took_and_how_wide_it_is(window, heard):
    QTest.keyClick(window, Qt.Key.Key_E)
    QTest.keyClick(window, Qt.Key.Key_P)
    QTest.keyClick(window, Qt.Key.Key_BracketRight)
    width = round(window.session.pad.pen_width)
    assert heard == ["Eraser", "Pen", f"Pen width {width}"]
    window.tools.width_slider.setFocus()
    QTest.keyClick(window.tools.width_slider, Qt.Key.Key_Right)
    assert len(heard) == 3


def test_large_words_that_have_no_room_at_all_give_way_to_the_pictures(tools):
    button = tools.button("eraser")
    set_text_scale(2.0)
    try:
        tools.set_unit(2.0)
        tools.setGeometry(0, 0, 230, 208)
        assert button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
        assert button.toolTip() and button.defaultAction().text()
        tools.setGeometry(0, 0, 700, 208)
        assert button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextUnderIcon
    finally:
        set_text_scale(1.0)
