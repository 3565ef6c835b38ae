"""After training: how far to trust the probabilities, and what to reject. Both are set on
validation digits alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F

from digitpad.core.calibration import calibration_error
from digitpad.nets.modules import InferenceModel
from digitpad.nets.rejection import energy
from digitpad.training.data.sources import DigitSource
from digitpad.training.measuring import as_floats

REJECTED_SHARE = 0.0035
"""The share of validation digits that the threshold rejects: below the 0.5 % allowed, since
the share seen varies by about 0.1 % among five thousand digits."""
REJECTED_SYNTHETIC_SHARE = 0.01
"""The same of synthetic handwriting, the wildest of which is wilder than people's: of that 1 % may
be rejected."""

_BATCH = 1000


@dataclass(frozen=True)
class Calibration:
    """temperature: what logits are divided by before softmax (Guo, Pleiss, Sun and Weinberger, "On
    Calibration of Modern Neural Networks", ICML 2017, section 4.2). reject_energy: the energy below
    which a drawing is rejected. error_before and error_after: the expected calibration error, a
    share, without and with the temperature.
    """

    temperature: float
    reject_energy: float
    error_before: float
    error_after: float


@torch.inference_mode()
def all_logits(network: InferenceModel, digits: torch.Tensor) -> torch.Tensor:
    """Logits (n, classes) of digits uint8 (n, 28, 28); both on the network's device."""
    network.eval()
    parts = [network(network.form.of(as_floats(part))) for part in torch.split(digits, _BATCH)]
    return torch.cat(parts)


def calibrate(network: InferenceModel, held: Sequence[DigitSource]) -> Calibration:
    """Set temperature and threshold on validation sources, each of which counts alike.

    The threshold is the lowest that any source asks for, so that of none more than
    REJECTED_SHARE is rejected, or REJECTED_SYNTHETIC_SHARE of synthetic handwriting. Raises
    ValueError where a source is empty.
    """
    if not all(len(source.labels) for source in held):
        raise ValueError("there are no digits to calibrate with")
    return calibrate_logits([all_logits(network, source.digits) for source in held], held)


def calibrate_logits(given: Sequence[torch.Tensor], held: Sequence[DigitSource]) -> Calibration:
    """The same from the logits (n, classes) that a network gave for each source's digits."""
    logits = [each.double().cpu() for each in given]
    labels = [source.labels.cpu() for source in held]
    temperature = best_temperature(logits, labels)
    shares = [
        REJECTED_SYNTHETIC_SHARE if source.is_synthetic else REJECTED_SHARE for source in held
    ]
    thresholds = [
        torch.quantile(torch.from_numpy(energy(each.numpy())), share).item()
        for each, share in zip(logits, shares, strict=True)
    ]
    every, wanted = torch.cat(logits), torch.cat(labels)
    return Calibration(
        temperature=temperature,
        reject_energy=min(thresholds),
        error_before=calibration_error(every.numpy(), wanted.numpy()),
        error_after=calibration_error(every.numpy(), wanted.numpy(), temperature),
    )


def best_temperature(logits: Sequence[torch.Tensor], labels: Sequence[torch.Tensor]) -> float:
    """The temperature, 0.25 to 4, with the lowest mean cross-entropy, each set counting alike."""
    grid = torch.logspace(-2, 2, 401, base=2.0, dtype=torch.float64)
    losses = [
        sum(
            float(F.cross_entropy(each / t, wanted))
            for each, wanted in zip(logits, labels, strict=True)
        )
        for t in grid
    ]
    return float(grid[int(torch.tensor(losses).argmin())])
