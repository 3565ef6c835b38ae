"""What the tests do in the window."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from digitpad.ui.shell.main_window import MainWindow
from tests.support import PATIENCE_MS
from tests.ui.pointers import Mouse
from tests.ui.stubs import StubClient, recognition

LINE = ((100, 60), (110, 220))


def draw(window: MainWindow, *points: tuple[float, float]) -> None:
    """With the mouse, at positions in pad units."""
    Mouse(window.canvas).draw(*[on_screen(window, point) for point in points or LINE])


def on_screen(window: MainWindow, point: tuple[float, float]) -> tuple[float, float]:
    unit = window.canvas.sheet().width() / 280
    return point[0] * unit, point[1] * unit


def dropped(window: QWidget, mime: QMimeData) -> bool:
    """Drop something on the window; whether it was welcome when it came."""
    action, held, still = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPoint(300, 300), action, mime, held, still)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), action, mime, held, still))
    return enter.isAccepted()


def asked(qtbot: QtBot, window: MainWindow, times: int) -> np.ndarray:
    """The newest digit, once the recogniser was asked so often."""
    qtbot.waitUntil(lambda: len(_client(window).asked) >= times, timeout=PATIENCE_MS)
    return _client(window).asked[-1]


def read(qtbot: QtBot, window: MainWindow, answer: int, **changes: Any) -> None:
    """Let what is on the pad be read as this."""
    qtbot.waitUntil(
        lambda: bool(_client(window).asked) and not window.session.is_reading_due,
        timeout=PATIENCE_MS,
    )
    _client(window).recognized.emit(recognition(answer, **changes))


def _client(window: MainWindow) -> StubClient:
    """The window's client, which a test made."""
    client = window.session.client
    assert isinstance(client, StubClient)
    return client
