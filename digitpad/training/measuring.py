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
    """right of n digits were read rightly; loss: their mean cross-entropy; 0 for no digits."""

    right: int
    n: int
    loss: float

    @property
    def accuracy(self) -> float:
        """The share read rightly, in [0, 1]."""
        return self.right / self.n if self.n else 0.0


def as_floats(digits: torch.Tensor) -> torch.Tensor:
    """uint8 (n, 28, 28) as float32 (n, 1, 28, 28) in [0, 1]."""
    return digits.unsqueeze(1).float().div_(255)


@torch.inference_mode()
def measure(network: InferenceModel, digits: torch.Tensor, labels: torch.Tensor) -> Score:
    """Read digits uint8 (n, 28, 28) with labels int64 (n,), all on the network's device."""
    was_training = network.training
    network.eval()
    right, loss = 0, 0.0
    for start in range(0, len(labels), _BATCH):
        wanted = labels[start : start + _BATCH]
        logits = network(network.form.of(as_floats(digits[start : start + _BATCH])))
        right += int((logits.argmax(1) == wanted).sum())
        loss += float(F.cross_entropy(logits, wanted, reduction="sum"))
    network.train(was_training)
    return Score(right, len(labels), loss / max(1, len(labels)))
