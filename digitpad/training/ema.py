"""A moving average of the weights, which reads better than the weights of any one step."""

from __future__ import annotations

import copy
from typing import Generic, Protocol, TypeVar

import torch
from torch import nn

NetworkT = TypeVar("NetworkT", bound=nn.Module)
KeptT = TypeVar("KeptT", bound=nn.Module, covariant=True)


class Kept(Protocol[KeptT]):
    """The weights of a run that are worth keeping, as a network: module."""

    @property
    def module(self) -> KeptT:
        """The network to measure and to keep."""
        ...

    def update(self, network: nn.Module, steps: int) -> None:
        """The network has taken a step; steps counts those before it."""
        ...


class WeightAverage(Generic[NetworkT]):
    """An exponential moving average of a network's weights; module holds it.

    Early on the decay is lower, (1 + steps) / (10 + steps), so that the random start is soon
    forgotten. Buffers are copied as they are.
    """

    def __init__(self, network: NetworkT, decay: float) -> None:
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
        self.module: NetworkT = network

    def update(self, network: nn.Module, steps: int) -> None:
        """Nothing: module is the network."""


def make_ema(network: NetworkT, decay: float | None) -> Kept[NetworkT]:
    """The average with that decay, or the latest weights for None."""
    return LatestWeights(network) if decay is None else WeightAverage(network, decay)
