"""The runs behind docs/reports/networks.md: which there are, where their weights lie, and
the training of what is missing."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.core.paths import shipped_weights
from digitpad.core.processes import python_command
from digitpad.nets.spec.catalogue import NETWORKS, network_named
from digitpad.nets.spec.declaration import Network
from digitpad.nets.spec.record import WeightsRecord, read_record
from digitpad.training.checkpoints import checkpoint_path
from digitpad.training.recipes import settings_for, weights_name
from digitpad.training.settings import OURS, TrainingSettings

# From so many multiply-adds on, an epoch of a page's recipe takes a quarter of an hour and more on
# two CPU cores in float32.
_SLOW_MULTIPLY_ADDS = 50_000_000

# A run that is stopped while it draws digits ends the drawings that it began; told twice, it might
# not end at all.
_PATIENCE_S = 60.0


@dataclass(frozen=True)
class NetworkRun:
    """One run of the plan: a network by a recipe on a data set. epochs: None for as many as the
    recipe takes."""

    network: Network
    recipe: str
    dataset: str
    epochs: int | None = None

    @property
    def name(self) -> str:
        """What its file is called, without the ending: NAME-RECIPE, and what sets it apart from
        the recipe's own."""
        parts = [self.network.name, self.recipe]
        if self.epochs is not None:
            parts.append(f"{self.epochs}-epoch" + ("s" if self.epochs > 1 else ""))
        if self.dataset != self._own_dataset:
            parts.append(self.dataset)
        return "-".join(parts)

    @cached_property
    def settings(self) -> TrainingSettings:
        """What the recipe is made of."""
        return settings_for(self.network, self.recipe, self.dataset)

    @property
    def epochs_planned(self) -> int:
        """How many epochs it takes when nothing stops it."""
        return self.epochs or self.settings.epochs

    @property
    def options(self) -> list[str]:
        """What train.py takes for it, without --out."""
        options = ["--net", self.network.name, "--recipe", self.recipe]
        if self.dataset != self._own_dataset:
            options += ["--dataset", self.dataset]
        if self.epochs is not None:
            options += ["--epochs", str(self.epochs)]
        if self.recipe != OURS and self.network.multiply_adds > _SLOW_MULTIPLY_ADDS:
            options += ["--precision", "bfloat16"]
        return options

    @property
    def _own_dataset(self) -> str:
        return (
            self.network.dataset
            if self.recipe == OURS
            else self.network.recipes[self.recipe].dataset
        )


def planned_runs(only: Iterable[str] = ()) -> list[NetworkRun]:
    """Every run of the page, in the order of the table; of these networks only, where some are
    named.

    Each network by our recipe and by its own, and what pages and aims tell beside: the first
    tutorial's first epoch, and LeNet-5 on clothes. Raises DigitpadError for a name that is not in
    the table.
    """
    chosen = {network_named(name).name for name in only} or set(NETWORKS)
    runs = []
    for network in NETWORKS.values():
        if network.name not in chosen:
            continue
        runs.append(NetworkRun(network, OURS, network.dataset))
        if network.name == "lenet5":
            runs.append(NetworkRun(network, OURS, "fashion-mnist"))
            runs.append(NetworkRun(network, "tutorial", network.dataset, epochs=1))
        runs += [
            NetworkRun(network, name, recipe.dataset) for name, recipe in network.recipes.items()
        ]
    return runs


@dataclass(frozen=True)
class Found:
    """The weights of a run: path, the record in them, and whether they are those that come with
    Digitpad."""

    path: Path
    record: WeightsRecord
    is_shipped: bool = False


def find_weights(run: NetworkRun, folder: Path) -> Found | None:
    """The weights of a run: those that come with Digitpad where they are of this run, else those in
    folder, else None.

    Raises DigitpadError where the file in folder is damaged or of another run.
    """
    if run.recipe == OURS and run.epochs is None:
        try:
            shipped = shipped_weights(weights_name(run.settings))
            record = read_record(shipped)
        except DigitpadError:
            record = WeightsRecord()
        if record.network and not _other(run, record):
            return Found(shipped, record, is_shipped=True)
    path = folder / f"{run.name}.safetensors"
    if not path.exists():
        return None
    record = read_record(path)
    if other := _other(run, record):
        raise DigitpadError(
            _("{path} is {other}, where {name} belongs; move it away").format(
                path=path, other=other, name=run.name
            )
        )
    return Found(path, record)


def is_unfinished(run: NetworkRun, folder: Path) -> bool:
    """Whether training has anything to do for a run: there are no weights, or it was stopped."""
    found = find_weights(run, folder)
    return found is None or (not found.is_shipped and checkpoint_path(found.path).exists())


def train(run: NetworkRun, folder: Path) -> bool:
    """Train a run in a process of its own, or go on with it where it was stopped; whether it got to
    its end.

    Ctrl-C ends the process too, which keeps what it has; KeyboardInterrupt is raised once it has
    ended.
    """
    out = folder / f"{run.name}.safetensors"
    state = checkpoint_path(out)
    arguments = ["--resume", str(state)] if state.exists() else [*run.options, "--out", str(out)]
    if out.exists():
        # What a stopped run left is no second network of its end.
        arguments.append("--replace")
    with subprocess.Popen(python_command("digitpad.training", *arguments)) as process:
        try:
            return process.wait() == 0
        except KeyboardInterrupt:
            _ended(process)
            raise


def _ended(process: subprocess.Popen[bytes]) -> None:
    """Wait for a run that Ctrl-C reached too, as from a terminal; end it where it did not, or
    hangs."""
    for end in (process.terminate, process.kill):
        try:
            process.wait(_PATIENCE_S)
            return
        except subprocess.TimeoutExpired:
            end()
    process.wait()


def _other(run: NetworkRun, record: WeightsRecord) -> str:
    """What a record is of in words where it is not of this run; "" where it is."""
    wanted = (run.network.name, run.recipe, run.dataset)
    network = record.network
    own = NETWORKS[network].dataset if network in NETWORKS else _("no data set")
    found = (network or _("no network"), record.recipe or OURS, record.dataset or own)
    if found == wanted:
        return ""
    return _("of {parts}").format(parts=", ".join(part[:40] for part in found))
