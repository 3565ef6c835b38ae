from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QWidget

from digitpad.core import languages
from digitpad.ui.shell.first_steps import DRAW, LAYER, STEPS
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.shell.settings import StepsState
from digitpad.ui.shell.settings_store import SettingsStore
from digitpad.ui.style import screen
from tests.support import PATIENCE_MS
from tests.ui.cut_texts import on_widgets
from tests.ui.stubs import LAYERS, StubClient
from tests.ui.windows import draw

IDS = [step.id for step in STEPS]


def opened(qtbot, store: SettingsStore) -> MainWindow:
    window = MainWindow(StubClient(), LAYERS, theme="light")
    qtbot.addWidget(window)
    window.lifetime.remember(store)
    with qtbot.waitActive(window, timeout=PATIENCE_MS):
        window.show()
    window.session.client.become_ready()
    return window


@pytest.fixture
def first_start(tmp_path):
    return SettingsStore(tmp_path / "settings.ini")


def on_stage(window: MainWindow, part) -> QRect:
    stage = window.centralWidget()
    return QRect(part.mapTo(stage, QPoint(0, 0)), part.size())


def test_they_are_shown_at_the_first_start_and_never_again_after_skipping(
    qtbot, first_start, tmp_path
):
    window = opened(qtbot, first_start)
    assert (
        window.lifetime.guide.strip.isVisible() and "1 of 5" in window.lifetime.guide.strip.number
    )
    qtbot.mouseClick(window.lifetime.guide.strip.button, Qt.MouseButton.LeftButton)
    window.lifetime.guide.flush()
    assert window.lifetime.guide.strip.isHidden() and window.lifetime.guide.mark.isHidden()
    first_start.save()
    again = SettingsStore(tmp_path / "settings.ini")
    assert again.values.first_steps is StepsState.OVER
    assert opened(qtbot, again).lifetime.guide is None


def test_nobody_who_was_here_before_is_shown_them(qtbot, tmp_path):
    (tmp_path / "settings.ini").write_text("[General]\nversion=1\n")
    assert opened(qtbot, SettingsStore(tmp_path / "settings.ini")).lifetime.guide is None
    assert opened(qtbot, SettingsStore()).lifetime.guide is None


@pytest.mark.parametrize("held", ["first_steps=whatever", "steps_done=@Invalid()"])
def test_settings_that_make_no_sense_show_nothing(qtbot, tmp_path, held):
    (tmp_path / "settings.ini").write_text(f"[General]\n{held}\nversion=1\n")
    assert opened(qtbot, SettingsStore(tmp_path / "settings.ini")).lifetime.guide is None


def test_a_window_that_was_closed_goes_on_at_its_step(qtbot, first_start, tmp_path):
    window = opened(qtbot, first_start)
    window.lifetime.guide.steps._finish(DRAW)
    window.close()
    (tmp_path / "settings.ini").write_text(
        (tmp_path / "settings.ini").read_text().replace("draw", "draw, layer, no such step")
    )
    next_one = opened(qtbot, SettingsStore(tmp_path / "settings.ini"))
    steps = next_one.lifetime.guide.steps
    assert steps.done == (DRAW, LAYER) and next_one.lifetime.guide.strip.number == "3 of 5"


def test_the_menu_has_them_again_from_the_first_one_on(qtbot, window):
    assert window.lifetime.guide is None
    window.actions_by_name["steps"].trigger()
    guide = window.lifetime.guide
    guide.flush()
    assert guide.strip.isVisible() and guide.steps.step.id == DRAW
    guide.leave()
    window.actions_by_name["steps"].trigger()
    guide.flush()
    assert guide.strip.isVisible() and guide.steps.done == ()


def test_escape_does_not_skip_them(qtbot, window):
    window.lifetime.show_steps().flush()
    guide = window.lifetime.guide
    for part in (window.canvas, guide.strip.button):
        part.setFocus()
        qtbot.keyClick(part, Qt.Key.Key_Escape)
    assert guide.steps.is_on and guide.strip.isVisible()


def test_the_keyboard_comes_to_skip_and_goes_back_to_the_pad(qtbot, window):
    guide = window.lifetime.show_steps()
    guide.flush()
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert guide.strip.button.hasFocus()
    qtbot.keyClick(guide.strip.button, Qt.Key.Key_Space)
    assert not guide.steps.is_on and window.canvas.hasFocus()


def test_each_step_says_how_keys_do_it(window):
    guide = window.lifetime.show_steps()
    assert "a pen or a finger. By keys: the arrow keys move the pen" in guide.strip.text
    assert "Space puts it down" in guide.strip.text
    guide = window.lifetime.show_steps(["draw"])
    assert guide.strip.text.endswith("Enter shows it large.")


