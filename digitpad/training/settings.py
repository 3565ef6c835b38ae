"""What a training run is made of; the same settings, seed and digits give the same weights."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from digitpad.training.augment import Deformation
from digitpad.training.losses import LossWeights

OURS = "ours"
"""The name of the recipe that is no page's."""


@dataclass(frozen=True)
class TrainingSettings:
    """The recipe, with the defaults that make the shipped weights; recipes.settings_for gives those of a network.

    recipe: where the rest comes from, OURS or a name among the network's own recipes. batch: digits per step, over all
    devices. optimizer: a key of optimizers.OPTIMIZERS. rates: (epochs, learning rate), one after the other, the last of
    which stays; without them, one cycle (Smith and Topin 2018) up to peak_rate, which is reached after warm_up, a share
    of all steps. objective: "cross-entropy", which loss weighs, or a key of losses.OBJECTIVES. initialization: as
    nets.layers.initialize takes it. mean and std: what the digits in [0, 1] are shifted and scaled by. average_decay:
    of the moving average of the weights; None keeps the weights of the last step. holds_back: whether digits are held
    back to choose among the epochs and to calibrate; if not, the last epoch's weights are kept. whole_batches: whether
    the digits that fill no batch wait for another epoch. deformation: None trains on the digits as they are. limit: the
    first digits of the training set only, for trials. styles: "shipped" mixes in generated pen strokes, pen_digits of
    them in all, and no_digits drawings that are none, of which an epoch takes pen_per_epoch and no_per_epoch; "none"
    does not. pen_deformation: the share of the deformation that they get, being deformed already. drawn_copies: how
    often each of the user's own drawings is drawn.
    """

    network: str = "lenet5"
    dataset: str = "mnist"
    recipe: str = OURS
    epochs: int = 80
    batch: int = 256
    seed: int = 0
    optimizer: str = "adamw"
    peak_rate: float = 6e-3
    warm_up: float = 0.2
    rates: tuple[tuple[int, float], ...] = ()
    momentum: float = 0.0
    weight_decay: float = 0.02
    average_decay: float | None = 0.999
    objective: str = "cross-entropy"
    loss: LossWeights = field(default_factory=LossWeights)
    initialization: str = "default"
    mean: float = 0.1307
    std: float = 0.3081
    holds_back: bool = True
    whole_batches: bool = True
    deformation: Deformation | None = field(default_factory=Deformation)
    limit: int | None = None
    styles: str = "shipped"
    pen_digits: int = 60_000
    pen_per_epoch: int = 36_000
    no_digits: int = 24_000
    no_per_epoch: int = 12_000
    pen_deformation: float = 0.2
    drawn_copies: int = 5

    def quick(self) -> TrainingSettings:
        """The same with so few epochs that two CPU cores are done in about half a minute."""
        return replace(
            self,
            epochs=4,
            average_decay=0.99,
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
            record["deformation"] = Deformation(**record["deformation"])
        return cls(**record)
