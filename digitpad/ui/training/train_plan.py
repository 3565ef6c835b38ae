"""What is to be trained, as the window asks for it, and the command that does it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from digitpad.nets.spec.catalogue import network_named, own_class
from digitpad.training.recipes import network_title, settings_for, settings_for_own
from digitpad.training.settings import OURS, TrainingSettings

PATIENCE = 10
"""Epochs without anything better after which a run ends, unless another number is said: by our
recipe the learning rate rises and falls once, and the best comes near its end."""


@dataclass(frozen=True)
class TrainPlan:
    """A run to start.

    net: a name of the catalogue, or "net.py:MyLeNet5". dataset: None takes the network's own.
    quick: few epochs. epochs: None takes the recipe's. augments: digits are moved and bent. mixes:
    synthetic handwriting is mixed in, where the data set has digits. seed: the same gives the same
    weights. patience: None trains all epochs. limit: the first digits only, for a trial.
    """

    net: str = TrainingSettings.network
    dataset: str | None = None
    quick: bool = True
    epochs: int | None = None
    augments: bool = True
    mixes: bool = True
    seed: int = 0
    patience: int | None = PATIENCE
    limit: int | None = None

    @property
    def settings(self) -> TrainingSettings:
        """The run's settings; raises DigitpadError where the names do not go together."""
        if own_class(self.net) is None:
            settings = settings_for(network_named(self.net), OURS, self.dataset)
        else:
            settings = settings_for_own(self.net, OURS, self.dataset)
        if self.quick:
            settings = settings.quick()
        if self.epochs is not None:
            settings = replace(settings, epochs=self.epochs)
        if not self.augments:
            settings = replace(settings, augmentation=None)
        if not self.mixes:
            settings = replace(settings, styles="none")
        return replace(settings, seed=self.seed, limit=self.limit)

    @property
    def title(self) -> str:
        """What a person calls the network."""
        return network_title(self.settings)

    def arguments(self, out: Path, snapshots: Path, resume: Path | None = None) -> list[str]:
        """The options of train.py, but for how it reports. resume: the checkpoint to go on from."""
        places = ["--out", str(out), "--snapshots", str(snapshots)]
        patience = [] if self.patience is None else ["--patience", str(self.patience)]
        if resume is not None:
            # The checkpoint has the rest.
            return ["--resume", str(resume), *patience, *places]
        given = ["--net", self.net, "--seed", str(self.seed)]
        if self.dataset is not None:
            given += ["--dataset", self.dataset]
        if self.quick:
            given.append("--quick")
        if not self.augments:
            given.append("--no-augment")
        if not self.mixes:
            given += ["--styles", "none"]
        for name, value in (("--epochs", self.epochs), ("--limit", self.limit)):
            if value is not None:
                given += [name, str(value)]
        return [*given, *patience, *places]
