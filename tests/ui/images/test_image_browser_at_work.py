"""The test images from the pad and back, read by the real recogniser in its own process."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.app import make_window
from digitpad.core.paths import shipped_weights
from digitpad.ink.drawing import PlacedPicture
from digitpad.ink.pipeline import drawing_to_digit
from digitpad.ui.answer.reading import Label
from digitpad.ui.images.image_browser import ImageBrowser
from digitpad.ui.shell.main_window import MainWindow
from tests.support import PATIENCE_MS
from tests.ui.browsers import click

Key = Qt.Key


@pytest.fixture(scope="module")
def window(qapp) -> Iterator[MainWindow]:
    """The window as the command opens it."""
    window = make_window(shipped_weights(), "cpu", "light")
    window.show()
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture(scope="module")
def browser(request, window) -> ImageBrowser:
    """Opened with T while the network still loads, as soon as all is read."""
    bot = QtBot(request)
    bot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
    QTest.keyClick(window.canvas, Key.Key_T)
    bot.waitUntil(lambda: QApplication.activeWindow() is not window, timeout=PATIENCE_MS)
    opened = QApplication.activeWindow()
    assert isinstance(opened, ImageBrowser)
    trouble: list[str] = []
    window.session.client.failed.connect(trouble.append)
    bot.waitUntil(
        lambda: bool(trouble or (opened.answers and opened.answers.is_read.all())),
        timeout=3 * PATIENCE_MS,
    )
    assert not trouble
    return opened


def comes_back(digit: np.ndarray) -> bool:
    """Whether the pad gives the recogniser the very image that was put on it."""
    on_pad = drawing_to_digit([PlacedPicture.fitted(digit)])
    return bool((np.rint(on_pad * 255) == digit).all())


def test_all_test_images_are_read_as_the_recogniser_reads_each(browser, test_set, recognizer):
    answers = browser.answers
    assert answers.first_unread == len(answers) == 10_000
    assert browser.progress.isHidden()
    mistakes = np.flatnonzero(answers.is_mistake)
    assert 0 < len(mistakes) < 100

    for image in [0, 9_999, *mistakes[:10]]:
        alone = recognizer.recognize(test_set.digits[image] / np.float32(255))
        assert alone.answer == answers.answers[image]
        assert alone.accepted == answers.accepted[image]
        assert np.abs(alone.probabilities - answers.probabilities[image]).max() < 1e-4


def test_a_mistake_goes_onto_the_pad_and_is_the_same_mistake_there(
    qtbot, window, browser, test_set
):
    counts = browser.answers.confusion() * (1 - np.eye(10, dtype=int))
    label, answer = (int(i) for i in np.unravel_index(counts.argmax(), counts.shape))
    click(browser.matrix, browser.matrix.box((label, answer)).center().toPoint())
    assert len(browser.grid.shown) == counts[label, answer]
    # The pad lays images out anew, some of them a pixel beside where they were.
    position, image = next(
        (position, int(image))
        for position, image in enumerate(browser.grid.shown)
        if comes_back(test_set.digits[image])
    )

    place = browser.grid.box(position).center().toPoint()
    with qtbot.waitSignal(window.session.client.recognized, timeout=PATIENCE_MS):
        QTest.mouseDClick(browser.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.session.recognition.answer == answer
    assert (
        np.abs(
            window.session.recognition.probabilities - browser.answers.probabilities[image]
        ).max()
        < 1e-4
    )
    assert window.session.label == Label(str(label), "MNIST")
    # The pad comes to the front.
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)


def test_closed_and_opened_again_all_is_as_it_was(qtbot, window, browser):
    browser.activateWindow()
    qtbot.waitUntil(browser.isActiveWindow, timeout=PATIENCE_MS)
    QTest.keyClick(browser.grid, Key.Key_Escape)
    click(browser.grid.viewport(), browser.grid.box(3).center().toPoint())
    QTest.keyClick(browser.grid, Key.Key_Escape)
    assert not browser.isVisible() and window.isVisible()

    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
    QTest.keyClick(window.canvas, Key.Key_T)
    qtbot.waitUntil(browser.isActiveWindow, timeout=PATIENCE_MS)
    assert browser.grid.current == 3
    assert browser.answers.first_unread == 10_000 and browser.progress.isHidden()


def test_the_pad_takes_the_window_of_test_images_with_it(qtbot, window, browser):
    browser.show_again()
    window.close()

    assert not browser.isVisible()
