from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from digitpad.core.errors import DigitpadError
from digitpad.nets.files.traced import TracedNetwork
from digitpad.nets.files.watching import Ending
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


class Given(nn.Module):
    """A full connection whose ten outputs a test lays out and ends as it likes; features are the
    five numbers before them."""

    def __init__(self, given, take=lambda x: x.flatten(1), size: int = 784) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.first, self.last = nn.Linear(size, 5), nn.Linear(5, 10)
        self._given, self._take = given, take

    def expected(self, x: torch.Tensor) -> torch.Tensor:
        return self.last(self.first(x.flatten(1)))

    def forward(self, x):
        features = self.first(self._take(x))
        return self._given(features, self.last(features))


@pytest.mark.parametrize(
    "given",
    [
        lambda f, y: (f, y),
        lambda f, y: [f, {"deep": (f, y)}],
        lambda f, y: {"features": f, "logits": y},
        lambda f, y: y.squeeze(),
        lambda f, y: y[:, :, None, None],
        lambda f, y: y[None],
        lambda f, y: (f, F.log_softmax(y, 1)[..., None]),
    ],
)
def test_the_output_as_wide_as_the_classes_is_the_answer_however_it_is_laid_out(given):
    module = Given(given)
    network = TracedNetwork(module, "net")
    with torch.no_grad():
        torch.testing.assert_close(network(X), module.expected(X))
        logits, layers = network.activations(X[:1])
    assert logits.shape == layers["output"].shape == (1, 10) and network.ending is Ending.LOGITS


def test_how_many_classes_there_are_may_be_known():
    network = TracedNetwork(Given(lambda f, y: (y, f)), "net", classes=5)
    assert network.layer_infos()[-1].shape == (5,)
    with pytest.raises(DigitpadError, match=r"not a tensor \(1, 7\)"):
        TracedNetwork(Given(lambda f, y: (y, f)), "net", classes=7)


def test_sigmoids_stay_what_they_are_and_are_told():
    for sigmoid in (torch.sigmoid, F.hardsigmoid, lambda y: y.sigmoid()[..., None, None]):
        network = TracedNetwork(Given(lambda f, y, end=sigmoid: end(y)), "net")
        with torch.no_grad():
            logits, layers = network.activations(X[:1])
        assert network.ending is Ending.SIGMOIDS and torch.equal(logits, layers["output"])
        assert float(logits.min()) >= 0 and float(logits.max()) <= 1
        assert "Its outputs are sigmoids" in network.notes[0]


def test_probabilities_that_no_softmax_made_are_not_put_through_another():
    def by_hand(f, y):
        return y.exp() / y.exp().sum(1, keepdim=True)

    for end in (by_hand, lambda f, y: F.log_softmax(y, 1).exp()):
        module = Given(end)
        network = TracedNetwork(module, "net")
        with torch.no_grad():
            shares = torch.softmax(network(X), 1)
            torch.testing.assert_close(shares, torch.softmax(module.expected(X), 1))
        assert network.ending is Ending.PROBABILITIES and not network.notes


@pytest.mark.parametrize(
    ("module", "side"),
    [
        (nn.Sequential(nn.Linear(784, 10)), 28),
        (nn.Sequential(nn.Linear(1024, 10)), 32),
        (nn.Sequential(nn.Linear(64, 10)), 8),
        (nn.Sequential(nn.Conv2d(3, 4, 5), nn.Flatten(), nn.Linear(4 * 24 * 24, 10)), 28),
        (nn.Sequential(nn.Conv2d(3, 4, 5), nn.Flatten(), nn.Linear(4 * 60 * 60, 10)), 64),
        (nn.Sequential(nn.Conv2d(1, 4, 5), nn.Flatten(), nn.Linear(4 * 16 * 16, 10)), 20),
        (nn.Sequential(nn.Conv2d(1, 4, 5), nn.Flatten(), nn.Linear(4 * 41 * 41, 10)), 45),
    ],
)
def test_other_inputs_than_an_image_of_28_are_tried(module, side):
    network = TracedNetwork(module, "net", side if side == 45 else None)
    assert network.form.side == side
    with torch.no_grad():
        assert network(torch.rand(3, 1, side, side)).shape == (3, 10)
        assert network.activations(torch.rand(1, 1, side, side))[0].shape == (1, 10)


class Recurrent(nn.Module):
    """Reads an image line by line."""

    def __init__(self, batch_first: bool = True) -> None:
        super().__init__()
        self.rnn, self.last = nn.LSTM(28, 16, batch_first=batch_first), nn.Linear(16, 10)
        self.batch_first = batch_first

    def forward(self, x):
        if self.batch_first:
            return self.last(self.rnn(x)[0][:, -1])
        return self.last(self.rnn(x.squeeze(1).permute(1, 0, 2))[0][-1])


@pytest.mark.parametrize("batch_first", [True, False])
def test_an_lstm_is_a_layer_of_its_own_which_sees_all(batch_first):
    network = TracedNetwork(Recurrent(batch_first), "net")
    lstm, output = network.layer_infos()
    assert (lstm.name, lstm.shape, lstm.parameters) == ("L1", (448,), 4 * 16 * (28 + 16 + 2))
    assert lstm.kind == "LSTM, whose units may each see all of the input (rnn)"
    assert output.parameters == 170
    with torch.no_grad():
        assert network(X).shape == (3, 10) and network.activations(X[:1])[1]["L1"].shape == (1, 448)


def test_one_that_is_random_while_it_reads_is_told_and_still_takes_batches():
    class Random(Small):
        def forward(self, x):
            return F.dropout(self.logits(x), 0.5)

    network = TracedNetwork(Random(), "net")
    assert "Its answers are by chance" in network.notes[0] and not network._one_by_one
    assert TracedNetwork(Small(), "net").notes == ()


def test_a_batch_that_is_written_into_a_forward_pass_is_named():
    class Fixed(Small):
        def forward(self, x):
            return self.last(self.conv(x).view(64, 2304))

    with pytest.raises(DigitpadError, match=r"a batch of 64 digits written into its forward"):
        TracedNetwork(Fixed(), "net")


def test_layers_bear_the_reader_s_own_names():
    class Named(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.body = nn.Sequential(nn.Conv2d(1, 2, 5), nn.ReLU(), nn.MaxPool2d(2))
            self.w = nn.Parameter(torch.rand(10, 288))

        def forward(self, x):
            return F.linear(self.body(x).flatten(1), self.w)

    assert [info.kind for info in TracedNetwork(Named(), "net").layer_infos()] == [
        "convolution 5 × 5, ReLU (body.0)",
        "max pooling 2 × 2 (body.2)",
        "fully connected (w)",
    ]
