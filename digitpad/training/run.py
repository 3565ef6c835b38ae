"""One run of train.py from its options to a weights file."""

from __future__ import annotations

import argparse
import time
from dataclasses import asdict, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import torch

from digitpad.errors import DigitpadError
from digitpad.nets.devices import DeviceChoice, choose_device, describe
from digitpad.nets.networks import build
from digitpad.nets.table import network_named
from digitpad.training.calibration import calibrate
from digitpad.training.distributed import Crew
from digitpad.training.keeping import (
    check_place,
    default_out,
    keep_weights,
    load_state,
    save_state,
    state_path,
)
from digitpad.training.measuring import Score, measure
from digitpad.training.mixture import joined, sources_for, validation_for
from digitpad.training.mnist import MEAN, STD, load_mnist, split
from digitpad.training.reports import JsonReporter, Reporter, Silence, TextReporter
from digitpad.training.settings import TrainingSettings
from digitpad.training.sources import DigitSource
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
        record, fingerprint, state = load_state(args.resume)
        try:
            settings, resumed = TrainingSettings.from_record(record), (fingerprint, state)
        except (KeyError, TypeError) as error:
            raise DigitpadError(f"{args.resume} is of another version; train from the start") from error
    network_named(settings.network)  # raises, naming those that there are
    out = args.out or (args.resume.with_suffix(".safetensors") if args.resume else default_out(settings.network))
    check_place(out)
    crew = Crew.from_environment()
    reporter: Reporter = Silence()
    if crew.is_first:
        reporter = JsonReporter() if args.json_progress else TextReporter()
    choice = choose_device(args.device)
    choice = DeviceChoice(crew.device(choice.device), choice.report)
    torch.set_flush_denormal(True)
    torch.backends.cudnn.deterministic = True
    crew.join(choice.device)
    try:
        while True:
            job = _Job(args, command, settings, out, choice, crew, reporter)
            try:
                return job.run(resumed)
            except RuntimeError as error:
                if crew.size > 1 or not is_out_of_memory(error):
                    raise
                smaller = _smaller(settings, choice, reporter)
                if smaller is None:
                    raise DigitpadError(
                        "there is too little memory even for a small batch on the CPU; close other programs"
                    ) from error
                settings, choice = smaller
                resumed = None  # its schedule counts steps of another size
    finally:
        crew.leave()


def settings_of(args: argparse.Namespace) -> TrainingSettings:
    """The recipe that the options name; what they leave out is the default's."""
    settings = TrainingSettings()
    if args.quick:
        settings = settings.quick()
    given = {"network": args.net, "dataset": args.dataset, "epochs": args.epochs, "batch": args.batch}
    given |= {"seed": args.seed, "limit": args.limit}
    given |= {"styles": args.styles}
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if args.no_augment:
        changes["deformation"] = None
    return replace(settings, **changes)


def is_out_of_memory(error: RuntimeError) -> bool:
    """Whether a device, or the machine, had too little memory."""
    text = str(error)
    return isinstance(error, torch.OutOfMemoryError) or "out of memory" in text or "can't allocate memory" in text


