"""Another theme is taken by everything that is open: it looks as if it had been opened in it."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from digitpad.ui.shell import main_window
from digitpad.ui.style.theme import DARK, LIGHT
from tests.ui.all_open import AllOpen, different


def test_what_is_open_looks_as_if_it_had_been_opened_in_the_new_theme(qtbot, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    looks = []
    for first in (LIGHT, DARK):
        monkeypatch.setattr(main_window, "system_theme", lambda first=first: first)
        shown = AllOpen(qtbot, None)
        monkeypatch.setattr(main_window, "system_theme", lambda: DARK)
        QGuiApplication.styleHints().colorSchemeChanged.emit(
            QGuiApplication.styleHints().colorScheme()
        )
        looks.append(shown.looks())
        shown.close()
    assert different(*looks) == {}
