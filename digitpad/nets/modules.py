"""A declared network as a PyTorch module."""

from __future__ import annotations

from typing import Protocol

import torch
from torch import nn

from digitpad.core.results import LayerInfo
from digitpad.nets.inputs import InputForm
from digitpad.nets.layers import ACTIVATE, drop_out, initialize, module_of
from digitpad.nets.spec.catalogue import network_named
from digitpad.nets.spec.declaration import Network


class InferenceModel(Protocol):
    """A network that can be read with: an nn.Module that knows its input."""

    form: InputForm
    training: bool

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """Logits (n, classes) of x (n, 1, side, side)."""
        ...

    def train(self, mode: bool = True) -> object:
        """As nn.Module.train."""
        ...

    def eval(self) -> object:
        """As nn.Module.eval."""
        ...


class InspectableModel(InferenceModel, Protocol):
    """A network that also shows its layers at work."""

    name: str
    title: str

    def activations(self, x: torch.Tensor) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        """Logits (n, classes) and each layer's output for x (n, 1, side, side), from one forward
        pass."""
        ...

    def layer_infos(self) -> tuple[LayerInfo, ...]:
        """The layers in the order of the forward pass."""
        ...


class DeclaredNetwork(nn.Module):
    """A network of the catalogue (nets/spec/catalogue), with random weights; its layers bear the
    names declared.

    forward takes float32 (n, 1, side, side), as form makes it of digits, and gives logits float32
    (n, classes); n may be 0.
    """

    def __init__(self, declaration: Network, initialization: str = "default") -> None:
        super().__init__()
        self.declaration = declaration
        self.name, self.title = declaration.name, declaration.title
        self.form = InputForm(declaration.side, declaration.fit)
        shape: tuple[int, ...] = (1, declaration.side, declaration.side)
        for layer, info in zip(declaration.layers, declaration.layer_infos, strict=True):
            self.add_module(layer.name, module_of(layer, shape))
            shape = info.shape
        initialize(self, initialization)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Logits (n, classes) of x (n, 1, side, side)."""
        return self.activations(x)[0]

    @property
    def classes(self) -> int:
        """How many classes its last layer tells apart."""
        return self.declaration.classes

    def activations(self, x: torch.Tensor) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        """The logits (n, classes) and the output of every layer, by its name, from one forward
        pass of x (n, 1, side, side).

        Each is of the shape that its LayerInfo gives, behind n. The last one is the logits
        themselves, or the distances, whose negatives are the logits.
        """
        given: dict[str, torch.Tensor] = {}
        for layer, module in zip(self.declaration.layers, self.children(), strict=True):
            x = ACTIVATE[layer.activation](module(x))
            x = given[layer.name] = drop_out(x, layer.dropout, self.training)
        return (-x if self.declaration.gives_distances else x), given

    def layer_infos(self) -> tuple[LayerInfo, ...]:
        """Each layer's kind, shape, parameters and receptive field, in the order of the forward
        pass."""
        return self.declaration.layer_infos


def build(name: str, initialization: str = "default") -> DeclaredNetwork:
    """A fresh network of the catalogue with random weights; raises DigitpadError for a name that is
    not in it."""
    return DeclaredNetwork(network_named(name), initialization)
