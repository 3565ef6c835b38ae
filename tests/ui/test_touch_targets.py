"""Whatever can be pressed in any window is large enough to a finger."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from digitpad.ui.explain.tools import TOOLS
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.shell.offer_bar import Deed
from tests.ui.test_tab_rounds import WINDOWS
from tests.ui.touch_targets import hit_size, small_controls
from tests.ui.training.fake_teacher import command_of
from tests.ui.whole_window import at_rest, until, whole_window

LEAST, LEAST_IN_SMALLEST, LEAST_OF_CROSSES = 26, 24, 21
"""How many pixels a finger hits of a control, across and down: in a window of the size that it
opens with, in the smallest, and there of the crosses of hints and rows, beside which Escape is."""


@pytest.fixture(scope="module")
def window(qapp, tmp_path_factory) -> Iterator[MainWindow]:
    with whole_window(tmp_path_factory.mktemp("data")) as window:
        window.teaching.command = lambda: command_of("worth it")
        yield window


def comparing(window: MainWindow) -> None:
    window.session.pin()


def asking(window: MainWindow) -> None:
    window.offer_bar.offer("What now?", [Deed("This", lambda: None), Deed("That", lambda: None)])


def labelling(window: MainWindow) -> None:
    window.actions_by_name["wrong"].trigger()


def too_small(window: QWidget, least: int, least_of_crosses: int) -> list[str]:
    return [
        f"{type(one).__name__} {one.accessibleName()!r} {one.size().toTuple()}: {size}"
        for one in small_controls(window)
        if min(size := hit_size(one)) < (least_of_crosses if is_cross(one) else least)
    ]


def is_cross(control: QWidget) -> bool:
    return isinstance(control, QToolButton) and control.text() == "×"


@pytest.mark.parametrize("size", [(1280, 800), (800, 560)], ids=str)
def test_in_the_window(window, size):
    least = (LEAST, LEAST) if size[0] == 1280 else (LEAST_IN_SMALLEST, LEAST_OF_CROSSES)
    states: list[Callable[[MainWindow], None]] = [
        lambda window: None,
        comparing,
        asking,
        labelling,
        *(lambda window, tool=tool: window.session.selection.open_tool(tool.id) for tool in TOOLS),
    ]
    for shows in states:
        at_rest(window)
        window.resize(*size)
        shows(window)
        until(lambda: window.size().toTuple() == size)
        assert too_small(window, *least) == []


@pytest.mark.parametrize("name", WINDOWS)
def test_in_other_windows(window, name):
    at_rest(window)
    window.resize(1280, 800)
    opened = WINDOWS[name](window)
    until(lambda: opened.isVisible())
    assert too_small(opened, LEAST, LEAST) == []
    opened.close()
    until(lambda: QApplication.activePopupWidget() is None)
