"""Each way of looking inside by mouse, by keys and by touch, in a small light window and in a large
dark one, with the real recogniser."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from digitpad.app import make_window
from digitpad.core.paths import shipped_weights
from digitpad.explain.fields import INPUT
from digitpad.ui.explain.pieces_tint import middle_of
from digitpad.ui.explain.tools import TOOLS
from digitpad.ui.explain.why_words import WhyMode
from digitpad.ui.network.unit_marks import unit_box
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.style.theme import THEMES
from tests.support import PATIENCE_MS
from tests.ui.colours import share_of
from tests.ui.explain.explaining import tap
from tests.ui.pointers import NONE, Mouse, touch_screen
from tests.ui.windows import draw

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton
LONG_MS = 4 * PATIENCE_MS
SEVEN = ((84, 66), (130, 66), (192, 62), (172, 122), (148, 172), (134, 226))
HANDS = ("mouse", "keys", "touch")
LOOKS = (((900, 600), "light"), ((1600, 1000), "dark"))
OTHER_LOOKS = (((900, 600), "dark"), ((1600, 1000), "light"))


def until(condition: Callable[[], bool]) -> None:
    """Wait for what must come."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < LONG_MS / 1000
        QTest.qWait(2)


@pytest.fixture(scope="module")
def working(qapp) -> Iterator[MainWindow]:
    """A window whose recogniser has read a 7: one for all that is tried here."""
    window = make_window(shipped_weights(), "cpu", "light")
    window.show()
    assert QTest.qWaitForWindowActive(window, PATIENCE_MS)
    draw(window, *SEVEN)
    until(lambda: window.session.recognition is not None)
    yield window
    window.close()
    window.deleteLater()


def looking(window: MainWindow, look: tuple[tuple[int, int], str]) -> MainWindow:
    """The window at rest, in a size and a theme, with the 7 on its pad alone."""
    (width, height), theme = look
    if window.presentation.is_on:
        window.presentation.end()
    window.drawer.close_button.click()
    window.notice_card.dismiss()
    window.choose_theme(theme)
    window.resize(width, height)
    window.activateWindow()
    window.canvas.setFocus()
    until(lambda: window.session.is_resting)
    return window


@pytest.fixture(params=LOOKS, ids=["small, light", "large, dark"])
def window(request, working) -> Iterator[MainWindow]:
    yield looking(working, request.param)
    if working.network_view.enlarged is not None:
        working.network_view.toggle_size(working.network_view.enlarged)


def press(window: MainWindow, hand: str, widget: QWidget, at: QPointF | None = None) -> None:
    """Press a button, or a place of a widget that keys cannot name."""
    place = QPointF(widget.rect().center()) if at is None else at
    if hand == "mouse":
        QTest.mouseClick(widget, LEFT, pos=place.toPoint())
    elif hand == "touch":
        tap(window, widget, (place.x(), place.y()))
    else:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(widget, KEY.Key_Space)


def opened(window: MainWindow, hand: str, tool: str) -> QWidget:
    """The panel of a tool, opened by its key, or by its name in the drawer, which the button under
    the answer opens, and shown once it has its answer."""
    if hand == "keys":
        (row,) = (one for one in TOOLS if one.id == tool)
        QTest.keyClick(window.focusWidget() or window, getattr(KEY, f"Key_{row.key}"))
    else:
        (why,) = (one for one in window.answer_panel.verbs.buttons if one.text() == "Why?")
        press(window, hand, why)
        if tool != "why":
            press(window, hand, window.drawer.buttons[tool])
    assert window.session.selection.tool == tool
    panel = window.drawer.panel
    assert panel is not None
    shown = getattr(panel, "shown", panel)
    until(lambda: not shown.is_waiting)
    QTest.qWait(1)
    return panel


def frames(window: MainWindow) -> set[str]:
    return set(window.session.selection.fields)


def square_of(window: MainWindow, layer: str, square: tuple[int, int, int]) -> QPointF:
    panel = window.network_view.panel(layer)
    return unit_box(panel.squares, square).center()


@pytest.mark.parametrize("hand", HANDS)
def test_a_square_is_pointed_at_and_what_it_sees_is_framed(window, hand):
    panel = window.network_view.panel("C3")
    if hand == "keys":
        panel.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(panel, KEY.Key_Right)
    elif hand == "mouse":
        at = square_of(window, "C3", (0, 4, 4))
        Mouse(panel).move((at.x(), at.y()), NONE)
    else:
        # Two taps in the same moment would be a double click.
        QTest.qWait(QGuiApplication.styleHints().mouseDoubleClickInterval())
        press(window, hand, panel, square_of(window, "C3", (0, 4, 4)))
    unit = window.session.selection.shown
    assert unit is not None and unit.layer.name == "C3"
    assert {"C1", "S2", INPUT} <= frames(window)
    assert window.session.selection.field_on_pad is not None
    QApplication.sendEvent(panel, QEvent(QEvent.Type.Leave))


