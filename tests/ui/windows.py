"""What the tests do in the window."""

from __future__ import annotations

import numpy as np

from digitpad.ui.shell.main_window import MainWindow
from tests.support import PATIENCE_MS
from tests.ui.pointers import Mouse
from tests.ui.stubs import recognition

LINE = ((100, 60), (110, 220))


def draw(window: MainWindow, *points: tuple[float, float]) -> None:
    """With the mouse, at positions in pad units."""
    Mouse(window.canvas).draw(*[on_screen(window, point) for point in points or LINE])


def on_screen(window: MainWindow, point: tuple[float, float]) -> tuple[float, float]:
    unit = window.canvas.sheet().width() / 280
    return point[0] * unit, point[1] * unit


def asked(qtbot, window: MainWindow, times: int) -> np.ndarray:
    """The newest digit, once the recogniser was asked so often."""
    qtbot.waitUntil(lambda: len(window.session.client.asked) >= times, timeout=PATIENCE_MS)
    return window.session.client.asked[-1]


def read(qtbot, window: MainWindow, answer: int, **changes: object) -> None:
    """Let what is on the pad be read as this."""
    qtbot.waitUntil(
        lambda: bool(window.session.client.asked) and not window.session.is_reading_due,
        timeout=PATIENCE_MS,
    )
    window.session.client.recognized.emit(recognition(answer, **changes))
