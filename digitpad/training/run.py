"""One run of train.py from its options to a weights file."""

from __future__ import annotations

import argparse
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch

from digitpad.core.errors import DigitpadError
from digitpad.datasets import LabelledDigits, data_set_named, load, split
from digitpad.nets.devices import DeviceChoice, choose_device
from digitpad.nets.spec.catalogue import network_named
from digitpad.training.checkpoints import (
    check_place,
    default_out,
    keep_weights,
    load_state,
    save_state,
    state_path,
)
from digitpad.training.data.mixture import joined, sources_for, validation_for
from digitpad.training.data.sources import DigitSource
from digitpad.training.measuring import measure
from digitpad.training.process_group import ProcessGroup
from digitpad.training.recipes import departures, has_pen_styles, settings_for
from digitpad.training.record import best_network, record
from digitpad.training.reports import JsonReporter, Reporter, Silence, TextReporter
from digitpad.training.settings import OURS, TrainingSettings
from digitpad.training.trainer import Trainer

_SMALLEST_BATCH = 16


class StoppedError(DigitpadError):
    """The run was stopped from outside; its message says what was kept."""


def train(args: argparse.Namespace, command: str) -> int:
    """Train as args (of command.parser()) say; 0 when done.

    Raises DigitpadError for what a person can mend, StoppedError among them.
    """
    settings, resumed = settings_of(args), None
    if args.resume:
        values, fingerprint, state = load_state(args.resume)
        try:
            settings, resumed = TrainingSettings.from_record(values), (fingerprint, state)
        except (KeyError, TypeError) as error:
            raise DigitpadError(
                f"{args.resume} is of another version; train from the start"
            ) from error
    out = args.out or (
        args.resume.with_suffix(".safetensors")
        if args.resume
        else default_out(weights_name(settings))
    )
    check_place(out)
    group = ProcessGroup.from_environment()
    reporter: Reporter = Silence()
    if group.is_first:
        reporter = JsonReporter() if args.json_progress else TextReporter()
    choice = choose_device(args.device)
    choice = DeviceChoice(group.device(choice.device), choice.report)
    torch.set_flush_denormal(True)
    torch.backends.cudnn.deterministic = True
    group.join(choice.device)
    asked_batch = settings.batch
    try:
        while True:
            job = _Job(args, command, settings, out, choice, group, reporter)
            try:
                return job.run(resumed)
            except RuntimeError as error:
                if group.size > 1 or not is_out_of_memory(error):
                    raise
                smaller = _smaller(settings, asked_batch, choice, reporter)
                if smaller is None:
                    raise DigitpadError(
                        "there is too little memory even for a small batch on the CPU; close other programs"
                    ) from error
                settings, choice = smaller
                resumed = None  # its schedule counts steps of another size
    finally:
        group.leave()
        torch.set_flush_denormal(False)


def settings_of(args: argparse.Namespace) -> TrainingSettings:
    """The recipe that the options name; what they leave out is the recipe's own.

    Raises DigitpadError where there is no such network, recipe or data set, or they do not go
    together.
    """
    settings = settings_for(
        network_named(args.net or TrainingSettings.network), args.recipe or OURS, args.dataset
    )
    if args.quick:
        settings = settings.quick()
    if args.styles == "shipped" and not has_pen_styles(settings.dataset):
        title = data_set_named(settings.dataset).title
        raise DigitpadError(
            f"pen strokes are generated for digits, and {title} has none; leave --styles out"
        )
    options = ("epochs", "batch", "seed", "limit", "styles", "precision")
    given = {name: getattr(args, name) for name in options}
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if args.no_augment:
        changes["deformation"] = None
    return replace(settings, **changes)


def weights_name(settings: TrainingSettings) -> str:
    """What a run's weights are called, after what sets them apart: the network, the recipe if it
    is not ours, the data set if it is not the recipe's own."""
    network = network_named(settings.network)
    own = network.dataset if settings.recipe == OURS else network.recipes[settings.recipe].dataset
    parts = [settings.network]
    if settings.recipe != OURS:
        parts.append(settings.recipe)
    if settings.dataset != own:
        parts.append(settings.dataset)
    return "-".join(parts)


def is_out_of_memory(error: RuntimeError) -> bool:
    """Whether a device, or the machine, had too little memory."""
    text = str(error)
    return (
        isinstance(error, torch.OutOfMemoryError)
        or "out of memory" in text
        or "can't allocate memory" in text
    )


