"""The card of a unit, with the weights and activations of real networks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from digitpad.core.results import Unit
from digitpad.explain.results import LayerWeights, NoReason
from digitpad.explain.weights import layer_weights
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.ui.explain.unit_card import UnitCard
from digitpad.ui.shell.session import Session
from digitpad.ui.shell.states import Row
from digitpad.ui.style.theme import DARK
from tests.ui.explain.networks import described, network_of, read_by, tell_weights
from tests.ui.stubs import StubClient

SEVEN = np.zeros((28, 28), np.float32)
SEVEN[6:9, 6:22], SEVEN[9:24, 17:20] = 1.0, 0.8


def session_of(name: str) -> Session:
    session = Session(StubClient(), NETWORKS[name].layer_infos)
    session.client.ready.emit(described(name))
    session.digit = SEVEN
    session.client.recognized.emit(read_by(network_of(name), SEVEN))
    return session


def card_of(qtbot, session: Session, size: tuple[int, int] = (560, 240)) -> UnitCard:
    card = UnitCard(session)
    qtbot.addWidget(card)
    card.resize(*size)
    card.show()
    card.begin()
    return card


def answer(card: UnitCard, name: str) -> None:
    tell_weights(card.session.client, network_of(name))


@pytest.mark.parametrize("name", NETWORKS)
def test_every_layer_of_every_network_is_taken_apart_and_painted(qtbot, name):
    session = session_of(name)
    card = card_of(qtbot, session)
    for layer in session.layers:
        spots = [(0, 0)] if len(layer.shape) == 1 else [(0, 0), (layer.shape[1] // 2, 2)]
        for row, column in spots:
            session.selection.pin(Unit(layer, layer.shape[0] - 1, row, column))
            answer(card, name)
            assert card.trace is not None, (layer.name, card.message)
            assert card.trace.layer == layer.name
            scale = max(1.0, abs(card.trace.shown))
            assert abs(card.trace.value - card.trace.shown) < 1e-4 * scale
            for size in ((280, 150), (560, 240), (1000, 320)):
                card.resize(*size)
                assert not card.grab().isNull()
            card.exact.setChecked(not card.exact.isChecked())
            assert not card.grab().isNull()
    card.set_theme(DARK)
    card.set_unit(1.6)
    assert not card.grab().isNull()


def test_weights_are_asked_for_once_a_layer(qtbot):
    session = session_of("lenet5")
    card = card_of(qtbot, session)
    for map_ in range(6):
        session.selection.pin(Unit(session.layers[0], map_, 4, 4))
    assert "Waiting" in card.message
    assert tell_weights(session.client, network_of("lenet5")) == 1
    session.selection.pin(Unit(session.layers[0], 2, 9, 9))
    assert card.trace is not None and not session.client.questions


def test_it_follows_the_pen(qtbot):
    session = session_of("lenet5")
    card = card_of(qtbot, session)
    session.selection.pin(Unit(session.layers[2], 3, 2, 6))
    answer(card, "lenet5")
    before = card.trace
    session.digit = np.roll(SEVEN, 3, axis=1)
    session.client.recognized.emit(read_by(network_of("lenet5"), session.digit))
    assert card.trace is not None and before is not None and card.trace.value != before.value
    card.end()
    shown = card.trace
    session.client.recognized.emit(read_by(network_of("lenet5"), SEVEN))
    assert card.trace is shown


def test_an_empty_pad_a_refusal_and_what_is_not_taken_apart_are_said_in_a_line(qtbot):
    session = session_of("lenet5")
    card = card_of(qtbot, session)
    assert "Point at a square" in card.message
    session.selection.pin(Unit(session.layers[0], 0, 4, 4))
    session.client.questions[0][3]("the recogniser ended")
    session.client.recognized.emit(read_by(network_of("lenet5"), SEVEN))
    assert card.message == "the recogniser ended"
    session.selection.pin(Unit(session.layers[2], 0, 4, 4))
    *_, take, _ = session.client.questions[-1]
    layer = session.layers[2]
    nothing = np.zeros((0, 0, 0, 0), np.float32)
    take(
        LayerWeights(
            "C3", layer.layer_kind, "S2", 0, nothing, np.zeros(0, np.int64), (), 0.1, 0.3,
            reason=NoReason.NOT_TAKEN_APART, operation="EinsumConv",
        )
    )  # fmt: skip
    assert "EinsumConv" in card.message and "cannot be taken apart" in card.message
    session.recognition = None
    session.answer_changed.emit()
    assert "Draw something" in card.message and not card.grab().isNull()


def test_a_recogniser_that_stopped_is_said_to_have(qtbot):
    session = session_of("lenet5")
    card = card_of(qtbot, session)
    session.selection.pin(Unit(session.layers[0], 0, 4, 4))
    session.client.failed.emit("it ran out of memory")
    assert "it ran out of memory" in card.message
    session.client.ready.emit(described("lenet5"))
    session.client.recognized.emit(read_by(network_of("lenet5"), SEVEN))
    answer(card, "lenet5")
    assert card.trace is not None


def test_numbers_that_are_none_are_said_to_be_none(qtbot):
    session = session_of("lenet5")
    card = card_of(qtbot, session)
    session.selection.pin(Unit(session.layers[2], 3, 2, 6))
    answer(card, "lenet5")
    answered = read_by(network_of("lenet5"), SEVEN)
    broken = {name: one.copy() for name, one in answered.activations.items()}
    broken["S2"][:], broken["C3"][:] = np.nan, np.nan
    session.client.recognized.emit(replace(answered, activations=broken))
    assert not card.grab().isNull()


def test_another_network_forgets_the_weights(qtbot):
    session = session_of("lenet5")
    card = card_of(qtbot, session)
    session.selection.pin(Unit(session.layers[0], 0, 4, 4))
    session.client.ready.emit(described("lenet5-relu"))
    network = network_of("lenet5")
    *_, take, _ = session.client.questions.pop(0)
    # The answer that was under way is of the network before.
    take(layer_weights(network, network.form, "C1"))
    assert session.weights.of_layer("C1", Row.UPPER) is None
    assert card.trace is None


def test_escape_lets_go_of_the_unit_first(qtbot):
    session = session_of("lenet5")
    card = card_of(qtbot, session)
    assert not card.go_back()
    session.selection.pin(Unit(session.layers[0], 0, 4, 4))
    assert card.go_back() and session.selection.pinned is None and not card.go_back()


def test_exact_shows_six_decimals(qtbot):
    session = session_of("lenet5")
    card = card_of(qtbot, session)
    session.selection.pin(Unit(session.layers[2], 3, 2, 6))
    answer(card, "lenet5")
    assert card.decimals == 2 and card.exact.isVisible()
    QTest.mouseClick(card.exact, Qt.MouseButton.LeftButton)
    assert card.decimals == 6
