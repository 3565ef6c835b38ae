"""The types of layers that a network is declared with.

A layer type is one class here: what it makes of what comes in (its shape, its parameters, what a
unit of it sees) and what it is called. How it becomes a PyTorch module is a row of MODULES in
nets/layers.py. The window, the catalogue's checks and the documentation follow from these two.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace

from digitpad.core.geometry import Feed, Geometry
from digitpad.core.results import LayerInfo, LayerKind

Range = tuple[float | None, float | None]
"""The lowest and the highest value that a unit may have; None where it has no end."""

ACTIVATIONS: dict[str, Range] = {
    "tanh": (-1.0, 1.0),
    "scaled tanh": (-1.7159, 1.7159),
    "sigmoid": (0.0, 1.0),
    "ReLU": (0.0, None),
    "leaky ReLU": (None, None),
}
"""The activation functions by name, each with its range."""

POOLINGS = {
    "average": LayerKind.POOLING_AVERAGE,
    "max": LayerKind.POOLING_MAX,
    "subsampling": LayerKind.SUBSAMPLING,
}
"""What Pool.kind may be."""


@dataclass(frozen=True)
class Maps:
    """What one layer gives to the next: count square maps of side x side pixels, or count units
    where side is 1.

    receptive_field: the side of what one unit sees of the input, in its pixels; start: where the
    first unit's begins; stride: how far neighbours' are apart. range: of the values.
    """

    count: int
    side: int
    receptive_field: int = 1
    start: int = 0
    stride: int = 1
    range: Range = (None, None)


class Layer(ABC):
    """One layer of a declared network. A type of layers is a frozen dataclass that fills in what is
    abstract here; sees_all, gives_distances and connections only where they are otherwise.

    name: as its network's figure labels it. activation: a key of ACTIVATIONS, which the layer's
    values go through, or None. dropout: the share that training silences. sees_all: each unit sees
    the whole input. gives_distances: its values are distances, of which the smallest is the answer.
    """

    name: str
    activation: str | None
    dropout: float
    sees_all = False
    gives_distances = False

    @property
    @abstractmethod
    def layer_kind(self) -> LayerKind:
        """What it does, for code that decides by it."""

    @property
    @abstractmethod
    def words(self) -> str:
        """What it does, for people, without its activation."""

    @abstractmethod
    def output(self, given: Maps) -> Maps:
        """What it makes of what it is given, before the activation; raises ValueError where it
        cannot take that."""

    @abstractmethod
    def parameters(self, given: Maps) -> int:
        """How many numbers training sets."""

    @abstractmethod
    def multiply_adds(self, given: Maps) -> int:
        """The products of weights with activations that one forward pass takes."""

    @property
    def connections(self) -> tuple[tuple[int, ...], ...]:
        """For each map, the maps before that it sees; empty where it sees all."""
        return ()

    def feed(self, before: str) -> Feed:
        """How its units lie over those of the layer before, of this name: each sees all."""
        return Feed(before)

    def follow(self, given: Maps, side: int, before: str = "") -> tuple[LayerInfo, Maps]:
        """The layer as it is told of, in a network whose input has this side, and what it gives to
        the next one; raises ValueError as output does. before: the name of the layer that gives,
        "" for the input."""
        output = self.output(given)
        if self.activation is not None:
            output = replace(output, range=ACTIVATIONS[self.activation])
        is_units = output.side == 1
        if self.sees_all:
            field_side = max(output.receptive_field, side)
            output = replace(output, receptive_field=field_side, start=0)
        info = LayerInfo(
            name=self.name,
            kind=f"{self.words}, {self.activation}" if self.activation else self.words,
            shape=(output.count,) if is_units else (output.count, output.side, output.side),
            parameters=self.parameters(given),
            receptive_field=output.receptive_field,
            low=output.range[0],
            high=output.range[1],
            stride=1 if is_units else output.stride,
            start=output.start,
            connections=self.connections,
            layer_kind=self.layer_kind,
            feeds=(self.feed(before),),
        )
        return info, output


@dataclass(frozen=True)
class Conv(Layer):
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

    @property
    def layer_kind(self) -> LayerKind:
        """A convolution, whatever its table."""
        return LayerKind.CONVOLUTION

    @property
    def words(self) -> str:
        """With its kernel."""
        return f"convolution {self.kernel} × {self.kernel}"

    @property
    def connections(self) -> tuple[tuple[int, ...], ...]:
        """Those of its table."""
        return self.table or ()

    def feed(self, before: str) -> Feed:
        """By its kernel and padding."""
        square = Geometry((self.kernel,) * 2, padding=(self.padding,) * 2)
        return Feed(before, square)

    @property
    def firsts(self) -> tuple[int, ...]:
        """The maps that have a kernel of their own: the first of each group that shares one."""
        if self.shared is None:
            return tuple(range(self.maps))
        return tuple(sum(self.shared[:group]) for group in range(len(self.shared)))

    def output(self, given: Maps) -> Maps:
        """Maps whose side shrinks by the kernel and grows by the padding."""
        side = given.side + 2 * self.padding - self.kernel + 1
        if side < 1 or given.count < 1:
            raise ValueError(f"{self.name} has no room for its kernel")
        if self.table and not self._fits(self.table, given):
            raise ValueError(f"the table of {self.name} does not fit its maps")
        return Maps(
            self.maps,
            side,
            given.receptive_field + (self.kernel - 1) * given.stride,
            given.start - self.padding * given.stride,
            given.stride,
        )

    def parameters(self, given: Maps) -> int:
        """Kernels and a bias for each map that has its own."""
        seen = self._seen(given)
        return sum(len(seen[first]) * self.kernel**2 + 1 for first in self.firsts)

    def multiply_adds(self, given: Maps) -> int:
        """Every kernel at every place."""
        places = self.output(given).side ** 2
        return sum(map(len, self._seen(given))) * self.kernel**2 * places

    def _fits(self, table: tuple[tuple[int, ...], ...], given: Maps) -> bool:
        """Whether a table has a row for each map, of maps that there are."""
        rows = all(0 <= seen < given.count for row in table for seen in row)
        return len(table) == self.maps and rows

    def _seen(self, given: Maps) -> tuple[tuple[int, ...], ...]:
        """For each map, the maps that it sees of those given."""
        return self.table or (tuple(range(given.count)),) * self.maps


@dataclass(frozen=True)
class Pool(Layer):
    """Each size x size block of a map becomes one number: its "average", its "max", or for
    "subsampling" its sum times a trained factor plus a trained bias, both the map's own. What
    fills no whole block is left out."""

    name: str
    kind: str = "average"
    activation: str | None = None
    size: int = 2
    dropout: float = field(default=0.0, init=False)

    @property
    def layer_kind(self) -> LayerKind:
        """By its kind."""
        return POOLINGS[self.kind]

    @property
    def words(self) -> str:
        """With the size of its blocks."""
        return f"{self.layer_kind.value} {self.size} × {self.size}"

    def feed(self, before: str) -> Feed:
        """A block of the map of its own number."""
        return Feed(before, Geometry((self.size,) * 2, (self.size,) * 2), same_map=True)

    def output(self, given: Maps) -> Maps:
        """As many maps, of whole blocks."""
        if self.kind not in POOLINGS:
            raise ValueError(f"{self.name} pools by {self.kind!r}")
        return Maps(
            given.count,
            given.side // self.size,
            given.receptive_field + (self.size - 1) * given.stride,
            given.start,
            given.stride * self.size,
            # A plain pooling keeps the ends of what it pools.
            (None, None) if self.kind == "subsampling" else given.range,
        )

    def parameters(self, given: Maps) -> int:
        """A factor and a bias for each map, of subsampling alone."""
        return 2 * given.count if self.kind == "subsampling" else 0

    def multiply_adds(self, given: Maps) -> int:
        """The factors of subsampling at every place."""
        return given.count * self.output(given).side ** 2 if self.kind == "subsampling" else 0


@dataclass(frozen=True)
class Dense(Layer):
    """Every unit sees all units before. dropout: the share of its units that training silences."""

    name: str
    units: int
    activation: str | None = None
    dropout: float = 0.0
    sees_all = True

    @property
    def layer_kind(self) -> LayerKind:
        """Fully connected."""
        return LayerKind.FULL

    @property
    def words(self) -> str:
        """Without its number of units, which is its shape."""
        return "fully connected"

    def output(self, given: Maps) -> Maps:
        """Units that see what all before see."""
        return Maps(self.units, 1, given.receptive_field, given.start, given.stride)

    def parameters(self, given: Maps) -> int:
        """A weight for each value before and each unit, and the biases."""
        return (given.count * given.side**2 + 1) * self.units

    def multiply_adds(self, given: Maps) -> int:
        """Every weight once."""
        return given.count * given.side**2 * self.units


@dataclass(frozen=True)
class Rbf(Layer):
    """For each class the squared distance to its fixed code (nets/spec/character_codes.py); the
    smallest is the answer.

    LeCun et al. 1998, equation 7. The logits are the distances with the sign turned.
    """

    name: str
    activation: str | None = field(default=None, init=False)
    dropout: float = field(default=0.0, init=False)
    sees_all = True
    gives_distances = True

    @property
    def layer_kind(self) -> LayerKind:
        """Distances."""
        return LayerKind.DISTANCES

    @property
    def words(self) -> str:
        """To the codes."""
        return "squared distance to each class's code"

    def output(self, given: Maps) -> Maps:
        """Ten distances, none below 0."""
        return Maps(10, 1, given.receptive_field, given.start, given.stride, (0.0, None))

    def parameters(self, given: Maps) -> int:
        """None: the codes are fixed."""
        return 0

    def multiply_adds(self, given: Maps) -> int:
        """A square for each value before and each class."""
        return given.count * 10
