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
    return torch.optim.AdamW(groups, lr=settings.peak_rate, betas=(0.9, 0.98), fused=fused)


def _muon(settings: TrainingSettings, network: nn.Module, fused: bool) -> torch.optim.Optimizer:
    return MuonWithAdamW(network, settings.peak_rate, settings.weight_decay, fused)


def _adam(settings: TrainingSettings, network: nn.Module, fused: bool) -> torch.optim.Optimizer:
    return torch.optim.Adam(network.parameters(), lr=settings.rates[0][1], fused=fused)


def _sgd(settings: TrainingSettings, network: nn.Module, fused: bool) -> torch.optim.Optimizer:
    return torch.optim.SGD(
        network.parameters(), lr=settings.rates[0][1], momentum=settings.momentum, fused=fused
    )


OPTIMIZERS: dict[str, Callable[[TrainingSettings, nn.Module, bool], torch.optim.Optimizer]] = {
    "adamw": _adamw,
    "muon": _muon,
    "adam": _adam,
    "sgd": _sgd,
}


def optimizer_for(settings: TrainingSettings, network: nn.Module) -> torch.optim.Optimizer:
    """The optimiser of a run for a network's weights, where they are; raises KeyError for
    another name."""
    device = next(network.parameters()).device
    return OPTIMIZERS[settings.optimizer](settings, network, device.type in _FUSED)
