"""What the tests of the tools do in the window."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from digitpad.ink.drawing import Mark
from digitpad.ui.shell.main_window import MainWindow
from tests.support import PATIENCE_MS
from tests.ui.explain.samples import BAR_AND_STEM
from tests.ui.pointers import touch_screen
from tests.ui.stubs import StubExplanations
from tests.ui.windows import read


def explanations(window: MainWindow) -> StubExplanations:
    """What the window's recogniser is asked to explain."""
    found = window.session.client.explanations
    assert isinstance(found, StubExplanations)
    return found


def drawn(
    qtbot: QtBot, window: MainWindow, marks: tuple[Mark, ...] = BAR_AND_STEM, **changes: Any
) -> None:
    """Put marks on the pad, which are read as a 7, then a 1."""
    window.session.pad.show_marks(list(marks))
    read_as_seven(qtbot, window, **changes)


def read_as_seven(qtbot: QtBot, window: MainWindow, **changes: Any) -> None:
    """Let what is on the pad be read as a 7, then a 1, and the pen rest."""
    read(qtbot, window, 7, second=1, **changes)
    qtbot.waitUntil(lambda: window.session.is_resting, timeout=PATIENCE_MS)
    read(qtbot, window, 7, second=1, **changes)


def opened(qtbot: QtBot, window: MainWindow, tool: str) -> Any:
    """Open a tool; returns its panel."""
    window.session.selection.open_tool(tool)
    qtbot.wait(1)
    return window.drawer.panel


def tap(window: MainWindow, widget: QWidget, at: tuple[float, float]) -> None:
    """Tap with a finger at a place of a widget in the window."""
    place = widget.mapTo(window, QPointF(*at).toPoint())
    QTest.touchEvent(window, touch_screen()).press(0, place)
    QTest.touchEvent(window, touch_screen()).release(0, place)
