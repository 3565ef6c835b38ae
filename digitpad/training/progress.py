"""What a run has come to, and which of its epochs is the best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from digitpad.training.events import EpochReport

Weights = dict[str, torch.Tensor]


@dataclass(frozen=True)
class Progress:
    """What a run has come to: a report for each epoch, and the weights of the best, on the CPU."""

    history: tuple[EpochReport, ...] = ()
    best: Weights | None = None

    @property
    def best_report(self) -> EpochReport | None:
        """The epoch that best comes from."""
        chosen = [report for report in self.history if report.best]
        return chosen[-1] if chosen else None


def is_over(history: Sequence[EpochReport], epochs: int, patience: int | None) -> bool:
    """Whether a run is done: it has had all epochs, or so many since the best of them brought
    nothing better; None of patience takes all."""
    if len(history) >= epochs:
        return True
    since = next((n for n, report in enumerate(reversed(history)) if report.best), 0)
    return patience is not None and since >= patience


def is_better(accuracy: float, loss: float, held: EpochReport | None) -> bool:
    """Whether a validation is better than that of the best epoch before; any is where there is
    none, or nothing to measure by."""
    if held is None or held.validation_loss is None or held.validation_accuracy is None:
        return True
    return (loss, -accuracy) < (held.validation_loss, -held.validation_accuracy)
