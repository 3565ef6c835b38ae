"""Snapshots: the weights of a run on their way, a file for each, from which a film of its learning
is made.

A snapshot is a weights file like any other, in half precision: the window, predict and evaluate
open it. Beside what every record has, its own tells the step and the epoch, the loss, and whether
the weights are live or their average (EMA).

They are taken at steps 0, 1, 2, 4, 8 ... of the first epoch, and at the end of each epoch. In the
first epoch they are what the last step left, so that one sees what each of the first steps did; at
an epoch's end they are the EMA, which is what a run measures, chooses among and saves.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import torch

from digitpad.core.errors import DigitpadError
from digitpad.core.files import why_not
from digitpad.core.languages import _
from digitpad.datasets import data_set_named
from digitpad.nets.files.weights_file import save_weights
from digitpad.nets.spec.snapshots import (
    AVERAGE,
    LIVE,
    MOST_SNAPSHOTS,
    RUN,
    count_snapshots,
    find_snapshots,
    snapshot_name,
)
from digitpad.training.events import (
    EpochFinished,
    EpochReport,
    Listener,
    ListenerFailed,
    RunStarted,
    RunWeights,
    StepsTrained,
    TrainingEvent,
    ignore,
)
from digitpad.training.leftovers import sweep
from digitpad.training.recipes import network_record
from digitpad.training.settings import TrainingSettings


class SnapshotWriter:
    """A listener: writes snapshots into a folder, each beside and moved into place.

    A run that is resumed goes on in the folder of the run before; one that starts again from the
    start, for want of memory, takes away its own. Where a snapshot cannot be written it says so
    once, and writes no more; training goes on.
    """

    def __init__(self, folder: Path, events: Listener = ignore, is_resumed: bool = False) -> None:
        """folder: made where it is missing. events: told where writing fails. is_resumed: whether
        the folder may have snapshots already, of the run before it was stopped.

        Raises DigitpadError, before hours of training, where the folder cannot be used.
        """
        self._folder, self._events = folder, events
        _prepare(folder, is_resumed)
        self._settings: TrainingSettings | None = None
        self._has_failed = False

    def __call__(self, event: TrainingEvent) -> None:
        """Write the weights of an event that is to have a snapshot, or pass over it.

        Raises DigitpadError at a run's start where the folder has snapshots of another run.
        """
        match event:
            case RunStarted(settings=settings, epochs_done=epochs_done, weights=weights):
                self._settings = settings
                _check_run(self._folder, settings)
                if weights is not None and epochs_done == 0:
                    for old in find_snapshots(self._folder):
                        old.path.unlink(missing_ok=True)
                    self._write(weights, 0, 0)
            case StepsTrained(epoch=1, done=done, total=total, weights=weights) if (
                weights is not None and done < total and _is_power_of_two(weights.steps)
            ):
                self._write(weights, 0, weights.steps)
            case EpochFinished(report=report, weights=weights) if weights is not None:
                self._write(weights, report.epoch, weights.steps, report)

    def _write(
        self, weights: RunWeights, epoch: int, steps: int, report: EpochReport | None = None
    ) -> None:
        """Write one; epoch: that is over, 0 within the first; report: of the epoch, at its end."""
        if self._has_failed:
            return
        assert self._settings is not None
        if count_snapshots(self._folder) >= MOST_SNAPSHOTS:
            self._give_up(
                _("{folder} has {most_snapshots:,} snapshots, no more are written").format(
                    folder=self._folder, most_snapshots=MOST_SNAPSHOTS
                )
            )
            return
        is_average = report is not None
        loss, held_loss, held_accuracy = _measures(weights, report)
        record = _record(self._settings) | {
            "step": str(steps),
            "epoch": str(epoch),
            "weights": AVERAGE if is_average else LIVE,
        }
        for name, value in (
            ("loss", loss),
            ("validation_loss", held_loss),
            ("validation_accuracy", held_accuracy),
        ):
            if value is not None:
                record[name] = f"{value:.6g}" if name.endswith("loss") else f"{value:.4f}"
        tensors = {name: _halved(tensor) for name, tensor in weights.copy(is_average).items()}
        try:
            save_weights(self._folder / snapshot_name(steps), tensors, record)
        except DigitpadError as error:
            self._give_up(str(error))

    def _give_up(self, reason: str) -> None:
        self._has_failed = True
        self._events(ListenerFailed(_("no more snapshots: {reason}").format(reason=reason)))


def _prepare(folder: Path, is_resumed: bool) -> None:
    """Make a folder for snapshots, and sweep away what a killed run left half written; raises
    DigitpadError where it cannot be written to, or has snapshots that would be mixed with new
    ones."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_open = os.access(folder, os.W_OK)
        sweep(folder)
        found = find_snapshots(folder)
    except OSError as error:
        raise DigitpadError(
            _("{folder} cannot be used for snapshots: {why}; choose another --snapshots").format(
                folder=folder, why=why_not(error)
            )
        ) from error
    if not is_open:
        raise DigitpadError(
            _("{folder} cannot be written to; choose another --snapshots").format(folder=folder)
        )
    if found and not is_resumed:
        raise DigitpadError(
            _(
                "{folder} has snapshots of an earlier run, such as {name}; choose another "
                "--snapshots, or take them away"
            ).format(folder=folder, name=found[0].path.name)
        )


def _check_run(folder: Path, settings: TrainingSettings) -> None:
    """Raise DigitpadError where a folder has snapshots of another run."""
    others = [one for one in find_snapshots(folder) if one.run != run_digest(settings)]
    if others:
        raise DigitpadError(
            _(
                "{folder} has snapshots of another run, such as {name}; choose another "
                "--snapshots, or take them away"
            ).format(folder=folder, name=others[0].path.name)
        )


def run_digest(settings: TrainingSettings) -> str:
    """What tells the snapshots of one run from those of another: a digest of its settings, but for
    the batch, which want of memory halves."""
    record = settings.as_record()
    record.pop("batch")
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:12]


def _measures(
    weights: RunWeights, report: EpochReport | None
) -> tuple[float | None, float | None, float | None]:
    """The loss, and the loss and accuracy on the digits held back: of an epoch, or of the weights
    as the last step left them."""
    if report is not None:
        return report.loss, report.validation_loss, report.validation_accuracy
    held_loss, held_accuracy, n = weights.validation(is_average=False)
    return (weights.loss, held_loss, held_accuracy) if n else (weights.loss, None, None)


def _record(settings: TrainingSettings) -> dict[str, str]:
    """What the record of every snapshot of a run has."""
    return {
        **network_record(settings),
        "recipe": settings.recipe,
        "dataset": settings.dataset,
        "classes": ",".join(data_set_named(settings.dataset).classes),
        "mean": str(settings.mean),
        "std": str(settings.std),
        "seed": str(settings.seed),
        "epochs": str(settings.epochs),
        "batch": str(settings.batch),
        RUN: run_digest(settings),
    }


def _halved(tensor: torch.Tensor) -> torch.Tensor:
    """A tensor in half precision, where it holds floating-point numbers that fit into it."""
    if not tensor.is_floating_point():
        return tensor
    half = tensor.half()
    return half if bool(half.isfinite().all()) else tensor


def _is_power_of_two(number: int) -> bool:
    return number > 0 and number & (number - 1) == 0
