from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from digitpad.ui.shell.settings import Settings
from digitpad.ui.shell.settings_store import SettingsStore
from digitpad.ui.style.menu_button import MenuButton
from digitpad.ui.style.screen import set_text_scale
from tests.ui.pointers import NONE, Pen, touch_screen

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def store(window):
    store = SettingsStore()
    window.lifetime.remember(store)
    yield store
    set_text_scale(1.0)


@pytest.fixture
def dialog(qtbot, window, store):
    qtbot.keyClick(window, Qt.Key.Key_Comma, CONTROL)
    dialog = window.lifetime.remembering._dialog
    assert dialog.isVisible()
    yield dialog
    dialog.close()


def choose(qtbot, button: MenuButton, value: object) -> None:
    """By keys, as a person walks through a menu."""
    menu = button.menu()
    # What a key does, without waiting until the menu is closed.
    menu.popup(button.mapToGlobal(QPoint(0, 0)))
    values = [each for each, _action in button._actions]
    for _ in range(values.index(value) + 1):
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert button.value == value


def test_each_choice_is_taken_at_once(qtbot, window, store, dialog):
    before = window.status_line.unit
    choose(qtbot, dialog.theme, "dark")
    assert window.theme.name == "dark"
    assert dialog.palette().window().color().name() == window.theme.ground
    choose(qtbot, dialog.text_size, 150)
    assert window.status_line.unit > 1.2 * before
    choose(qtbot, dialog.device, "cpu")
    assert store.values == Settings(theme="dark", text_size=150, device="cpu")
    assert window.session.client.starts == 1, "on another device"


def test_the_pen_and_the_fingers_are_set(qtbot, window, store, dialog):
    dialog.pen_width.setValue(33)
    assert window.session.pad.pen_width == store.values.pen_width == 33
    choose(qtbot, dialog.fingers, True)
    assert store.values.fingers_draw
    window.session.pad.set_pen_width(11)
    assert dialog.pen_width.value() == 11


def test_a_finger_sets_all_back(window, store, dialog):
    store.change(fingers_draw=True)
    middle = QPoint(dialog.reset.width() // 2, dialog.reset.height() // 2)
    QTest.touchEvent(dialog.reset, touch_screen()).press(0, middle, dialog.reset).commit()
    QTest.touchEvent(dialog.reset, touch_screen()).release(0, middle, dialog.reset).commit()
    assert not store.values.fingers_draw


def test_all_is_set_back(qtbot, window, store, dialog):
    choose(qtbot, dialog.theme, "dark")
    qtbot.mouseClick(dialog.reset, Qt.MouseButton.LeftButton)
    assert store.values == Settings() and dialog.theme.value == "system"


def test_folders_are_named_without_the_home_folder_and_shown(qtbot, dialog, monkeypatch, tmp_path):
    shown: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()) or True
    )
    buttons = [one for one in dialog.findChildren(QPushButton) if one.text() == "Show"]
    for button in buttons:
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert len(shown) == 3


def test_every_control_has_a_name_and_all_its_words(dialog):
    for box in dialog.findChildren(MenuButton):
        assert box.accessibleName()
    for label in dialog.findChildren(QLabel):
        assert label.width() >= min(label.sizeHint().width(), 330)


def test_escape_and_enter_close_it(qtbot, window, dialog):
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible() and window.isVisible()
    window.lifetime.show_settings()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_a_window_that_remembers_nothing_can_be_set_too(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_Comma, CONTROL)
    dialog = window.lifetime.remembering._dialog
    assert dialog.theme.value == "light"
    choose(qtbot, dialog.theme, "dark")
    assert window.theme.name == "dark" and window.lifetime.remembering.store.file is None
    dialog.close()


def test_a_language_that_there_is_not_any_more_is_the_systems(qtbot, window, store):
    store.change(language="xx")
    dialog = window.lifetime.show_settings()
    assert dialog.language.value == ""
    dialog.close()


def test_a_finger_that_does_not_draw_is_told_how_it_can(qtbot, window, store):
    Pen(window.canvas).move((50, 50), 0.0, held=NONE)
    swipe = QTest.touchEvent
    for _ in range(2):
        swipe(window.canvas, touch_screen()).press(0, QPoint(40, 40))
        swipe(window.canvas, touch_screen()).move(0, QPoint(140, 140))
        swipe(window.canvas, touch_screen()).release(0, QPoint(140, 140))
        if window.offer_bar.isVisible():
            assert len(window.session.pad.drawing) == 0
            (button,) = window.offer_bar.buttons
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert store.values.fingers_draw and len(window.session.pad.drawing) == 1
    assert not window.offer_bar.isVisible()
