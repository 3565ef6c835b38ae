"""Whatever a person does to units, kernels, networks and sizes, one after the other, nothing
fails."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from digitpad.core.results import Unit
from digitpad.explain.weights import layer_weights
from digitpad.ui.shell.selection import KERNELS_TOOL, UNIT_TOOL
from digitpad.ui.shell.states import Row
from tests.ui.explain.networks import described, network_of, read_by

NAMES = ("lenet5", "lenet5-1998", "convnet-8-16", "lenet5-windows")
KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_Return,
    Qt.Key.Key_Space,
    Qt.Key.Key_Escape,
    Qt.Key.Key_K,
)
SIZES = ((800, 560), (900, 600), (1280, 800), (1700, 1000))


@pytest.mark.parametrize("seed", range(4))
def test_nothing_fails_in_any_order(qtbot, window, seed):
    rng = np.random.default_rng(seed)
    networks = {name: network_of(name) for name in NAMES}
    session, client = window.session, window.session.client
    current = {Row.UPPER: "lenet5", Row.LOWER: ""}
    digit = rng.random((28, 28), np.float32)

    def unit() -> tuple[Unit, Row]:
        row = Row.LOWER if current[Row.LOWER] and rng.random() < 0.4 else Row.UPPER
        layers = described(current[row]).layers
        layer = layers[int(rng.integers(len(layers)))]
        return Unit(layer, *(int(rng.integers(size)) for size in layer.shape)), row

    def read() -> None:
        session.digit = digit
        client.recognized.emit(read_by(networks[current[Row.UPPER]], digit))
        if current[Row.LOWER]:
            client.second_recognized.emit(read_by(networks[current[Row.LOWER]], digit))

    def load() -> None:
        current[Row.UPPER] = NAMES[int(rng.integers(len(NAMES)))]
        client.ready.emit(described(current[Row.UPPER]))

    def compare() -> None:
        current[Row.LOWER] = NAMES[int(rng.integers(len(NAMES)))]
        client.second_ready.emit(described(current[Row.LOWER]))

    def leave() -> None:
        current[Row.LOWER] = ""
        session.leave_comparing()

    def answer() -> None:
        # Of either network, as long as the layer is one of its own.
        while client.questions:
            _, question, take, refused = client.questions.pop(0)
            for name in filter(None, current.values()):
                if any(layer.name == question.layer for layer in described(name).layers):
                    take(layer_weights(networks[name], networks[name].form, question.layer))
                    break
            else:
                refused("there is no such layer")

    def press() -> None:
        panels = list(window.network_view.panels.values())
        panel = panels[int(rng.integers(len(panels)))]
        QTest.keyClick(panel, KEYS[int(rng.integers(len(KEYS)))])

    steps = (
        lambda: session.selection.pin(*unit()),
        lambda: session.selection.point_at(*unit()),
        lambda: session.selection.point_at(None),
        lambda: session.selection.show_kernels(session.layers[0]),
        lambda: session.selection.toggle_tool((UNIT_TOOL, KERNELS_TOOL)[int(rng.integers(2))]),
        lambda: window.resize(*SIZES[int(rng.integers(len(SIZES)))]),
        lambda: window.network_view.toggle_size(session.layers[0].name),
        session.pad.clear,
        read,
        load,
        compare,
        leave,
        answer,
        press,
        press,
    )
    for _ in range(70):
        steps[int(rng.integers(len(steps)))]()
        if session.second is None:
            current[Row.LOWER] = ""
        qtbot.wait(1)
        assert not window.taking.pixmap().isNull()