@pytest.mark.parametrize("hand", HANDS)
def test_a_unit_is_pinned_taken_apart_walked_from_and_its_layer_enlarged(window, hand):
    panel, selection = window.network_view.panel("C3"), window.session.selection
    if hand == "keys":
        panel.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(panel, KEY.Key_Right)
        QTest.keyClick(panel, KEY.Key_Space)
    else:
        press(window, hand, panel, square_of(window, "C3", (0, 4, 4)))
    assert selection.pinned is not None
    until(lambda: window.drawer.open_tool == "unit")
    card = window.drawer.panel
    until(lambda: not card.is_waiting)
    name = f"C3, map {selection.pinned.map + 1}, row {selection.pinned.row + 1}"
    assert card.accessibleDescription().startswith(name)
    before = selection.pinned
    QTest.keyClick(panel, KEY.Key_Down)
    assert selection.pinned.row == before.row + 1
    if hand == "keys":
        QTest.keyClick(panel, KEY.Key_Return)
    else:
        press(window, hand, panel, QPointF(12, 8))
    assert window.network_view.enlarged == "C3"
    # One step back at a time.
    for _ in range(3):
        QTest.keyClick(window, KEY.Key_Escape)
    assert selection.pinned is None and not window.drawer.isVisible()
    assert window.network_view.enlarged is None


@pytest.mark.parametrize("hand", HANDS)
def test_kernels_are_opened_chosen_and_pointed_at(window, hand):
    panel = opened(window, hand, "kernels")
    buttons = {button.text(): button for button in panel.buttons.by_name.values()}
    press(window, hand, buttons["C3"])
    until(lambda: panel.kernels.shape[:2] == (16, 6))
    press(window, hand, buttons["output"])
    until(lambda: panel.is_of_answers and panel.kernels.shape[1] == 10)
    sheet, box = panel._sheet(), panel._box()
    at = QPointF(box.x() + 2.5 * sheet.cell[0], box.y() + 7.5 * sheet.cell[1])
    if hand == "mouse":
        Mouse(panel).move((at.x(), at.y()), NONE)
    elif hand == "touch":
        press(window, hand, panel, at)
    else:
        panel.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(panel, KEY.Key_Right)
    if hand != "keys":
        assert "→ 7" in panel._words(sheet)[0]
        QApplication.sendEvent(panel, QEvent(QEvent.Type.Leave))


@pytest.mark.parametrize("hand", HANDS)
def test_why_is_asked_of_the_answer_and_of_another_digit_in_every_mode(window, hand):
    panel = opened(window, hand, "why")
    assert panel.text.startswith("7 leads ") and window.session.overlay.on_pad is not None
    bars = window.answer_panel.class_choice
    if hand == "keys":
        bars.setFocus(Qt.FocusReason.TabFocusReason)
        for _ in range(3):
            QTest.keyClick(bars, KEY.Key_Down)
        QTest.keyClick(bars, KEY.Key_Return)
    else:
        press(window, hand, bars, QPointF(20, 3.5 * bars.height() / 10))
    until(lambda: panel.ink.is_current)
    assert panel.ink.title() == "Why 7, not 3?"
    for mode in (WhyMode.MISSING, WhyMode.RANDOM, WhyMode.INK):
        press(window, hand, panel.buttons[mode])
        until(lambda: not panel.is_waiting)
        assert panel.mode is mode and panel.text
    bars.class_asked.emit(7)


@pytest.mark.parametrize("hand", HANDS)
def test_a_piece_of_the_pen_is_pointed_at_taken_and_brought_back(window, hand):
    why = opened(window, hand, "why")
    press(window, hand, why.buttons[WhyMode.PIECES])
    panel = why.pieces
    until(lambda: panel.is_current)
    picture, whole = panel.picture, window.session.recognition.logits.copy()
    square = picture._square()
    x, y = (number * square.width() / 280 for number in middle_of(panel.result.pieces[1]))
    at = QPointF(square.x() + x, square.y() + y)

    def take() -> None:
        if hand == "keys":
            QTest.keyClick(picture, KEY.Key_Space)
        else:
            press(window, hand, picture, at)

    if hand == "mouse":
        Mouse(picture).move((at.x(), at.y()), NONE)
    elif hand == "keys":
        picture.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(picture, KEY.Key_Right)
    if hand != "touch":
        assert picture.current == 1 and "its ink" in panel.text
    take()
    assert panel.removed == {picture.current}
    changed = lambda: np.allclose(window.session.recognition.logits, whole)  # noqa: E731
    until(lambda: not changed())
    QTest.qWait(1)
    take()
    assert not panel.removed
    until(changed)


@pytest.mark.parametrize("hand", HANDS)
def test_the_history_is_stepped_through_played_and_left(window, hand):
    panel = opened(window, hand, "history")
    last = panel.slider.maximum()
    if hand == "keys":
        assert panel.slider.hasFocus()
        QTest.keyClick(panel.slider, KEY.Key_Left)
        QTest.keyClick(panel.slider, KEY.Key_Left)
        assert panel.step == last - 2
    else:
        box = panel.chart.scale().box
        press(window, hand, panel.chart, QPointF(box.center().x(), box.center().y()))
        assert 0 < panel.step < last
    assert window.session.pad.replayed is not None
    if hand == "keys":
        QTest.keyClick(panel.slider, KEY.Key_Space)
    else:
        press(window, hand, panel.play_button)
    assert panel.is_playing
    until(lambda: not panel.is_playing)
    assert panel.step == last and window.session.pad.replayed is None


