"""What a training run is made of; the same settings, seed and digits give the same weights.

    settings = TrainingSettings(epochs=5, styles="none")
    settings_for(network_named("lenet5-relu"), "tutorial")  # of training/recipes.py: a page's

Needs no torch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from digitpad.core.languages import _
from digitpad.datasets import MNIST_MEAN, MNIST_STD
from digitpad.nets.spec.declaration import OUR_BATCH, OUR_EPOCHS, OUR_PEAK_RATE
from digitpad.nets.spec.declaration import OURS as OURS
from digitpad.training.checks import (
    MOST_EPOCHS,
    check_keys,
    check_learning_rates,
    check_number,
    check_one_of,
    check_part,
    check_switch,
    check_whole,
    is_number,
    shown,
)

OPTIMIZER_NAMES = ("adamw", "muon", "adam", "sgd")
OBJECTIVE_NAMES = (
    "cross-entropy",
    "cross-entropy of probabilities",
    "squared error",
    "map",
)
INITIALIZATIONS = ("default", "normal 0.01", "xavier", "fan-in 2.4")
PRECISIONS = ("float32", "bfloat16")
STYLES = ("shipped", "none")

_MOST_DIGITS = 10_000_000


@dataclass(frozen=True)
class ImageAugmentation:
    """How far a digit of 28 x 28 is moved and bent each time that it is trained on.

    Each limit is the end of a uniform distribution either way, but for the elastic part, which is
    normal. Raises ValueError for what is out of range.
    """

    rotation_deg: float = 12.0
    """Degrees about the middle, 0 to 180."""
    scale: float = 0.12
    """Relative change of size, drawn for each axis, 0 to 0.9."""
    shear: float = 0.15
    """Sideways shift per pixel of height, 0 to 2."""
    shift_px: float = 1.5
    """Pixels along each axis, 0 to 28."""
    elastic_px: float = 0.8
    """Standard deviation of the displacement at the knots of a grid, in pixels, 0 to 28."""
    elastic_knots: int = 5
    """Knots of that grid per side, 2 to 28."""
    mirrored: float = 0.0
    """Share of the digits that are seen in a mirror, left for right."""

    def __post_init__(self) -> None:
        check_number(self, "rotation_deg", 0, 180)
        check_number(self, "scale", 0, 0.9)
        check_number(self, "shear", 0, 2)
        check_number(self, "shift_px", 0, 28)
        check_number(self, "elastic_px", 0, 28)
        check_whole(self, "elastic_knots", 2, 28)
        check_number(self, "mirrored", 0, 1)


@dataclass(frozen=True)
class LossWeights:
    """What the parts of the cross-entropy weigh; raises ValueError for what is out of range."""

    non_digits: float = 0.3
    """Of the cross-entropy to the uniform distribution for drawings that are no digit (outlier
    exposure: Hendrycks, Mazeika and Dietterich, ICLR 2019, section 3); digits weigh 1."""

    def __post_init__(self) -> None:
        check_number(self, "non_digits", 0, 1_000)


@dataclass(frozen=True)
class TrainingSettings:
    """The recipe, with the defaults that make the shipped weights; recipes.settings_for gives that
    of any network.

    Raises ValueError for what is out of range, and says which setting it is. Whether the names of
    network, recipe and data set exist is seen when training starts.
    """

    # What is trained
    network: str = "lenet5"
    """A name of nets/spec/catalogue.py."""
    dataset: str = "mnist"
    """A name of datasets/registry.py."""
    recipe: str = OURS
    """Where the rest comes from: OURS, or a name among the network's own recipes."""
    seed: int = 0
    """Of the start, the order of the digits, their augmentation and the synthetic handwriting."""
    initialization: str = "default"
    """How the weights start: one of INITIALIZATIONS, as nets.layers.initialize takes them."""

    # How long, and in what steps
    epochs: int = OUR_EPOCHS
    """Rounds through the digits of an epoch."""
    batch: int = OUR_BATCH
    """Digits per step, over all devices."""
    whole_batches: bool = True
    """Whether the digits that fill no batch wait for another epoch."""
    limit: int | None = None
    """The first digits of the training set only, for trials; None takes all."""
    precision: str = "float32"
    """"bfloat16" computes the layers' products in it where the device has units for it; weights,
    sums and the loss stay float32."""

    # The optimiser
    optimizer: str = "muon"
    """One of OPTIMIZER_NAMES."""
    peak_learning_rate: float = OUR_PEAK_RATE
    """The highest learning rate of one cycle (Smith and Topin 2018)."""
    warm_up: float = 0.2
    """When the cycle reaches it, a share of all steps."""
    learning_rates: tuple[tuple[int, float], ...] = ()
    """(epochs, learning rate), one after the other, the last of which stays; in place of the
    cycle where there are any. Required by "adam" and "sgd"."""
    momentum: float = 0.0
    """Of "sgd"."""
    weight_decay: float = 0.25
    """Of "adamw" and "muon", per step and unit of learning rate."""

    # The loss
    objective: str = "cross-entropy"
    """One of OBJECTIVE_NAMES; "cross-entropy" alone knows drawings that are no digit."""
    loss: LossWeights = field(default_factory=LossWeights)
    """What the parts of "cross-entropy" weigh."""

    # Which weights come out
    ema_decay: float | None = 0.999
    """Of the exponential moving average (EMA) of the weights; None takes those of the last step."""
    holds_back: bool = True
    """Whether digits are held back to choose among the epochs and to calibrate; if not, the last
    epoch's weights come out."""

    # The input
    mean: float = MNIST_MEAN
    """What is taken from the digits in [0, 1] ..."""
    std: float = MNIST_STD
    """... and what they are then divided by."""

    # Augmentation
    augmentation: ImageAugmentation | None = field(default_factory=ImageAugmentation)
    """How far digits are moved and bent; None trains on them as they are."""
    other_pens_augmentation: float = 0.6
    """The share of it that digits written with other pens get, being changed already."""
    synthetic_augmentation: float = 0.2
    """The share of it that synthetic handwriting gets."""
    annealing: float = 0.3
    """The share of the epochs, the last ones, in which augmentation shrinks to a quarter, so that
    the weights end among digits as people write them."""

    # Synthetic handwriting
    styles: str = "shipped"
    """"none" takes the data set alone; "shipped" mixes in synthetic handwriting."""
    plain_per_epoch: int = 27_500
    """Of the data set's own digits, with "shipped"."""
    other_pens_per_epoch: int = 27_500
    """Of the data set's digits written with other pens; 0 makes none."""
    synthetic_digits: int = 150_000
    """Synthetic digits in all ..."""
    synthetic_per_epoch: int = 44_000
    """... and in an epoch."""
    non_digits: int = 40_000
    """Synthetic drawings that are no digit, in all ..."""
    non_digits_per_epoch: int = 14_000
    """... and in an epoch."""
    own_copies: int = 5
    """How often each of the user's own drawings is drawn."""

    def __post_init__(self) -> None:
        for name in ("network", "dataset", "recipe"):
            if not isinstance(getattr(self, name), str):
                raise ValueError(
                    _("{name} is {shown}, not a name").format(
                        name=name, shown=shown(getattr(self, name))
                    )
                )
        check_whole(self, "seed", 0, 2**31 - 1)
        check_one_of(self, "initialization", INITIALIZATIONS)
        check_whole(self, "epochs", 1, MOST_EPOCHS)
        check_whole(self, "batch", 1, _MOST_DIGITS)
        check_switch(self, "whole_batches")
        if self.limit is not None:
            check_whole(self, "limit", 1, _MOST_DIGITS)
        check_one_of(self, "precision", PRECISIONS)
        check_one_of(self, "optimizer", OPTIMIZER_NAMES)
        check_number(self, "peak_learning_rate", 0, 1_000)
        check_number(self, "warm_up", 0, 1)
        check_learning_rates(self.learning_rates, self.optimizer)
        check_number(self, "momentum", 0, 1)
        check_number(self, "weight_decay", 0, 1_000)
        check_one_of(self, "objective", OBJECTIVE_NAMES)
        check_part(self, "loss", LossWeights)
        if self.ema_decay is not None:
            check_number(self, "ema_decay", 0, 1)
        check_switch(self, "holds_back")
        check_number(self, "mean", -1_000, 1_000)
        check_number(self, "std", 1e-6, 1_000)
        if self.augmentation is not None:
            check_part(self, "augmentation", ImageAugmentation)
        for name in ("other_pens_augmentation", "synthetic_augmentation", "annealing"):
            check_number(self, name, 0, 1)
        check_one_of(self, "styles", STYLES)
        for name in ("plain_per_epoch", "other_pens_per_epoch"):
            check_whole(self, name, 0, _MOST_DIGITS)
        for name in ("synthetic_digits", "synthetic_per_epoch"):
            check_whole(self, name, 1, _MOST_DIGITS)
        for name in ("non_digits", "non_digits_per_epoch"):
            check_whole(self, name, 0, _MOST_DIGITS)
        check_whole(self, "own_copies", 1, 1_000)

    def quick(self) -> TrainingSettings:
        """The same with so few epochs that two CPU cores are done in about half a minute."""
        return replace(
            self,
            epochs=4,
            ema_decay=0.99,
            plain_per_epoch=55_000,
            other_pens_per_epoch=0,
            synthetic_digits=8_000,
            synthetic_per_epoch=8_000,
            non_digits=3_000,
            non_digits_per_epoch=3_000,
        )

    def as_record(self) -> dict[str, Any]:
        """The settings as plain values under the names that files have for them."""
        record: dict[str, Any] = {
            _RECORD_KEYS.get(each.name, each.name): getattr(self, each.name)
            for each in fields(self)
        }
        record["loss"] = {**_RETIRED_LOSS, "no_digit": self.loss.non_digits}
        if self.augmentation is not None:
            record["deformation"] = dict(vars(self.augmentation))
        return record

    @classmethod
    def from_record(cls, record: Mapping[str, object]) -> TrainingSettings:
        """The settings that as_record gave, also where an earlier version did; raises ValueError
        for others."""
        names = {_RECORD_KEYS.get(each.name, each.name): each.name for each in fields(cls)}
        check_keys(record, set(names), "settings")
        found: dict[str, Any] = {names[key]: value for key, value in record.items()}
        found["loss"] = _loss_of(record["loss"])
        found["augmentation"] = _augmentation_of(record["deformation"])
        found["learning_rates"] = _learning_rates_of(record["rates"])
        return cls(**found)


