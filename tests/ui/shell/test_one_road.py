"""The window and ``digitpad predict`` give a network the same digit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitpad.cli import main
from digitpad.datasets import DATASETS
from digitpad.nets import readers
from tests.support import PATIENCE_MS
from tests.ui.stubs import INFO, recognition


class Noting:
    """A recogniser of a data set's classes that notes what it is given.

    read: the digits.
    """

    def __init__(self, name: str) -> None:
        self.info = replace(INFO, classes=DATASETS[name].classes, metadata={"dataset": name})
        self.read: list[np.ndarray] = []

    def recognize(self, digit: np.ndarray) -> object:
        self.read.append(digit)
        return recognition(3)


@pytest.fixture
def garment(tmp_path) -> Path:
    """A picture of grey levels that reaches from the field's upper edge to its lower."""
    levels = np.zeros((28, 28), np.uint8)
    levels[:, 6:20] = 180
    levels[4:9, 2:25] = 120
    Image.fromarray(levels).save(tmp_path / "garment.png")
    return tmp_path / "garment.png"


@pytest.fixture
def scan(tmp_path) -> Path:
    """A picture larger than the pad, dark on light, of a digit near its edge."""
    levels = np.full((400, 300), 255, np.uint8)
    levels[40:300, 20:60] = 30
    levels[260:300, 20:200] = 30
    Image.fromarray(levels).save(tmp_path / "scan.png")
    return tmp_path / "scan.png"


@pytest.mark.parametrize("name", DATASETS)
def test_the_window_and_predict_read_the_same_digit_of_a_picture(
    name, window, qtbot, garment, scan, monkeypatch, capsys
):
    noting = Noting(name)
    monkeypatch.setattr(readers, "open_reader", lambda *arguments: noting)
    assert main(["predict", str(garment), str(scan)]) == 0
    assert capsys.readouterr().out.count(f": {DATASETS[name].classes[3]}, ") == 2
    window.session.client.become_ready(classes=noting.info.classes, metadata=noting.info.metadata)
    for path, by_predict in zip((garment, scan), noting.read, strict=True):
        before = len(window.session.client.asked)
        window.exchange.open_pictures(path)
        qtbot.waitUntil(
            lambda before=before: len(window.session.client.asked) > before, timeout=PATIENCE_MS
        )
        assert np.array_equal(window.session.client.asked[-1], by_predict)


def test_predict_leaves_a_garment_its_size_and_its_greys(garment, monkeypatch):
    noting = Noting("fashion-mnist")
    monkeypatch.setattr(readers, "open_reader", lambda *arguments: noting)
    assert main(["predict", str(garment)]) == 0
    (digit,) = noting.read
    assert digit.any(axis=1).all()
    assert digit[20, 12] == 1.0 and digit[6, 3] == pytest.approx(120 / 180, abs=0.01)