@pytest.mark.parametrize("hand", HANDS)
def test_the_road_to_the_digit_is_told_step_by_step(window, hand):
    panel = opened(window, hand, "normalisation")
    if hand == "keys":
        panel.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(panel, KEY.Key_Right)
        QTest.keyClick(panel, KEY.Key_Right)
    elif hand == "mouse":
        at = panel.boxes()[1].center()
        Mouse(panel).move((at.x(), at.y()), NONE)
    else:
        press(window, hand, panel, panel.boxes()[1].center())
    assert panel.current == 1 and window.session.overlay.box is not None
    assert len(panel.gauges) == 4


@pytest.mark.parametrize("hand", HANDS)
def test_a_sweep_is_followed_to_where_it_breaks(window, hand):
    panel = opened(window, hand, "sweeps")
    chart = next(iter(panel.charts.values()))
    if hand == "keys":
        chart.setFocus(Qt.FocusReason.TabFocusReason)
        for _ in range(3):
            QTest.keyClick(chart, KEY.Key_Right)
        assert chart.current == chart.sweep.neutral + 3
    else:
        box = chart.scale().box
        at = (box.x() + 0.9 * box.width(), box.center().y())
        if hand == "mouse":
            Mouse(chart).move(at, NONE)
        else:
            press(window, hand, chart, QPointF(*at))
        assert chart.current > chart.sweep.neutral
    assert panel.told.startswith("Turned to the right by ")


@pytest.mark.parametrize("hand", HANDS)
def test_a_panel_is_taken_away_as_a_drawing(window, hand, monkeypatch, tmp_path):
    file = tmp_path / "taken.svg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(file), ""))
    panel = window.network_view.panel("C1")
    if hand == "keys":
        panel.setFocus(Qt.FocusReason.TabFocusReason)
        window.actions_by_name["panel"].trigger()
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu) and menu.activeAction().text() == "C1"
        QTest.keyClick(menu, KEY.Key_Return)
    else:
        # A finger that rests asks for the menu as the right button does.
        reason = QContextMenuEvent.Reason.Mouse
        at = QPoint(10, 10)
        QApplication.sendEvent(panel, QContextMenuEvent(reason, at, panel.mapToGlobal(at)))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        (save,) = (one for one in menu.actions() if one.text().startswith("Save a picture"))
        at = menu.actionGeometry(save).center()
        QTest.mouseClick(menu, LEFT, pos=at)
    assert "C1" in Path(file).read_text(encoding="utf-8")


@pytest.mark.parametrize("hand", HANDS)
def test_it_is_presented_step_by_step_with_its_tools(window, hand):
    presentation = window.presentation
    QTest.keyClick(window, KEY.Key_F11)
    assert presentation.is_on and presentation.at == 0
    QTest.qWait(1)
    if hand == "keys":
        QTest.keyClick(window.focusWidget() or window, KEY.Key_Right)
    elif hand == "mouse":
        press(window, hand, presentation.forth)
    else:
        _swipe(window)
    assert presentation.at == 1
    presentation.walk(1)
    QTest.qWait(1)
    assert window.network_view.enlarged == "C1"
    QTest.keyClick(window.focusWidget() or window, KEY.Key_W)
    panel = window.drawer.panel
    until(lambda: not panel.is_waiting)
    assert panel.text.startswith("7 leads ")
    if hand == "keys":
        for _ in range(2):
            QTest.keyClick(window.focusWidget() or window, KEY.Key_Escape)
    else:
        press(window, hand, window.drawer.close_button)
        press(window, hand, presentation.bar.close_button)
    assert not presentation.is_on and window.network_view.enlarged is None


def _swipe(window: MainWindow) -> None:
    at = window.presentation.bar.geometry().center()
    end = at - QPoint(200, 0)
    QTest.touchEvent(window, touch_screen()).press(0, at)
    QTest.touchEvent(window, touch_screen()).move(0, end)
    QTest.touchEvent(window, touch_screen()).release(0, end)


@pytest.mark.parametrize("look", OTHER_LOOKS, ids=["small, dark", "large, light"])
def test_every_tool_is_painted_in_the_other_looks_too(working, look):
    window = looking(working, look)
    theme = THEMES[look[1]]
    for tool in TOOLS:
        opened(window, "keys", tool.id)
        image = window.drawer.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        rows = np.frombuffer(image.constBits(), np.uint8)
        rows = rows.reshape(image.height(), image.bytesPerLine())[:, : image.width() * 3]
        seen = rows.reshape(image.height(), image.width(), 3)
        # A card in the theme's colour, with something on it.
        assert 0.3 < share_of(seen, theme.paper) < 0.99, tool.id
        window.drawer.close_button.click()
