"""The weights of a layer as a trace needs them, taken out of a network."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from digitpad.core.results import LayerKind
from digitpad.explain.layer_plans import LayerPlan, asked_maps
from digitpad.explain.results import LayerWeights, NoReason, StepKind, WeightStep
from digitpad.explain.tensors import array_of, slices_of
from digitpad.explain.traced_plans import traced_plans
from digitpad.nets.files.traced import TracedNetwork
from digitpad.nets.inputs import InputForm
from digitpad.nets.layers import (
    Distances,
    FullConv,
    FullyConnected,
    SharedConv,
    Subsampling,
    TableConv,
)
from digitpad.nets.modules import DeclaredNetwork, InspectableModel


def layer_weights(
    network: InspectableModel, form: InputForm, layer: str, map_: int | None = None
) -> LayerWeights:
    """The weights of a layer by its name: of all maps, or of one.

    Where all have more than MOST_NUMBERS, or the layer cannot be taken apart, the reason says so.
    Raises DigitpadError for a layer or a map that is not there.
    """
    infos = network.layer_infos()
    place, maps = asked_maps(network.name, infos, layer, map_)
    with torch.inference_mode():
        return _plan_of(network, place).weights(infos[place], form, maps)


def _plan_of(network: InspectableModel, place: int) -> LayerPlan:
    """How a layer's units are computed, by its place among the layers."""
    if isinstance(network, DeclaredNetwork):
        return _declared_plan(network, place)
    if isinstance(network, TracedNetwork):
        return traced_plans(network)[place]
    return LayerPlan(LayerKind.OTHER, "", reason=NoReason.NOT_TAKEN_APART)


def _declared_plan(network: DeclaredNetwork, place: int) -> LayerPlan:
    infos = network.layer_infos()
    side = network.declaration.side
    before = infos[place - 1].shape if place else (1, side, side)
    module = list(network.children())[place]
    kernels, steps = _told(module, before)
    activation = network.declaration.layers[place].activation
    if activation is not None:
        steps.append(WeightStep(StepKind.ACTIVATION, function=activation))
    return LayerPlan(
        infos[place].layer_kind,
        infos[place - 1].name if place else "",
        None if kernels is None else slices_of(kernels),
        tuple(steps),
        groups=tuple(module.owners) if isinstance(module, SharedConv) else None,
    )


def _told(
    module: nn.Module, before: tuple[int, ...]
) -> tuple[torch.Tensor | None, list[WeightStep]]:
    """The kernels of a declared layer's module, (maps, inputs, height, width), None of a pooling,
    and what is done to their sums; before: the shape of what feeds it."""
    sides = before[1:] if len(before) == 3 else (1, 1)
    match module:
        case FullConv():
            return module.weight, _bias(module.bias)
        case FullyConnected():
            weight = module.weight.view(len(module.weight), before[0], *sides)
            return weight, _bias(module.bias)
        case TableConv():
            return module.dense(), _bias(module.bias)
        case SharedConv():
            kernels, biases = module.dense()
            return kernels, _bias(biases)
        case Distances():
            return module.codes[:, :, None, None], []
        case Subsampling():
            factor = array_of(module.weight) * np.float32(module.block)
            return None, [WeightStep(StepKind.SCALE, factor, array_of(module.bias))]
    return None, []


def _bias(bias: torch.Tensor | None) -> list[WeightStep]:
    return [] if bias is None else [WeightStep(StepKind.BIAS, shift=array_of(bias))]
