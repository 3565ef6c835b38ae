"""What a network is made of, declared: the module, the figure in the window and the documentation
follow from it.

Nothing here needs torch, so that a window can lay a network out before torch has loaded.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from digitpad.core.results import LayerInfo
from digitpad.nets.spec.layer_types import Conv as Conv
from digitpad.nets.spec.layer_types import Dense as Dense
from digitpad.nets.spec.layer_types import Layer, Maps
from digitpad.nets.spec.layer_types import Pool as Pool
from digitpad.nets.spec.layer_types import Rbf as Rbf

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
    """One network of the catalogue.

    tutorial: where it comes from, or "" where it has no page. layers: in the order of the forward
    pass; the last one has a unit for each class. side: of its square input, in pixels. fit: how a
    digit of 28 x 28 comes to that side: "same", "pad" (paper around it) or "resize" (bilinear).
    recipes: by the name that --recipe takes; the page's own is "tutorial", and there is none
    without a page. file_names: the modules' names in the state_dict that the page's script saves,
    in the order of its parameters. notes: where the page errs, and what the right form does.
    best_rate and best_epochs: of our recipe, where its own learning rate and number of epochs do
    not serve this network. own_dataset: what it is trained on where it has no page that says so.
    """

    name: str
    title: str
    tutorial: str
    about: str
    layers: tuple[Layer, ...]
    recipes: Mapping[str, Recipe] = field(default_factory=dict)
    file_names: tuple[str, ...] = ()
    side: int = 28
    fit: str = "same"
    notes: tuple[str, ...] = ()
    best_rate: float | None = None
    best_epochs: int | None = None
    own_dataset: str = "mnist"
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
        return self.layers[-1].gives_distances

    @property
    def dataset(self) -> str:
        """The data set that its page trains it on, or its own."""
        page = self.recipes.get("tutorial")
        return self.own_dataset if page is None else page.dataset


def _walk(network: Network) -> tuple[tuple[LayerInfo, ...], int]:
    """Each layer as it is told of, and the multiply-adds of one forward pass; raises ValueError
    where the layers do not fit together."""
    given = Maps(1, network.side)
    infos: list[LayerInfo] = []
    multiply_adds = 0
    for layer in network.layers:
        try:
            info, output = layer.follow(given, network.side, infos[-1].name if infos else "")
        except ValueError as error:
            raise ValueError(f"{network.name}: {error}") from None
        multiply_adds += layer.multiply_adds(given)
        infos.append(info)
        given = output
    if not infos or len(infos[-1].shape) != 1:
        raise ValueError(f"{network.name}: the last layer has to be units")
    if len({info.name for info in infos}) != len(infos):
        raise ValueError(f"{network.name}: two layers have one name")
    return tuple(infos), multiply_adds


def one_rate(epochs: int, rate: float) -> tuple[tuple[int, float], ...]:
    """A learning rate that stays."""
    if epochs < 1 or not math.isfinite(rate):
        raise ValueError("a recipe trains for at least one epoch")
    return ((epochs, rate),)
