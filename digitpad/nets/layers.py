"""The layers that networks are declared with, as PyTorch modules; each one's activation is what
it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
import torch.nn.functional as F
from torch import nn

from digitpad.nets.spec.character_codes import character_codes
from digitpad.nets.spec.layer_types import Conv, Dense, Layer, Pool, Rbf

_SCALE, _SLOPE = 1.7159, 2 / 3


def scaled_tanh(x: torch.Tensor) -> torch.Tensor:
    """1.7159 tanh(2x / 3): LeCun et al. 1998, equation 6 and appendix A."""
    return _SCALE * torch.tanh(_SLOPE * x)


ACTIVATE: dict[str | None, Callable[[torch.Tensor], torch.Tensor]] = {
    None: lambda x: x,
    "tanh": torch.tanh,
    "scaled tanh": scaled_tanh,
    "sigmoid": torch.sigmoid,
    "ReLU": F.relu,
    "leaky ReLU": F.leaky_relu,  # slope 0.01, PyTorch's own
}


class FullConv(nn.Conv2d):
    """A convolution where each map sees all maps before."""

    def __init__(self, inputs: int, side: int, layer: Conv) -> None:
        super().__init__(inputs, layer.maps, layer.kernel, padding=layer.padding)
        # A kernel that covers the whole input is one matrix product, which is faster.
        self._covers = layer.padding == 0 and side == layer.kernel

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(n, maps, side', side') of x (n, inputs, side, side); (n, maps) where the kernel covers
        all of x."""
        if self._covers:
            return F.linear(x.flatten(1), self.weight.flatten(1), self.bias)
        return super().forward(x)


class TableConv(nn.Module):
    """A convolution where each map sees the maps that a table names; only their kernels exist.

    weight: float32 (connections, kernel, kernel), map by map in the table's order; bias: float32
    (maps,).
    """

    _at: torch.Tensor

    def __init__(self, inputs: int, layer: Conv) -> None:
        super().__init__()
        assert layer.table is not None
        pairs = [(map_, seen) for map_, row in enumerate(layer.table) for seen in row]
        self._shape = (layer.maps, inputs, layer.kernel, layer.kernel)
        self._padding = layer.padding
        self._fan_in = [len(row) * layer.kernel**2 for row in layer.table]
        self.register_buffer(
            "_at", torch.tensor([m * inputs + s for m, s in pairs]), persistent=False
        )
        self.weight = nn.Parameter(torch.empty(len(pairs), layer.kernel, layer.kernel))
        self.bias = nn.Parameter(torch.empty(layer.maps))
        self._owner = [map_ for map_, _ in pairs]
        self.start(lambda fan_in: fan_in**-0.5)  # as PyTorch's own convolutions start

    def start(self, bound: Callable[[int], float]) -> None:
        """Random weights, uniform between plus and minus the bound of each map's own fan-in."""
        with torch.no_grad():
            for kernel, owner in zip(self.weight, self._owner, strict=True):
                kernel.uniform_(-bound(self._fan_in[owner]), bound(self._fan_in[owner]))
            for value, fan_in in zip(self.bias, self._fan_in, strict=True):
                value.uniform_(-bound(fan_in), bound(fan_in))

    def dense(self) -> torch.Tensor:
        """The kernels as a full convolution has them, (maps, inputs, kernel, kernel), zero where
        nothing is joined."""
        maps, inputs, height, width = self._shape
        spread = self.weight.new_zeros(maps * inputs, height, width)
        return spread.index_copy(0, self._at, self.weight).view(self._shape)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(n, maps, side', side') of x (n, inputs, side, side)."""
        return F.conv2d(x, self.dense(), self.bias, padding=self._padding)


class SharedConv(nn.ModuleList):
    """A convolution by a table where the maps of a group share one kernel and bias, as tutorial 003
    writes it.

    One nn.Conv2d for each group; a map's inputs meet the kernel's channels in the table's order.
    """

    _from: torch.Tensor
    _at: torch.Tensor
    _owner: torch.Tensor

    def __init__(self, inputs: int, layer: Conv) -> None:
        assert layer.table is not None and layer.shared is not None
        firsts = layer.firsts
        super().__init__(
            nn.Conv2d(len(layer.table[first]), 1, layer.kernel, padding=layer.padding)
            for first in firsts
        )
        owner = [group for group, count in enumerate(layer.shared) for _ in range(count)]
        begins = [
            sum(len(layer.table[first]) for first in firsts[:group]) for group in range(len(firsts))
        ]
        pairs = [
            (map_, seen, place)
            for map_, row in enumerate(layer.table)
            for place, seen in enumerate(row)
        ]
        self._shape = (layer.maps, inputs, layer.kernel, layer.kernel)
        self._padding = layer.padding
        self.register_buffer(
            "_from", torch.tensor([begins[owner[m]] + p for m, _, p in pairs]), persistent=False
        )
        self.register_buffer(
            "_at", torch.tensor([m * inputs + s for m, s, _ in pairs]), persistent=False
        )
        self.register_buffer("_owner", torch.tensor(owner), persistent=False)

    @property
    def owners(self) -> list[int]:
        """The number of each map's group."""
        return [int(one) for one in self._owner.tolist()]

    def dense(self) -> tuple[torch.Tensor, torch.Tensor]:
        """The kernels as a full convolution has them, (maps, inputs, kernel, kernel), zero where
        nothing is joined, and the biases (maps,)."""
        convolutions = [group for group in self if isinstance(group, nn.Conv2d)]
        kernels = torch.cat([group.weight[0] for group in convolutions])
        biases = torch.cat([group.bias for group in convolutions if group.bias is not None])
        maps, inputs, height, width = self._shape
        spread = kernels.new_zeros(maps * inputs, height, width).index_copy(
            0, self._at, kernels[self._from]
        )
        return spread.view(self._shape), biases[self._owner]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(n, maps, side', side') of x (n, inputs, side, side)."""
        # One convolution with zeros where nothing is joined: several times as fast on a CPU as one
        # for each map.
        kernels, biases = self.dense()
        return F.conv2d(x, kernels, biases, padding=self._padding)


class FullyConnected(nn.Linear):
    """A layer whose every unit sees all units, or all pixels of all maps, before."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(n, units) of x (n, inputs) or (n, maps, side, side)."""
        return super().forward(x.flatten(1))


