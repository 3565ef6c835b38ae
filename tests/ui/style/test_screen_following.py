from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from digitpad.ui.style import screen, screen_following
from digitpad.ui.style.screen_following import ScreenFollowing
from tests.support import PATIENCE_MS

LEAST = QSize(300, 200)


class Part(QWidget):
    """Counts how often it was laid out."""

    times = 0

    def resizeEvent(self, event) -> None:
        self.times += 1


@pytest.fixture
def window(qtbot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def left(monkeypatch):
    """Leaves only a screen of this place and size, as where another went away, and lets the desktop
    do nothing about it."""
    monkeypatch.setattr(screen_following, "_DESKTOP_MS", 0)

    def leave(window: QWidget, *box: int) -> None:
        only = SimpleNamespace(availableGeometry=lambda: QRect(*box))
        for module in (screen, screen_following):
            monkeypatch.setattr(module, "screen_of", lambda window: only)
        monkeypatch.setattr(
            screen_following, "QGuiApplication", SimpleNamespace(screens=lambda: [only])
        )
        QGuiApplication.instance().screenRemoved.emit(QGuiApplication.primaryScreen())

    return leave


def test_on_a_screen_of_another_scale_all_in_it_is_laid_out_anew_once(qtbot, window):
    part, hidden, other = Part(window), Part(window), Part(window, Qt.WindowType.Window)
    hidden.hide()
    ScreenFollowing(window, LEAST)
    window.show()
    qtbot.waitUntil(lambda: part.times > 0, timeout=PATIENCE_MS)
    before = part.times, hidden.times, other.times
    for _ in range(2):
        QApplication.sendEvent(window, QEvent(QEvent.Type.DevicePixelRatioChange))
    qtbot.wait(1)
    assert (part.times, hidden.times, other.times) == (before[0] + 1, before[1] + 1, before[2])


@pytest.mark.parametrize(
    ("place", "only", "size"),
    [
        ((2000, 100, 500, 400), (0, 0, 1024, 768), (500, 400)),
        ((2000, 100, 1900, 900), (0, 0, 1024, 768), None),
        ((100, 100, 900, 700), (0, 0, 640, 480), None),
    ],
)
def test_a_window_whose_screen_went_away_comes_back_and_fits(
    qtbot, window, left, place, only, size
):
    ScreenFollowing(window, LEAST)
    window.setGeometry(*place)
    window.show()
    left(window, *only)
    room = QRect(*only)
    qtbot.waitUntil(lambda: room.contains(window.geometry()), timeout=PATIENCE_MS)
    if size is not None:
        assert window.size().toTuple() == size


def test_the_smallest_size_fits_a_screen_that_is_smaller_still(qtbot, window, left):
    ScreenFollowing(window, screen.SMALLEST)
    window.show()
    assert window.minimumHeight() == screen.SMALLEST.height()
    left(window, 0, 0, 640, 480)
    qtbot.waitUntil(lambda: window.minimumWidth() <= 640, timeout=PATIENCE_MS)
    assert window.minimumHeight() <= 480 and QRect(0, 0, 640, 480).contains(window.geometry())


def test_a_window_that_hangs_over_the_edge_or_is_seen_whole_stays_where_it_is(qtbot, window, left):
    ScreenFollowing(window, LEAST)
    window.show()
    for place in ((50, 60, 500, 400), (-200, 60, 500, 400)):
        window.setGeometry(*place)
        qtbot.wait(1)
        before = window.geometry()
        left(window, 0, 0, 1024, 768)
        qtbot.wait(1)
        assert window.geometry() == before


def test_a_window_opens_over_the_middle_of_the_one_that_it_is_opened_from(qtbot, window):
    other = QWidget()
    qtbot.addWidget(other)
    other.setGeometry(200, 150, 400, 300)
    with qtbot.waitActive(other, timeout=PATIENCE_MS):
        other.show()
    ScreenFollowing(window, LEAST)
    window.resize(300, 200)
    window.show()
    away = window.frameGeometry().center() - other.frameGeometry().center()
    assert away.manhattanLength() <= 2
    window.move(10, 10)
    window.hide()
    window.show()
    assert (window.x(), window.y()) == (10, 10), "where the person put it"


def test_a_window_that_opens_over_one_at_the_edge_is_on_the_screen(qtbot, window):
    other = QWidget()
    qtbot.addWidget(other)
    room = screen.screen_of(other).availableGeometry()
    other.setGeometry(room.right() - 50, room.bottom() - 60, 100, 100)
    window.resize(3 * room.size())
    screen.open_over(window, other)
    assert room.contains(window.geometry())
