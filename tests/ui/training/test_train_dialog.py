from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton, QScrollArea
from shiboken6 import isValid

from digitpad.core.errors import DigitpadError
from digitpad.ui.style.dressing import dress_application
from digitpad.ui.style.theme import DARK, LIGHT
from digitpad.ui.training.train_dialog import TrainDialog
from digitpad.ui.training.train_plan import TrainPlan
from tests.ui.colours import contrast


class Desk:
    """Notes what is to be trained."""

    def __init__(self) -> None:
        self.started: list[tuple[TrainPlan, str]] = []
        self.trouble = ""

    def start(self, plan: TrainPlan, name: str = "") -> None:
        if self.trouble:
            raise DigitpadError(self.trouble)
        self.started.append((plan, name))


@pytest.fixture
def dialog(qtbot):
    dialog = TrainDialog(Desk())
    dialog.show()
    yield dialog
    # One that was accepted has gone by itself.
    if isValid(dialog):
        dialog.close()


def choose(dialog: TrainDialog, name: str) -> None:
    dialog.network.setCurrentIndex(dialog.network.findData(name))


def test_enter_trains_our_default_quickly(dialog):
    desk = dialog._desk
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert desk.started == [(TrainPlan(dataset="mnist"), "my LeNet-5")]


def test_it_does_not_scroll_where_the_screen_has_room_for_it(qtbot, dialog):
    dialog.set_font(QApplication.font())
    area = dialog.findChild(QScrollArea)
    for network in ("lenet5", ""):
        choose(dialog, network)
        qtbot.waitUntil(lambda: area.height() >= area.widget().sizeHint().height())
        assert not area.verticalScrollBar().isVisible()
        assert not area.horizontalScrollBar().isVisible()


def test_a_network_brings_its_own_data_set_and_epochs(dialog):
    choose(dialog, "lenet5-sigmoid")
    assert dialog.dataset.currentData() == "fashion-mnist"
    assert not dialog.mixes.isEnabled() and not dialog.epochs.isEnabled()
    dialog.full.click()
    assert dialog.epochs.isEnabled() and dialog.epochs.value() == dialog.plan.settings.epochs
    assert dialog.plan.settings.styles == "none"


def test_each_field_is_taken(dialog):
    dialog.full.click()
    dialog.epochs.setValue(9)
    dialog.augments.click()
    dialog.mixes.click()
    dialog.stops.click()
    dialog.seed.setValue(4)
    assert not dialog.patience.isEnabled()
    assert dialog.plan == TrainPlan(
        dataset="mnist", quick=False, epochs=9, augments=False, mixes=False, seed=4, patience=None
    )


def test_a_class_of_ones_own_is_found_in_its_file(dialog, tmp_path, monkeypatch):
    path = tmp_path / "mine.py"
    path.write_text(
        "import torch\nclass Helper:\n    pass\nclass Best(torch.nn.Module):\n    pass\n"
    )
    choose(dialog, "")
    assert dialog.own.isVisible() and not dialog.start_button.isEnabled()
    monkeypatch.setattr(
        "digitpad.ui.training.train_dialog.QFileDialog.getOpenFileName",
        lambda *_: (str(path), ""),
    )
    dialog.find_button.click()
    assert dialog.plan.net == f"{path}:Best" and dialog.start_button.isEnabled()


def test_what_cannot_be_trained_is_said_and_nothing_starts(dialog):
    dialog._desk.trouble = "there is no room"
    dialog.start_button.click()
    assert dialog.isVisible() and dialog.trouble.text() == "there is no room"


def test_what_is_not_chosen_is_seen_in_dark_too(dialog):
    try:
        dress_application(DARK)
        assert contrast(_brightest(dialog.full), DARK.ground) > 3
    finally:
        dress_application(LIGHT)


def _brightest(button: QRadioButton) -> str:
    """The brightest colour of a radio button's ring."""
    picture = button.grab().toImage()
    ring = [picture.pixelColor(x, y) for x in range(14) for y in range(picture.height())]
    return max(ring, key=QColor.lightness).name()
