"""What single operations of a watched pass do to a layer's numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch

from digitpad.explain.layer_plans import Kernels
from digitpad.explain.results import NoReason, StepKind, WeightStep
from digitpad.explain.tensors import array_of, slices_of
from digitpad.nets.files.traced_layer import TracedOperation
from digitpad.nets.files.traced_places import named_arguments

_NORM_ARGUMENTS = (
    "input",
    "running_mean",
    "running_var",
    "weight",
    "bias",
    "training",
    "momentum",
    "eps",
)
# The numbers that an activation function takes besides its input, with what they are by default.
_PARAMETERS: dict[str, tuple[tuple[str, float], ...]] = {
    "leaky ReLU": (("negative_slope", 0.01),),
    "elu": (("alpha", 1.0),),
    "celu": (("alpha", 1.0),),
    "hardtanh": (("min_val", -1.0), ("max_val", 1.0)),
    "softplus": (("beta", 1.0), ("threshold", 20.0)),
}


class UnknownError(Exception):
    """A layer does what is not taken apart."""

    def __init__(self, operation: str, reason: NoReason = NoReason.NOT_TAKEN_APART) -> None:
        super().__init__(operation)
        self.operation, self.reason = operation, reason


def grouped(weight: torch.Tensor, groups: int) -> Kernels:
    """What gives some maps' kernels over all inputs, zero for those of other groups."""
    if groups == 1:
        return slices_of(weight)
    maps, each = weight.shape[:2]

    def spread(some: slice) -> npt.NDArray[np.float32]:
        kernels = weight[some]
        found = kernels.new_zeros(len(kernels), each * groups, *kernels.shape[2:])
        for number, map_ in enumerate(range(*some.indices(maps))):
            first = map_ * groups // maps * each
            found[number, first : first + each] = kernels[number]
        return array_of(found)

    return spread


def bias_of(bias: torch.Tensor | None) -> list[WeightStep]:
    """The step that adds a bias, where there is one."""
    return [] if bias is None else [WeightStep(StepKind.BIAS, shift=array_of(bias))]


def normalised(one: TracedOperation, maps: int) -> WeightStep:
    """Batch normalisation by numbers that were kept, as a factor and a shift of each map."""
    named = named_arguments(_NORM_ARGUMENTS, one.args, one.kwargs)
    mean, variance = named.get("running_mean"), named.get("running_var")
    if named.get("training") or mean is None or variance is None:
        raise UnknownError("batch normalisation of the digit itself")
    factor = 1 / torch.sqrt(variance.double() + float(named.get("eps", 1e-5)))
    if named.get("weight") is not None:
        factor = factor * named["weight"].double()
    shift = -mean.double() * factor
    if named.get("bias") is not None:
        shift = shift + named["bias"].double()
    if factor.numel() != maps:
        raise UnknownError("batch normalisation")
    return WeightStep(StepKind.SCALE, array_of(factor), array_of(shift))


def activated(function: str, one: TracedOperation, maps: int) -> WeightStep:
    """An activation function with its own numbers."""
    if function == "prelu":
        slopes = array_of(one.args[1]).ravel()
        slopes = np.broadcast_to(slopes, (maps,)).astype(np.float32)
        return WeightStep(StepKind.ACTIVATION, slopes, function=function)
    if function == "gelu":
        is_tanh = one.kwargs.get("approximate", "none") == "tanh"
        return WeightStep(StepKind.ACTIVATION, function=function, parameters=(float(is_tanh),))
    given = one.args[1:]
    parameters = tuple(
        float(one.kwargs.get(name, given[number] if len(given) > number else usual))
        for number, (name, usual) in enumerate(_PARAMETERS.get(function, ()))
    )
    return WeightStep(StepKind.ACTIVATION, function=function, parameters=parameters)


def numbers_of(other: object, maps: int) -> npt.NDArray[np.float32] | None:
    """A number for each map, out of one or as many; None where it is something else."""
    if isinstance(other, int | float):
        return np.full(maps, other, np.float32)
    if isinstance(other, torch.Tensor) and other.numel() in (1, maps):
        return np.broadcast_to(array_of(other).ravel(), (maps,)).astype(np.float32)
    return None