def _smaller(
    settings: TrainingSettings, asked_batch: int, choice: DeviceChoice, reporter: Reporter
) -> tuple[TrainingSettings, DeviceChoice] | None:
    if settings.batch // 2 >= _SMALLEST_BATCH:
        settings = replace(settings, batch=settings.batch // 2)
        reporter.note(
            f"{choice.device.type} is out of memory; again from the start with a batch of {settings.batch}"
        )
        return settings, choice
    if choice.device.type == "cpu":
        return None
    reporter.note(
        f"{choice.device.type} is out of memory even for a small batch; again from the start on the CPU"
    )
    return replace(settings, batch=asked_batch), choose_device("cpu")


class _Job:
    def __init__(
        self,
        args: argparse.Namespace,
        command: str,
        settings: TrainingSettings,
        out: Path,
        choice: DeviceChoice,
        group: ProcessGroup,
        reporter: Reporter,
    ) -> None:
        self._args, self._command, self._settings, self._out = args, command, settings, out
        self._choice, self._crew, self._reporter = choice, group, reporter

    def run(self, resumed: tuple[str, dict[str, Any]] | None) -> int:
        learning, validation = self._split(load(self._settings.dataset, self._args.data))
        if self._settings.styles != "none":
            self._reporter.note("Drawing digits as the world writes them, to mix them in")
        started_s = time.perf_counter()
        sources = sources_for(self._settings, learning, self._args.strokes or ())
        self._held = validation_for(self._settings, validation)
        self._drawing_s = time.perf_counter() - started_s
        held = joined(self._held, "validation")
        trainer = Trainer(
            self._settings, sources, held, self._choice.device, self._reporter, self._crew
        )
        if resumed is not None:
            self._restore(trainer, resumed)
        self._reporter.start(self._info(sources, trainer))
        state_file = state_path(self._out)
        try:
            while trainer.epochs_done < self._settings.epochs:
                trainer.run_epoch()
                if self._crew.is_first:
                    save_state(
                        state_file,
                        self._settings.as_record(),
                        trainer.fingerprint(),
                        trainer.state(),
                    )
        except KeyboardInterrupt:
            raise StoppedError(self._stopped(trainer, state_file)) from None
        if self._crew.is_first:
            self._finish(trainer)
            state_file.unlink(missing_ok=True)
        self._crew.wait()
        return 0

    def _split(self, training: LabelledDigits) -> tuple[LabelledDigits, LabelledDigits]:
        """What to learn from, and what is held back to choose by."""
        return split(training) if self._settings.holds_back else split(training, 0)

    def _restore(self, trainer: Trainer, resumed: tuple[str, dict[str, Any]]) -> None:
        fingerprint, state = resumed
        if fingerprint != trainer.fingerprint():
            raise DigitpadError(
                f"{self._args.resume} was trained on other digits; name the same ones or start anew"
            )
        try:
            trainer.restore(state)
        except (KeyError, TypeError, ValueError, RuntimeError) as error:
            raise DigitpadError(
                f"{self._args.resume} does not fit the network; train from the start"
            ) from error

    def _info(self, sources: list[DigitSource], trainer: Trainer) -> dict[str, Any]:
        parts = [f"{source.name}: {source.count:,} digits an epoch" for source in sources]
        group = f"; {self._crew.size} processes" if self._crew.size > 1 else ""
        recipe = (
            f"{network_named(self._settings.network).title}, recipe {self._settings.recipe}: "
            f"{self._settings.epochs} epochs, batch {self._settings.batch}, seed {self._settings.seed}{group}"
        )
        others = [f"departure: {one}" for one in departures(self._settings)]
        return {
            "network": self._settings.network,
            "epochs": self._settings.epochs,
            "epochs_done": trainer.epochs_done,
            "device": self._choice.device.type,
            "device_report": list(self._choice.report),
            "sources": [*parts, recipe, *others],
            "settings": asdict(self._settings),
        }

    def _stopped(self, trainer: Trainer, state_file: Path) -> str:
        report = trainer.best_report()
        if report is None or trainer.best is None:
            return "stopped before the first epoch was over; nothing was kept"
        if not self._crew.is_first:
            return "stopped"
        # The test set stays unread: a run that goes on may still choose.
        metadata = record(trainer, self._held, None, self._command, self._drawing_s)
        taken, reason = keep_weights(self._out, trainer.best, metadata, self._args.replace)
        why = f" ({reason})" if reason else ""
        kept = "what it has learnt"
        if report.validation_accuracy is not None:
            kept = f"the best so far, {report.validation_accuracy:.2%} of the validation digits,"
        return f"stopped after epoch {trainer.epochs_done}; {kept} is in {taken}{why}; go on with --resume {state_file}"

    def _finish(self, trainer: Trainer) -> None:
        report = trainer.best_report()
        assert report is not None and trainer.best is not None
        test = DigitSource.of("test", load(self._settings.dataset, self._args.data, "test"))
        score = measure(best_network(trainer), test.digits, test.labels)
        metadata = record(trainer, self._held, score, self._command, self._drawing_s)
        taken, reason = keep_weights(self._out, trainer.best, metadata, self._args.replace)
        if reason:
            self._reporter.note(f"{reason}; --replace replaces it")
        info: dict[str, object] = {}
        if report.validation_accuracy is not None:
            info = {
                "validation_accuracy": report.validation_accuracy,
                "validation_n": trainer.validation_n,
            }
        info |= {"test_accuracy": score.accuracy, "test_n": score.n, "best_epoch": report.epoch}
        self._reporter.finish(info | {"seconds": float(metadata["seconds"]), "weights": str(taken)})
