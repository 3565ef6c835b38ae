"""Networks to choose from, and windows that have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from digitpad.core.results import InstalledNetwork, NetworkInfo, Recognition
from digitpad.datasets import DATASETS
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.shell.network_choice import NetworkChoice
from tests.support import PATIENCE_MS
from tests.ui.stubs import INFO, LAYERS, StubClient, recognition


def installed(name: str, **changes: object) -> InstalledNetwork:
    """A network of the table with weights, as read rightly of 99 % of its images."""
    declared = NETWORKS[name]
    return replace(
        InstalledNetwork(
            name=name,
            title=declared.title,
            weights=Path(f"/some/where/{name}.safetensors"),
            tutorial=declared.tutorial,
            about=declared.about,
            dataset=declared.dataset,
            test_accuracy=0.99,
            recipe="ours",
        ),
        **changes,
    )


HERE = [
    installed("lenet5", test_accuracy=0.9932),
    installed("lenet5-relu"),
    installed("lenet5-1998", test_accuracy=None, recipe="tutorial"),
    installed("lenet5-sigmoid", test_accuracy=0.9012),
]


def info_of(name: str, **changes: object) -> NetworkInfo:
    """What a recogniser tells of a network of the table."""
    declared = NETWORKS[name]
    info = replace(
        INFO,
        network=name,
        title=declared.title,
        classes=DATASETS[declared.dataset].classes,
        layers=declared.layer_infos,
        weights_file=f"/some/where/{name}.safetensors",
        metadata={
            "test_accuracy": "0.99",
            "test_n": "10000",
            "dataset": declared.dataset,
            "recipe": "ours",
        },
        side=declared.side,
        fit=declared.fit,
        gives_distances=declared.gives_distances,
        tutorial=declared.tutorial,
        notes=declared.notes,
    )
    return replace(info, **changes)


def answer_of(name: str, answer: int, share: float = 0.9, **changes: object) -> Recognition:
    """An answer with the activations of a network of the table."""
    activations = {
        layer.name: np.full(layer.shape, answer / 10, np.float32)
        for layer in NETWORKS[name].layer_infos
    }
    return recognition(answer, share, activations=activations, **changes)


def window_with(qtbot, networks: Sequence[InstalledNetwork]) -> MainWindow:
    """A window of 1280 x 800 whose recogniser has loaded lenet5, with these networks to choose
    from."""
    window = MainWindow(StubClient(), LAYERS, theme="light", installed=lambda: networks)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitActive(window, timeout=PATIENCE_MS):
        window.show()
    window.session.client.become_ready()
    return window


def titles(choice: NetworkChoice) -> list[str]:
    return [choice.list.item(row).text() for row in range(choice.list.count())]


def click_row(choice: NetworkChoice, row: int) -> None:
    place = choice.list.visualItemRect(choice.list.item(row)).center()
    QTest.mouseClick(choice.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