class Subsampling(nn.Module):
    """The sum of each block of a map, times the map's factor, plus its bias: LeCun et al. 1998,
    section II.B."""

    def __init__(self, maps: int, layer: Pool) -> None:
        super().__init__()
        self._size = layer.size
        self.block = layer.size**2
        """How many numbers each sum is of."""
        # At the start it averages.
        self.weight = nn.Parameter(torch.full((maps,), 1.0 / layer.size**2))
        self.bias = nn.Parameter(torch.zeros(maps))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(n, maps, side / size, side / size) of x (n, maps, side, side), both rounded down."""
        sums = F.avg_pool2d(x, self._size) * self.block
        return sums * self.weight[:, None, None] + self.bias[:, None, None]


class Distances(nn.Module):
    """The squared distance of 84 units to each class's code; the codes are fixed and are no
    parameters."""

    codes: torch.Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("codes", torch.from_numpy(character_codes()), persistent=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(n, 10) of x (n, 84)."""
        return (x[:, None] - self.codes).square().sum(2)


Builder = Callable[[Any, int, int], nn.Module]
"""Makes the module of a declared layer out of it, the count of the maps that it is given, and their
side; of units the side is 1."""

MODULES: dict[type[Layer], Builder] = {
    Conv: lambda layer, maps, side: _convolution(layer, maps, side),
    Pool: lambda layer, maps, side: _pooling(layer, maps),
    Dense: lambda layer, maps, side: FullyConnected(maps * side**2, layer.units),
    Rbf: lambda layer, maps, side: Distances(),
}
"""How each type of layers becomes a module, a row each.

A module takes float32 (n, maps, side, side), or (n, units), and gives what is shown of the layer
once the activation has been put on it, in the shape that the layer's info tells, behind n.
"""


def module_of(layer: Layer, inputs: Sequence[int]) -> nn.Module:
    """The module of a declared layer whose input has the shape inputs, without the batch; raises
    KeyError for a type of layers that is not in MODULES."""
    return MODULES[type(layer)](layer, inputs[0], inputs[1] if len(inputs) == 3 else 1)


def _convolution(layer: Conv, maps: int, side: int) -> nn.Module:
    if layer.table is None:
        return FullConv(maps, side, layer)
    return TableConv(maps, layer) if layer.shared is None else SharedConv(maps, layer)


def _pooling(layer: Pool, maps: int) -> nn.Module:
    if layer.kind == "subsampling":
        return Subsampling(maps, layer)
    return nn.MaxPool2d(layer.size) if layer.kind == "max" else nn.AvgPool2d(layer.size)


def drop_out(x: torch.Tensor, share: float, is_training: bool) -> torch.Tensor:
    """Values with a share of them silenced while a network trains, whole maps at a time where they
    are maps (n, maps, h, w); the same shape."""
    if not share:
        return x
    silence = F.dropout2d if x.ndim == 4 else F.dropout
    return silence(x, share, is_training)


def initialize(module: nn.Module, how: str) -> None:
    """Random weights anew: "default" leaves PyTorch's; "normal 0.01" as tutorial 001; "xavier" as
    tutorial 004; "fan-in 2.4" uniform up to 2.4 / fan-in (LeCun et al. 1998, appendix A).

    Raises ValueError for another name.
    """
    if how not in ("default", "normal 0.01", "xavier", "fan-in 2.4"):
        raise ValueError(f"no weights start as {how!r}")
    for layer in module.modules():
        if isinstance(layer, nn.Conv2d | nn.Linear):
            assert layer.bias is not None
            if how == "normal 0.01":
                nn.init.normal_(layer.weight, 0.0, 0.01)
                nn.init.zeros_(layer.bias)
            elif how == "xavier":
                nn.init.xavier_uniform_(layer.weight)
            elif how == "fan-in 2.4":
                bound = 2.4 / layer.weight[0].numel()
                nn.init.uniform_(layer.weight, -bound, bound)
                nn.init.uniform_(layer.bias, -bound, bound)
        elif isinstance(layer, TableConv) and how == "fan-in 2.4":
            layer.start(lambda fan_in: 2.4 / fan_in)
