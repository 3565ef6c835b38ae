"""Examples of the network's own data set, and two of them side by side."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from digitpad.ui.answer.reading import Label
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.shell.states import Mode
from tests.support import PATIENCE_MS
from tests.ui.browsers import GARMENTS
from tests.ui.stubs import LAYERS, StubClient
from tests.ui.windows import read

Key = Qt.Key
PULLOVER, COAT = GARMENTS.index("pullover"), GARMENTS.index("coat")
CLOTHES = {
    "network": "lenet5-sigmoid",
    "classes": GARMENTS,
    "metadata": {"dataset": "fashion-mnist"},
}


def garment(width: int) -> np.ndarray:
    """From the field's upper edge to its lower, as all high garments of the data set."""
    ink = np.zeros((28, 28), np.uint8)
    ink[:, 14 - width // 2 : 14 + width // 2] = 180
    return ink


@pytest.fixture
def wardrobe(qtbot) -> MainWindow:
    """A window with a network that reads clothes; its examples are a pullover, then a coat.

    asked: the data sets that examples were wanted of.
    """
    asked: list[str] = []
    garments = [(garment(20), "pullover"), (garment(12), "coat")]

    def next_example(dataset: str) -> tuple[np.ndarray, str]:
        asked.append(dataset)
        return garments[len(asked) - 1]

    window = MainWindow(StubClient(), LAYERS, next_example, theme="light")
    window.asked = asked
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitActive(window, timeout=PATIENCE_MS):
        window.show()
    window.session.client.become_ready(**CLOTHES)
    return window


def press(window: MainWindow, key: Qt.Key, shift: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(window.canvas, key, modifier)


def click_button(window: MainWindow, name: str) -> None:
    QTest.mouseClick(window.tools._buttons[name], Qt.MouseButton.LeftButton)


def click_in_menu(window: MainWindow, name: str) -> None:
    action = window.actions_by_name[name]
    menu = next(one for one in window.menu_bar.menus.values() if action in one.actions())
    window.menu_bar.setActiveAction(menu.menuAction())
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def test_the_empty_pad_asks_for_what_the_network_reads(wardrobe):
    assert wardrobe.canvas.hint == "Draw a garment"
    wardrobe.session.client.become_ready()
    assert wardrobe.canvas.hint == "Draw a digit"


def test_an_example_is_of_the_networks_own_data_set_and_has_its_name_beside_the_answer(
    qtbot, wardrobe, seen
):
    press(wardrobe, Key.Key_M)
    read(qtbot, wardrobe, PULLOVER)
    assert wardrobe.asked == ["fashion-mnist"]
    assert wardrobe.answer_panel.headline == "pullover"
    assert wardrobe.session.label == Label("pullover", "Fashion-MNIST")
    with_label = seen(wardrobe.answer_panel)

    # It fills the field as it does in the data set.
    assert np.array_equal(np.rint(wardrobe.session.client.asked[-1] * 255), garment(20))

    QTest.keyClick(wardrobe.canvas, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert wardrobe.session.label is None
    assert (seen(wardrobe.answer_panel) != with_label).any()


@pytest.mark.parametrize("by", ["keyboard", "mouse"])
def test_a_pullover_and_a_coat_side_by_side(qtbot, wardrobe, by):
    def example() -> None:
        press(wardrobe, Key.Key_M) if by == "keyboard" else click_button(wardrobe, "example")

    example()
    read(qtbot, wardrobe, PULLOVER)
    press(wardrobe, Key.Key_K, shift=True) if by == "keyboard" else click_in_menu(wardrobe, "keep")
    example()
    read(qtbot, wardrobe, COAT)
    assert wardrobe.session.mode is Mode.PINNED
    assert (
        wardrobe.answer_panel.headline == "coat"
        and wardrobe.comparison.answer.headline == "pullover"
    )
    assert [
        panel.reading.label.name for panel in (wardrobe.answer_panel, wardrobe.comparison.answer)
    ] == ["coat", "pullover"]

    # The stub's activations are a tenth of the answer, each row has its own.
    for view, answer in ((wardrobe.network_view, COAT), (wardrobe.comparison.view, PULLOVER)):
        assert view.isVisible()
        assert view.panel("C3").value_at((0, 0, 0)) == pytest.approx(answer / 10)
    assert wardrobe.network_view.geometry().bottom() < wardrobe.comparison.view.geometry().top()

    wardrobe.activateWindow()  # the menu was a window of its own
    qtbot.waitUntil(wardrobe.isActiveWindow, timeout=PATIENCE_MS)
    press(wardrobe, Key.Key_Escape)
    assert wardrobe.session.mode is Mode.SINGLE
    assert wardrobe.answer_panel.headline == "coat"
