"""The layers that networks are declared with, in numpy; each one gives what the PyTorch module of
the same declaration (nets/layers.py) gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from digitpad.nets.spec.character_codes import character_codes
from digitpad.nets.spec.layer_types import Conv, Dense, Layer, Pool, Rbf

Floats = npt.NDArray[np.float32]
Computed = Callable[[Floats], Floats]

_SCALE, _SLOPE = np.float32(1.7159), np.float32(2 / 3)
_ONE, _LEAK = np.float32(1), np.float32(0.01)

ACTIVATE: dict[str | None, Computed] = {
    None: lambda x: x,
    "tanh": lambda x: np.tanh(x),
    "scaled tanh": lambda x: _SCALE * np.tanh(_SLOPE * x),
    "sigmoid": lambda x: _ONE / (_ONE + np.exp(-x)),
    "ReLU": lambda x: np.maximum(x, np.float32(0)),
    "leaky ReLU": lambda x: np.maximum(x, _LEAK * x),
}
"""The activation functions by the names of ACTIVATIONS; each takes and gives float32."""


class MisfitError(ValueError):
    """Tensors that are not, name by name, what a declared network keeps."""


class Tensors:
    """A file's tensors by name, taken out one by one as a network wants them."""

    def __init__(self, tensors: Mapping[str, npt.NDArray[Any]]) -> None:
        self._left = dict(tensors)

    def take(self, name: str, *shape: int) -> Floats:
        """The tensor of this name; raises MisfitError where there is none, or not of finite
        float32 in this shape."""
        found = self._left.pop(name, None)
        if found is None or found.dtype != np.float32 or found.shape != shape:
            raise MisfitError(f"{name} is not as it should be")
        if not np.isfinite(found).all():
            raise MisfitError(f"{name} has values that are not finite")
        return found

    def end(self) -> None:
        """Raises MisfitError where a tensor was not taken."""
        if self._left:
            raise MisfitError(f"{next(iter(self._left))} is too many")


@dataclass(frozen=True, eq=False)
class PlainLayer:
    """A layer with its weights.

    compute: takes float32 (n, maps, side, side), or (n, units), and gives what is shown of the
    layer before its activation, in the shape of its info behind n, or one that has as many numbers
    in the same order. kernels: (maps, inputs, height, width) as a full layer of its kind has them,
    zero where nothing is joined; None of a pooling. factors: what sums are multiplied by, (maps,),
    of subsampling alone. biases: what is added then, (maps,); None where nothing is. groups: for
    each map the number of the kernel that it shares; None where each has its own.
    """

    compute: Computed
    kernels: Floats | None = None
    factors: Floats | None = None
    biases: Floats | None = None
    groups: tuple[int, ...] | None = None


Builder = Callable[[Any, int, int, Tensors], PlainLayer]
"""Makes a declared layer out of it, the count of the maps that it is given, their side (of units
1), and the tensors, of which it takes its own."""

PLAIN_LAYERS: dict[type[Layer], Builder] = {
    Conv: lambda layer, maps, side, tensors: _convolution(layer, maps, tensors),
    Pool: lambda layer, maps, side, tensors: _pooling(layer, maps, tensors),
    Dense: lambda layer, maps, side, tensors: _full(layer, maps, side, tensors),
    Rbf: lambda layer, maps, side, tensors: _distances(),
}
"""How each type of layers is computed, a row each."""


def _convolution(layer: Conv, inputs: int, tensors: Tensors) -> PlainLayer:
    kernels, biases, groups = _kernels(layer, inputs, tensors)
    rows = np.ascontiguousarray(kernels.reshape(layer.maps, -1))
    size, padding = layer.kernel, layer.padding

    def compute(x: Floats) -> Floats:
        count, _, side, _ = x.shape
        if side == size and not padding:
            return x.reshape(count, -1) @ rows.T + biases
        if padding:
            wide = np.zeros((count, inputs, side + 2 * padding, side + 2 * padding), np.float32)
            wide[:, :, padding:-padding, padding:-padding] = x
            x = wide
        windows = sliding_window_view(x, (size, size), axis=(2, 3))
        places = windows.shape[2:4]
        columns = windows.transpose(0, 1, 4, 5, 2, 3).reshape(count, rows.shape[1], -1)
        sums = rows @ columns
        sums += biases[:, None]
        return sums.reshape(count, layer.maps, *places)

    return PlainLayer(compute, kernels, biases=biases, groups=groups)


def _kernels(
    layer: Conv, inputs: int, tensors: Tensors
) -> tuple[Floats, Floats, tuple[int, ...] | None]:
    """The kernels (maps, inputs, size, size), zero where nothing is joined, the biases (maps,), and
    which maps share them."""
    name, maps, size = layer.name, layer.maps, layer.kernel
    if layer.table is None:
        weight = tensors.take(f"{name}.weight", maps, inputs, size, size)
        return weight, tensors.take(f"{name}.bias", maps), None
    kernels = np.zeros((maps, inputs, size, size), np.float32)
    if layer.shared is None:
        weight = tensors.take(f"{name}.weight", sum(map(len, layer.table)), size, size)
        pairs = [(map_, seen) for map_, row in enumerate(layer.table) for seen in row]
        for (map_, seen), kernel in zip(pairs, weight, strict=True):
            kernels[map_, seen] = kernel
        return kernels, tensors.take(f"{name}.bias", maps), None
    biases = np.zeros(maps, np.float32)
    groups = tuple(group for group, count in enumerate(layer.shared) for _ in range(count))
    for group, first in enumerate(layer.firsts):
        seen = len(layer.table[first])
        weight = tensors.take(f"{name}.{group}.weight", 1, seen, size, size)
        bias = tensors.take(f"{name}.{group}.bias", 1)
        for map_ in (map_ for map_, owner in enumerate(groups) if owner == group):
            kernels[map_, list(layer.table[map_])] = weight[0]
            biases[map_] = bias[0]
    return kernels, biases, groups


def _pooling(layer: Pool, maps: int, tensors: Tensors) -> PlainLayer:
    size = layer.size
    if layer.kind == "max":
        return PlainLayer(lambda x: _over_blocks(np.maximum, x, size))
    if layer.kind == "average":
        share = np.float32(1 / size**2)
        return PlainLayer(lambda x: _over_blocks(np.add, x, size) * share)
    factors = tensors.take(f"{layer.name}.weight", maps)
    biases = tensors.take(f"{layer.name}.bias", maps)
    return PlainLayer(
        lambda x: _over_blocks(np.add, x, size) * factors[:, None, None] + biases[:, None, None],
        factors=factors,
        biases=biases,
    )


def _over_blocks(join: Callable[[Floats, Floats], Floats], x: Floats, size: int) -> Floats:
    """What joins the numbers of each block of (n, maps, side, side); what fills no whole block is
    left out."""
    side = x.shape[2] // size * size
    found: Floats | None = None
    for row in range(size):
        for column in range(size):
            one = x[:, :, row:side:size, column:side:size]
            found = one if found is None else join(found, one)
    assert found is not None
    return found


def _full(layer: Dense, maps: int, side: int, tensors: Tensors) -> PlainLayer:
    weight = tensors.take(f"{layer.name}.weight", layer.units, maps * side**2)
    biases = tensors.take(f"{layer.name}.bias", layer.units)
    return PlainLayer(
        lambda x: x.reshape(len(x), -1) @ weight.T + biases,
        weight.reshape(layer.units, maps, side, side),
        biases=biases,
    )


def _distances() -> PlainLayer:
    codes = character_codes()
    return PlainLayer(lambda x: np.square(x[:, None] - codes).sum(axis=2), codes[:, :, None, None])
