"""One layer of a traced network while it is traced, and what is told of it in the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import torch

from digitpad.core.geometry import Feed, Geometry
from digitpad.core.results import LayerInfo, LayerKind
from digitpad.nets.spec.layer_types import ACTIVATIONS, Range

OUR_ACTIVATIONS = {"leaky_relu": "leaky ReLU", "relu": "ReLU", "sigmoid": "sigmoid", "tanh": "tanh"}
"""The activation functions that a declared network may have, by PyTorch's names of them."""

OTHER_ACTIVATIONS: dict[str, Range] = {
    "celu": (-1.0, None),
    "elu": (-1.0, None),
    "gelu": (None, None),
    "hardsigmoid": (0.0, 1.0),
    "hardswish": (None, None),
    "hardtanh": (None, None),  # its ends are its arguments
    "logsigmoid": (None, 0.0),
    "mish": (None, None),
    "prelu": (None, None),
    "relu6": (0.0, 6.0),
    "rrelu": (None, None),
    "selu": (None, None),
    "silu": (None, None),
    "softplus": (0.0, None),
    "softsign": (-1.0, 1.0),
}
"""All others, each with the range of its values."""

_LETTERS = {
    LayerKind.CONVOLUTION: "C",
    LayerKind.FULL: "F",
    LayerKind.POOLING_MAX: "S",
    LayerKind.POOLING_AVERAGE: "S",
}
_LOCAL = (*_LETTERS.keys() - {LayerKind.FULL}, LayerKind.OTHER)
_LONGEST_NAME = 60
_MOST_FEEDS = 50


@dataclass(eq=False)
class TracedOperation:
    """One operation that belongs to a layer, as torch was asked for it, and what it gave."""

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    output: torch.Tensor


@dataclass(frozen=True, eq=False)
class TracedFeed:
    """As Feed, of layers that have no names yet."""

    layer: TracedLayer
    geometry: Geometry | None
    same_map: bool


@dataclass(eq=False)
class TracedLayer:
    """One layer while it is traced: what it is, what a unit of it sees, and what it gave.

    receptive_field, start, stride: as LayerInfo has them, in input pixels. parameters: the count of
    each by its tensor's id. is_sparse: whether a map sees less than all maps before. own_name: what
    the reader's module calls it. is_placed: whether a unit's field is known, which that of a layer
    that looks elsewhere for each input, or at all at once, is not; nor are those that follow it.
    operations: those that belong to it, in their order. feeds: what it takes, the main one first.
    is_spread: something in it, as a normalisation over the whole map, has each unit see all.
    is_input: it is no layer but the network's input.
    """

    kind: str
    layer_kind: LayerKind
    output: torch.Tensor
    receptive_field: int = 1
    start: int = 0
    stride: int = 1
    parameters: dict[int, int] = field(default_factory=dict)
    activations: list[str] = field(default_factory=list)
    low: float | None = None
    high: float | None = None
    connections: list[tuple[int, ...]] = field(default_factory=list)
    is_sparse: bool = False
    own_name: str = ""
    is_placed: bool = True
    operations: list[TracedOperation] = field(default_factory=list)
    feeds: list[TracedFeed] = field(default_factory=list)
    is_spread: bool = False
    is_input: bool = False

    def act(self, name: str, output: torch.Tensor) -> None:
        """Its output goes through an activation function."""
        title = OUR_ACTIVATIONS.get(name, name)
        self.activations.append(title)
        self.low, self.high = (
            ACTIVATIONS[title] if title in ACTIVATIONS else OTHER_ACTIVATIONS[name]
        )
        self.give(output)

    def give(self, output: torch.Tensor) -> None:
        """Its output becomes another of the same size; one that is laid out otherwise takes its
        layout."""
        if output.numel() == self.output.numel():
            self.output = output.reshape(self.output.shape)

    def own(self, *given: object) -> None:
        """Count parameters, each of them once."""
        self.parameters.update(
            {id(one): one.numel() for one in given if isinstance(one, torch.Tensor)}
        )


def layer_infos_of(
    layers: list[TracedLayer], side: int, names: Mapping[int, str] | None = None
) -> tuple[LayerInfo, ...]:
    """What is told of traced layers, named as LeCun et al. 1998 name theirs: C1, S2, C3 ..., the
    last one output, with the reader's own name behind what it is.

    names: what the reader calls the part that holds each parameter, by the parameter's id, for
    layers that do not bear a name themselves.
    """
    found = []
    for number, layer in enumerate(layers, 1):
        letter = _LETTERS.get(layer.layer_kind, "L")
        is_last = number == len(layers)
        shape = tuple(layer_activation(layer.output).shape[1:])
        is_units, is_local = len(shape) == 1, layer.is_placed and layer.layer_kind in _LOCAL
        own = layer.own_name or next(
            ((names or {})[one] for one in layer.parameters if one in (names or {})), ""
        )
        kind = ", ".join([layer.kind, *layer.activations])
        if not layer.is_placed and layer.layer_kind is LayerKind.OTHER:
            kind += ", whose units may each see all of the input"
        found.append(
            LayerInfo(
                name="output" if is_last else f"{letter}{number}",
                kind=f"{kind} ({own[:_LONGEST_NAME]})" if own else kind,
                layer_kind=layer.layer_kind,
                shape=shape,
                parameters=sum(layer.parameters.values()),
                receptive_field=layer.receptive_field
                if is_local
                else max(layer.receptive_field, side),
                low=layer.low,
                high=layer.high,
                # With a stride of 0 every unit's field is the first one's: all of the input.
                stride=1 if is_units else layer.stride if layer.is_placed else 0,
                start=layer.start if is_local else 0,
                connections=tuple(layer.connections) if layer.is_sparse else (),
            )
        )
    known = {id(layer): info.name for layer, info in zip(layers, found, strict=True)}
    return tuple(
        replace(info, feeds=_feeds(layer, known, {one.name for one in found[:number]}))
        for number, (layer, info) in enumerate(zip(layers, found, strict=True))
    )


def _feeds(layer: TracedLayer, known: Mapping[int, str], before: set[str]) -> tuple[Feed, ...]:
    """What feeds a layer, by name; none where it is not known of one of them. known: the layers'
    names by their ids; before: those of the layers before it."""
    found: list[Feed] = []
    for feed in layer.feeds:
        name = "" if feed.layer.is_input else known.get(id(feed.layer))
        if name is None or (name and name not in before):
            return ()
        told = Feed(name, None if layer.is_spread else feed.geometry, feed.same_map)
        if told not in found:
            found.append(told)
    return tuple(found) if len(found) <= _MOST_FEEDS else ()


def layer_activation(output: torch.Tensor) -> torch.Tensor:
    """A layer's output as it is shown: maps (n, maps, h, w) where they are more than a pixel
    each, else (n, units)."""
    return output if output.ndim == 4 and output.shape[2:].numel() > 1 else output.flatten(1)
