"""What a network is made of, declared: the module, the figure in the window and the documentation
follow from it.

Nothing here needs torch, so that a window can lay a network out before torch has loaded.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from digitpad.core.results import LayerInfo, LayerKind

ACTIVATIONS: dict[str, tuple[float | None, float | None]] = {
    "tanh": (-1.0, 1.0),
    "scaled tanh": (-1.7159, 1.7159),
    "sigmoid": (0.0, 1.0),
    "ReLU": (0.0, None),
    "leaky ReLU": (None, None),
}
"""The activation functions by name, each with the ends of its range (None where it has none)."""

POOLINGS = {
    "average": LayerKind.POOLING_AVERAGE,
    "max": LayerKind.POOLING_MAX,
    "subsampling": LayerKind.SUBSAMPLING,
}
"""What Pool.kind may be."""


@dataclass(frozen=True)
class Conv:
    """A convolution with a square kernel and stride 1.

    table: for each map, the maps before that it sees, in the order of its kernel; without it, all
    see all. shared: how many maps, one after another, share one kernel and bias; it needs a table.
    dropout: the share of whole maps that training silences. A kernel that covers all of its input
    makes units rather than maps.
    """

    name: str
    maps: int
    kernel: int
    activation: str | None = None
    padding: int = 0
    table: tuple[tuple[int, ...], ...] | None = None
    shared: tuple[int, ...] | None = None
    dropout: float = 0.0


@dataclass(frozen=True)
class Pool:
    """Each size x size block of a map becomes one number: its "average", its "max", or for
    "subsampling" its sum times a trained factor plus a trained bias, both the map's own. What
    fills no whole block is left out."""

    name: str
    kind: str = "average"
    activation: str | None = None
    size: int = 2


@dataclass(frozen=True)
class Dense:
    """Every unit sees all units before. dropout: the share of its units that training silences."""

    name: str
    units: int
    activation: str | None = None
    dropout: float = 0.0


@dataclass(frozen=True)
class Rbf:
    """For each class the squared distance to its fixed code (nets/spec/character_codes.py); the
    smallest is the answer.

    LeCun et al. 1998, equation 7. The logits are the distances with the sign turned.
    """

    name: str


Layer = Conv | Pool | Dense | Rbf


OURS = "ours"
"""The name of the recipe that is no page's: training/settings.py has it whole."""

OUR_PEAK_RATE, OUR_BATCH, OUR_EPOCHS = 6e-3, 256, 100
"""Of our recipe: the highest learning rate of its one cycle, the digits a step and the epochs, for
a network that names none of its own."""


@dataclass(frozen=True)
class Recipe:
    """How a page trains its network.

    optimizer: "sgd" or "adam". rates: (epochs, learning rate), one after the other. loss:
    "cross-entropy", "cross-entropy of probabilities" (softmax is taken twice), "squared error" (to
    one-hot) or "map" (LeCun et al. 1998, equation 9). initialization: "default" (PyTorch's),
    "normal 0.01", "xavier" or "fan-in 2.4". mean and std: what the digits in [0, 1] are shifted and
    scaled by. figure: what the page says comes out; departures: what we do otherwise, and why.
    """

    optimizer: str
    rates: tuple[tuple[int, float], ...]
    batch: int
    loss: str = "cross-entropy"
    momentum: float = 0.0
    initialization: str = "default"
    mean: float = 0.0
    std: float = 1.0
    dataset: str = "mnist"
    seed: int | None = None
    figure: str = ""
    departures: tuple[str, ...] = ()

    @property
    def epochs(self) -> int:
        """How many epochs the page trains for."""
        return sum(epochs for epochs, _ in self.rates)


_LARGE_MULTIPLY_ADDS = 2_000_000


@dataclass(frozen=True)
class Network:
    """One network of the table.

    tutorial: where it comes from. layers: in the order of the forward pass; the last one has a unit
    for each class. side: of its square input, in pixels. fit: how a digit of 28 x 28 comes to that
    side: "same", "pad" (paper around it) or "resize" (bilinear). recipes: by the name that --recipe
    takes; the page's own is "tutorial". file_names: the modules' names in the state_dict that the
    page's script saves, in the order of its parameters. notes: where the page errs, and what the
    right form does. best_rate and best_epochs: of our recipe, where its own learning rate and
    number of epochs do not serve this network.
    """

    name: str
    title: str
    tutorial: str
    about: str
    layers: tuple[Layer, ...]
    recipes: Mapping[str, Recipe]
    file_names: tuple[str, ...] = ()
    side: int = 28
    fit: str = "same"
    notes: tuple[str, ...] = ()
    best_rate: float | None = None
    best_epochs: int | None = None
    layer_infos: tuple[LayerInfo, ...] = field(init=False, repr=False)
    multiply_adds: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        info, multiply_adds = _walk(self)
        object.__setattr__(self, "layer_infos", info)
        object.__setattr__(self, "multiply_adds", multiply_adds)

    @property
    def parameters(self) -> int:
        """How many numbers training sets."""
        return sum(layer.parameters for layer in self.layer_infos)

    @property
    def is_large(self) -> bool:
        """Whether the products of its layers take nearly all of a training step; our recipe then
        spares them."""
        return self.multiply_adds > _LARGE_MULTIPLY_ADDS

    @property
    def our_rate(self) -> float:
        """The highest learning rate by which our recipe trains it."""
        return OUR_PEAK_RATE if self.best_rate is None else self.best_rate

    @property
    def our_epochs(self) -> int:
        """How many epochs our recipe trains it for."""
        return OUR_EPOCHS if self.best_epochs is None else self.best_epochs

    @property
    def classes(self) -> int:
        """How many classes its last layer tells apart."""
        return self.layer_infos[-1].shape[0]

    @property
    def gives_distances(self) -> bool:
        """Whether its last layer gives distances, where the smallest is the answer."""
        return isinstance(self.layers[-1], Rbf)

    @property
    def dataset(self) -> str:
        """The data set that its page trains it on."""
        return self.recipes["tutorial"].dataset


