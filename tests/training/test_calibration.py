from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import nn

from digitpad.core.calibration import calibration_error
from digitpad.nets.inputs import InputForm
from digitpad.training.calibration import (
    REJECTED_SHARE,
    REJECTED_SYNTHETIC_SHARE,
    all_logits,
    best_temperature,
    calibrate,
)
from digitpad.training.data.sources import DigitSource


class Brightness(nn.Module):
    """Ten logits that grow with the digit's mean."""

    form = InputForm()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.mean(dim=(1, 2, 3))[:, None] * torch.linspace(0, 5, 10)


def source(seed: int, n: int = 2_000, brightest: int = 256) -> DigitSource:
    generator = torch.Generator().manual_seed(seed)
    level = torch.randint(1, brightest, (n, 1, 1), generator=generator)
    digits = level.expand(n, 28, 28).to(torch.uint8)
    return DigitSource("s", digits, torch.randint(0, 10, (n,), generator=generator))


def test_overconfident_logits_are_cooled() -> None:
    generator = torch.Generator().manual_seed(0)
    true = torch.randn(4_000, 10, generator=generator).double()
    labels = torch.multinomial(true.softmax(1), 1, generator=generator)[:, 0]
    assert best_temperature([true * 3], [labels]) == pytest.approx(3, rel=0.08)
    sure, right = ((logits.numpy(), labels.numpy()) for logits in (true * 3, true))
    assert calibration_error(*sure) > 4 * calibration_error(*right)


def test_of_no_source_more_than_the_share_is_rejected() -> None:
    held = [source(1), source(2, brightest=120)]
    network = Brightness()
    threshold = calibrate(network, held).reject_energy
    logits = [all_logits(network, each.digits) for each in held]
    energies = [each.logsumexp(1) - each.mean(1) for each in logits]
    assert all((energy < threshold).double().mean() <= REJECTED_SHARE for energy in energies)
    assert any(
        (energy <= threshold + 1e-6).double().mean() >= REJECTED_SHARE for energy in energies
    ), "no lower"


def test_of_the_generator_s_digits_more_may_be_rejected() -> None:
    network, dark = Brightness(), source(2)
    bright = replace(source(1), digits=source(1).digits // 2 + 128)
    threshold = calibrate(network, [bright, replace(dark, is_synthetic=True)]).reject_energy
    logits = all_logits(network, dark.digits)
    energy = (logits.logsumexp(1) - logits.mean(1)).double()
    assert threshold == pytest.approx(torch.quantile(energy, REJECTED_SYNTHETIC_SHARE).item())
    assert threshold > torch.quantile(energy, REJECTED_SHARE).item()


def test_nothing_to_calibrate_with_is_an_error() -> None:
    with pytest.raises(ValueError, match="no digits"):
        calibrate(Brightness(), [source(1, n=0)])
