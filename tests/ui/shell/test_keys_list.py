from __future__ import annotations

from html import escape

from digitpad.ui.shell.actions import ACTIONS
from digitpad.ui.shell.keys_list import keys_table, keys_text
from digitpad.ui.style.mnemonics import plain

LISTED = [row for row in ACTIONS if row.is_listed]


def test_the_table_of_keys_names_all_actions(qapp):
    table = dict(keys_table())
    assert len(table) == len(LISTED)
    assert table["Undo"] == "Ctrl+Z" and table["Redo"] == "Ctrl+Shift+Z  or  Ctrl+Y"
    assert not any("…" in words for words in table)


def test_all_of_them_are_in_the_text_of_half_as_many_lines(qapp):
    text = keys_text()
    assert all(escape(plain(row.text).rstrip("…")) in text for row in LISTED)
    assert text.count("<tr>") == -(-len(LISTED) // 2)
