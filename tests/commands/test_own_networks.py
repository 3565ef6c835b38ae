"""A network of the reader's own through the commands."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from digitpad.cli import main
from digitpad.commands.common import ChosenNetwork
from digitpad.core.errors import DigitpadError
from digitpad.core.weights_record import WeightsRecord
from digitpad.nets.spec.open_choices import OpenChoices, key_of, recall

PROGRAM = (
    "from torch import nn\n"
    "class Net(nn.Module):\n"
    "    def __init__(self):\n"
    "        super().__init__()\n"
    "        self.last = nn.Linear(784, 10)\n"
    "    def forward(self, x):\n"
    "        return self.last(x.flatten(1))\n"
)


@pytest.fixture
def own(tmp_path, monkeypatch) -> Path:
    """A folder with a module, its weights in two sets, and a picture of a stroke."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    (tmp_path / "net.py").write_text(PROGRAM)
    first = {"last.weight": torch.zeros(10, 784), "last.bias": torch.arange(10.0)}
    second = {"last.weight": torch.zeros(10, 784), "last.bias": -torch.arange(10.0)}
    torch.save({"model": first, "ema": second}, tmp_path / "net.pth")
    paper = np.full((56, 56), 255, np.uint8)
    paper[10:46, 26:30] = 0
    Image.fromarray(paper).save(tmp_path / "one.png")
    return tmp_path


def predict(own: Path, *options: str) -> int:
    net = ["--net", f"{own / 'net.py'}:Net", "--weights", str(own / "net.pth")]
    return main(["predict", str(own / "one.png"), *net, *options])


def test_which_set_of_weights_is_asked_and_said_and_remembered(own, capsys):
    assert predict(own) == 1
    assert "--set model or --set ema" in capsys.readouterr().err
    for options, answer in (
        (["--set", "model"], ": 9, "),
        ([], ": 9, "),
        (["--set", "ema"], ": 0"),
    ):
        assert predict(own, *options) == 0
        assert answer in capsys.readouterr().out


def test_what_was_guessed_is_told_beside_the_answers(own, capsys):
    assert predict(own, "--set", "model") == 0
    assert "digitpad: How it was fed is not in the file" in capsys.readouterr().err
    assert predict(own, "--set", "model", "--mean", "0.5", "--std", "0.5") == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--std", "0"], "std must not be 0"),
        (["--mean", "nan"], "mean nan is no usable number"),
        (["--side", "7"], "side 7 is not between 8 and 512"),
    ],
)
def test_what_cannot_be_fed_is_said_in_a_line(own, capsys, options, words):
    assert predict(own, *options) == 1
    assert words in capsys.readouterr().err


def test_what_was_said_to_a_command_that_opens_the_window_is_known_to_its_recogniser(own):
    weights, net = own / "net.pth", f"{own / 'net.py'}:Net"
    chosen = ChosenNetwork(weights, net, WeightsRecord(), OpenChoices(mean=0.5, std=0.5))
    chosen.remember()
    assert recall(key_of(weights, net)).choices == OpenChoices(mean=0.5, std=0.5)
    ChosenNetwork(weights, net, WeightsRecord(), OpenChoices(set="ema")).remember()
    assert recall(key_of(weights, net)).choices == OpenChoices(mean=0.5, std=0.5, set="ema")
    ChosenNetwork(weights, net, WeightsRecord()).remember()
    assert recall(key_of(weights, net)).choices.set == "ema"


def test_what_cannot_be_remembered_for_the_recogniser_is_said(own, monkeypatch):
    (own / "taken").write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(own / "taken"))
    chosen = ChosenNetwork(own / "net.pth", "", WeightsRecord(), OpenChoices(mean=0.5))
    with pytest.raises(DigitpadError, match="cannot be written"):
        chosen.remember()
