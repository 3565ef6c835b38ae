from __future__ import annotations

import torch
import torch.nn.functional as F

from digitpad.training.losses import DigitLoss
from digitpad.training.settings import LossWeights

CPU = torch.device("cpu")
LOGITS = torch.randn(6, 10, generator=torch.Generator().manual_seed(0)) * 3
LABELS = torch.tensor([0, 9, 4, 4, 1, 7])


def test_digits_alone_give_pytorchs_cross_entropy():
    loss = DigitLoss(LossWeights(), 10, CPU)(LOGITS, LABELS)
    torch.testing.assert_close(loss, F.cross_entropy(LOGITS, LABELS))


def test_non_digits_are_drawn_to_no_opinion():
    loss = DigitLoss(LossWeights(non_digits=1.0), 10, CPU)
    none = torch.full((6,), -1)
    torch.testing.assert_close(loss(torch.zeros(6, 10), none), torch.tensor(10.0).log())
    assert loss(LOGITS, none) > loss(torch.zeros(6, 10), none)


def test_its_weight_scales_its_part_only():
    mixed = torch.tensor([0, 9, 4, -1, -1, -1])
    part = [DigitLoss(LossWeights(non_digits=w), 10, CPU)(LOGITS, mixed) for w in (0.0, 1.0, 2.0)]
    torch.testing.assert_close(part[0], F.cross_entropy(LOGITS[:3], LABELS[:3]) / 2)
    torch.testing.assert_close(part[2] - part[1], part[1] - part[0])
