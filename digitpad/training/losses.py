"""What training makes small: cross-entropy for digits, and no opinion on what is no digit."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F


@dataclass(frozen=True)
class LossWeights:
    """label_smoothing: share of the target spread over all classes.

    no_digit: weight of the cross-entropy to the uniform distribution for what is no digit (outlier exposure:
    Hendrycks, Mazeika and Dietterich, ICLR 2019, section 3). energy: weight of the squared hinge that holds
    logsumexp(logits) above energy_high for digits and below energy_low for the rest (Liu, Wang, Owens and Li,
    NeurIPS 2020, equation 8, with energy = -logsumexp); 0 switches it off.
    """

    label_smoothing: float = 0.0
    no_digit: float = 0.3
    energy: float = 0.0
    energy_high: float = 8.0
    energy_low: float = 2.0


class DigitLoss:
    """Loss of logits (n, classes) against labels int64 (n,), where -1 means no digit; a mean over the n."""

    def __init__(self, weights: LossWeights, classes: int, device: torch.device) -> None:
        self._weights = weights
        smooth = weights.label_smoothing
        targets = torch.full((classes + 1, classes), 1.0 / classes)
        targets[:classes] = torch.eye(classes) * (1 - smooth) + smooth / classes
        # The last row is what label -1 picks: every class equally.
        targets[classes] *= weights.no_digit
        self._targets = targets.to(device)

    def __call__(self, logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        loss = F.cross_entropy(logits, self._targets[labels])
        if self._weights.energy > 0:
            loss = loss + self._weights.energy * self._energy(logits, labels)
        return loss

    def _energy(self, logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        score = logits.logsumexp(1)
        wanted = labels >= 0
        short = torch.where(wanted, self._weights.energy_high - score, score - self._weights.energy_low)
        return short.clamp_min(0).square().mean()