def test_each_text_is_heard_once_with_what_keys_do(window, heard):
    guide = window.lifetime.show_steps(["draw"])
    (said,) = [one for one in heard if "2 of 5" in one]
    assert "name of a layer" in said and "Enter shows it large" in said
    heard.clear()
    window.session.selection.open_tool("why")
    assert not any("of 5" in one for one in heard), "a step that is not due yet was done"
    window.network_view.toggle_size("C3")
    assert [one for one in heard if "Another click" in one]
    guide.stop()


def test_at_the_end_it_is_said_where_they_are_and_a_tool_takes_the_line_away(window):
    guide = window.lifetime.show_steps(IDS)
    guide.flush()
    assert guide.strip.text.startswith("That is all") and guide.strip.button.text() == "Close"
    assert guide.mark.isHidden() and guide.strip.number == ""
    window.session.selection.open_tool("why")
    guide.flush()
    assert guide.strip.isHidden()


@pytest.mark.parametrize("text_size", [100, 200])
@pytest.mark.parametrize("size", [(800, 560), (1280, 800), (620, 480)])
def test_they_cover_nothing_and_can_be_read_whole(qtbot, window, size, text_size):
    languages.set_language(languages.PSEUDO)
    window.setMinimumSize(1, 1)
    try:
        window.resize(*size)
        window.lifetime.settings().change(text_size=text_size)
        for number in range(len(IDS) + 1):
            guide = window.lifetime.show_steps(IDS[:number])
            guide.flush()
            qtbot.wait(1)
            parts = [*window._parts, window.tools, guide.strip]
            boxes = [on_stage(window, part) for part in parts if part.isVisible()]
            stage = window.centralWidget().rect()
            assert stage.contains(on_stage(window, guide.strip))
            strip = on_stage(window, guide.strip)
            assert not any(strip.intersects(box) for box in boxes if box != strip)
            assert on_widgets(guide.strip) == []
    finally:
        languages.set_language(languages.ENGLISH)
        screen.set_text_scale(1.0)


def test_the_mark_lies_beside_what_is_meant_and_feels_no_pointer(qtbot, window):
    guide = window.lifetime.show_steps()
    guide.flush()
    pad = on_stage(window, window.canvas)
    assert guide.mark.geometry().contains(pad)
    ring = guide.mark.mask().translated(guide.mark.pos())
    assert not ring.intersects(pad)
    beside = QPoint(guide.mark.x() + 1, pad.center().y())
    assert ring.contains(beside) and window.stage.childAt(beside) is not guide.mark
    draw(window)
    assert len(window.session.pad.drawing) == 1
    window.presentation.begin()
    assert guide.mark.isHidden() and guide.strip.isHidden()
    window.presentation.end()
    assert guide.mark.isVisible() and guide.strip.isVisible()


def test_every_step_marks_something_that_is_seen(qtbot, window):
    boxes = []
    for number in range(len(IDS)):
        guide = window.lifetime.show_steps(IDS[:number])
        guide.flush()
        assert guide.mark.isVisible()
        boxes.append(guide.mark.geometry())
    assert len({box.getRect() for box in boxes}) == len(IDS)
    assert all(window.centralWidget().rect().intersects(box) for box in boxes)


def test_nothing_moves_by_itself_where_the_desktop_wants_no_motion(qtbot, window, monkeypatch):
    monkeypatch.setattr("digitpad.ui.shell.guide.motion_ms", lambda widget: 0)
    monkeypatch.setattr("digitpad.ui.shell.step_mark.motion_ms", lambda widget: 0)
    guide = window.lifetime.show_steps()
    assert guide.strip.isVisible() and guide.strip.height() > 20
    assert guide.mark._share == 1.0
    guide.leave()
    assert guide.strip.isHidden() and guide.mark.isHidden()


def test_closing_them_moves_nothing_until_the_window_has_another_size(qtbot, window):
    guide = window.lifetime.show_steps()
    guide.flush()
    parts = [part for part in window._parts if part.isVisible()]
    before = [on_stage(window, part) for part in parts]
    qtbot.mouseClick(guide.strip.button, Qt.MouseButton.LeftButton)
    guide.flush()
    window.lay_out()
    assert guide.strip.isHidden() and [on_stage(window, part) for part in parts] == before
    top = window.canvas.y()
    window.resize(window.width(), window.height() + 1)
    qtbot.waitUntil(lambda: window.canvas.y() < top, timeout=PATIENCE_MS)
    guide.begin()
    guide.flush()
    assert guide.strip.isVisible() and window.canvas.y() == top


def test_the_mark_is_open_where_the_ring_of_the_keyboard_is_closed(window):
    guide = window.lifetime.show_steps()
    guide.flush()
    mark = guide.mark
    picture = QImage(mark.size(), QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    mark.render(picture, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    middle, side = picture.width() // 2, picture.height() // 2
    edge = range(mark._room)
    assert not any(picture.pixelColor(middle, y).alpha() for y in edge)
    assert not any(picture.pixelColor(x, side).alpha() for x in edge)
    corner = [picture.pixelColor(x, y).alpha() for x in edge for y in edge]
    assert max(corner) == 255
