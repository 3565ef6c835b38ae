"""What a training run is made of; the same settings, seed and digits give the same weights."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from digitpad.datasets import MNIST_MEAN, MNIST_STD
from digitpad.nets.spec.declaration import OUR_BATCH, OUR_EPOCHS, OUR_PEAK_RATE
from digitpad.nets.spec.declaration import OURS as OURS


@dataclass(frozen=True)
class ImageAugmentation:
    """How far digits are deformed: uniform up to each limit either way, normal for the elastic
    part.

    rotation_deg; scale: relative change of size, drawn for each axis; shear: sideways shift per
    pixel of height; shift_px; elastic_px: standard deviation of the displacement at the grid's
    knots; elastic_knots: knots per side. mirrored: the share that is seen in a mirror, left for
    right.
    """

    rotation_deg: float = 12.0
    scale: float = 0.12
    shear: float = 0.15
    shift_px: float = 1.5
    elastic_px: float = 0.8
    elastic_knots: int = 5
    mirrored: float = 0.0


@dataclass(frozen=True)
class LossWeights:
    """label_smoothing: share of the target spread over all classes.

    no_digit: weight of the cross-entropy to the uniform distribution for what is no digit (outlier
    exposure: Hendrycks, Mazeika and Dietterich, ICLR 2019, section 3). energy: weight of the
    squared hinge that holds logsumexp(logits) above energy_high for digits and below energy_low for
    the rest (Liu, Wang, Owens and Li, NeurIPS 2020, equation 8, with energy = -logsumexp); 0
    switches it off.
    """

    label_smoothing: float = 0.0
    no_digit: float = 0.3
    energy: float = 0.0
    energy_high: float = 8.0
    energy_low: float = 2.0


@dataclass(frozen=True)
class TrainingSettings:
    """The recipe, with the defaults that make the shipped weights; recipes.settings_for gives those
    of a network.

    recipe: where the rest comes from, OURS or a name among the network's own recipes. batch: digits
    per step, over all devices. optimizer: a key of optimizers.OPTIMIZERS. rates: (epochs, learning
    rate), one after the other, the last of which stays; without them, one cycle (Smith and Topin
    2018) up to peak_rate, which is reached after warm_up, a share of all steps. objective:
    "cross-entropy", which loss weighs, or a key of losses.OBJECTIVES. initialization: as
    nets.layers.initialize takes it. mean and std: what the digits in [0, 1] are shifted and scaled
    by. average_decay: of the moving average of the weights; None keeps the weights of the last
    step. holds_back: whether digits are held back to choose among the epochs and to calibrate; if
    not, the last epoch's weights are kept. whole_batches: whether the digits that fill no batch
    wait for another epoch. deformation: None trains on the digits as they are. limit: the first
    digits of the training set only, for trials. precision: "float32", or "bfloat16" for the layers'
    products where the device has units for it; weights, sums and the loss stay float32.

    styles: "none" takes the data set alone; "shipped" mixes in generated pen strokes, pen_digits of
    them in all, and no_digits drawings that are none. An epoch then takes plain_per_epoch of the
    data set's own digits, other_pens_per_epoch of them written with other pens, pen_per_epoch and
    no_per_epoch. other_pens_deformation and pen_deformation: the share of the deformation that
    these get, being deformed already. settling: the share of the epochs, the last ones, in which
    all deformation shrinks to a quarter, so that the weights end among digits as people write them.
    drawn_copies: how often each of the user's own drawings is drawn.
    """

    network: str = "lenet5"
    dataset: str = "mnist"
    recipe: str = OURS
    epochs: int = OUR_EPOCHS
    batch: int = OUR_BATCH
    seed: int = 0
    optimizer: str = "muon"
    peak_rate: float = OUR_PEAK_RATE
    warm_up: float = 0.2
    rates: tuple[tuple[int, float], ...] = ()
    momentum: float = 0.0
    weight_decay: float = 0.25
    average_decay: float | None = 0.999
    objective: str = "cross-entropy"
    loss: LossWeights = field(default_factory=LossWeights)
    initialization: str = "default"
    mean: float = MNIST_MEAN
    std: float = MNIST_STD
    holds_back: bool = True
    whole_batches: bool = True
    precision: str = "float32"
    deformation: ImageAugmentation | None = field(default_factory=ImageAugmentation)
    limit: int | None = None
    styles: str = "shipped"
    plain_per_epoch: int = 27_500
    other_pens_per_epoch: int = 27_500
    pen_digits: int = 150_000
    pen_per_epoch: int = 44_000
    no_digits: int = 40_000
    no_per_epoch: int = 14_000
    other_pens_deformation: float = 0.6
    pen_deformation: float = 0.2
    settling: float = 0.3
    drawn_copies: int = 5

    def quick(self) -> TrainingSettings:
        """The same with so few epochs that two CPU cores are done in about half a minute."""
        return replace(
            self,
            epochs=4,
            average_decay=0.99,
            plain_per_epoch=55_000,
            other_pens_per_epoch=0,
            pen_digits=8_000,
            pen_per_epoch=8_000,
            no_digits=3_000,
            no_per_epoch=3_000,
        )

    def as_record(self) -> dict[str, Any]:
        """The settings as plain values, for a file."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> TrainingSettings:
        """The settings that as_record gave; raises TypeError for others."""
        record = dict(record)
        record["loss"] = LossWeights(**record["loss"])
        if record["deformation"] is not None:
            record["deformation"] = ImageAugmentation(**record["deformation"])
        return cls(**record)
