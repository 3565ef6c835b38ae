"""What training makes small: ours, cross-entropy for digits and no opinion on non-digits, and those
of the pages.

All are means over logits (n, classes) and labels int64 (n,).
"""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as F

from digitpad.training.settings import LossWeights

Objective = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]

_MAP_DISTANCE = 1.0  # j of equation 9, which the paper does not tell


class DigitLoss:
    """Loss of logits (n, classes) against labels int64 (n,), where -1 is a non-digit, which should
    be answered by every class alike; a mean over the n."""

    def __init__(self, weights: LossWeights, classes: int, device: torch.device) -> None:
        """device: where logits and labels are."""
        targets = torch.full((classes + 1, classes), 1.0 / classes)
        targets[:classes] = torch.eye(classes)
        # The last row is what label -1 picks: every class equally.
        targets[classes] *= weights.non_digits
        self._targets = targets.to(device)

    def __call__(self, logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """The loss, a number that gradients can be taken of."""
        return F.cross_entropy(logits, self._targets[labels])


def of_probabilities(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Cross-entropy of probabilities taken for logits, softmax being taken twice: at least 1.46
    for ten classes."""
    return F.cross_entropy(logits.softmax(1), labels)


def squared_error(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """The mean squared difference from one-hot, over the classes too."""
    return F.mse_loss(logits, F.one_hot(labels, logits.shape[1]).to(logits.dtype))


def maximum_a_posteriori(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """The distance to the right class, and a penalty on the wrong classes' that are small too:
    LeCun et al. 1998, equation 9. logits: the distances with the sign turned."""
    rubbish = logits.new_full((len(logits), 1), -_MAP_DISTANCE)
    return (
        torch.cat([logits, rubbish], 1).logsumexp(1) - logits.gather(1, labels[:, None])[:, 0]
    ).mean()


OBJECTIVES: dict[str, Objective] = {
    "cross-entropy of probabilities": of_probabilities,
    "squared error": squared_error,
    "map": maximum_a_posteriori,
}
"""The pages' own, by the names that a recipe has for them; none knows non-digits."""


def objective_for(name: str, weights: LossWeights, classes: int, device: torch.device) -> Objective:
    """The loss of a run; "cross-entropy" is weighed, and takes -1 for a non-digit. Raises
    KeyError for another name."""
    return DigitLoss(weights, classes, device) if name == "cross-entropy" else OBJECTIVES[name]
