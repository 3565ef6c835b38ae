from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from digitpad.ui.shell.action_row import WITHIN, Menu
from digitpad.ui.shell.actions import ACTIONS
from digitpad.ui.shell.keys_list import KeysDialog, keys_table, keys_text
from digitpad.ui.style.mnemonics import plain
from digitpad.ui.style.screen import set_text_scale
from tests.support import PATIENCE_MS

LISTED = [row for row in ACTIONS if row.is_listed]


def test_the_table_of_keys_names_all_actions_by_their_menus(qapp):
    table = keys_table()
    assert list(table) == [plain(menu.value) for menu in Menu if menu not in WITHIN]
    keys = {words: keys for entries in table.values() for words, keys in entries}
    assert len(keys) == len(LISTED)
    assert keys["Undo"] == "Ctrl+Z" and keys["Redo"] == "Ctrl+Shift+Z  or  Ctrl+Y"
    assert not any("…" in words or "&" in words for words in keys)


def test_every_action_with_keys_is_listed_but_for_the_digits():
    unlisted = {row.id for row in ACTIONS if row.keys and not row.is_listed}
    assert unlisted == {f"label-{digit}" for digit in range(10)}


def test_all_of_them_are_in_the_text(qapp):
    text = keys_text()
    assert all(escape(plain(row.text).rstrip("…")) in text for row in LISTED)
    assert text.count("<tr>") == 1 + len(LISTED) + len(keys_table())


def test_the_keys_scroll_the_list_from_the_first_moment(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    set_text_scale(2.0)
    try:
        dialog = KeysDialog(window)
        with qtbot.waitActive(dialog, timeout=PATIENCE_MS):
            dialog.open()
        bar = dialog.findChild(QScrollArea).verticalScrollBar()
        assert bar.maximum() > 0
        places = []
        for key in ("PageDown", "End", "Home", "Down"):
            QTest.keyClick(QApplication.focusWidget(), getattr(Qt.Key, f"Key_{key}"))
            places.append(bar.value())
        page, end, home, line = places
        assert home == 0 < line < page < end == bar.maximum()
        dialog.close()
    finally:
        set_text_scale(1.0)
