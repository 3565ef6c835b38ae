"""The menus: every action is in one, and they open by every hand."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from digitpad.core import languages
from digitpad.core.languages import _
from digitpad.ui.shell.about_digitpad import AboutDigitpad
from digitpad.ui.shell.action_row import WITHIN, Group, Menu
from digitpad.ui.shell.actions import ACTIONS
from digitpad.ui.shell.choice_menu import language_choices, text_size_choices, theme_choices
from digitpad.ui.style.mnemonics import mnemonic
from digitpad.ui.style.screen import set_text_scale
from tests.support import PATIENCE_MS
from tests.ui.pointers import touch_screen
from tests.ui.windows import draw, read

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def entries(menu: QMenu) -> list[QAction]:
    return [action for action in menu.actions() if not action.isSeparator()]


def open_menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


@pytest.fixture(autouse=True)
def _closed():
    yield
    while (menu := QApplication.activePopupWidget()) is not None:
        menu.close()


def test_every_action_is_in_one_menu_with_its_key(window):
    menus = window.menu_bar.menus
    assert set(menus) == set(Menu)
    found = Counter(chain.from_iterable(entries(menu) for menu in menus.values()))
    for row in ACTIONS:
        action = window.actions_by_name[row.id]
        assert found.pop(action) == 1, row.id
        assert action in menus[row.group.menu].actions(), row.id
    assert set(found) == {menus[within].menuAction() for within in WITHIN}


def test_the_menus_are_in_their_order_and_lines_part_their_groups(window):
    titles = [action.text() for action in window.menu_bar.actions()]
    assert titles == [menu.value for menu in Menu if menu not in WITHIN]
    for menu, shown in window.menu_bar.menus.items():
        lines = [action.isSeparator() for action in shown.actions()]
        assert not lines[0] and not lines[-1]
        assert sum(lines) == len([group for group in Group if group.menu is menu]) - 1


@pytest.mark.parametrize("code", [*languages.codes(), languages.PSEUDO])
def test_every_entry_has_a_letter_of_its_own_in_its_menu(code):
    languages.set_language(code)
    try:
        titles = {menu: _(menu.value) for menu in Menu}
        menus = {menu: [_(row.text) for row in ACTIONS if row.group.menu is menu] for menu in Menu}
        for within, group in WITHIN.items():
            menus[group.menu].append(titles[within])
        bar = [title for menu, title in titles.items() if menu not in WITHIN]
        for texts in (bar, *menus.values()):
            letters = Counter(map(mnemonic, texts))
            assert letters.most_common(1)[0][1] == 1 and "" not in letters, texts
        for row in ACTIONS:
            if row.checked_text:
                assert mnemonic(_(row.checked_text)) == mnemonic(_(row.text)), row.id
    finally:
        languages.set_language(languages.ENGLISH)


def test_no_two_actions_share_a_key_and_the_menus_have_the_windows_own(qtbot, window):
    draw(window)
    read(qtbot, window, 7)
    actions = window.findChildren(QAction)
    keys = Counter(
        key.toString() for action in actions if action.isEnabled() for key in action.shortcuts()
    )
    assert keys and max(keys.values()) == 1, keys.most_common(3)
    assert set(window.actions_by_name.values()) <= set(window.actions())


@pytest.mark.parametrize("menu", [menu for menu in Menu if menu not in WITHIN])
def test_alt_and_its_letter_opens_a_menu_and_escape_gives_the_keys_back(qtbot, window, menu):
    window.network_view.panel("C1").setFocus()
    before = QApplication.focusWidget()
    letter = mnemonic(menu.value)
    qtbot.keyClick(window, Qt.Key(ord(letter)), Modifier.AltModifier)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None, timeout=PATIENCE_MS)
    assert open_menu() is window.menu_bar.menus[menu]
    qtbot.keyClick(open_menu(), Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, Key.Key_Escape)
    assert QApplication.focusWidget() is before


def test_f10_opens_the_first_menu_and_its_entries_are_chosen_by_keys(qtbot, window):
    draw(window)
    qtbot.keyClick(window.canvas, Key.Key_F10)
    assert open_menu() is window.menu_bar.menus[Menu.FILE]
    qtbot.keyClick(open_menu(), Key.Key_Right)
    assert open_menu() is window.menu_bar.menus[Menu.EDIT]
    qtbot.keyClick(open_menu(), Key.Key_L)
    assert QApplication.activePopupWidget() is None
    assert len(window.session.pad.drawing) == 0, "cleared by its letter in the menu"
    assert QApplication.focusWidget() is window.canvas


def test_a_letter_opens_a_menu_while_the_bar_has_the_keyboard_and_does_nothing_else(qtbot, window):
    qtbot.keyClick(window, Key.Key_F, Modifier.AltModifier)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None, timeout=PATIENCE_MS)
    qtbot.keyClick(open_menu(), Key.Key_Escape)
    assert QApplication.focusWidget() is window.menu_bar
    qtbot.keyClick(window.menu_bar, Key.Key_E)
    assert open_menu() is window.menu_bar.menus[Menu.EDIT]
    assert not window.session.pad.is_erasing


def test_an_entry_is_clicked(qtbot, window):
    bar = window.menu_bar
    action, explain = window.actions_by_name["why"], bar.menus[Menu.EXPLAIN]
    at = bar.actionGeometry(explain.menuAction()).center()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=at)
    assert open_menu() is explain and not action.isChecked()
    qtbot.mouseClick(
        explain, Qt.MouseButton.LeftButton, pos=explain.actionGeometry(action).center()
    )
    assert window.drawer.open_tool == "why" and action.isChecked()


def test_an_entry_is_touched(qtbot, window):
    bar = window.menu_bar
    menu = bar.menus[Menu.EXPLAIN]
    touch(bar, bar.actionGeometry(menu.menuAction()).center())
    assert open_menu() is menu
    touch(menu, menu.actionGeometry(window.actions_by_name["kernels"]).center())
    assert window.drawer.open_tool == "kernels"
    assert QApplication.activePopupWidget() is None


def touch(widget, at: QPoint) -> None:
    QTest.touchEvent(widget, touch_screen()).press(0, at, widget).commit()
    QTest.touchEvent(widget, touch_screen()).release(0, at, widget).commit()


def test_presenting_has_the_whole_screen_and_all_keys(qtbot, window):
    bar, stage = window.menu_bar, window.stage
    assert stage.y() == bar.height() > 0
    qtbot.keyClick(window.canvas, Key.Key_F11)
    assert not bar.isVisible() and stage.geometry() == window.rect()
    qtbot.keyClick(window.canvas, Key.Key_F10)
    assert QApplication.activePopupWidget() is None
    qtbot.keyClick(window.canvas, Key.Key_W)
    assert window.drawer.open_tool == "why"
    qtbot.keyClick(window.canvas, Key.Key_W)
    qtbot.keyClick(window.canvas, Key.Key_F11)
    qtbot.waitUntil(lambda: stage.y() == bar.height(), timeout=PATIENCE_MS)
    assert bar.isVisible() and stage.height() == window.height() - bar.height()


@pytest.mark.parametrize("letter", "nopt")
def test_a_letter_that_is_typed_into_a_field_does_nothing_else(qtbot, window, letter):
    field = QLineEdit(window.stage)
    field.show()
    field.setFocus()
    done = []
    for action in window.actions_by_name.values():
        action.triggered.connect(done.append)
    qtbot.keyClick(field, letter)
    assert field.text() == letter and done == []


@pytest.mark.parametrize(
    ("name", "choices", "steps", "value"),
    [
        ("language", language_choices, 2, languages.ENGLISH),
        ("theme", theme_choices, 3, "dark"),
        ("text_size", text_size_choices, 2, 125),
    ],
)
def test_a_setting_is_chosen_in_the_view_menu(qtbot, window, name, choices, steps, value):
    menu = window.actions_by_name[name].menu()
    menu.popup(window.mapToGlobal(QPoint(100, 100)))
    assert [action.text() for action in menu.actions()] == [words for _value, words in choices()]
    (checked,) = (action for action in menu.actions() if action.isChecked())
    now = getattr(window.lifetime.settings().values, name)
    assert checked.text() == dict(choices())[now]
    for _step in range(steps):
        qtbot.keyClick(menu, Key.Key_Down)
    qtbot.keyClick(menu, Key.Key_Return)
    assert getattr(window.lifetime.settings().values, name) == value
    set_text_scale(1.0)


def test_about_tells_the_versions(qtbot, window):
    dialog = AboutDigitpad(window.theme, window)
    dialog.show()
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == dialog.versions
    assert "Python" in dialog.versions and "Qt" in dialog.versions
    dialog.close()
