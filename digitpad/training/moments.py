"""The weights of a run at the moment of an event, for whoever listens."""

from __future__ import annotations

import torch

from digitpad.nets.modules import DeclaredNetwork
from digitpad.training.data.sources import DigitSource
from digitpad.training.ema import EvaluatedWeights
from digitpad.training.measuring import measure
from digitpad.training.own_network import OwnNetwork

Weights = dict[str, torch.Tensor]


def on_cpu(state: Weights) -> Weights:
    """A copy of weights that training does not change."""
    return {name: tensor.detach().cpu().clone().contiguous() for name, tensor in state.items()}


class TrainerWeights:
    """A trainer's weights as events.RunWeights has them; nothing of the run changes by looking."""

    def __init__(
        self,
        network: DeclaredNetwork | OwnNetwork,
        ema: EvaluatedWeights[DeclaredNetwork | OwnNetwork],
        validation: DigitSource,
    ) -> None:
        """network: the one that is trained, with its EMA. validation: the digits held back."""
        self.steps = 0
        self._network, self._ema, self._validation = network, ema, validation
        self._loss: torch.Tensor | None = None

    def took_step(self, steps: int, loss: torch.Tensor) -> None:
        """The weights were changed, so often in all; loss: of the digits of that step."""
        self.steps, self._loss = steps, loss.detach()

    @property
    def loss(self) -> float | None:
        """Of the digits of the last step; None where there was none yet."""
        return None if self._loss is None else float(self._loss)

    def copy(self, is_average: bool) -> Weights:
        """The tensors by their names, float32, on the CPU."""
        return on_cpu(self._of(is_average).state_dict())

    def validation(self, is_average: bool) -> tuple[float, float, int]:
        """Mean cross-entropy, accuracy in [0, 1] and number of the digits held back."""
        digits = self._validation
        score = measure(self._of(is_average), digits.digits, digits.labels)
        return score.loss, score.accuracy, score.n

    def _of(self, is_average: bool) -> DeclaredNetwork | OwnNetwork:
        return self._ema.module if is_average else self._network
