"""Presenting in the window: by keys, buttons, mouse and touch, and back to what it was."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest

from digitpad.core.results import Unit
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.ui.explain.tools import WHY_TOOL
from digitpad.ui.network.unit_marks import unit_box
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.shell.present_words import Shown
from digitpad.ui.shell.selection import UNIT_TOOL
from digitpad.ui.shell.states import Mode
from digitpad.ui.style.screen import set_text_scale
from tests.support import PATIENCE_MS
from tests.ui.pointers import Mouse, touch_screen
from tests.ui.stubs import INFO, LAYERS, recognition
from tests.ui.windows import draw, read

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton
NAMES = ["pen", "input", *(layer.name for layer in LAYERS), "answer"]


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(window.focusWidget() or window, key)


def step(window: MainWindow) -> str:
    return window.presentation.steps[window.presentation.at].name


@pytest.fixture
def presented(window) -> MainWindow:
    press(window, KEY.Key_F11)
    return window


def present(window: MainWindow, name: str) -> None:
    window.presentation.go(NAMES.index(name))


def shown_parts(window: MainWindow) -> set[str]:
    return {
        name
        for name in ("canvas", "digit_view", "network_view", "answer_panel")
        if getattr(window, name).isVisible()
    }


def assert_same(now: np.ndarray, before: np.ndarray) -> None:
    """To the pixel, but for the soft edges of the largest letter, which Qt paints a little
    otherwise the second time."""
    apart = np.abs(now.astype(int) - before).max(axis=2)
    assert apart.max() <= 24 and np.mean(apart > 0) < 0.001


def test_arrow_keys_walk_from_the_pen_to_the_answer_and_back(presented):
    assert presented.isFullScreen()
    way = [step(presented)]
    for _ in range(len(NAMES)):
        press(presented, KEY.Key_Right)
        way.append(step(presented))
    assert way == [*NAMES, "answer"]
    assert not presented.presentation.forth.isEnabled()
    back = []
    for _ in range(len(NAMES)):
        press(presented, KEY.Key_Left)
        back.append(step(presented))
    assert back == [*NAMES[-2::-1], "pen"]
    assert not presented.presentation.back.isEnabled()


def test_one_thing_at_a_time_is_large_and_the_pad_is_always_there(presented):
    window = presented
    assert shown_parts(window) == {"canvas"}
    large = window.canvas.width()
    press(window, KEY.Key_Right)
    assert shown_parts(window) == {"canvas", "digit_view"}
    assert window.canvas.width() < large
    assert window.digit_view.width() > window.canvas.width()
    press(window, KEY.Key_Right)
    assert shown_parts(window) == {"canvas", "digit_view", "network_view"}
    assert window.network_view.enlarged == "C1"
    present(window, "answer")
    assert shown_parts(window) == {"canvas", "digit_view", "answer_panel"}
    assert window.network_view.enlarged is None


def test_what_is_presented_has_larger_type_than_the_window_of_that_size(window, qtbot):
    press(window, KEY.Key_F11)
    present(window, "C3")
    size, unit = window.size(), window.network_view.unit
    press(window, KEY.Key_F11)
    window.resize(size)
    qtbot.waitUntil(lambda: window.size() == size, timeout=PATIENCE_MS)
    assert unit > 1.2 * window.network_view.unit


@pytest.mark.parametrize("leave", [KEY.Key_F11, KEY.Key_Escape])
def test_the_window_is_what_it_was_to_the_pixel(qtbot, window, seen, leave):
    draw(window)
    read(qtbot, window, 7)
    window.session.flush()
    before = window.size(), seen(window)
    press(window, KEY.Key_F11)
    for _ in NAMES:
        press(window, KEY.Key_Right)
    press(window, leave)
    qtbot.waitUntil(lambda: window.size() == before[0], timeout=PATIENCE_MS)
    assert not window.isFullScreen() and not window.presentation.is_on
    assert_same(seen(window), before[1])
    assert window.canvas.hasFocus()


def test_so_are_a_large_layer_the_pinned_unit_and_the_open_tool(qtbot, window, seen):
    draw(window)
    read(qtbot, window, 7)
    window.session.flush()
    window.network_view.toggle_size("C3")
    window.session.selection.pin(Unit(LAYERS[2], 3, 2, 6))
    for button in window.drawer.buttons.values():
        button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    before = window.size(), seen(window)
    press(window, KEY.Key_F11)
    assert step(window) == "C3"
    press(window, KEY.Key_Escape)
    press(window, KEY.Key_Escape)
    assert window.session.selection.pinned is None and not window.drawer.isVisible()
    present(window, "answer")
    window.session.selection.open_tool(WHY_TOOL)
    press(window, KEY.Key_F11)
    qtbot.waitUntil(lambda: window.size() == before[0], timeout=PATIENCE_MS)
    selection = window.session.selection
    assert selection.pinned == Unit(LAYERS[2], 3, 2, 6) and selection.tool == UNIT_TOOL
    assert window.network_view.enlarged == "C3"
    assert_same(seen(window), before[1])


def test_so_are_maps_that_were_scrolled(qtbot, window):
    window.resize(800, 560)
    window.session.client.ready.emit(
        replace(INFO, network="cnn-32-64", layers=NETWORKS["cnn-32-64"].layer_infos)
    )
    scrolled = next(
        panel for panel in window.network_view.panels.values()
        if len(panel.shown) < panel.squares.maps > 1
    )  # fmt: skip
    scrolled.scroll_to(1)
    assert scrolled.shown.start > 0
    before = scrolled.shown
    press(window, KEY.Key_F11)
    for _ in window.presentation.steps:
        press(window, KEY.Key_Right)
    press(window, KEY.Key_F11)
    qtbot.waitUntil(lambda: window.height() == 560, timeout=PATIENCE_MS)
    assert scrolled.shown == before


def test_escape_goes_back_one_step_at_a_time(presented):
    present(presented, "C1")
    presented.session.selection.open_tool(WHY_TOOL)
    assert presented.drawer.isVisible()
    press(presented, KEY.Key_Escape)
    assert not presented.drawer.isVisible() and presented.presentation.is_on
    press(presented, KEY.Key_Escape)
    assert not presented.presentation.is_on


def test_buttons_walk_and_leave_the_keyboard_where_it_is(presented):
    presentation = presented.presentation
    QTest.mouseClick(presentation.forth, LEFT)
    QTest.mouseClick(presentation.forth, LEFT)
    assert step(presented) == "C1"
    QTest.mouseClick(presentation.back, LEFT)
    assert step(presented) == "input" and presented.canvas.hasFocus()
    QTest.mouseClick(presentation.bar.close_button, LEFT)
    assert not presentation.is_on


def test_a_click_on_a_name_goes_there(presented):
    bar = presented.presentation.bar
    QTest.mouseClick(bar, LEFT, pos=bar.name_box(NAMES.index("S4")).center().toPoint())
    assert step(presented) == "S4" and presented.network_view.enlarged == "S4"


def test_a_touch_at_the_side_walks(presented):
    at = presented.presentation.forth.geometry().center()
    QTest.touchEvent(presented, touch_screen()).press(0, at)
    QTest.touchEvent(presented, touch_screen()).release(0, at)
    assert step(presented) == "input"


@pytest.mark.parametrize("name", ["input", "C1", "F6", "answer"])
def test_a_finger_that_swipes_over_it_walks(presented, name):
    present(presented, name)
    part = {"input": presented.digit_view, "answer": presented.answer_panel}.get(
        name, presented.network_view
    )
    middle, here = part.geometry().center(), NAMES.index(name)
    for way, expected in ((120, here - 1), (-120, min(here + 1, len(NAMES) - 1))):
        present(presented, name)
        start, end = middle - QPoint(way // 2, 0), middle + QPoint(way // 2, 6)
        QTest.touchEvent(presented, touch_screen()).press(0, start)
        QTest.touchEvent(presented, touch_screen()).move(0, end)
        QTest.touchEvent(presented, touch_screen()).release(0, end)
        assert presented.presentation.at == expected
    assert presented.session.selection.pinned is None and not presented.drawer.isVisible()


def test_a_swipe_where_a_finger_just_tapped_walks_though_it_is_a_double_click(presented):
    present(presented, "input")
    here, start = presented.presentation.at, presented.digit_view.geometry().center()
    end = start - QPoint(120, 0)
    for at in (start, end):
        QTest.touchEvent(presented, touch_screen()).press(0, start)
        QTest.touchEvent(presented, touch_screen()).move(0, at)
        QTest.touchEvent(presented, touch_screen()).release(0, at)
    assert presented.presentation.at == here + 1


def test_up_and_down_is_no_swipe(presented):
    present(presented, "C1")
    middle = presented.network_view.rect().center()
    Mouse(presented.network_view.panel("C1")).draw(
        (middle.x(), middle.y() - 100), (middle.x() + 100, middle.y() + 100)
    )
    assert step(presented) == "C1"


def test_the_pen_draws_and_never_swipes(qtbot, presented):
    draw(presented, (40, 140), (240, 140))
    assert step(presented) == "pen" and len(presented.session.pad.drawing) == 1
    present(presented, "C3")
    draw(presented, (40, 60), (240, 60))
    assert step(presented) == "C3" and len(presented.session.pad.drawing) == 2
    read(qtbot, presented, 7)
    assert presented.network_view.panel("C3").value_at((0, 0, 0)) == pytest.approx(0.7)


def test_a_unit_is_pinned_with_its_card_and_the_page_keys_walk_on(qtbot, presented):
    present(presented, "C3")
    panel = presented.network_view.panel("C3")
    QTest.mouseClick(panel, LEFT, pos=unit_box(panel.squares, (3, 2, 6)).center().toPoint())
    assert presented.session.selection.pinned == Unit(LAYERS[2], 3, 2, 6)
    qtbot.waitUntil(presented.drawer.isVisible, timeout=PATIENCE_MS)
    assert not presented.drawer.geometry().intersects(presented.network_view.geometry())
    press(presented, KEY.Key_Right)
    assert presented.session.selection.pinned == Unit(LAYERS[2], 3, 2, 7)
    press(presented, KEY.Key_PageDown)
    assert step(presented) == "S4" and presented.session.selection.pinned.layer == LAYERS[3]
    # With the card gone the arrows walk from step to step.
    press(presented, KEY.Key_Escape)
    press(presented, KEY.Key_Escape)
    press(presented, KEY.Key_Right)
    assert step(presented) == "C5"


def test_page_keys_go_beyond_the_first_layer_and_the_last(presented):
    present(presented, "output")
    presented.network_view.panel("output").setFocus()
    press(presented, KEY.Key_PageDown)
    assert step(presented) == "answer"
    present(presented, "C1")
    presented.network_view.panel("C1").setFocus()
    press(presented, KEY.Key_PageUp)
    assert step(presented) == "input"
    press(presented, KEY.Key_PageUp)
    assert step(presented) == "pen"


def test_a_tool_explains_beside_the_pad_at_every_step(presented):
    presented.session.selection.open_tool(WHY_TOOL)
    for name in NAMES:
        present(presented, name)
        parts = [presented.canvas, presented.tools, presented.presentation.bar]
        parts += [getattr(presented, each) for each in shown_parts(presented)]
        assert presented.drawer.isVisible() and presented.drawer.height() > 150
        assert not any(part.geometry().intersects(presented.drawer.geometry()) for part in parts)


def test_pad_and_tool_stand_side_by_side_where_the_pen_is_presented(presented):
    pad, drawer = presented.canvas, presented.drawer
    presented.session.selection.open_tool(WHY_TOOL)
    assert drawer.isVisible() and not drawer.geometry().intersects(pad.geometry())
    assert drawer.height() >= pad.height() and drawer.y() == pad.y()


@pytest.mark.parametrize("name", ["pen", "C1", "answer"])
def test_large_texts_name_the_buttons_beneath_the_pad(presented, name):
    presented.session.selection.open_tool(WHY_TOOL)
    set_text_scale(1.5)
    try:
        present(presented, name)
        presented.lay_out()
        for tool in ("pen", "eraser", "save"):
            button = presented.tools.button(tool)
            assert button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextUnderIcon
            words = QFontMetrics(button.font()).horizontalAdvance(button.text())
            assert words < button.width() and button.font().pixelSize() >= 10
    finally:
        set_text_scale(1.0)


def test_what_the_network_sees_is_presented_though_a_tool_has_the_stage(presented):
    presented.session.selection.open_tool(WHY_TOOL)
    set_text_scale(2.0)
    try:
        present(presented, "input")
        presented.lay_out()
        assert shown_parts(presented) == {"canvas", "digit_view"}
        assert not presented.digit_view.geometry().intersects(presented.drawer.geometry())
        assert presented.digit_view.box().height() >= 84
    finally:
        set_text_scale(1.0)


def test_a_double_click_shows_all_layers_and_another_presents_the_one_under_it(presented):
    present(presented, "C3")
    view, bar = presented.network_view, presented.presentation.bar
    QTest.mouseDClick(view.panel("C3"), LEFT, pos=view.panel("C3").rect().center())
    assert view.enlarged is None and view.panel("S2").isVisible()
    assert bar.sentence.startswith("All layers")
    QTest.mouseDClick(view.panel("S2"), LEFT, pos=view.panel("S2").rect().center())
    assert step(presented) == "S2" and view.enlarged == "S2"
    QTest.mouseDClick(view.panel("S2"), LEFT, pos=view.panel("S2").rect().center())
    press(presented, KEY.Key_Escape)
    assert presented.presentation.is_on and view.enlarged == "S2"


def test_another_network_has_steps_of_its_own(presented):
    present(presented, "C5")
    layers = NETWORKS["convnet-8-16"].layer_infos
    presented.session.client.ready.emit(replace(INFO, network="convnet-8-16", layers=layers))
    presentation = presented.presentation
    assert [each.name for each in presentation.steps] == [
        "pen", "input", *(layer.name for layer in layers), "answer"
    ]  # fmt: skip
    if presentation.shown is Shown.LAYER:
        assert presented.network_view.enlarged == step(presented)


def test_the_pad_gets_the_keyboard_where_what_had_it_is_gone(qtbot, window):
    window.network_view.panel("C1").setFocus()
    press(window, KEY.Key_F11)
    layers = NETWORKS["convnet-8-16"].layer_infos
    window.session.client.ready.emit(replace(INFO, network="convnet-8-16", layers=layers))
    # The layers before are deleted by now.
    QTest.qWait(1)
    press(window, KEY.Key_F11)
    assert not window.presentation.is_on and window.canvas.hasFocus()


def test_two_rows_stand_aside_and_are_back_afterwards(qtbot, window):
    window.session.client.second_ready.emit(window.session.info)
    window.session.client.second_recognized.emit(recognition(4))
    assert window.comparison.view.isVisible()
    before = window.network_view.geometry()
    press(window, KEY.Key_F11)
    assert not window.comparison.view.isVisible() and not window.comparison.answer.isVisible()
    press(window, KEY.Key_F11)
    qtbot.waitUntil(lambda: window.network_view.geometry() == before, timeout=PATIENCE_MS)
    assert window.comparison.view.isVisible() and window.session.mode is Mode.SECOND


def test_comparing_ends_it(presented):
    presented.session.client.second_ready.emit(presented.session.info)
    assert not presented.presentation.is_on and presented.comparison.view.isVisible()


def test_it_ends_where_the_desktop_takes_the_screen_back(presented):
    presented.showNormal()
    assert not presented.presentation.is_on and presented.network_view.isVisible()


def test_it_begins_before_a_network_has_loaded(qtbot, window):
    window.network_view.show_layers(())
    press(window, KEY.Key_F11)
    assert [each.name for each in window.presentation.steps] == ["pen", "input", "answer"]
