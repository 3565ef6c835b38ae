"""Texts have room: 40 % longer ones are seen whole in small windows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEventLoop, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea

from digitpad.app import make_window
from digitpad.commands.pictured import explained
from digitpad.commands.screenshot import sample_marks
from digitpad.core import languages
from digitpad.core.paths import shipped_weights
from digitpad.ui.shell.about_digitpad import AboutDigitpad
from digitpad.ui.shell.keys_list import KeysDialog
from digitpad.ui.shell.settings_dialog import SettingsDialog
from digitpad.ui.shell.settings_store import SettingsStore
from digitpad.ui.shell.unforeseen_dialog import UnforeseenDialog
from digitpad.ui.style.panel import LEFT
from digitpad.ui.style.screen import COMFORTABLE, screen_of, set_text_scale
from digitpad.ui.training.train_dialog import TrainDialog
from digitpad.ui.training.training_desk import TrainingDesk
from tests.support import PATIENCE_MS
from tests.ui.cut_texts import on_widgets, recorded, smallest_letters

SIZES = ((800, 560), (900, 600))
LARGE, LARGE_SIZES = (150, 200), ((800, 560), (1280, 800), (1600, 1000))
STATES = ("", "unit", "kernels", "why", "missing", "pieces", "random", "history", "normalisation",
          "sweeps", "film")  # fmt: skip
# What is shortened where it has no room, and is told in full by a tool tip.
SHORTENED = (
    "61,706",  # the network's figures in the line at the foot
    "fúllý čóññéčtéd",  # what a layer does, along the gap before it
)


def reading_window():
    """A window that has read a drawing, in the language that is set."""
    window = make_window(shipped_weights(), "cpu")
    window.show()
    window.session.pad.show_marks(sample_marks())
    loop = QEventLoop()
    window.session.client.recognized.connect(loop.quit)
    loop.exec()
    window.session.flush()
    return window


@pytest.fixture(scope="module")
def window(qapp):
    languages.set_language(languages.PSEUDO)
    window = reading_window()
    yield window
    window.lifetime.close_at_once()
    window.deleteLater()
    languages.set_language(languages.ENGLISH)


def cut_in(qtbot, window, size: tuple[int, int]) -> list[str]:
    """What is not read whole in a window of this size."""
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size, timeout=PATIENCE_MS)
    qtbot.wait(1)
    with recorded() as cut:
        window.grab()
    return [
        one for one in (*cut, *on_widgets(window)) if not any(each in one for each in SHORTENED)
    ]


@pytest.fixture
def scaled(window):
    def scale(percent: int) -> None:
        set_text_scale(percent / 100)
        window.lay_out()

    yield scale
    scale(100)


@pytest.mark.parametrize("state", STATES)
def test_no_text_is_cut(qtbot, window, scaled, state):
    languages.set_language(languages.PSEUDO)
    if state:
        explained(window, state, QEventLoop())
    for size in SIZES:
        assert cut_in(qtbot, window, size) == [], f"in a window of {size}"
    for percent in LARGE:
        scaled(percent)
        for size in LARGE_SIZES:
            assert cut_in(qtbot, window, size) == [], f"at {percent} % in a window of {size}"


def test_twice_as_large_no_letters_are_smaller_than_twice_the_smallest(qtbot):
    languages.set_language(languages.ENGLISH)
    window = reading_window()
    try:
        for state in ("", "why", "kernels"):
            if state:
                explained(window, state, QEventLoop())
            set_text_scale(2.0)
            for size in ((1280, 800), (1600, 1000)):
                cut_in(qtbot, window, size)
                least = 2 * 9 * size[0] / COMFORTABLE.width()
                assert smallest_letters(window) >= 0.97 * least, f"{state} in {size}"
    finally:
        set_text_scale(1.0)
        window.lifetime.close_at_once()


def test_a_cut_text_is_found(qtbot, window):
    panel = window.digit_view
    picture = panel.grab()
    with recorded() as cut:
        painter = QPainter(picture)
        painter.drawText(QRectF(0, 0, 300, 20), LEFT, "it fits")
        painter.drawText(QRectF(0, 40, 20, 20), LEFT, "much too long")
        painter.drawText(QRectF(2, 2, 300, 20), LEFT, "on it")
        painter.fontMetrics().elidedText("shortened", Qt.TextElideMode.ElideRight, 9)
        painter.end()
    assert [one.partition(" needs")[0] for one in cut] == [
        "cut: 'much too long'",
        "over: 'on it' lies over 'it fits'",
        "shortened: 'shortened'",
    ]
    button = window.tools.button("save")
    button.setText("More than there is room for")
    assert any("More than there" in one for one in on_widgets(window))


def dialogs_of(window) -> list:
    return [
        SettingsDialog(SettingsStore(), window.theme, window),
        KeysDialog(window),
        AboutDigitpad(window.theme, window),
        UnforeseenDialog("Digitpad 1.0", None, window.theme, window),
        TrainDialog(TrainingDesk.of(window.session), window),
    ]


@pytest.mark.parametrize("percent", [100, 200])
def test_dialogs_show_all_that_they_say_or_scroll(qtbot, window, scaled, percent):
    languages.set_language(languages.PSEUDO)
    window.resize(1280, 800)
    scaled(percent)
    for dialog in dialogs_of(window):
        qtbot.addWidget(dialog)
        dialog.show()
        for area in dialog.findChildren(QScrollArea):
            qtbot.waitUntil(lambda area=area: not area.horizontalScrollBar().isVisible())
        with recorded() as cut:
            dialog.grab()
        assert [*cut, *on_widgets(dialog)] == [], type(dialog).__name__
        room = screen_of(dialog).availableGeometry()
        for area in dialog.findChildren(QScrollArea):
            needs = dialog.height() + area.verticalScrollBar().maximum()
            is_scrolled = area.verticalScrollBar().isVisible()
            assert is_scrolled <= (needs > 0.9 * room.height()), type(dialog).__name__
        assert dialog.width() <= room.width() and dialog.height() <= room.height()
        letters = QFontMetrics(dialog.findChild(QPushButton).font()).height()
        assert letters == pytest.approx(QFontMetrics(QApplication.font()).height(), abs=1)
        dialog.close()
