"""The weights of a layer as a trace needs them, taken out of a network."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from digitpad.core.errors import DigitpadError
from digitpad.core.results import LayerInfo, LayerKind
from digitpad.explain.results import LayerWeights, NoReason, StepKind, WeightStep
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

MOST_NUMBERS = 1 << 20
"""How many numbers the weights of a layer may have that are told whole: 4 MB."""

_NONE = np.zeros(0, np.float32)


def layer_weights(
    network: InspectableModel, form: InputForm, layer: str, map_: int | None = None
) -> LayerWeights:
    """The weights of a layer by its name: of all maps, or of one.

    Where all have more than MOST_NUMBERS, or the layer cannot be taken apart, the reason says so.
    Raises DigitpadError for a layer or a map that is not there.
    """
    infos = network.layer_infos()
    place = next((number for number, one in enumerate(infos) if one.name == layer), None)
    if place is None:
        raise DigitpadError(f"{network.name} has no layer {layer[:40]!r}")
    info = infos[place]
    if map_ is not None and not 0 <= map_ < info.shape[0]:
        raise DigitpadError(f"{layer} has maps from 1 to {info.shape[0]}, not {map_ + 1}")
    nothing = LayerWeights(
        layer=layer,
        kind=info.layer_kind,
        source=infos[place - 1].name if place else "",
        first=map_ or 0,
        kernels=np.zeros((0, 0, 0, 0), np.float32),
        groups=np.zeros(0, np.int64),
        steps=(),
        mean=form.mean,
        std=form.std,
    )
    if not isinstance(network, DeclaredNetwork):
        return replace(nothing, reason=NoReason.NOT_TAKEN_APART)
    before = infos[place - 1].shape if place else (1, form.side, form.side)
    module = list(network.children())[place]
    maps = slice(None) if map_ is None else slice(map_, map_ + 1)
    with torch.inference_mode():
        kernels, steps = _told(module, before)
        if kernels is not None and kernels[maps].numel() > MOST_NUMBERS:
            return replace(nothing, reason=NoReason.TOO_LARGE)
        found = replace(
            nothing,
            kernels=nothing.kernels if kernels is None else _array(kernels[maps]),
            groups=_groups(module, info)[maps],
            steps=tuple(
                replace(step, factor=_part(step.factor, maps), shift=_part(step.shift, maps))
                for step in steps
            ),
        )
    activation = network.declaration.layers[place].activation
    if activation is None:
        return found
    return replace(
        found, steps=(*found.steps, WeightStep(StepKind.ACTIVATION, function=activation))
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
            factor = _array(module.weight) * np.float32(module.block)
            return None, [WeightStep(StepKind.SCALE, factor, _array(module.bias))]
    return None, []


def _groups(module: nn.Module, info: LayerInfo) -> npt.NDArray[np.int64]:
    """Which maps share a kernel; none of a pooling."""
    if isinstance(module, SharedConv):
        return np.array(module.owners, np.int64)
    pools = (LayerKind.POOLING_AVERAGE, LayerKind.POOLING_MAX, LayerKind.SUBSAMPLING)
    return np.arange(0 if info.layer_kind in pools else info.shape[0])


def _bias(bias: torch.Tensor | None) -> list[WeightStep]:
    return [] if bias is None else [WeightStep(StepKind.BIAS, shift=_array(bias))]


def _part(numbers: npt.NDArray[np.float32], maps: slice) -> npt.NDArray[np.float32]:
    return numbers[maps] if numbers.size else _NONE


def _array(values: torch.Tensor) -> npt.NDArray[np.float32]:
    found: npt.NDArray[np.float32] = values.detach().cpu().numpy().astype(np.float32)
    return found
