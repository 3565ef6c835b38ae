from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from digitpad.training.losses import DigitLoss
from digitpad.training.settings import LossWeights

CPU = torch.device("cpu")
LOGITS = torch.randn(6, 10, generator=torch.Generator().manual_seed(0)) * 3
LABELS = torch.tensor([0, 9, 4, 4, 1, 7])


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_digits_alone_give_pytorchs_cross_entropy(smoothing):
    loss = DigitLoss(LossWeights(label_smoothing=smoothing), 10, CPU)(LOGITS, LABELS)
    torch.testing.assert_close(loss, F.cross_entropy(LOGITS, LABELS, label_smoothing=smoothing))


def test_what_is_no_digit_is_drawn_to_no_opinion():
    loss = DigitLoss(LossWeights(no_digit=1.0), 10, CPU)
    none = torch.full((6,), -1)
    torch.testing.assert_close(loss(torch.zeros(6, 10), none), torch.tensor(10.0).log())
    assert loss(LOGITS, none) > loss(torch.zeros(6, 10), none)


def test_its_weight_scales_its_part_only():
    mixed = torch.tensor([0, 9, 4, -1, -1, -1])
    part = [DigitLoss(LossWeights(no_digit=w), 10, CPU)(LOGITS, mixed) for w in (0.0, 1.0, 2.0)]
    torch.testing.assert_close(part[0], F.cross_entropy(LOGITS[:3], LABELS[:3]) / 2)
    torch.testing.assert_close(part[2] - part[1], part[1] - part[0])


def test_the_energy_term_pushes_digits_up_and_the_rest_down():
    logits = torch.zeros(2, 10, requires_grad=True)
    weights = LossWeights(no_digit=0.0, energy=1.0, energy_high=8.0, energy_low=1.0)
    DigitLoss(weights, 10, CPU)(logits, torch.tensor([3, -1])).backward()
    assert logits.grad is not None
    assert (logits.grad[0] < 0).sum() >= 9 and (logits.grad[1] > 0).all()


def test_no_energy_is_charged_beyond_its_bounds():
    high = torch.full((1, 10), 20.0)
    with_energy = DigitLoss(LossWeights(energy=1.0), 10, CPU)
    without = DigitLoss(LossWeights(), 10, CPU)
    torch.testing.assert_close(
        with_energy(high, torch.tensor([2])), without(high, torch.tensor([2]))
    )
    torch.testing.assert_close(
        with_energy(-high, torch.tensor([-1])), without(-high, torch.tensor([-1]))
    )
