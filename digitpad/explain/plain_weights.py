"""The weights of a layer as a trace needs them, of a network that is read without PyTorch."""

from __future__ import annotations

import numpy as np

from digitpad.explain.layer_plans import LayerPlan, asked_maps
from digitpad.explain.results import LayerWeights, StepKind, WeightStep
from digitpad.nets.plain_reader import PlainNetwork, PlainReader
from digitpad.nets.spec.layer_types import Pool


def plain_layer_weights(reader: PlainReader, layer: str, map_: int | None = None) -> LayerWeights:
    """The weights of a layer by its name, of all maps or of one, as layer_weights gives them;
    raises DigitpadError as that does."""
    infos = reader.info.layers
    place, maps = asked_maps(reader.info.network, infos, layer, map_)
    return _plan_of(reader.network, place).weights(infos[place], reader.form, maps)


def _plan_of(network: PlainNetwork, place: int) -> LayerPlan:
    """How a layer's units are computed, by its place among the layers."""
    infos, declared = network.declaration.layer_infos, network.declaration.layers[place]
    plain = network.layers[place]
    steps = []
    if plain.factors is not None and plain.biases is not None and isinstance(declared, Pool):
        # The factors are of sums, and a trace has the blocks' averages.
        block = np.float32(declared.size**2)
        steps.append(WeightStep(StepKind.SCALE, plain.factors * block, plain.biases))
    elif plain.biases is not None:
        steps.append(WeightStep(StepKind.BIAS, shift=plain.biases))
    if declared.activation is not None:
        steps.append(WeightStep(StepKind.ACTIVATION, function=declared.activation))
    return LayerPlan(
        infos[place].layer_kind,
        infos[place - 1].name if place else "",
        None if plain.kernels is None else plain.kernels.__getitem__,
        tuple(steps),
        groups=plain.groups,
    )
