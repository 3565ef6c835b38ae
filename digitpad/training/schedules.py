"""How the learning rate and the augmentation go on during a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import torch

from digitpad.training.settings import TrainingSettings

_ANNEALED = 0.25
"""The share of augmentation that the last epoch has."""


class Schedule(Protocol):
    """Sets the learning rate of an optimiser."""

    def begin_epoch(self, epoch: int) -> None:
        """An epoch, counted from 0, begins."""
        ...

    def step(self) -> None:
        """The optimiser has taken a step."""
        ...

    def state_dict(self) -> dict[str, Any]:
        """What load_state_dict needs to go on."""
        ...

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from what state_dict gave."""
        ...


class OneCycle(torch.optim.lr_scheduler.OneCycleLR):
    """Up and down again over the whole run: Smith and Topin 2018. The momentum stays."""

    def begin_epoch(self, epoch: int) -> None:
        """Nothing: it goes by steps."""


class EpochLearningRates:
    """Whole epochs of one learning rate: (epochs, rate), one after the other; the last stays."""

    def __init__(
        self, optimizer: torch.optim.Optimizer, rates: Sequence[tuple[int, float]]
    ) -> None:
        """rates: one at least."""
        self._optimizer, self._rates = optimizer, rates

    def begin_epoch(self, epoch: int) -> None:
        """Set the learning rate of an epoch, counted from 0."""
        for group in self._optimizer.param_groups:
            group["lr"] = learning_rate_of(self._rates, epoch)

    def step(self) -> None:
        """Nothing: it goes by epochs."""

    def state_dict(self) -> dict[str, Any]:
        """Empty: the epoch says all."""
        return {}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Nothing to take over."""


def learning_rate_of(rates: Sequence[tuple[int, float]], epoch: int) -> float:
    """The learning rate of an epoch, counted from 0."""
    for epochs, rate in rates:
        if epoch < epochs:
            return rate
        epoch -= epochs
    return rates[-1][1]


def schedule_for(
    settings: TrainingSettings, optimizer: torch.optim.Optimizer, steps_per_epoch: int
) -> Schedule:
    """The schedule of a run: the learning rates it names, or one cycle."""
    if settings.learning_rates:
        return EpochLearningRates(optimizer, settings.learning_rates)
    total_steps = settings.epochs * steps_per_epoch + 1
    warm_up = settings.warm_up
    if warm_up * total_steps == 1:
        # The rise would end with the step that it begins with, and PyTorch divides by its length.
        warm_up *= 1.001
    return OneCycle(
        optimizer,
        max_lr=settings.peak_learning_rate,
        total_steps=total_steps,
        pct_start=warm_up,
        cycle_momentum=False,
    )


def augmentation_strength(epoch: int, epochs: int, annealing: float) -> float:
    """The share of the augmentation that an epoch, counted from 0, has: 1, and in the last ones,
    a share of annealing of all, down to a quarter in a straight line."""
    done = epoch / max(1, epochs - 1)
    annealed = max(0.0, done - (1 - annealing)) / annealing if annealing > 0 else 0.0
    return 1 - (1 - _ANNEALED) * annealed
