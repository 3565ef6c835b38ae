"""A declared network as a PyTorch module."""

from __future__ import annotations

from typing import Protocol

import torch
import torch.nn.functional as F
from torch import nn

from digitpad.core.results import LayerInfo
from digitpad.nets.inputs import InputForm
from digitpad.nets.layers import ACTIVATE, Distances, initialize, module_of
from digitpad.nets.spec.catalogue import network_named
from digitpad.nets.spec.declaration import Conv, Network


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
    """A network of the table (nets/spec/catalogue), with random weights; its layers bear the
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
            module = module_of(layer, shape)
            if module is not None:
                self.add_module(layer.name, module)
            shape = info.shape
        initialize(self, initialization)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.activations(x)[0]

    def activations(self, x: torch.Tensor) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        """The logits (n, classes) and the output of every layer, by its name, from one forward
        pass.

        Each is of the shape that its LayerInfo give, behind n. The last one is the logits
        themselves, or the distances, whose negatives are the logits.
        """
        given: dict[str, torch.Tensor] = {}
        modules = dict(self.named_children())
        for layer in self.declaration.layers:
            module = modules.get(layer.name)
            if isinstance(layer, Conv):
                assert module is not None
                x = module(x)
                if layer.dropout:
                    x = F.dropout2d(x, layer.dropout, self.training)
            elif module is not None:
                x = module(x.flatten(1) if isinstance(module, nn.Linear) else x)
            else:
                pool = F.max_pool2d if getattr(layer, "kind", "") == "max" else F.avg_pool2d
                x = pool(x, layer.size)  # type: ignore[union-attr]
            if not isinstance(module, Distances):
                x = ACTIVATE[layer.activation](x)  # type: ignore[union-attr]
            if isinstance(module, nn.Linear) and layer.dropout:  # type: ignore[union-attr]
                x = F.dropout(x, layer.dropout, self.training)  # type: ignore[union-attr]
            given[layer.name] = x
        return (-x if self.declaration.gives_distances else x), given

    def layer_infos(self) -> tuple[LayerInfo, ...]:
        """Each layer's kind, shape, parameters and receptive field, in the order of the forward
        pass."""
        return self.declaration.layer_infos


def build(name: str, initialization: str = "default") -> DeclaredNetwork:
    """A fresh network of the table with random weights; raises DigitpadError for a name that is
    not in it."""
    return DeclaredNetwork(network_named(name), initialization)
