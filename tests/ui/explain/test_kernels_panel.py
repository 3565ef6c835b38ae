from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from digitpad.core.results import Unit
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.ui.explain.kernels_panel import KernelsPanel
from digitpad.ui.shell.selection import KERNELS_TOOL
from digitpad.ui.shell.session import Session
from digitpad.ui.style.theme import DARK
from tests.ui.explain.networks import network_of, tell_weights
from tests.ui.explain.test_unit_card import session_of
from tests.ui.hearing import said_of
from tests.ui.pointers import NONE, Mouse


def panel_of(qtbot, session: Session, size: tuple[int, int] = (580, 250)) -> KernelsPanel:
    panel = KernelsPanel(session)
    qtbot.addWidget(panel)
    panel.resize(*size)
    panel.show()
    panel.begin()
    return panel


def test_the_kernels_of_a_convolution_are_a_column_a_map_and_a_row_an_input(qtbot):
    session = session_of("lenet5")
    panel = panel_of(qtbot, session)
    assert panel.layer == session.layers[0] and "Waiting" in panel.message
    network = network_of("lenet5")
    tell_weights(session.client, network)
    assert panel.message == "" and panel.kernels.shape == (6, 1, 5, 5)
    QTest.mouseClick(panel.buttons.by_name["C3"], Qt.MouseButton.LeftButton)
    tell_weights(session.client, network)
    assert panel.kernels.shape == (16, 6, 5, 5)
    assert np.array_equal(panel.kernels, network.C3.weight.detach().numpy())


def test_f6_shows_its_weights_to_the_answers(qtbot):
    session = session_of("lenet5")
    panel = panel_of(qtbot, session)
    network = network_of("lenet5")
    session.selection.pin(Unit(session.layers[5], 22))
    tell_weights(session.client, network)
    assert panel.layer == session.layers[6] and panel.is_of_answers
    assert panel.kernels.shape == (84, 10, 1, 1)
    assert np.array_equal(panel.kernels[:, :, 0, 0], network.output.weight.detach().numpy().T)


def test_pointing_at_a_weight_points_at_its_unit_in_the_figure(qtbot):
    session = session_of("lenet5")
    panel = panel_of(qtbot, session)
    session.selection.pin(Unit(session.layers[5], 22))
    tell_weights(session.client, network_of("lenet5"))
    box, sheet = panel._box(), panel._sheet()
    at = (box.x() + 30.5 * sheet.cell[0], box.y() + 7.5 * sheet.cell[1])
    Mouse(panel).send(QEvent.Type.MouseMove, at, NONE, NONE)
    assert session.selection.unit == Unit(session.layers[5], 30)
    assert "unit 31 → 7" in panel._words(sheet)[0]
    QApplication.sendEvent(panel, QEvent(QEvent.Type.Leave))
    assert session.selection.unit is None


@pytest.mark.parametrize("name", NETWORKS)
def test_every_layer_of_every_network_is_painted_at_any_size(qtbot, name):
    session = session_of(name)
    panel = panel_of(qtbot, session)
    for layer in session.layers:
        session.selection.show_kernels(layer)
        tell_weights(session.client, network_of(name))
        assert panel.message == "" or "more weights" in panel.message, panel.message
        for size in ((290, 160), (580, 250), (1100, 330)):
            panel.resize(*size)
            assert not panel.grab().isNull()
            if panel.kernels.size:
                sheet, box = panel._sheet(), panel._box()
                last = sheet.place(sheet.first + sheet.columns - 1, sheet.rows - 1, panel._shape())
                assert last[0] + last[2] <= box.width() + 1 or sheet.columns == 1
                assert last[1] + last[3] <= box.height() + 1 or sheet.rows == 1
    panel.set_theme(DARK)
    assert not panel.grab().isNull()


def test_a_screen_reader_hears_the_weight_that_keys_reach(qtbot, heard):
    session = session_of("lenet5")
    panel = panel_of(qtbot, session)
    tell_weights(session.client, network_of("lenet5"))
    QTest.keyClick(panel, Qt.Key.Key_Right)
    assert len(heard) == 1 and heard == list(panel._words(panel._sheet()))
    assert said_of(panel).startswith(heard[0])


def test_columns_that_have_no_room_are_scrolled_to(qtbot):
    session = session_of("cnn-32-64")
    panel = panel_of(qtbot, session, (300, 200))
    session.selection.show_kernels(session.layers[2])
    tell_weights(session.client, network_of("cnn-32-64"))
    assert panel._sheet().columns < 64
    first = panel._sheet().first
    seen = panel._sheet().columns
    QTest.keyClick(panel, Qt.Key.Key_PageDown)
    assert panel._sheet().first == first + seen
    for _ in range(80):
        QTest.keyClick(panel, Qt.Key.Key_PageDown)
    sheet = panel._sheet()
    assert sheet.first + sheet.columns == 64
    # From the last that are seen the keys walk back to the first.
    ctrl = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(panel, Qt.Key.Key_Left)
    for _ in range(70):
        QTest.keyClick(panel, Qt.Key.Key_Left, ctrl)
    assert panel._sheet().first == 0 and "map 1, row 1, column 1" in panel._words(sheet)[0]


def test_weights_that_are_no_numbers_are_shown_as_such(qtbot):
    session = session_of("lenet5")
    panel = panel_of(qtbot, session)
    network = network_of("lenet5")
    with np.errstate(all="ignore"):
        network.C1.weight.data[0, 0, 2, 2] = float("nan")
    tell_weights(session.client, network)
    assert np.isnan(panel.kernels).any() and not panel.grab().isNull()


def test_k_and_the_layers_menu_open_it(window):
    QTest.keyClick(window, Qt.Key.Key_K)
    assert window.session.selection.tool == KERNELS_TOOL and window.drawer.isVisible()
    QTest.keyClick(window, Qt.Key.Key_K)
    assert not window.drawer.isVisible()
    menu = window.network_view.panel("C3").menu()
    menu.actions()[1].trigger()
    panel = window.drawer.panel
    assert isinstance(panel, KernelsPanel) and panel.layer == window.session.layers[2]
    assert not window.network_view.panel("S2").menu().actions()[1].isEnabled()
    window.network_view.panel("C1").menu().actions()[0].trigger()
    assert window.network_view.enlarged == "C1"
