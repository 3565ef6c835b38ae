"""How well a network reads a set of digits."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F

from digitpad.nets.modules import InferenceModel

_BATCH = 1000
"""Digits read at once: the activations of more would not fit small devices."""


@dataclass(frozen=True)
class Score:
    """right of n digits were read rightly; loss: their mean cross-entropy; 0 for no digits.
    by_class: the same two numbers for each class."""

    right: int
    n: int
    loss: float
    by_class: tuple[tuple[int, int], ...] = ()

    @property
    def accuracy(self) -> float:
        """The share read rightly, in [0, 1]."""
        return self.right / self.n if self.n else 0.0

    @property
    def weakest(self) -> tuple[int, float] | None:
        """The class of which the smallest share was read rightly, and that; None for no digits."""
        shares = {label: right / n for label, (right, n) in enumerate(self.by_class) if n}
        return min(shares.items(), key=lambda one: one[1]) if shares else None


def as_floats(digits: torch.Tensor) -> torch.Tensor:
    """uint8 (n, 28, 28) as float32 (n, 1, 28, 28) in [0, 1]."""
    return digits.unsqueeze(1).float().div_(255)


@torch.inference_mode()
def measure(network: InferenceModel, digits: torch.Tensor, labels: torch.Tensor) -> Score:
    """Read digits uint8 (n, 28, 28) with labels int64 (n,), all on the network's device."""
    was_training = network.training
    network.eval()
    loss, counts = 0.0, torch.zeros(2, 0, dtype=torch.long)  # read rightly, and all, of each class
    for start in range(0, len(labels), _BATCH):
        wanted = labels[start : start + _BATCH]
        logits = network(network.form.of(as_floats(digits[start : start + _BATCH])))
        right = wanted[logits.argmax(1) == wanted]
        classes = logits.shape[1]
        found = [torch.bincount(each.cpu(), minlength=classes) for each in (right, wanted)]
        counts = torch.stack(found) + (counts if counts.numel() else 0)
        loss += float(F.cross_entropy(logits, wanted, reduction="sum"))
    network.train(was_training)
    by_class = tuple((right, n) for right, n in counts.T.tolist())
    return Score(
        sum(right for right, _n in by_class), len(labels), loss / max(1, len(labels)), by_class
    )
