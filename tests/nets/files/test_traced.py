from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from digitpad.core.errors import DigitpadError
from digitpad.nets.files.traced import TracedNetwork
from digitpad.nets.inputs import InputForm

X = torch.rand(3, 1, 28, 28, generator=torch.Generator().manual_seed(3))


class Small(nn.Module):
    """A convolution and a full connection; a class that gives otherwise overrides given."""

    side = 28

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.conv, self.last = nn.Conv2d(1, 4, 5), nn.Linear(4 * (self.side - 4) ** 2, 10)

    def logits(self, x: torch.Tensor) -> torch.Tensor:
        return self.last(torch.relu(self.conv(x)).flatten(1))

    def forward(self, x: torch.Tensor):
        return self.logits(x)


class Larger(Small):
    side = 32


class Surest(Small):
    def forward(self, x):
        return F.softmax(self.logits(x), dim=1)


class Both(Small):
    def forward(self, x):
        logits = self.logits(x)
        return {"logits": logits, "probabilities": F.softmax(logits, dim=1)}


class OneByOne(Small):
    def logits(self, x):
        return self.last(torch.relu(self.conv(x)).view(1, -1))


class Dropping(Small):
    def logits(self, x):
        return self.last(F.dropout(torch.relu(self.conv(x)), 0.5, self.training).flatten(1))


class Mixing(Small):
    """Reads a digit otherwise when others are beside it, as batch statistics do."""

    def logits(self, x):
        return super().logits(x - x.mean(0))


@pytest.mark.parametrize("kind", [Small, Surest, Both, OneByOne, Dropping])
def test_whatever_form_it_gives_them_in_its_logits_are_found(kind):
    network = TracedNetwork(kind(), "net")
    expected = torch.cat([Small()(one) for one in X.split(1)])
    with torch.no_grad():
        torch.testing.assert_close(network(X), expected)
        logits, layers = network.activations(X[:1])
    torch.testing.assert_close(logits, expected[:1])
    assert list(layers) == ["C1", "output"]
    assert {name: tuple(layer.shape[1:]) for name, layer in layers.items()} == {
        info.name: info.shape for info in network.layer_infos()
    }
    assert network(X[:0]).shape == (0, 10)


def test_one_that_mixes_the_digits_of_a_batch_is_asked_one_by_one():
    network = TracedNetwork(Mixing(), "net")
    with torch.no_grad():
        torch.testing.assert_close(network(X), torch.cat([network(one) for one in X.split(1)]))


def test_an_input_of_32_is_tried_after_one_of_28():
    assert TracedNetwork(Small(), "net").form == InputForm(28, "same", 0.0, 1.0)
    network = TracedNetwork(Larger(), "net")
    assert network.form == InputForm(32, "resize", 0.0, 1.0)
    assert network.layer_infos()[0].shape == (4, 28, 28)


def test_one_that_takes_neither_is_told_with_what_the_first_said():
    class Wide(Small):
        side = 40

    with pytest.raises(
        DigitpadError,
        match=r"net fails on an input of 1 × 1 × 28 × 28 \(Runtime.*32 × 32, three chan",
    ):
        TracedNetwork(Wide(), "net")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (lambda x: x, r"a tensor \(1, 1, 28, 28\)"),
        (lambda x: None, "a NoneType"),
        (lambda x: [x, "digits"], "a list"),
        (lambda x: x.flatten(1).argmax(1), r"a tensor \(1,\)"),
    ],
)
def test_one_that_gives_no_logits_is_told_what_it_gives(given, words):
    class Other(Small):
        def forward(self, x):
            return given(x)

    with pytest.raises(
        DigitpadError, match=rf"net gives {words} for an input of 1 × 1 × 28 × 28, not a tensor"
    ):
        TracedNetwork(Other(), "net")


def test_even_an_error_that_no_one_catches_is_told():
    class OddError(BaseException):
        pass

    class Odd(Small):
        def forward(self, x):
            raise OddError("so")

    with pytest.raises(DigitpadError, match=r"\(OddError: so\)"):
        TracedNetwork(Odd(), "net")


def test_layers_that_change_between_digits_are_refused_when_they_do():
    class Changing(Small):
        def forward(self, x):
            return self.logits(x if x.max() > 0 else x + self.conv(x).mean())

    network = TracedNetwork(Changing(), "net")
    network.activations(X[:1])
    with pytest.raises(DigitpadError, match="other layers for one digit than for another"):
        network.activations(X[:1] * 0)


def test_one_forward_pass_that_does_not_end_is_ended(monkeypatch):
    monkeypatch.setattr("digitpad.nets.files.own_module.PATIENCE_S", 0.1)

    class Endless(Small):
        def forward(self, x):
            while True:
                x = x + 1

    with pytest.raises(
        DigitpadError, match=r"one forward pass of net takes longer than 0\.1 seconds; "
    ):
        TracedNetwork(Endless(), "net")
