from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from digitpad.core.errors import DigitpadError
from digitpad.ink.drawing import PAD_SIZE
from digitpad.ui.pad.canvas import Canvas
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.style import announcing
from digitpad.ui.style.focus_ring import FocusWatch
from digitpad.ui.style.screen import screen_of
from tests.support import PATIENCE_MS
from tests.ui.canvases import shown
from tests.ui.stubs import LAYERS, StubClient


@pytest.fixture
def seen(qtbot) -> Callable[[QWidget], np.ndarray]:
    """What a person sees of a widget, as painted piece by piece: uint8 (h, w, 3) in device
    pixels."""

    def look(widget: QWidget) -> np.ndarray:
        qtbot.wait(1)  # paint what is to be painted
        image = (
            screen_of(widget)
            .grabWindow(widget.window().winId())
            .toImage()
            .convertToFormat(QImage.Format.Format_RGB888)
        )
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(
            image.height(), image.bytesPerLine()
        )
        pixels = rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
        ratio = widget.devicePixelRatioF()
        corner = widget.mapTo(widget.window(), widget.rect().topLeft())
        left, top = round(corner.x() * ratio), round(corner.y() * ratio)
        return pixels[
            top : top + round(widget.height() * ratio), left : left + round(widget.width() * ratio)
        ].copy()

    return look


@pytest.fixture(autouse=True)
def _no_keys_before() -> Iterator[None]:
    """What keys did in one test shows no ring in the next."""
    yield
    application = QApplication.instance()
    watch = None if application is None else application.findChild(FocusWatch)
    if watch is not None:
        watch._by_keys = False


@pytest.fixture
def canvas(qtbot) -> Canvas:
    """A pad as large on the screen as in its own units."""
    return shown(qtbot, PAD_SIZE, PAD_SIZE)


@pytest.fixture
def heard(monkeypatch) -> list[str]:
    """What a screen reader is told at once, in order, with "!" before what interrupts."""
    said: list[str] = []

    def send(widget: QWidget, text: str, assertive: bool) -> None:
        said.append(f"!{text}" if assertive else text)

    monkeypatch.setattr(announcing, "is_heard", lambda: True)
    monkeypatch.setattr(announcing, "_send", send)
    return said


@pytest.fixture
def examples() -> list:
    """The test images to be shown, (ink, label); none is an installation without them."""
    return [(np.eye(28, dtype=np.uint8) * 255, "7")]


@pytest.fixture
def window(qtbot, examples) -> MainWindow:
    """A window of 1280 x 800 whose recogniser has loaded and says what the test wants."""

    def next_example(dataset: str) -> tuple[np.ndarray, str]:
        if not examples:
            raise DigitpadError("MNIST is not here; put the four files somewhere")
        return examples.pop(0)

    window = MainWindow(StubClient(), LAYERS, next_example, theme="light")
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitActive(window, timeout=PATIENCE_MS):
        window.show()
    window.session.client.become_ready()
    return window


@pytest.fixture
def at_rest(qtbot, monkeypatch) -> Callable[[MainWindow], None]:
    """Wait until the pen is taken to rest."""

    def wait(window: MainWindow) -> None:
        qtbot.waitUntil(lambda: window.session.is_resting, timeout=PATIENCE_MS)

    return wait
