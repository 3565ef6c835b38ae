"""Attributions add up, agree with captum's, and are worth more than those of random weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from captum.attr import IntegratedGradients
from torch import nn

from digitpad.core.paths import shipped_weights
from digitpad.datasets import load
from digitpad.explain.attribution import attribute, shuffled
from digitpad.explain.joining import join_attribution
from digitpad.explain.questions import Part, WhyQuestion
from digitpad.explain.results import Attribution, NoReason
from digitpad.nets.files.traced import TracedNetwork
from digitpad.nets.inputs import InputForm
from digitpad.nets.modules import InferenceModel, build
from digitpad.nets.recognizer import Recognizer
from digitpad.nets.spec.catalogue import NETWORKS
from tests.explain.own_modules import MODULES

CPU = torch.device("cpu")
SHIPPED = sorted(path.name for path in shipped_weights().parent.glob("*.safetensors"))


@pytest.fixture(scope="module")
def digits() -> np.ndarray:
    test = load("mnist", part="test", download=False)
    return test.digits[:200].astype(np.float32) / 255


def explain(
    network: InferenceModel, form: InputForm, question: WhyQuestion, at_once: int = 4
) -> Attribution:
    parts = [
        attribute(network, form, CPU, Part(question, first, first + at_once))
        for first in range(0, question.groups, at_once)
    ]
    return join_attribution(question, parts)


def question_of(logits: np.ndarray, digit: np.ndarray, is_random: bool = False) -> WhyQuestion:
    first, second = (int(one) for one in np.argsort(-logits)[:2])
    return WhyQuestion(digit, first, second, is_random)


@pytest.mark.parametrize("name", SHIPPED)
def test_with_shipped_weights_the_parts_add_up_to_the_margin(name, digits):
    recognizer = Recognizer(shipped_weights().parent / name, "cpu")
    for digit, logits in zip(digits, recognizer.logits(digits), strict=True):
        question = question_of(logits, digit)
        found = explain(recognizer.network, recognizer.form, question)
        margin = logits[question.first] - logits[question.second]
        # A tie is a small difference of large parts.
        assert found.reason is None and (found.adds_up or margin < 0.1), found.error_share
        assert found.margin == pytest.approx(float(margin), abs=1e-4)
        assert found.ink_part == pytest.approx(float(found.ink.sum()), abs=1e-4)
        assert not found.ink[digit == 0].any()


@pytest.mark.parametrize("name", NETWORKS)
def test_in_every_network_of_the_catalogue_they_add_up(name, digits):
    torch.manual_seed(2)
    network = build(name).eval()
    count = 3 if network.declaration.is_large else 20
    for digit in digits[:count]:
        with torch.inference_mode():
            logits = network(network.form.of(torch.from_numpy(digit)[None, None]))[0].numpy()
        # The highest and the lowest: of weights that learned nothing all logits are alike.
        question = WhyQuestion(digit, int(logits.argmax()), int(logits.argmin()))
        found = explain(network, network.form, question)
        assert found.reason is None and found.adds_up, found.error_share


@pytest.mark.parametrize("name", ["lenet5.safetensors", "lenet5-1998.safetensors"])
def test_in_however_many_parts_it_is_asked_it_is_the_same(name, digits):
    recognizer = Recognizer(shipped_weights().parent / name, "cpu")
    question = question_of(recognizer.logits(digits[:1])[0], digits[0])
    whole = explain(recognizer.network, recognizer.form, question)
    for at_once in (1, 3):
        parts = explain(recognizer.network, recognizer.form, question, at_once)
        assert parts.adds_up and parts.midpoints == whole.midpoints
        assert np.abs(whole.ink - parts.ink).max() < 1e-5 * abs(whole.margin)


def test_random_weights_explain_otherwise(digits):
    recognizer = Recognizer(shipped_weights(), "cpu")
    correlations = []
    for digit, logits in zip(digits[:40], recognizer.logits(digits[:40]), strict=True):
        asked = question_of(logits, digit)
        real = explain(recognizer.network, recognizer.form, asked).ink
        random = explain(recognizer.network, recognizer.form, question_of(logits, digit, True))
        assert random.adds_up and random.is_random
        correlations.append(abs(np.corrcoef(real.ravel(), random.ink.ravel())[0, 1]))
    assert np.mean(correlations) < 0.3


def test_shuffling_leaves_the_network_as_it_was():
    network = build("lenet5").eval()
    before = [parameter.clone() for parameter in network.parameters()]
    other = shuffled(network)
    assert other is shuffled(network) and other is not network
    for kept, now, mixed in zip(before, network.parameters(), other.parameters(), strict=True):
        assert torch.equal(kept, now)
        assert torch.equal(kept.flatten().sort()[0], mixed.flatten().sort()[0])


def test_captum_says_the_same(digits):
    recognizer = Recognizer(shipped_weights(), "cpu")
    network, form = recognizer.network, recognizer.form

    def margin(ink: torch.Tensor, first: int, second: int) -> torch.Tensor:
        logits = network(form.of(ink))
        return logits[:, first] - logits[:, second]

    oracle = IntegratedGradients(margin, multiply_by_inputs=True)
    for digit, logits in zip(digits[:10], recognizer.logits(digits[:10]), strict=True):
        question = question_of(logits, digit)
        found = explain(network, form, question)
        ink = torch.from_numpy(digit)[None, None]
        wanted = oracle.attribute(
            ink,
            torch.zeros_like(ink),
            additional_forward_args=(question.first, question.second),
            n_steps=256,
            method="gausslegendre",
            internal_batch_size=256,
        )[0, 0].detach()
        assert np.abs(found.ink - wanted.numpy()).max() <= 1e-3 * max(abs(found.margin), 1.0)
        assert found.ink_part == pytest.approx(
            float(wanted.sum()), abs=0.01 * max(abs(found.margin), 1.0)
        )


@pytest.mark.parametrize(("side", "fit"), [(32, "resize"), (20, "resize"), (40, "pad")])
def test_other_sides_are_told_in_the_digit_s_own_pixels(side, fit, digits):
    torch.manual_seed(0)
    form = InputForm(side, fit)
    network = nn.Sequential(nn.Flatten(), nn.Linear(side * side, 20), nn.Tanh(), nn.Linear(20, 10))
    found = explain(network, form, WhyQuestion(digits[0], 3, 8))
    assert found.adds_up and found.ink.shape == (28, 28)
    with torch.inference_mode():
        logits = network(form.of(torch.from_numpy(digits[:1])[:, None]))[0]
    assert found.margin == pytest.approx(float(logits[3] - logits[8]), abs=1e-5)


def test_missing_ink_is_how_the_margin_would_change(digits):
    network = build("lenet5").eval()
    digit = digits[0]
    found = explain(network, network.form, WhyQuestion(digit, 7, 1))
    row, column = np.unravel_index(int(np.abs(found.missing).argmax()), (28, 28))
    step = np.float32(0.01) * (1 - digit[row, column])
    more = digit.copy()
    more[row, column] += step
    change = explain(network, network.form, WhyQuestion(more, 7, 1)).margin - found.margin
    assert change == pytest.approx(0.01 * float(found.missing[row, column]), rel=0.1)
    assert not found.missing[digit == 1].any()


class Detached(nn.Module):
    """Leaves torch on the way."""

    def __init__(self) -> None:
        super().__init__()
        self.last = nn.Linear(784, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.last(torch.from_numpy(x.detach().flatten(1).numpy())).detach()


class Endless(nn.Module):
    """Gives no numbers."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.flatten(1)[:, :10] / 0.0


