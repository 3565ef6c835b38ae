"""How the layers of a module of the reader's own are computed, from one watched pass.

A layer is taken apart where all that it does is known: a convolution, a product, a pooling, then
normalisation by numbers that were kept, additions, activation functions. Each plan is tried on
units of that pass before it is believed.
"""

from __future__ import annotations

import weakref

import numpy as np
import numpy.typing as npt
import torch

from digitpad.core.results import LayerInfo, LayerKind, Unit
from digitpad.explain.activations import FUNCTIONS
from digitpad.explain.layer_plans import Kernels, LayerPlan
from digitpad.explain.results import NoReason, StepKind, WeightStep
from digitpad.explain.tensors import array_of, slices_of
from digitpad.explain.traced_steps import (
    UnknownError,
    activated,
    bias_of,
    grouped,
    normalised,
    numbers_of,
)
from digitpad.explain.traces import trace_unit
from digitpad.nets.files.operations import (
    POOLING_ARGUMENTS,
    POOLINGS,
    PRODUCT_ARGUMENTS,
    PRODUCTS,
    TRANSPOSED_ARGUMENTS,
)
from digitpad.nets.files.traced import TracedNetwork
from digitpad.nets.files.traced_layer import OUR_ACTIVATIONS, TracedLayer, TracedOperation
from digitpad.nets.files.traced_places import named_arguments
from digitpad.nets.inputs import InputForm

# What changes no number, but where it stands.
_NOTHING = ("dropout", "dropout2d", "feature_dropout", "alpha_dropout", "identity", "contiguous")
_LAYOUTS = ("view", "reshape", "flatten", "squeeze", "unsqueeze", "clone", "detach", "to", "float")
_TRIED_UNITS = 6
_PLAIN = InputForm()
_TOLERANCE = 1e-4

_plans: weakref.WeakKeyDictionary[TracedNetwork, list[LayerPlan]] = weakref.WeakKeyDictionary()


def traced_plans(network: TracedNetwork) -> list[LayerPlan]:
    """The plan of each layer, in their order; made once for a network."""
    found = _plans.get(network)
    if found is None:
        found = _plans[network] = _made(network)
    return found


def _made(network: TracedNetwork) -> list[LayerPlan]:
    device = next((one.device for one in network.parameters()), torch.device("cpu"))
    generator = torch.Generator().manual_seed(0)
    side = network.form.side
    x = torch.rand(1, 1, side, side, generator=generator).to(device)
    with torch.inference_mode():
        _, layers = network.traced(x)
        infos = network.layer_infos()
        reading = _Reading(x, layers, infos)
        return [reading.plan(place) for place in range(len(infos))]


