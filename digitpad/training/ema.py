"""The exponential moving average (EMA) of the weights, which reads better than any one step's."""

from __future__ import annotations

import copy
from typing import Generic, Protocol, TypeVar

import torch
from torch import nn

NetworkT = TypeVar("NetworkT", bound=nn.Module)
EvaluatedT = TypeVar("EvaluatedT", bound=nn.Module, covariant=True)


class EvaluatedWeights(Protocol[EvaluatedT]):
    """The weights of a run that are measured and saved, as a network: module."""

    @property
    def module(self) -> EvaluatedT:
        """The network to measure and to save."""
        ...

    def update(self, network: nn.Module, steps: int) -> None:
        """The network has taken a step; steps counts those before it."""
        ...


class EmaWeights(Generic[NetworkT]):
    """An exponential moving average of a network's weights; module holds it.

    Early on the decay is lower, (1 + steps) / (10 + steps), so that the random start is soon
    forgotten. Buffers are copied as they are.
    """

    def __init__(self, network: NetworkT, decay: float) -> None:
        """network: whose weights the average begins with. decay: in [0, 1]."""
        self.module: NetworkT = copy.deepcopy(network).eval().requires_grad_(False)
        self._decay = decay
        self._averaged: list[torch.Tensor] = list(self.module.parameters())

    @torch.no_grad()
    def update(self, network: nn.Module, steps: int) -> None:
        """Take in the network's weights after a step; steps counts those taken before it."""
        decay = min(self._decay, (1 + steps) / (10 + steps))
        torch._foreach_lerp_(self._averaged, list(network.parameters()), 1 - decay)
        for averaged, current in zip(self.module.buffers(), network.buffers(), strict=True):
            averaged.copy_(current)


class LatestWeights(Generic[NetworkT]):
    """No average: the network itself, as its last step left it."""

    def __init__(self, network: NetworkT) -> None:
        """network: the one that is trained."""
        self.module: NetworkT = network

    def update(self, network: nn.Module, steps: int) -> None:
        """Nothing: module is the network."""


def make_ema(network: NetworkT, decay: float | None) -> EvaluatedWeights[NetworkT]:
    """The EMA with that decay, in [0, 1], or the latest weights for None."""
    return LatestWeights(network) if decay is None else EmaWeights(network, decay)