def _smaller(
    settings: TrainingSettings, choice: DeviceChoice, reporter: Reporter
) -> tuple[TrainingSettings, DeviceChoice] | None:
    if settings.batch // 2 >= _SMALLEST_BATCH:
        settings = replace(settings, batch=settings.batch // 2)
        reporter.note(f"{choice.device.type} is out of memory; again from the start with a batch of {settings.batch}")
        return settings, choice
    if choice.device.type == "cpu":
        return None
    reporter.note(f"{choice.device.type} is out of memory even for a small batch; again from the start on the CPU")
    return replace(settings, batch=TrainingSettings.batch), choose_device("cpu")


class _Job:
    def __init__(
        self,
        args: argparse.Namespace,
        command: str,
        settings: TrainingSettings,
        out: Path,
        choice: DeviceChoice,
        crew: Crew,
        reporter: Reporter,
    ) -> None:
        self._args, self._command, self._settings, self._out = args, command, settings, out
        self._choice, self._crew, self._reporter = choice, crew, reporter

    def run(self, resumed: tuple[str, dict[str, Any]] | None) -> int:
        learning, validation = split(load_mnist(self._args.data))
        if self._settings.styles != "none":
            self._reporter.note("Drawing digits as the world writes them, to mix them in")
        started_s = time.perf_counter()
        sources = sources_for(self._settings, learning, self._args.strokes or ())
        self._held = validation_for(self._settings, validation)
        self._drawing_s = time.perf_counter() - started_s
        held = joined(self._held, "validation")
        trainer = Trainer(self._settings, sources, held, self._choice.device, self._reporter, self._crew)
        if resumed is not None:
            self._restore(trainer, resumed)
        self._reporter.start(self._facts(sources, trainer))
        state_file = state_path(self._out)
        try:
            while trainer.epochs_done < self._settings.epochs:
                trainer.run_epoch()
                if self._crew.is_first:
                    save_state(state_file, self._settings.as_record(), trainer.fingerprint(), trainer.state())
        except KeyboardInterrupt:
            raise StoppedError(self._stopped(trainer, state_file)) from None
        if self._crew.is_first:
            self._finish(trainer)
            state_file.unlink(missing_ok=True)
        self._crew.wait()
        return 0

    def _restore(self, trainer: Trainer, resumed: tuple[str, dict[str, Any]]) -> None:
        fingerprint, state = resumed
        if fingerprint != trainer.fingerprint():
            raise DigitpadError(f"{self._args.resume} was trained on other digits; name the same ones or start anew")
        try:
            trainer.restore(state)
        except (KeyError, TypeError, ValueError, RuntimeError) as error:
            raise DigitpadError(f"{self._args.resume} does not fit the network; train from the start") from error

    def _facts(self, sources: list[DigitSource], trainer: Trainer) -> dict[str, Any]:
        parts = [f"{source.name}: {source.count:,} digits an epoch" for source in sources]
        crew = f"; {self._crew.size} processes" if self._crew.size > 1 else ""
        recipe = (
            f"{network_named(self._settings.network).title}: {self._settings.epochs} epochs, "
            f"batch {self._settings.batch}, seed {self._settings.seed}{crew}"
        )
        return {
            "network": self._settings.network,
            "epochs": self._settings.epochs,
            "epochs_done": trainer.epochs_done,
            "device": self._choice.device.type,
            "device_report": list(self._choice.report),
            "sources": [*parts, recipe],
            "settings": asdict(self._settings),
        }

    def _stopped(self, trainer: Trainer, state_file: Path) -> str:
        report = trainer.best_report()
        if report is None or trainer.best is None:
            return "stopped before the first epoch was over; nothing was kept"
        if not self._crew.is_first:
            return "stopped"
        # The test set stays unread: a run that goes on may still choose.
        taken, reason = keep_weights(self._out, trainer.best, self._metadata(trainer, None), self._args.replace)
        why = f" ({reason})" if reason else ""
        return (
            f"stopped after epoch {trainer.epochs_done}; the best so far, {report.validation_accuracy:.2%} "
            f"of the validation digits, is in {taken}{why}; go on with --resume {state_file}"
        )

    def _finish(self, trainer: Trainer) -> None:
        report = trainer.best_report()
        assert report is not None and trainer.best is not None
        test = DigitSource.of("test", load_mnist(self._args.data, "test"))
        network = build(self._settings.network)
        network.load_state_dict(trainer.best)
        score = measure(network, test.digits, test.labels)
        metadata = self._metadata(trainer, score)
        taken, reason = keep_weights(self._out, trainer.best, metadata, self._args.replace)
        if reason:
            self._reporter.note(f"{reason}; --replace replaces it")
        self._reporter.finish(
            {
                "validation_accuracy": report.validation_accuracy,
                "validation_n": int(metadata["validation_n"]),
                "test_accuracy": score.accuracy,
                "test_n": score.n,
                "best_epoch": report.epoch,
                "seconds": float(metadata["seconds"]),
                "weights": str(taken),
            }
        )

    def _calibration(self, trainer: Trainer) -> dict[str, object]:
        assert trainer.best is not None
        network = build(self._settings.network)
        network.load_state_dict(trainer.best)
        facts: dict[str, object] = {}
        for source in self._held:
            key = f"validation_{source.name.replace(' ', '_')}"
            score = measure(network, source.digits, source.labels)
            facts |= {f"{key}_accuracy": f"{score.accuracy:.4f}", f"{key}_n": score.n}
        found = calibrate(network, self._held)
        facts |= {
            "temperature": f"{found.temperature:.4f}",
            "calibration_error_before": f"{found.error_before:.4f}",
            "calibration_error": f"{found.error_after:.4f}",
        }
        # What never saw a drawing that is no digit does not know one.
        if self._settings.styles != "none":
            facts["reject_energy"] = f"{found.reject_energy:.4f}"
        return facts

    def _metadata(self, trainer: Trainer, score: Score | None) -> dict[str, str]:
        report = trainer.best_report()
        assert report is not None
        facts: dict[str, object] = {
            "network": self._settings.network,
            "classes": "0,1,2,3,4,5,6,7,8,9",
            "mean": MEAN,
            "std": STD,
            "datasets": trainer.source_names,
            "validation_accuracy": f"{report.validation_accuracy:.4f}",
            "validation_n": trainer.validation_n,
            "seed": self._settings.seed,
            "epochs": self._settings.epochs,
            "best_epoch": report.epoch,
            "batch": self._settings.batch,
            "torch": torch.__version__.split("+")[0],
            "device": f"{self._choice.device.type} ({describe(self._choice.device)})",
            "seconds": f"{sum(past.seconds for past in trainer.history):.0f}",
            "drawing_seconds": f"{self._drawing_s:.0f}",
            "date": datetime.now(timezone.utc).strftime("%Y-%m-%d"),
            "command": self._command,
        }
        facts |= self._calibration(trainer)
        if score is not None:
            facts |= {"test_accuracy": f"{score.accuracy:.4f}", "test_n": score.n}
        return {name: str(value) for name, value in facts.items()}
