"""The networks that Digitpad can train and show, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, cast

import torch
from torch import nn

from digitpad.errors import DigitpadError
from digitpad.nets.lenet5 import LeNet5
from digitpad.recognition import LayerFacts


class Network(Protocol):
    """What every network of the table offers beside being an nn.Module."""

    name: str
    title: str

    def activations(self, x: torch.Tensor) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        """Logits (n, classes) and each layer's output for x (n, 1, 28, 28), from one forward pass."""
        ...

    def facts(self) -> tuple[LayerFacts, ...]:
        """The layers in the order of the forward pass."""
        ...


@dataclass(frozen=True)
class NetworkEntry:
    """One network: its name on the command line, its title in the window, and what makes a fresh one."""

    name: str
    title: str
    make: Callable[[], nn.Module]


NETWORKS: dict[str, NetworkEntry] = {
    LeNet5.name: NetworkEntry(LeNet5.name, LeNet5.title, LeNet5),
}


def build(name: str) -> nn.Module:
    """A fresh network with random weights; raises DigitpadError for a name that is not in NETWORKS."""
    try:
        return NETWORKS[name].make()
    except KeyError:
        known = ", ".join(sorted(NETWORKS))
        raise DigitpadError(f"there is no network named {name[:40]!r}; known: {known}") from None


def as_network(module: nn.Module) -> Network:
    """The same object, seen as a Network; raises TypeError where it does not offer what a Network does."""
    for needed in ("name", "title", "activations", "facts"):
        if not hasattr(module, needed):
            raise TypeError(f"{type(module).__name__} has no {needed}")
    return cast(Network, module)
