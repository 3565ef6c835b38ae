"""Tab goes through each window and dialog once as one reads it, and Escape leads out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, QUrl
from PySide6.QtWidgets import QApplication, QRadioButton, QWidget
from shiboken6 import isValid

from digitpad.ui.pad.pointer_watch import PointerWatch
from digitpad.ui.shell.about_digitpad import AboutDigitpad
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.training.teach_window import Step as Teaching
from tests.ui.all_open import OPENED
from tests.ui.hearing import named
from tests.ui.keyboard import controls_of, press, tab_round
from tests.ui.papers import TWO, ink_of, paper, saved
from tests.ui.training.fake_teacher import command_of
from tests.ui.whole_window import SEVEN, at_rest, until, whole_window
from tests.ui.windows import dropped

SLACK = 4


@pytest.fixture(scope="module")
def window(qapp, tmp_path_factory) -> Iterator[MainWindow]:
    with whole_window(tmp_path_factory.mktemp("data")) as window:
        window.teaching.command = lambda: command_of("worth it")
        yield window


def about_digitpad(window: MainWindow) -> QWidget:
    opened = AboutDigitpad(window.theme, window)
    opened.show()
    return opened


def browser(window: MainWindow) -> QWidget:
    opened = window.dialogs.browse()
    until(lambda: opened.answers is not None and opened.answers.is_read.all())
    return opened


def drawings(window: MainWindow) -> QWidget:
    opened = window.collection.show_sheet()
    until(lambda: opened.grid.current is not None)
    return opened


def game(window: MainWindow) -> QWidget:
    opened = window.collection.play()
    window.session.pad.show_marks([SEVEN])
    until(lambda: opened.main_button.isEnabled())
    return opened


def teach(window: MainWindow) -> QWidget:
    window.teaching.teach()
    until(lambda: window.teaching.window.step is Teaching.TAUGHT)
    return window.teaching.window


def versions(window: MainWindow) -> QWidget:
    opened = window.teaching.show_versions()
    until(lambda: not opened.is_looking)
    return opened


def pictures(window: MainWindow) -> QWidget:
    with TemporaryDirectory() as folder:
        files = [saved(Path(folder), f"{n}.png", paper(ink_of(TWO))) for n in range(2)]
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        dropped(window, mime)
        until(lambda: window.pictures.sheet is not None)
        until(lambda: not window.pictures.sheet.reading.is_reading)
    return window.pictures.sheet


def watch(_window: MainWindow) -> QWidget:
    opened = PointerWatch()
    opened.show()
    return opened


WINDOWS: dict[str, Callable[[MainWindow], QWidget]] = {
    **{name: opens for name, opens in OPENED.items() if name not in ("menu", "about", "opening")},
    **{
        each.__name__: each
        for each in (about_digitpad, browser, drawings, game, teach, versions, pictures, watch)
    },
}
"""Menus are Qt's own, and cards a part of the window, whose rounds test_tab_order has."""


def comes_after(one: QWidget, other: QWidget) -> bool:
    """Whether one reads the other after it: where the way to both parts, the other's part lies
    beneath that of the first, or beside it at its right."""
    window = one.window()
    ways = []
    for widget in (one, other):
        way = [widget]
        while way[-1] is not window:
            way.append(way[-1].parentWidget())
        ways.append(way[::-1])
    parts = next((pair for pair in zip(*ways, strict=False) if pair[0] is not pair[1]), None)
    if parts is None:
        # What one of them is in comes before it.
        return len(ways[0]) < len(ways[1])
    first, second = (QRect(part.mapTo(window, QPoint(0, 0)), part.size()) for part in parts)
    is_beside = second.top() < first.bottom() and second.left() >= first.right() - SLACK
    return is_beside or second.top() >= first.bottom() - SLACK


@pytest.mark.parametrize("name", WINDOWS)
def test_tab_goes_through_all_of_a_window_once_and_escape_closes_it(window, name):
    at_rest(window)
    opened = WINDOWS[name](window)
    opened.activateWindow()
    until(lambda: opened in (QApplication.activePopupWidget(), QApplication.activeWindow()))
    start = opened.focusWidget()
    visited = [] if start is None else tab_round(opened)
    assert len(visited) == len(set(visited))
    assert [one for one in visited if not named(one)] == []
    # Of several that exclude each other, arrow keys choose.
    chosen = {
        one for one in controls_of(opened) if not isinstance(one, QRadioButton) or one.isChecked()
    }
    assert set(visited) == chosen
    back = [pair for pair in pairwise((*visited, *visited[:1])) if not comes_after(*pair)]
    assert len(back) <= 1
    if visited:
        assert tab_round(opened, is_on=False) == [*visited[-2::-1], visited[-1]]
    press(Qt.Key.Key_Escape)
    until(lambda: not isValid(opened) or not opened.isVisible())