_RECORD_KEYS = {
    "peak_learning_rate": "peak_rate",
    "learning_rates": "rates",
    "ema_decay": "average_decay",
    "augmentation": "deformation",
    "other_pens_augmentation": "other_pens_deformation",
    "synthetic_augmentation": "pen_deformation",
    "annealing": "settling",
    "synthetic_digits": "pen_digits",
    "synthetic_per_epoch": "pen_per_epoch",
    "non_digits": "no_digits",
    "non_digits_per_epoch": "no_per_epoch",
    "own_copies": "drawn_copies",
}
"""What files call a setting, where that is not its name here."""

_RETIRED_LOSS: dict[str, float] = {
    "label_smoothing": 0.0,
    "energy": 0.0,
    "energy_high": 8.0,
    "energy_low": 2.0,
}
"""Parts of the loss that earlier versions could have and no recipe had, with the values that
switch them off; they are still written, so that those versions read what this one writes."""


def _loss_of(record: object) -> LossWeights:
    if not isinstance(record, Mapping):
        raise ValueError(_("loss is {shown}, not a record").format(shown=shown(record)))
    check_keys(record, {"no_digit", *_RETIRED_LOSS}, "loss")
    for key in ("label_smoothing", "energy"):
        if not is_number(record[key], 0, 0):
            raise ValueError(
                _("loss.{key} is {shown}, which is computed no more").format(
                    key=key, shown=shown(record[key])
                )
            )
    return LossWeights(record["no_digit"])


def _augmentation_of(record: object) -> ImageAugmentation | None:
    if record is None:
        return None
    if not isinstance(record, Mapping):
        raise ValueError(_("deformation is {shown}, not a record").format(shown=shown(record)))
    check_keys(record, {each.name for each in fields(ImageAugmentation)}, "deformation")
    return ImageAugmentation(**record)


def _learning_rates_of(record: object) -> tuple[tuple[int, float], ...]:
    """From a file, where tuples may have become lists."""
    if not isinstance(record, list | tuple):
        raise ValueError(
            _("rates is {shown}, not a list of (epochs, learning rate)").format(shown=shown(record))
        )
    return tuple(tuple(pair) if isinstance(pair, list) else pair for pair in record)
