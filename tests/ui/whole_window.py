"""One window with everything in it and the real recogniser, for what is tried in all of it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from digitpad.core.paths import shipped_weights
from digitpad.core.results import InstalledNetwork
from digitpad.engine.client import RecognizerClient
from digitpad.ink.drawing import Stroke
from digitpad.ink.kept_drawing import KeptDrawing, Reading
from digitpad.nets.spec.installed import installed_networks
from digitpad.nets.spec.opened_networks import OpenedList
from digitpad.teaching.collection import Collection
from digitpad.ui.shell.main_window import MainWindow
from tests.support import PATIENCE_MS
from tests.ui.browsers import images
from tests.ui.stubs import LAYERS

LONG_MS = 4 * PATIENCE_MS
SEVEN = Stroke.through([(84, 66), (130, 66), (192, 62), (172, 122), (148, 172), (134, 226)], 23)
FOUR_AND_TWO = [
    Stroke.through(points, 16)
    for points in (
        [(40, 60), (30, 140), (100, 140)],
        [(85, 60), (75, 220)],
        [(150, 90), (165, 65), (190, 60), (212, 80), (205, 110), (150, 215), (225, 212)],
    )
]


def until(condition: Callable[[], object]) -> None:
    """Wait for what must come."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < LONG_MS / 1000
        QTest.qWait(1)
        # Threads of ours get no turn while Qt waits.
        time.sleep(0.002)


@contextmanager
def whole_window(folder: Path) -> Iterator[MainWindow]:
    """A window with a data folder of its own, in which three drawings are kept."""
    with patch.dict(os.environ, {"XDG_DATA_HOME": str(folder), "XDG_STATE_HOME": str(folder)}):
        with Collection.open() as collection:
            for label in (7, 3, 1):
                collection.add(KeptDrawing((SEVEN,), label, reading=Reading(7)))
        client = RecognizerClient(shipped_weights(), "cpu")
        window = MainWindow(
            client,
            LAYERS,
            lambda name: (np.eye(28, dtype=np.uint8) * 255, "7"),
            theme="light",
            installed=installed_networks,
            load_images=lambda name: images(),
            opened=OpenedList(),
        )
        client.setParent(window)
        window.resize(800, 700)
        window.show()
        assert QTest.qWaitForWindowActive(window, PATIENCE_MS)
        client.start()
        window.session.pad.show_marks([SEVEN])
        until(lambda: window.session.recognition is not None)
        yield window
        window.teaching.stop()
        window.close()
        window.deleteLater()


def at_rest(window: MainWindow) -> None:
    """Close what is open, put the 7 on the pad, and give the keyboard to the pad."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible():
            other.close()
    if window.presentation.is_on:
        window.presentation.end()
    session = window.session
    session.leave_comparing()
    session.selection.open_tool("")
    session.selection.clear()
    for part in (window.notice_card, window.offer_bar):
        part.dismiss()
    if not window.dialogs.about.isHidden():
        window.dialogs.about.toggle()
    if window.network_view.enlarged is not None:
        window.network_view.toggle_size(window.network_view.enlarged)
    if list(session.pad.drawing.marks) != [SEVEN]:
        session.pad.show_marks([SEVEN])
    session.pad.set_erasing(False)
    window.activateWindow()
    window.canvas.setFocus()
    until(lambda: session.is_resting and session.recognition is not None)
    until(window.isActiveWindow)
    # What the deed before took away is gone before the next begins, as between two key presses.
    QTest.qWait(1)


def reads_with(window: MainWindow, chosen: InstalledNetwork) -> bool:
    """Whether a network of the list has read what is on the pad."""
    session = window.session
    is_open = session.info is not None and session.info.weights_file == str(chosen.weights)
    return is_open and session.recognition is not None


def opened_window(kind: type[QWidget]) -> QWidget:
    """The window of a kind that is open by now, once it has the keyboard."""

    def found() -> QWidget | None:
        window = QApplication.activeModalWidget() or QApplication.activeWindow()
        if isinstance(window, kind):
            return window
        # Where no window manager is, nobody need give the keyboard to what was opened.
        for other in QApplication.topLevelWidgets():
            if isinstance(other, kind) and other.isVisible():
                other.activateWindow()
        return None

    until(found)
    window = found()
    assert window is not None
    return window


def while_a_file_is_asked_for(begin: Callable[[], object], answer: Callable[[], object]) -> None:
    """Do what asks for a file, and answer it while it does."""
    errors: list[BaseException] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            timer.start(20)
            return
        try:
            assert isinstance(dialog, QFileDialog), dialog
            answer()
        except BaseException as error:
            errors.append(error)
            dialog.close()

    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(look)
    timer.start(20)
    begin()
    timer.stop()
    assert not errors, errors
