"""The optimisers that recipes name."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn

from digitpad.training.muon import MuonWithAdamW
from digitpad.training.settings import TrainingSettings

# Where PyTorch steps all weights in one go.
_FUSED = ("cpu", "cuda")


def _adamw(settings: TrainingSettings, network: nn.Module, fused: bool) -> torch.optim.Optimizer:
    """Loshchilov and Hutter 2019; biases, and the factors of subsampling, do not decay."""
    decayed = [p for p in network.parameters() if p.ndim > 1]
    plain = [p for p in network.parameters() if p.ndim <= 1]
    groups = [
        {"params": decayed, "weight_decay": settings.weight_decay},
        {"params": plain, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=settings.peak_learning_rate, betas=(0.9, 0.98), fused=fused)


def _muon(settings: TrainingSettings, network: nn.Module, fused: bool) -> torch.optim.Optimizer:
    """Jordan et al. 2024: see muon.py."""
    return MuonWithAdamW(network, settings.peak_learning_rate, settings.weight_decay, fused)


def _adam(settings: TrainingSettings, network: nn.Module, fused: bool) -> torch.optim.Optimizer:
    """Kingma and Ba 2015, as the pages call it: without weight decay."""
    return torch.optim.Adam(network.parameters(), lr=settings.learning_rates[0][1], fused=fused)


def _sgd(settings: TrainingSettings, network: nn.Module, fused: bool) -> torch.optim.Optimizer:
    """Plain steps down the gradient, with the pages' momentum."""
    return torch.optim.SGD(
        network.parameters(),
        lr=settings.learning_rates[0][1],
        momentum=settings.momentum,
        fused=fused,
    )


Maker = Callable[[TrainingSettings, nn.Module, bool], torch.optim.Optimizer]

OPTIMIZERS: dict[str, Maker] = {
    "adamw": _adamw,
    "muon": _muon,
    "adam": _adam,
    "sgd": _sgd,
}
"""By the names that settings have for them: what makes each, stepping all weights in one go where
the last argument says so."""


def optimizer_for(settings: TrainingSettings, network: nn.Module) -> torch.optim.Optimizer:
    """The optimiser of a run for a network's weights, where they are; raises KeyError for
    another name."""
    device = next(network.parameters()).device
    return OPTIMIZERS[settings.optimizer](settings, network, device.type in _FUSED)