class Chance(nn.Module):
    """Answers the same digit otherwise each time."""

    def __init__(self) -> None:
        super().__init__()
        self.last = nn.Linear(784, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return nn.functional.dropout(self.last(x.flatten(1)), 0.5, training=True) * 10


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        (Detached, NoReason.NO_GRADIENT),
        (Endless, NoReason.NOT_FINITE),
        (Chance, NoReason.BY_CHANCE),
    ],
)
def test_what_has_no_attribution_says_why(module, reason, digits):
    torch.manual_seed(0)
    found = explain(module(), InputForm(), WhyQuestion(digits[0], 3, 8))
    assert found.reason is reason and not found.ink.any()


def test_weights_that_are_no_numbers_say_why(digits):
    network = build("lenet5").eval()
    with torch.no_grad():
        next(network.parameters())[0] = float("nan")
    found = explain(network, network.form, WhyQuestion(digits[0], 3, 8))
    assert found.reason is NoReason.NOT_FINITE


def test_blank_paper_is_not_explained():
    network = build("lenet5").eval()
    blank = np.zeros((28, 28), np.float32)
    assert explain(network, network.form, WhyQuestion(blank, 3, 8)).reason is NoReason.EMPTY


def test_gradients_come_through_a_recogniser_that_read_before(digits, tmp_path: Path):
    recognizer = Recognizer(shipped_weights(), "cpu")
    with torch.inference_mode():
        found = explain(recognizer.network, recognizer.form, WhyQuestion(digits[0], 7, 1))
    assert found.reason is None


def test_lazy_layers_have_gradients_too(digits):
    torch.manual_seed(0)
    lazy = nn.Sequential(nn.LazyConv2d(4, 5), nn.ReLU(), nn.Flatten(), nn.LazyLinear(10))
    network = TracedNetwork(lazy, "lazy")
    for is_random in (False, True):
        question = WhyQuestion(digits[0], 1, 2, is_random)
        found = explain(network, network.form, question)
        assert found.reason is None and found.ink.any()


@pytest.mark.parametrize("name", MODULES)
def test_modules_of_people_s_own_are_explained(name, digits):
    torch.manual_seed(1)
    network = TracedNetwork(MODULES[name](), name)
    with torch.inference_mode():
        logits = network(network.form.of(torch.from_numpy(digits[:1])[:, None]))[0].numpy()
    question = WhyQuestion(digits[0], int(logits.argmax()), int(logits.argmin()))
    found = explain(network, network.form, question)
    assert found.reason is None and found.error_share < 0.05