class _Reading:
    """One watched pass that is read again, layer by layer."""

    def __init__(
        self, x: torch.Tensor, layers: list[TracedLayer], infos: tuple[LayerInfo, ...]
    ) -> None:
        self._x, self._layers, self._infos = x, layers, infos
        self._activations: dict[str, npt.NDArray[np.float32]] = {"": array_of(x[0, 0])}
        for layer, info in zip(layers, infos, strict=True):
            self._activations[info.name] = array_of(layer.output).reshape(info.shape)

    def plan(self, place: int) -> LayerPlan:
        """How a layer's units are computed; with a reason where that is not known."""
        info = self._infos[place]
        try:
            plan = self._plan(place)
        except UnknownError as error:
            return LayerPlan(info.layer_kind, "", reason=error.reason, operation=error.operation)
        if not self._holds(plan, info):
            operation = self._layers[place].kind
            return LayerPlan(
                info.layer_kind, "", reason=NoReason.NOT_TAKEN_APART, operation=operation
            )
        return plan

    def _plan(self, place: int) -> LayerPlan:
        layer, info = self._layers[place], self._infos[place]
        if not layer.operations or not layer.feeds or not info.feeds:
            raise UnknownError(layer.kind)
        first, *others = layer.operations
        kind, kernels, steps, counts_padding, given = self._begun(first, info)
        source = self._source(given, info)
        steps += self._steps(first.output, others, layer, place)
        return LayerPlan(kind, source, kernels, tuple(steps), counts_padding=counts_padding)

    def _begun(
        self, first: TracedOperation, info: LayerInfo
    ) -> tuple[
        LayerKind,
        Kernels | None,
        list[WeightStep],
        bool,
        torch.Tensor,
    ]:
        """What the operation that begins a layer does: its kind, kernels, bias, whether padding
        counts in its averages, and the tensor that it is given."""
        name, args, kwargs = first.name, first.args, first.kwargs
        geometry = info.feeds[0].geometry
        if name == "conv2d" and geometry is not None:
            named = named_arguments(PRODUCT_ARGUMENTS, args, kwargs)
            kernels = grouped(named["weight"], int(named.get("groups", 1)))
            return (
                LayerKind.CONVOLUTION,
                kernels,
                bias_of(named.get("bias")),
                True,
                named["input"],
            )
        if name == "conv_transpose2d" and geometry is not None:
            named = named_arguments(TRANSPOSED_ARGUMENTS, args, kwargs)
            if int(named.get("groups", 1)) != 1:
                raise UnknownError("grouped transposed convolution")
            weight = named["weight"].transpose(0, 1)
            return (
                LayerKind.CONVOLUTION,
                slices_of(weight),
                bias_of(named.get("bias")),
                True,
                named["input"],
            )
        if name == "linear" or (name in PRODUCTS and len(args) == 2):
            named = named_arguments(PRODUCT_ARGUMENTS, args, kwargs)
            weight = named["weight"] if name == "linear" else args[1].t()
            shape = self._shape_before(info)
            if weight.ndim != 2 or weight.shape[1] != int(np.prod(shape)):
                raise UnknownError("", NoReason.HIDDEN_INPUT)
            laid = weight.reshape(len(weight), *shape)
            bias = named.get("bias") if name == "linear" else None
            return LayerKind.FULL, slices_of(laid), bias_of(bias), True, args[0]
        if name in POOLINGS and geometry is not None:
            named = named_arguments(POOLING_ARGUMENTS, args, kwargs)
            extra = args[5] if len(args) > 5 and name == "avg_pool2d" else True
            counts = bool(kwargs.get("count_include_pad", extra))
            return POOLINGS[name][1], None, [], counts, named["input"]
        raise UnknownError(self._layers[self._infos.index(info)].kind)

    def _shape_before(self, info: LayerInfo) -> tuple[int, int, int]:
        """The shape of the layer that feeds another, as maps."""
        shape = self._activations[info.feeds[0].layer].shape
        if len(shape) == 1:
            return shape[0], 1, 1
        return (1, *shape) if len(shape) == 2 else shape

    def _source(self, given: torch.Tensor, info: LayerInfo) -> str:
        """Which layer's activations an operation is given: they are looked for by their numbers."""
        name = info.feeds[0].layer
        known, numbers = self._activations[name], array_of(given[0])
        if name == "" and numbers.ndim == 3 and len(numbers) > 1:
            # The input is given as three channels.
            known = np.broadcast_to(known, numbers.shape)
        if known.size != numbers.size and numbers.ndim == 3 and known.ndim > 1:
            numbers = self._unpadded(numbers, known)
        if known.size != numbers.size or not np.array_equal(
            known.ravel(), numbers.ravel(), equal_nan=True
        ):
            raise UnknownError("", NoReason.HIDDEN_INPUT)
        return name

    @staticmethod
    def _unpadded(
        numbers: npt.NDArray[np.float32], known: npt.NDArray[np.float32]
    ) -> npt.NDArray[np.float32]:
        """What padding has been put around, where it is found."""
        maps = known if known.ndim == 3 else known[None]
        rows, columns = (numbers.shape[axis] - maps.shape[axis] for axis in (1, 2))
        if len(numbers) != len(maps) or rows < 0 or columns < 0:
            return numbers
        for top in range(rows + 1):
            for left in range(columns + 1):
                part = numbers[:, top : top + maps.shape[1], left : left + maps.shape[2]]
                if np.array_equal(part, maps):
                    return part
        return numbers

    def _steps(
        self,
        begun: torch.Tensor,
        operations: list[TracedOperation],
        layer: TracedLayer,
        place: int,
    ) -> list[WeightStep]:
        """What happens to the sums until they are the layer's activations."""
        current, found = begun, list[WeightStep]()
        maps = self._infos[place].shape[0]
        for one in operations:
            if not any(argument is current for argument in one.args):
                continue
            try:
                step = self._step(one, current, maps, place)
            except UnknownError:
                # What comes behind the layer's activations, such as a softmax, is no part of it.
                if _is_same(current, layer.output):
                    break
                raise
            if step is not None:
                found.append(step)
            current = one.output
        if not _is_same(current, layer.output):
            raise UnknownError(layer.kind)
        return found

    def _step(
        self, one: TracedOperation, current: torch.Tensor, maps: int, place: int
    ) -> WeightStep | None:
        """What an operation does to each number; None where it leaves it as it is."""
        if one.name in _NOTHING or one.name in _LAYOUTS:
            return None
        if one.name == "batch_norm":
            return normalised(one, maps)
        function = OUR_ACTIVATIONS.get(one.name, one.name)
        if function in FUNCTIONS:
            return activated(function, one, maps)
        return self._arithmetic(one, current, maps, place)

    def _arithmetic(
        self, one: TracedOperation, current: torch.Tensor, maps: int, place: int
    ) -> WeightStep:
        """An addition or a multiplication by numbers, or by another layer's activations."""
        name = one.name.removeprefix("i").removeprefix("r")
        others = [argument for argument in one.args if argument is not current]
        is_first = one.args[0] is current
        if len(one.args) != 2 or len(others) != 1 or one.kwargs:
            raise UnknownError(one.name)
        other = others[0]
        if name == "add" and isinstance(other, torch.Tensor):
            added = self._added(other, place)
            if added is not None:
                return added
        numbers = numbers_of(other, maps)
        if numbers is None or (not is_first and name not in ("add", "mul")):
            raise UnknownError(one.name)
        ones, nothing = np.ones(maps, np.float32), np.zeros(maps, np.float32)
        if name in ("add", "sub"):
            return WeightStep(StepKind.SCALE, ones, numbers if name == "add" else -numbers)
        if name in ("mul", "div", "true_divide"):
            return WeightStep(
                StepKind.SCALE, numbers if name == "mul" else np.reciprocal(numbers), nothing
            )
        raise UnknownError(one.name)

    def _added(self, other: torch.Tensor, place: int) -> WeightStep | None:
        """That another layer's activations are added, of those before."""
        if other.numel() != self._layers[place].output.numel():
            return None
        numbers = array_of(other).ravel()
        for info in self._infos[:place]:
            known = self._activations[info.name]
            if known.size == numbers.size and np.array_equal(known.ravel(), numbers):
                return WeightStep(StepKind.ADDITION, layer=info.name)
        raise UnknownError("addition", NoReason.HIDDEN_INPUT)

    def _holds(self, plan: LayerPlan, info: LayerInfo) -> bool:
        """Whether some units come out as they did in the pass, those at the corners among them."""
        rng = np.random.default_rng(0)
        sides = info.shape[1:] if len(info.shape) == 3 else (1, 1)
        places = [(0, 0), (sides[0] - 1, sides[1] - 1)]
        while len(places) < _TRIED_UNITS:
            places.append((int(rng.integers(sides[0])), int(rng.integers(sides[1]))))
        for row, column in places:
            map_ = int(rng.integers(info.shape[0]))
            unit = Unit(info, map_, row, column)
            weights = plan.weights(info, _PLAIN, slice(map_, map_ + 1))
            try:
                trace = trace_unit(unit, weights, self._activations)
            except (ValueError, IndexError, KeyError):
                return False
            size = 1.0
            if trace.sums is not None:
                size += float(np.abs(trace.sums.products).sum())
            if not abs(trace.value - trace.shown) <= _TOLERANCE * size:
                return False
        return True


def _is_same(one: torch.Tensor, other: torch.Tensor) -> bool:
    """Whether two tensors hold the same numbers in the same order."""
    return one.numel() == other.numel() and torch.equal(one.flatten(), other.flatten())
