from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from digitpad.core.results import Unit
from digitpad.ui.shell import first_steps
from digitpad.ui.shell.first_steps import ASK, DRAW, LAYER, NETWORK, SQUARE, STEPS, sample_layer
from digitpad.ui.shell.main_window import MainWindow
from tests.support import PATIENCE_MS
from tests.ui.pointers import touch_screen
from tests.ui.stubs import LAYERS
from tests.ui.windows import draw, read

IDS = [step.id for step in STEPS]


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(first_steps, "DONE_MS", 0)
    monkeypatch.setattr(first_steps, "POINT_MS", 0)


@pytest.fixture
def at(window):
    """Bring the window to a step: those before it were done."""

    def go(step: str) -> MainWindow:
        window.lifetime.show_steps(IDS[: IDS.index(step)]).flush()
        return window

    return go


def asks_for(qtbot, window: MainWindow, step: str) -> None:
    """Wait until a step is due; "" for the last line."""
    steps = window.lifetime.guide.steps

    def is_due() -> bool:
        return steps.is_closing if not step else steps.step is not None and steps.step.id == step

    qtbot.waitUntil(is_due, timeout=PATIENCE_MS)


def title_of(window: MainWindow, layer: str) -> QPoint:
    return QPoint(12, round(window.network_view.panel(layer).title_height / 2))


def a_square(window: MainWindow, layer: str, number: int = 0) -> QPoint:
    return window.network_view.panel(layer).map_box(number).center().toPoint()


def touch(widget, at: QPoint) -> None:
    QTest.touchEvent(widget, touch_screen()).press(0, at, widget)
    QTest.touchEvent(widget, touch_screen()).release(0, at, widget)


def test_each_step_goes_on_when_the_mouse_has_done_it(qtbot, window, at):
    at(DRAW)
    said = window.lifetime.guide.steps
    assert said.text.startswith("Draw a digit")
    draw(window)
    read(qtbot, window, 7)
    asks_for(qtbot, window, LAYER)
    qtbot.mouseClick(
        window.network_view.panel("C3"), Qt.MouseButton.LeftButton, pos=title_of(window, "C3")
    )
    asks_for(qtbot, window, SQUARE)
    window.network_view.toggle_size("C3")
    QTest.mouseMove(window.network_view.panel("C1"), a_square(window, "C1"))
    asks_for(qtbot, window, ASK)
    qtbot.mouseClick(window.answer_panel.verbs.buttons[0], Qt.MouseButton.LeftButton)
    asks_for(qtbot, window, NETWORK)
    window.dialogs.list_closed.emit()
    asks_for(qtbot, window, "")
    assert said.text.startswith("That is all") and said.done == tuple(IDS)


def test_each_step_goes_on_when_keys_have_done_it(qtbot, window, at):
    at(LAYER)
    panel = window.network_view.panel("C3")
    panel.setFocus()
    qtbot.keyClick(panel, Qt.Key.Key_Return)
    asks_for(qtbot, window, SQUARE)
    qtbot.keyClick(panel, Qt.Key.Key_Right)
    asks_for(qtbot, window, ASK)
    qtbot.keyClick(window, Qt.Key.Key_W)
    asks_for(qtbot, window, NETWORK)
    qtbot.keyClick(window, Qt.Key.Key_N)


@pytest.fixture
def slow_fingers(qapp):
    """No two taps are a double one."""
    before = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(0)
    yield
    qapp.setDoubleClickInterval(before)


def test_each_step_goes_on_when_a_finger_has_done_it(qtbot, window, at, slow_fingers):
    # A finger reaches no further than the screen, which is small without a display.
    window.resize(796, 600)
    at(DRAW)
    canvas = window.canvas
    down, up = QPoint(90, 60), QPoint(100, 200)
    QTest.touchEvent(canvas, touch_screen()).press(0, down, canvas)
    QTest.touchEvent(canvas, touch_screen()).move(0, up, canvas)
    QTest.touchEvent(canvas, touch_screen()).release(0, up, canvas)
    read(qtbot, window, 1)
    asks_for(qtbot, window, LAYER)
    touch(window.network_view.panel("C3"), title_of(window, "C3"))
    asks_for(qtbot, window, SQUARE)
    window.network_view.toggle_size("C3")
    touch(window.network_view.panel("S2"), a_square(window, "S2"))
    asks_for(qtbot, window, ASK)
    touch(window.answer_panel.verbs.buttons[0], QPoint(9, 9))
    asks_for(qtbot, window, NETWORK)


def test_what_was_done_before_its_step_is_passed_over(qtbot, window, at):
    at(DRAW)
    steps = window.lifetime.guide.steps
    window.session.selection.open_tool("why")
    window.session.selection.pin(Unit(LAYERS[0], 0, 3, 3))
    assert steps.step.id == DRAW and set(steps.done) == {SQUARE, ASK}
    draw(window)
    read(qtbot, window, 7)
    asks_for(qtbot, window, LAYER)
    window.network_view.toggle_size("C3")
    asks_for(qtbot, window, NETWORK)


def test_what_was_done_is_said_before_the_next_step(qtbot, window, at, monkeypatch):
    at(DRAW)
    monkeypatch.setattr(first_steps, "DONE_MS", 10 * PATIENCE_MS)
    draw(window)
    read(qtbot, window, 7)
    steps = window.lifetime.guide.steps
    qtbot.waitUntil(lambda: DRAW in steps.done, timeout=PATIENCE_MS)
    assert steps.text == "The network reads this as 7." and steps.step.id == DRAW
    steps.stop()


def test_a_drawing_that_was_there_before_is_not_taken_for_a_new_one(qtbot, window, at, at_rest):
    draw(window)
    read(qtbot, window, 7)
    at_rest(window)
    at(DRAW)
    window.session.flush()
    assert window.lifetime.guide.steps.done == ()


def test_a_pointer_that_lay_on_a_square_before_has_pointed_at_nothing_yet(qtbot, window, at):
    unit, other = Unit(LAYERS[0], 0, 3, 3), Unit(LAYERS[0], 0, 3, 4)
    window.session.selection.point_at(unit)
    at(SQUARE)
    window.session.selection.changed.emit()
    qtbot.wait(10)
    assert window.lifetime.guide.steps.step.id == SQUARE
    window.session.selection.point_at(other)
    asks_for(qtbot, window, ASK)


def test_a_pointer_on_its_way_somewhere_points_at_nothing(qtbot, window, at, monkeypatch):
    at(SQUARE)
    steps = window.lifetime.guide.steps
    steps._pointing.setInterval(10 * PATIENCE_MS)
    window.session.selection.point_at(Unit(LAYERS[0], 0, 3, 3))
    assert steps._pointing.isActive()
    window.session.selection.point_at(None)
    assert not steps._pointing.isActive() and SQUARE not in steps.done


def test_saying_what_was_drawn_is_as_good_as_asking_why(qtbot, window, at):
    at(ASK)
    window.collection.correcting.filed.emit("Kept.")
    asks_for(qtbot, window, NETWORK)


def test_a_network_with_other_layers_has_one_of_them_named(window, at):
    at(LAYER)
    others = LAYERS[:1]
    window.session.client.become_ready(layers=others)
    assert "C1" in window.lifetime.guide.steps.text
    assert sample_layer(LAYERS) == "C3" and sample_layer(()) == ""
