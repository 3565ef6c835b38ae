from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest

from digitpad.core.errors import DigitpadError
from digitpad.training import plot
from digitpad.training.curves import curves_svg
from digitpad.training.events import (
    EpochFinished,
    EpochReport,
    ListenerFailed,
    RunStarted,
    TrainingEvent,
)
from digitpad.training.plot import CurvePlot
from digitpad.training.settings import TrainingSettings

_SVG = "{http://www.w3.org/2000/svg}"


def report(epoch: int, loss: float, best: bool = False) -> EpochReport:
    return EpochReport(epoch, 40, loss * 2, 0.9, 1 - loss / 10, loss, 1000.0, 1.0, best)


HISTORY = [report(n, 1 / n, best=n == 33) for n in range(1, 41)]


def texts(svg: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(svg).iter(f"{_SVG}text")]


def test_every_epoch_is_a_point_and_the_best_is_marked():
    svg = curves_svg(HISTORY, "mine & yours")
    points = list(ElementTree.fromstring(svg).iter(f"{_SVG}circle"))
    assert len(points) == 4 * len(HISTORY)
    told = [one.find(f"{_SVG}title").text for one in points]
    assert "validation, epoch 33: 0.030303" in told
    assert {"best: epoch 33, 0.0303", "mine & yours", "loss, log scale", "accuracy, %"} <= {
        *texts(svg)
    }


def test_loss_is_on_a_log_scale():
    svg = curves_svg([report(1, 1.0), report(2, 0.1), report(3, 0.01)])
    points = ElementTree.fromstring(svg).iter(f"{_SVG}circle")
    heights = [
        float(one.get("cy")) for one in points if "validation" in one.find(f"{_SVG}title").text
    ]
    first, second, third = heights[:3]
    assert second - first == pytest.approx(third - second, abs=0.2) and second > first


@pytest.mark.parametrize(
    "history",
    [
        (),
        HISTORY[:1],
        [replace(report(1, 0.0), loss=0.0)],
        [replace(one, validation_loss=None, validation_accuracy=None) for one in HISTORY],
    ],
)
def test_little_to_draw_is_drawn(history):
    assert "epoch" in texts(curves_svg(history))


def test_the_file_grows_with_the_run(tmp_path):
    draw = CurvePlot(tmp_path / "curves.svg")
    draw(RunStarted(TrainingSettings(), 1, "cpu", (), (), 1, (), tuple(HISTORY[:1])))
    for one in HISTORY[1:3]:
        draw(EpochFinished(one))
    assert (tmp_path / "curves.svg").read_text().count("<circle") == 4 * 3


def test_what_cannot_be_drawn_is_said_before_training_or_once(tmp_path, monkeypatch):
    with pytest.raises(DigitpadError, match="name it curves"):
        CurvePlot(tmp_path / "curves.png")
    with pytest.raises(DigitpadError, match="is a directory"):
        (tmp_path / "a.svg").mkdir()
        CurvePlot(tmp_path / "a.svg")
    told: list[TrainingEvent] = []
    draw = CurvePlot(tmp_path / "b.svg", told.append)

    def full(*_: object) -> None:
        raise DigitpadError("no space left")

    monkeypatch.setattr(plot, "write_beside", full)
    for one in HISTORY[:2]:
        draw(EpochFinished(one))
    assert told == [ListenerFailed("no more curves: no space left")]


def test_a_picture_needs_neither_qt_nor_torch():
    code = (
        "import sys, digitpad.training.curves\n"
        "sys.exit(any(name.split('.')[0] in ('torch', 'PySide6', 'matplotlib') "
        "for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
