"""A screen reader finds a name and a role for all that takes keys, in every window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QScrollArea, QWidget

from digitpad.core.results import Unit
from digitpad.ui.explain.tools import TOOLS
from digitpad.ui.images.image_browser import ImageBrowser
from digitpad.ui.shell.about_digitpad import AboutDigitpad
from digitpad.ui.shell.keys_list import KeysDialog
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.shell.offer_bar import Deed
from digitpad.ui.shell.opening_card import Offer
from digitpad.ui.shell.settings_dialog import SettingsDialog
from digitpad.ui.shell.settings_store import SettingsStore
from digitpad.ui.shell.unforeseen_dialog import UnforeseenDialog
from digitpad.ui.style.panel import Role
from digitpad.ui.style.theme import LIGHT
from digitpad.ui.training.train_dialog import TrainDialog
from digitpad.ui.training.versions_window import VersionsWindow
from tests.support import PATIENCE_MS
from tests.ui.browsers import images
from tests.ui.hearing import named, role_of, said_of
from tests.ui.stubs import INFO
from tests.ui.training.fake_teacher import command_of
from tests.ui.training.test_versions_window import FIRST, SECOND, Versions
from tests.ui.windows import draw, read

SAYS_NOTHING = (Role.NoRole, Role.Client)


def unnamed(top: QWidget) -> list[str]:
    """What takes keys in a window and has no name or no role; and a window without a title."""
    found = [
        f"{type(one).__name__} {one.objectName()!r} {role_of(one)} {named(one)!r}"
        for one in [top, *top.findChildren(QWidget)]
        if one.window() is top.window()
        and one.isVisible()
        and one.focusPolicy() != Qt.FocusPolicy.NoFocus
        # What scrolls is no part of its own.
        and not isinstance(one, QScrollArea)
        and one.focusProxy() is None
        and (not named(one) or role_of(one) in SAYS_NOTHING)
    ]
    return found if top.window().windowTitle() else [*found, "the window has no title"]


@pytest.fixture(autouse=True)
def _own_folders(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


@pytest.fixture
def drawn(qtbot, window) -> MainWindow:
    """The window with a drawing that was read."""
    draw(window)
    read(qtbot, window, 7)
    qtbot.waitUntil(lambda: window.session.is_resting, timeout=PATIENCE_MS)
    return window


def test_in_the_window_and_what_it_asks_and_offers(drawn):
    assert unnamed(drawn) == []
    drawn.actions_by_name["wrong"].trigger()
    drawn.offer_bar.offer("It was kept.", [Deed("Undo", lambda: None)])
    assert unnamed(drawn) == []


def test_in_every_tool(drawn):
    drawn.session.selection.pin(Unit(INFO.layers[2], 4, 1, 6))
    for tool in TOOLS:
        drawn.session.selection.open_tool(tool.id)
        QApplication.processEvents()
        assert unnamed(drawn) == [], tool.id
        assert named(drawn.drawer.panel) or said_of(drawn.drawer.panel), tool.id


def test_in_what_opens_over_the_window(drawn):
    drawn.session.client.second_ready.emit(replace(INFO, network="other"))
    drawn.actions_by_name["about"].trigger()
    assert unnamed(drawn) == []
    drawn.actions_by_name["networks"].trigger()
    for over in QApplication.topLevelWidgets():
        if over.isVisible() and over is not drawn:
            assert unnamed(over) == [], over
    assert unnamed(drawn) == []
    drawn.dialogs.opening.card.set_place(QRect(250, 10, 540, 500), 1.0)
    drawn.dialogs.opening.card.show_page("Which?", "There are two.", [Offer("a", "First")])
    assert unnamed(drawn) == []


def _dialogs(window: MainWindow) -> Iterator[QWidget]:
    yield SettingsDialog(SettingsStore(), LIGHT, window)
    yield KeysDialog(window)
    yield AboutDigitpad(LIGHT, window)
    yield UnforeseenDialog("It said so.", None, LIGHT, window)
    yield TrainDialog(object(), window)  # type: ignore[arg-type]
    yield VersionsWindow(window.session, LIGHT, str, lambda: Versions((SECOND, FIRST), ()))
    yield ImageBrowser(window.session, lambda name: images(), LIGHT)


def test_in_every_other_window(qtbot, window):
    for other in _dialogs(window):
        qtbot.addWidget(other)
        other.show_again() if isinstance(other, VersionsWindow) else other.show()
        QApplication.processEvents()
        assert unnamed(other) == [], type(other).__name__
        labels = [one for one in other.findChildren(QLabel) if one.text().startswith("&")]
        assert all(one.buddy() is not None for one in labels), type(other).__name__
        if isinstance(other, QDialog):
            other.close()


def test_where_digits_are_kept_taught_and_played_with(qtbot, drawn):
    window = drawn
    window.teaching.command = lambda: command_of("worth it")
    for name, of in (
        ("drawings", lambda: window.collection.sheet),
        ("game", lambda: window.collection.game),
        ("teach", lambda: window.teaching.window),
    ):
        window.actions_by_name[name].trigger()
        qtbot.waitUntil(lambda of=of: of() is not None and of().isVisible(), timeout=PATIENCE_MS)
        QApplication.processEvents()
        assert unnamed(of()) == [], name
        of().close()
