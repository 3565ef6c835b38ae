from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from digitpad.core.errors import DigitpadError
from digitpad.nets.recognizer import Recognizer
from digitpad.training import command
from digitpad.training.own_network import own_network

PROGRAM = """
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(784)
        self.inner = nn.Linear(784, 12)
        self.last = nn.Linear(12, 10)

    def forward(self, x):
        x = torch.relu(self.inner(self.norm(x.flatten(1))))
        return torch.log_softmax(self.last(x), 1)

class Sigmoids(nn.Module):
    def __init__(self):
        super().__init__()
        self.only = nn.LazyLinear(10)

    def forward(self, x):
        return torch.sigmoid(self.only(x.flatten(1)))

class Twelve(nn.Module):
    def __init__(self):
        super().__init__()
        self.only = nn.Linear(784, 12)

    def forward(self, x):
        return self.only(x.flatten(1))

class OneByOne(nn.Module):
    def __init__(self):
        super().__init__()
        self.only = nn.Linear(784, 10)

    def forward(self, x):
        return self.only(x.flatten(1)).mean(0, keepdim=True)

class Frozen(nn.Module):
    def forward(self, x):
        return x.flatten(1)[:, :10]

made = Sigmoids()
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("own") / "net.py"
    path.write_text(PROGRAM)
    return path


def test_a_class_is_trained_and_its_weights_open_with_it(small_mnist, program, tmp_path, capsys):
    out = tmp_path / "net.safetensors"
    arguments = ["--styles", "none", "--epochs", "3", "--batch", "50", "--no-augment"]
    named = ["--net", f"{program}:Net", "--snapshots", str(tmp_path / "film")]
    assert command.main([*named, *arguments, "--device", "cpu", "--out", str(out)]) == 0
    told = capsys.readouterr().out
    reader = Recognizer(out, net=f"{program}:Net")
    assert reader.info.metadata["class"] == "net.py:Net"
    assert (reader.info.metadata["mean"], reader.info.metadata["std"]) == ("0.1307", "0.3081")
    from digitpad.datasets import load

    test = load("mnist", part="test").take(slice(0, 500))
    right = (reader.logits(test.digits.astype(np.float32) / 255).argmax(1) == test.labels).mean()
    assert f"test accuracy        {right:.2%}" in told and right > 0.4
    assert len(list((tmp_path / "film").iterdir())) == 5 + 3  # 0, 1, 2, 4, 8; epochs


def test_a_start_is_the_seeds_own(program):
    first, again, other = (
        _started(program, "Net", seed).state_dict()["inner.weight"] for seed in (1, 1, 2)
    )
    assert torch.equal(first, again) and not torch.equal(first, other)


def test_sigmoids_are_trained_as_log_odds_and_lazy_layers_get_their_size(program):
    network = _started(program, "Sigmoids", 0)
    x = torch.rand(5, 1, 28, 28)
    plain = network.traced.module.only(x.flatten(1))
    assert torch.allclose(network(x), plain, atol=1e-4)
    assert list(network.state_dict()) == ["only.weight", "only.bias"]
    network(x).sum().backward()
    assert network.traced.module.only.weight.grad.abs().sum() > 0


def test_a_module_that_the_file_made_is_fresh_each_time(program):
    one, other = _started(program, "made", 0), _started(program, "made", 0)
    with torch.no_grad():
        one.traced.module.only.weight.zero_()
    assert other.traced.module.only.weight.abs().sum() > 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Twelve", "not a tensor .1, 10."),
        ("OneByOne", "cannot be trained in batches"),
        ("Frozen", "no weights that can be trained"),
        ("Missing", "has no network class Missing"),
    ],
)
def test_what_cannot_be_trained_is_said(program, name, words):
    with pytest.raises(DigitpadError, match=words):
        own_network(program, name, 10)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--net", "nowhere.py:Net"], "nowhere.py is not there"),
        (["--net", "FILE:Net", "--recipe", "tutorial"], "which only our recipe trains"),
    ],
)
def test_what_does_not_go_together_is_said(program, arguments, words, capsys):
    arguments = [one.replace("FILE", str(program)) for one in arguments]
    assert command.main(arguments) == 1
    assert words in capsys.readouterr().err


def _started(program: Path, name: str, seed: int):
    torch.manual_seed(seed)
    return own_network(program, name, 10)
