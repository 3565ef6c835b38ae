from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from digitpad.core.errors import DigitpadError
from digitpad.datasets import load
from digitpad.nets.files import plain
from digitpad.nets.files.examining import examine
from digitpad.nets.files.opening import open_weights
from digitpad.nets.files.plain import is_row, likely_rows, row_module
from digitpad.nets.spec.opening_questions import Question
from digitpad.nets.spec.plain_row import PlainRow, plain_row


class LeNet(nn.Module):
    """The common one: ReLU and max pooling, 28 x 28 with padding."""

    def __init__(self) -> None:
        super().__init__()
        self.c1, self.c2 = nn.Conv2d(1, 6, 5, padding=2), nn.Conv2d(6, 16, 5)
        self.l1, self.l2, self.l3 = nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.relu(self.c1(x))
        x = nn.functional.max_pool2d(x, 2)
        x = nn.functional.max_pool2d(torch.relu(self.c2(x)), 2).flatten(1)
        return self.l3(torch.relu(self.l2(torch.relu(self.l1(x)))))


@pytest.fixture(scope="module")
def lenet() -> nn.Module:
    """Having read 6,000 images."""
    torch.manual_seed(0)
    images = load("mnist", part="train").take(np.arange(6000))
    x = torch.from_numpy(images.digits.astype(np.float32) / 255).unsqueeze(1)
    y = torch.from_numpy(images.labels.astype(np.int64))
    network = LeNet()
    optimizer = torch.optim.Adam(network.parameters(), 2e-3)
    for _ in range(2):
        for part in torch.randperm(len(x)).split(50):
            optimizer.zero_grad()
            nn.functional.cross_entropy(network(x[part]), y[part]).backward()
            optimizer.step()
    return network.eval()


def test_a_lenet_whose_class_is_not_given_is_offered_as_what_it_may_be(
    lenet, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    weights = tmp_path / "lenet.pth"
    torch.save(lenet.state_dict(), weights)
    found = examine(weights)
    assert found.question is Question.PROGRAM
    offered = [one for one in found.options if plain_row(one.value) is not None]
    assert offered == list(found.options[: len(offered)])
    assert {"Convolutions with ReLU and max pooling"} < {one.title for one in offered}
    assert "labelled test images of MNIST" in offered[0].about
    # The clothes are offered too, as what they are.
    assert any("Fashion-MNIST" in one.about for one in found.options)
    (same,) = (one for one in offered if one.title == "Convolutions with ReLU and max pooling")
    opened = open_weights(weights, same.value)
    x = torch.rand(3, 1, 28, 28)
    assert torch.allclose(opened.network(x), lenet(x), atol=1e-5)
    assert [info.name for info in opened.network.layer_infos()][:3] == ["C1", "S2", "C3"]
    assert any("class is not known" in note for note in opened.notes)


def test_weights_that_read_nothing_are_offered_as_nothing():
    torch.manual_seed(1)
    assert likely_rows(LeNet().state_dict()) == ()


@pytest.mark.parametrize(
    "shapes",
    [
        {"a": (3,)},
        {"a": (10, 5), "b": (10,), "c": (4, 9), "d": (4,)},
        {"a": (6, 3, 5, 5), "b": (6,), "c": (10, 600), "d": (10,)},
        {"a": (6, 1, 5, 3), "b": (6,), "c": (10, 600), "d": (10,)},
        {"a": (6, 1, 5, 5), "b": (6,)},
        {"a": (10, 785), "b": (10,)},
        {"a": (1, 784), "b": (1,)},
        {"a": (10, 784), "b": (10,), "c": (10, 10, 3, 3), "d": (10,)},
        {},
    ],
)
def test_what_is_no_row_that_reads_digits_is_none(shapes):
    assert not is_row({name: torch.zeros(shape) for name, shape in shapes.items()})


def test_layers_without_bias_and_with_pooling_at_the_end_are_rows():
    assert is_row({"a": torch.zeros(40, 784), "b": torch.zeros(10, 40)})
    state = {"a": torch.zeros(32, 1, 3, 3), "b": torch.zeros(64, 32, 3, 3)}
    state |= {"c": torch.zeros(128, 9216), "d": torch.zeros(10, 128)}
    row = PlainRow("relu", "max", "last", 28, (0, 0))
    module = row_module(Path("a.pth"), row, state)
    assert module(torch.zeros(2, 1, 28, 28)).shape == (2, 10)


def test_weights_of_another_row_or_that_are_no_numbers_are_refused():
    state = {"a": torch.zeros(10, 784), "b": torch.zeros(10)}
    row = PlainRow("relu", "max", "none", 28, ())
    with pytest.raises(DigitpadError, match=r"a\.pth: b has values that are not finite"):
        row_module(Path("a.pth"), row, {**state, "b": torch.full((10,), torch.nan)})
    other = PlainRow("relu", "max", "every", 28, (2, 0))
    with pytest.raises(DigitpadError, match=r"a\.pth holds no weights of a row"):
        row_module(Path("a.pth"), other, state)


def test_of_a_slow_network_only_the_commonest_row_is_tried(lenet, monkeypatch):
    monkeypatch.setattr(plain, "_BUDGET_S", -1.0)
    (only,) = likely_rows(lenet.state_dict())
    assert only.title == "Convolutions with ReLU and max pooling"
