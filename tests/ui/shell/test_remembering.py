from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from digitpad.core.paths import shipped_weights
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.shell.remembering import Remembering, remembered_network
from digitpad.ui.shell.settings_store import SettingsStore
from tests.support import PATIENCE_MS
from tests.ui.stubs import LAYERS, StubClient


def opened(qtbot, store: SettingsStore) -> MainWindow:
    window = MainWindow(StubClient(), LAYERS)
    qtbot.addWidget(window)
    Remembering(window, store)
    with qtbot.waitActive(window, timeout=PATIENCE_MS):
        window.show()
    return window


def test_the_next_window_has_the_size_the_place_and_the_pen_of_the_last(qtbot):
    store = SettingsStore()
    first = opened(qtbot, store)
    first.setGeometry(4, 50, 795, 620)
    qtbot.keyClick(first.canvas, Qt.Key.Key_BracketRight)
    first.session.pad.set_erasing(True)
    assert store.values.place == (4, 50, 795, 620)
    next_one = opened(qtbot, store)
    assert next_one.geometry().getRect() == (4, 50, 795, 620)
    assert next_one.session.pad.pen_width == first.session.pad.pen_width == 23
    assert not next_one.session.pad.is_erasing


def test_a_maximized_window_keeps_the_size_that_it_goes_back_to(qtbot):
    store = SettingsStore()
    first = opened(qtbot, store)
    first.setGeometry(4, 50, 795, 620)
    first.showMaximized()
    qtbot.waitUntil(lambda: store.values.is_maximized)
    assert store.values.place == (4, 50, 795, 620)
    assert opened(qtbot, store).isMaximized()


def test_the_theme_is_taken_at_once_and_the_systems_again(qtbot):
    store = SettingsStore()
    window = opened(qtbot, store)
    for theme, ground in (("dark", "#16181d"), ("light", "#f6f5f1")):
        store.change(theme=theme)
        assert window.palette().window().color().name() == ground
    store.change(theme="system")
    assert window.palette().window().color().name() in ("#16181d", "#f6f5f1")


def test_the_tool_that_was_open_is_opened_once_there_is_a_network(qtbot):
    store = SettingsStore()
    store.change(tool="why")
    window = opened(qtbot, store)
    assert window.session.selection.tool == ""
    window.session.client.become_ready()
    assert window.session.selection.tool == "why"
    window.session.selection.open_tool("")
    window.session.client.become_ready()
    assert window.session.selection.tool == "" and store.values.tool == ""


def test_a_tool_that_there_is_none_of_is_not_opened(qtbot):
    store = SettingsStore()
    store.change(tool="no such tool")
    window = opened(qtbot, store)
    window.session.client.become_ready()
    assert window.session.selection.tool == ""


def test_the_network_is_remembered_by_its_name_or_its_file(qtbot, tmp_path):
    store = SettingsStore()
    window = opened(qtbot, store)
    own = str(tmp_path / "mine.pth")
    window.session.client.become_ready(weights_file=own)
    assert store.values.network == own
    assert remembered_network(shipped_weights()) == "lenet5"
    assert remembered_network(Path("/elsewhere/lenet5.safetensors")).startswith("/elsewhere")


def test_a_screen_that_went_away_leaves_the_size(qtbot):
    store = SettingsStore()
    store.change(place=(-9000, 0, 792, 590))
    assert opened(qtbot, store).size().toTuple() == (792, 590)


def test_that_squares_can_be_clicked_is_said_until_one_was(qtbot):
    store = SettingsStore()
    first = opened(qtbot, store)
    first.resize(1280, 800)
    assert first.network_view.marks.has_hint
    square = first.network_view.panel("C1").map_box(0).center()
    qtbot.mouseClick(
        first.network_view.panel("C1"), Qt.MouseButton.LeftButton, pos=square.toPoint()
    )
    assert store.values.hints_seen == ("squares",) and not first.network_view.marks.has_hint
    next_one = opened(qtbot, store)
    next_one.resize(1280, 800)
    assert not next_one.network_view.marks.has_hint
    store.reset()
    assert next_one.network_view.marks.has_hint


def test_another_text_size_is_taken_by_every_window_that_is_open(qtbot):
    store = SettingsStore()
    window = opened(qtbot, store)
    window.session.client.become_ready()
    game = window.collection.play()
    before = game.said_label.font().pixelSize()
    window.resize(1280, 800)
    title = window.network_view.panel("C1").title_height
    try:
        store.change(text_size=150)
        assert window.network_view.panel("C1").title_height > title
        assert game.said_label.font().pixelSize() > before
    finally:
        store.change(text_size=100)
        window.close()
