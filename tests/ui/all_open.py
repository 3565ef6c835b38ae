"""A window in which everything is open, and what is seen of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from digitpad.core.results import Unit
from digitpad.ui.explain.tools import TOOLS
from digitpad.ui.shell.keys_list import KeysDialog
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.shell.opening_card import Offer, OpeningCard
from digitpad.ui.shell.unforeseen import Unforeseen
from digitpad.ui.training.teach_window import Step
from digitpad.ui.training.train_dialog import TrainDialog
from tests.support import PATIENCE_MS
from tests.ui.browsers import images
from tests.ui.explain.explaining import drawn
from tests.ui.stubs import LAYERS, StubClient
from tests.ui.training.fake_teacher import command_of

_MOST_DIFFERENT = 0.001
"""A cursor that blinks, say."""


def look(widget: QWidget) -> np.ndarray:
    """What a person sees of a widget: uint8 (h, w, 3)."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def about(window: MainWindow) -> QWidget:
    window.actions_by_name["about"].trigger()
    return window.dialogs.about


def networks(window: MainWindow) -> QWidget:
    window.dialogs.choose_network()
    return window.dialogs.choice


def menu(window: MainWindow) -> QWidget:
    found = window.documents.recent_menu
    found.popup(window.mapToGlobal(QPoint(100, 100)))
    return found


def keys(window: MainWindow) -> QWidget:
    dialog = KeysDialog(window)
    dialog.show()
    return dialog


def unforeseen(window: MainWindow) -> QWidget:
    handler = Unforeseen("1", lambda: window, False)
    handler._show("what happened")
    assert handler.dialog is not None
    return handler.dialog


def train(window: MainWindow) -> QWidget:
    window.actions_by_name["train"].trigger()
    (dialog,) = window.findChildren(TrainDialog)
    return dialog


def opening(window: MainWindow) -> QWidget:
    card = window.dialogs.opening.card
    assert isinstance(card, OpeningCard)
    card.show_page("Which network is it?", "The file does not say.", [Offer("a", "A", "B", "97 %")])
    return card


OPENED: dict[str, Callable[[MainWindow], QWidget]] = {
    "about": about,
    "networks": networks,
    "menu": menu,
    "settings": lambda window: window.lifetime.show_settings(),
    "keys": keys,
    "unforeseen": unforeseen,
    "train": train,
    "opening": opening,
    "browser": lambda window: window.dialogs.browse(),
    "drawings": lambda window: window.collection.show_sheet(),
    "game": lambda window: window.collection.play(),
    "teach": lambda window: window.teaching.teach(),
    "versions": lambda window: window.teaching.show_versions(),
}


class AllOpen:
    """A window in which everything is open."""

    def __init__(self, qtbot, theme: str | None) -> None:
        self._qtbot = qtbot
        self.window = window = MainWindow(
            StubClient(), LAYERS, theme=theme, load_images=lambda name: images()
        )
        window.teaching.command = lambda: command_of("worth it")
        qtbot.addWidget(window)
        window.resize(1000, 700)
        window.show()
        window.session.client.become_ready()
        window.session.selection.pin(Unit(LAYERS[2], 3, 2, 6))
        for tool in TOOLS:
            window.session.selection.open_tool(tool.id)
            window.drawer.panel.grab()
        self.opened = {name: opens(window) for name, opens in OPENED.items()}
        teaching = window.teaching.window
        assert teaching is not None
        qtbot.waitUntil(lambda: teaching.step is Step.TAUGHT, timeout=PATIENCE_MS)
        versions = window.teaching.versions
        assert versions is not None
        qtbot.waitUntil(lambda: not versions.is_looking, timeout=PATIENCE_MS)
        # The game has cleared the pad.
        drawn(qtbot, window)
        keeper = window.collection.correcting.keeper
        qtbot.waitUntil(lambda: not keeper.is_working, timeout=PATIENCE_MS)
        qtbot.wait(1)

    def looks(self) -> dict[str, np.ndarray]:
        """What is seen of each; the tools one after the other."""
        seen = {name: look(widget) for name, widget in self.opened.items()}
        for card in (self.opened["about"], self.opened["opening"]):
            card.hide()
        for tool in TOOLS:
            self.window.session.selection.open_tool(tool.id)
            seen[tool.id] = look(self.window)
        self.window.session.selection.open_tool("")
        return seen

    def close(self) -> None:
        """As much as can be, so that another can be opened."""
        for widget in self.opened.values():
            widget.close()
        self.window.close()
        QApplication.processEvents()


def different(some: dict[str, np.ndarray], others: dict[str, np.ndarray]) -> dict[str, float]:
    """Of what looks different, the share of pixels that differ."""
    found = {}
    for name, seen in some.items():
        if seen.shape != others[name].shape:
            found[name] = 1.0
            continue
        share = float((np.abs(seen.astype(int) - others[name]).max(axis=2) > 10).mean())
        if share > _MOST_DIFFERENT:
            found[name] = share
    return found
