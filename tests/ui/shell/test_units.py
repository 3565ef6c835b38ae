"""Units in the window: pointed at, pinned and walked through, by mouse, keys and touch."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from digitpad.core.results import Unit
from digitpad.ui.network.feature_maps import FeatureMaps
from digitpad.ui.network.packing import Packing
from digitpad.ui.network.unit_marks import unit_box
from digitpad.ui.shell.selection import UNIT_TOOL
from digitpad.ui.style.theme import LIGHT
from tests.support import PATIENCE_MS
from tests.ui.colours import share_of
from tests.ui.pointers import NONE, Mouse, touch_screen
from tests.ui.stubs import LAYERS, recognition
from tests.ui.windows import draw, read

LEFT = Qt.MouseButton.LeftButton
C1, S2, C3, S4, C5, F6 = LAYERS[:6]


def place(panel: FeatureMaps, square: tuple[int, int, int]) -> QPoint:
    return unit_box(panel.squares, square).center().toPoint()


def point(window, layer: str, square: tuple[int, int, int]) -> None:
    panel = window.network_view.panel(layer)
    at = place(panel, square)
    Mouse(panel).send(QEvent.Type.MouseMove, (at.x(), at.y()), NONE, NONE)


def test_pointing_says_the_value_in_the_title_and_frames_every_layer_before_without_asking(
    qtbot, window, seen
):
    draw(window)
    read(qtbot, window, 7)
    asked = len(window.session.client.asked), len(window.session.client.questions)
    view = window.network_view
    titles = {name: seen(view.panel(name))[:20].copy() for name in ("C1", "C3")}
    frames = {name: share_of(seen(view.panel(name)), LIGHT.accent) for name in ("C1", "S2", "S4")}
    point(window, "C3", (3, 2, 6))
    assert (seen(view.panel("C3"))[:20] != titles["C3"]).any()
    assert (seen(view.panel("C1"))[:20] == titles["C1"]).all()
    for name in ("C1", "S2"):
        assert share_of(seen(view.panel(name)), LIGHT.accent) > frames[name], name
    assert share_of(seen(view.panel("S4")), LIGHT.accent) == frames["S4"]
    assert share_of(seen(window.digit_view), LIGHT.accent) > 0
    assert share_of(seen(window.canvas), LIGHT.accent) > 0
    assert asked == (len(window.session.client.asked), len(window.session.client.questions))
    QApplication.sendEvent(view.panel("C3"), QEvent(QEvent.Type.Leave))
    for name in ("C1", "S2"):
        assert share_of(seen(view.panel(name)), LIGHT.accent) == frames[name], name


def test_a_click_pins_a_unit_and_its_card_opens_once_no_second_click_can_follow(qtbot, window):
    panel = window.network_view.panel("C3")
    QTest.mouseClick(panel, LEFT, pos=place(panel, (3, 2, 6)))
    selection = window.session.selection
    assert selection.pinned == Unit(C3, 3, 2, 6) and not window.drawer.isVisible()
    qtbot.waitUntil(window.drawer.isVisible, timeout=PATIENCE_MS)
    assert selection.tool == UNIT_TOOL
    # With the card open another click shows its unit at once.
    panel = window.network_view.panel("C1")
    QTest.mouseClick(panel, LEFT, pos=place(panel, (0, 3, 3)))
    assert selection.pinned == Unit(C1, 0, 3, 3)


def test_a_double_click_shows_the_layer_large_and_pins_nothing(window):
    panel = window.network_view.panel("C3")
    at = place(panel, (3, 2, 6))
    QTest.mouseClick(panel, LEFT, pos=at)
    QTest.mouseDClick(panel, LEFT, pos=at)
    assert window.network_view.enlarged == "C3" and window.session.selection.pinned is None
    assert panel.geometry() == window.network_view.rect()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.network_view.enlarged is None and not window.drawer.isVisible()


def test_a_click_on_the_title_shows_the_layer_large(window):
    panel = window.network_view.panel("S2")
    QTest.mouseClick(panel, LEFT, pos=QPoint(8, 8))
    assert window.network_view.enlarged == "S2" and window.session.selection.pinned is None
    QTest.mouseClick(panel, LEFT, pos=QPoint(8, 8))
    assert window.network_view.enlarged is None


def test_a_click_between_the_squares_does_nothing(window):
    panel = window.network_view.panel("C1")
    between = panel.map_box(0).bottomLeft() + QPointF(4, 2)
    QTest.mouseClick(panel, LEFT, pos=between.toPoint())
    # Nor does one that began elsewhere.
    QTest.mousePress(panel, LEFT, pos=place(panel, (0, 3, 3)))
    QTest.mouseRelease(panel, LEFT, pos=place(panel, (1, 3, 3)))
    assert window.session.selection.pinned is None and window.network_view.enlarged is None


def test_keys_point_pin_walk_and_change_map_and_layer(window):
    view, selection = window.network_view, window.session.selection
    panel = view.panel("C1")
    panel.setFocus()
    QTest.keyClick(panel, Qt.Key.Key_Right)
    assert selection.unit == Unit(C1, 0, 14, 14) and selection.pinned is None
    QTest.keyClick(panel, Qt.Key.Key_Right)
    assert selection.unit == Unit(C1, 0, 14, 15)
    QTest.keyClick(panel, Qt.Key.Key_Space)
    assert selection.pinned == Unit(C1, 0, 14, 15) and window.drawer.isVisible()
    QTest.keyClick(panel, Qt.Key.Key_Up)
    QTest.keyClick(panel, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert selection.pinned == Unit(C1, 1, 13, 15) and selection.shown == selection.pinned
    QTest.keyClick(panel, Qt.Key.Key_PageDown)
    assert selection.pinned is not None and selection.pinned.layer == S2
    assert view.panel("S2").hasFocus()
    QTest.keyClick(view.panel("S2"), Qt.Key.Key_PageUp)
    assert selection.pinned.layer == C1 and panel.hasFocus()
    QTest.keyClick(panel, Qt.Key.Key_PageUp)
    assert selection.pinned.layer == C1
    QTest.keyClick(panel, Qt.Key.Key_Return)
    assert view.enlarged == "C1"
    QTest.keyClick(panel, Qt.Key.Key_PageDown)
    assert view.enlarged == "S2" and selection.pinned.layer == S2


def test_escape_lets_the_unit_go_then_the_card_then_the_large_layer(window):
    selection, view = window.session.selection, window.network_view
    view.toggle_size("C1")
    selection.pin(Unit(C1, 0, 3, 3))
    for pinned, card, enlarged in ((None, True, "C1"), (None, False, "C1"), (None, False, None)):
        QTest.keyClick(window, Qt.Key.Key_Escape)
        assert (selection.pinned, window.drawer.isVisible(), view.enlarged) == (
            pinned,
            card,
            enlarged,
        )


def test_units_of_a_block_are_counted_through(window):
    panel = window.network_view.panel("F6")
    QTest.mouseClick(panel, LEFT, pos=place(panel, (0, 1, 0)))
    assert window.session.selection.pinned == Unit(F6, panel.squares.columns)


@pytest.mark.parametrize("layer", ["F6", "output", "C5"])
def test_a_unit_of_a_block_stays_itself_when_the_block_lies_otherwise(qtbot, window, layer):
    draw(window)
    read(qtbot, window, 7)
    panel = window.network_view.panel(layer)
    shapes, count = set(), panel.layer.shape[0]
    window.session.selection.pin(Unit(panel.layer, count - 3))
    for size in ((1280, 800), (900, 600), (800, 560), (1000, 900)):
        for tool in ("", UNIT_TOOL):
            window.resize(*size)
            window.session.selection.open_tool(tool)
            qtbot.wait(1)
            shapes.add(panel.grid)
            number = panel._pinned[1] * panel.grid[1] + panel._pinned[2]
            assert number == count - 3 and panel.value_at(panel._pinned) == pytest.approx(0.7)
    assert len(shapes) > 1 or layer == "F6"


def test_a_map_that_is_not_seen_is_scrolled_to(window):
    panel = window.network_view.panel("C3")
    panel.set_packing(Packing(2, 3, 4, 44, 0))
    assert 15 not in panel.shown
    window.session.selection.pin(Unit(C3, 15, 2, 2), at_once=False)
    assert 15 in panel.shown


def test_a_finger_pins_a_unit(qtbot, window):
    panel = window.network_view.panel("C3")
    at = place(panel, (3, 5, 5))
    at = panel.mapTo(window, at)
    QTest.touchEvent(window, touch_screen()).press(0, at)
    QTest.touchEvent(window, touch_screen()).release(0, at)
    pinned = window.session.selection.pinned
    # Qt's own touch screen for tests is off by the width of the window's frame.
    assert pinned is not None and (pinned.layer, pinned.map) == (C3, 3)
    qtbot.waitUntil(window.drawer.isVisible, timeout=PATIENCE_MS)


def test_a_pinned_unit_stays_marked_where_only_the_answers_have_other_names(window):
    window.session.selection.pin(Unit(C3, 3, 2, 6))
    window.session.client.become_ready(classes=tuple("ABCDEFGHIJ"))
    assert window.session.selection.pinned == Unit(C3, 3, 2, 6)
    assert window.network_view.panel("C3").cursor_unit == ((3, 2, 6), True)


def test_in_the_lower_row_units_see_the_lower_networks_layers(window, seen):
    window.session.client.second_ready.emit(window.session.info)
    window.session.client.second_recognized.emit(recognition(4))
    lower = window.comparison.view
    panel = lower.panel("C3")
    QTest.mouseClick(panel, LEFT, pos=place(panel, (3, 2, 6)))
    assert window.session.selection.pinned == Unit(C3, 3, 2, 6)
    assert share_of(seen(lower.panel("C1")), LIGHT.accent) > 0
    assert share_of(seen(window.network_view.panel("C1")), LIGHT.accent) == 0


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_value_that_is_no_number_is_named(qtbot, window, value):
    draw(window)
    answer = recognition(7)
    answer.activations["C1"][0, 3, 3] = value
    read(qtbot, window, 7, activations=answer.activations)
    point(window, "C1", (0, 3, 3))
    assert not window.network_view.panel("C1").grab().isNull()