def _walk(network: Network) -> tuple[tuple[LayerInfo, ...], int]:
    """Each layer's facts, and the multiplications of one forward pass (those of weights with
    activations)."""
    maps, side = 1, network.side
    # A unit's receptive field: its side, where the first one begins, and how far neighbours are
    # apart, in input pixels.
    reach, start, stride = 1, 0, 1
    info: list[LayerInfo] = []
    products = 0
    for layer in network.layers:
        connections: tuple[tuple[int, ...], ...] = ()
        if isinstance(layer, Conv):
            size = side + 2 * layer.padding - layer.kernel + 1
            if size < 1 or maps < 1:
                raise ValueError(f"{network.name}: {layer.name} has no room for its kernel")
            seen = layer.table or (tuple(range(maps)),) * layer.maps
            if len(seen) != layer.maps or any(not 0 <= one < maps for row in seen for one in row):
                raise ValueError(f"{network.name}: the table of {layer.name} does not fit its maps")
            owners = range(layer.maps) if layer.shared is None else _firsts(layer.shared)
            parameters = sum(len(seen[own]) * layer.kernel**2 + 1 for own in owners)
            products += sum(len(row) for row in seen) * layer.kernel**2 * size**2
            start -= layer.padding * stride
            reach += (layer.kernel - 1) * stride
            maps, side = layer.maps, size
            connections = layer.table or ()
            kind = f"convolution {layer.kernel} × {layer.kernel}"
            layer_kind = LayerKind.CONVOLUTION
        elif isinstance(layer, Pool):
            if layer.kind not in POOLINGS:
                raise ValueError(f"{network.name}: {layer.name} pools by {layer.kind!r}")
            parameters = 2 * maps if layer.kind == "subsampling" else 0
            reach += (layer.size - 1) * stride
            stride *= layer.size
            side //= layer.size
            products += maps * side**2 if parameters else 0
            kind = f"{layer.kind} {layer.size} × {layer.size}"
            layer_kind = POOLINGS[layer.kind]
        elif isinstance(layer, Dense):
            inputs = maps * side**2
            parameters = (inputs + 1) * layer.units
            products += inputs * layer.units
            maps, side = layer.units, 1
            kind = "fully connected"
            layer_kind = LayerKind.FULL
        else:
            products += maps * 10
            parameters = 0
            maps, side = 10, 1
            kind = "squared distance to each class's code"
            layer_kind = LayerKind.DISTANCES
        activation = None if isinstance(layer, Rbf) else layer.activation
        low, high = ACTIVATIONS[activation] if activation else _range(info, layer)
        is_units = side == 1
        if is_units:
            reach, start = (
                (max(reach, network.side), 0) if isinstance(layer, Dense | Rbf) else (reach, start)
            )
        info.append(
            LayerInfo(
                name=layer.name,
                kind=f"{kind}, {activation}" if activation else kind,
                shape=(maps,) if is_units else (maps, side, side),
                parameters=parameters,
                receptive_field=reach,
                low=low,
                high=high,
                stride=1 if is_units else stride,
                start=start,
                connections=connections,
                layer_kind=layer_kind,
            )
        )
    if not info or len(info[-1].shape) != 1:
        raise ValueError(f"{network.name}: the last layer has to be units")
    if len({layer.name for layer in info}) != len(info):
        raise ValueError(f"{network.name}: two layers have one name")
    return tuple(info), products


def _range(before: list[LayerInfo], layer: Layer) -> tuple[float | None, float | None]:
    """The ends of what comes out without an activation function: a plain pooling keeps those of
    what it pools."""
    if isinstance(layer, Pool) and layer.kind != "subsampling" and before:
        return before[-1].low, before[-1].high
    return (0.0, None) if isinstance(layer, Rbf) else (None, None)


def _firsts(shared: tuple[int, ...]) -> list[int]:
    """The first map of each group that shares a kernel."""
    return [sum(shared[:group]) for group in range(len(shared))]


def one_rate(epochs: int, rate: float) -> tuple[tuple[int, float], ...]:
    """A learning rate that stays."""
    if epochs < 1 or not math.isfinite(rate):
        raise ValueError("a recipe trains for at least one epoch")
    return ((epochs, rate),)
