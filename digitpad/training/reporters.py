"""What a run's events become: lines and a bar for people, or JSON lines for programs."""

from __future__ import annotations

import json
import sys
import time
from typing import Any, TextIO

from digitpad.core.columns import columns_of, padded
from digitpad.core.languages import N_, _
from digitpad.training.chance import accuracy_of, chance_line
from digitpad.training.events import (
    CheckpointFailed,
    EpochFinished,
    EpochReport,
    ListenerFailed,
    MemoryExhausted,
    PrecisionUnavailable,
    RunFinished,
    RunStarted,
    RunStopped,
    StepsTrained,
    SynthesisStarted,
    TrainingEvent,
    TrainingResult,
    WeightsMoved,
)
from digitpad.training.recipes import network_title
from digitpad.training.settings import TrainingSettings

_JSON_EVERY_S = 0.2


class TextReporter:
    """A listener: lines on standard output; a progress bar on standard error where that is a
    terminal."""

    def __init__(self, out: TextIO | None = None) -> None:
        """out: standard output unless told."""
        self._out = out or sys.stdout
        self._bar: Any = None
        self._settings: TrainingSettings | None = None

    def __call__(self, event: TrainingEvent) -> None:
        """Show an event, or pass over it."""
        match event:
            case RunStarted():
                for line in event.device_report:
                    self._write(_("device {line}").format(line=line))
                for line in _run_lines(event):
                    self._write(line)
                self._write(_head())
                self._settings = event.settings
            case StepsTrained():
                self._move_bar(event)
            case EpochFinished(report):
                self._close_bar()
                self._write(_epoch_line(report))
                self._warn(accuracy_of(report))
            case RunFinished(result):
                self._close_bar()
                info = finish_record(result)
                titles = {name: _(_TITLES[name]) for name in info}
                width = max(map(columns_of, titles.values()))
                for name, value in info.items():
                    self._write(f"{padded(titles[name], width)}  {_readable(name, value)}")
                self._warn(result.test_accuracy)
            case _ if line := note_line(event):
                self._write(line)

    def close(self) -> None:
        """Take the bar away; for a run that ends in any other way."""
        self._close_bar()

    def _move_bar(self, event: StepsTrained) -> None:
        if self._bar is None:
            from tqdm import tqdm

            self._bar = tqdm(
                total=event.total,
                desc=_("epoch {epoch}").format(epoch=event.epoch),
                unit=_("image"),
                leave=False,
                disable=None,
            )
        self._bar.update(event.done - self._bar.n)

    def _close_bar(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def _warn(self, accuracy: float | None) -> None:
        """Say so where an accuracy is what guessing gives."""
        if self._settings is not None and (line := chance_line(accuracy, self._settings)):
            self._write(line)

    def _write(self, line: str) -> None:
        print(line, file=self._out, flush=True)


_TITLES = {
    "validation_accuracy": N_("validation accuracy"),
    "validation_n": N_("validation n"),
    "test_accuracy": N_("test accuracy"),
    "test_n": N_("test n"),
    "best_epoch": N_("best epoch"),
    "seconds": N_("seconds"),
    "weights": N_("weights"),
}
"""What the table at the end calls what finish_record() has."""


class JsonReporter:
    """A listener: a JSON object a line on standard output; "event" is start, step, epoch, note,
    finish, stop or error."""

    def __init__(self, out: TextIO | None = None) -> None:
        """out: standard output unless told."""
        self._out = out or sys.stdout
        self._last_s = 0.0
        self._settings: TrainingSettings | None = None

    def __call__(self, event: TrainingEvent) -> None:
        """Write an event, or pass over it; of an epoch's steps, five a second and the last."""
        match event:
            case RunStarted():
                self._settings = event.settings
                self._write("start", start_record(event))
            case StepsTrained(epoch, done, total):
                now_s = time.monotonic()
                if done == total or now_s - self._last_s >= _JSON_EVERY_S:
                    self._last_s = now_s
                    self._write("step", {"epoch": epoch, "done": done, "total": total})
            case EpochFinished(report):
                self._write("epoch", vars(report))
                self._warn(accuracy_of(report))
            case RunFinished(result):
                self._write("finish", finish_record(result))
                self._warn(result.test_accuracy)
            case RunStopped(result):
                self._write("stop", finish_record(result))
            case _ if line := note_line(event):
                self._write("note", {"line": line})

    def close(self) -> None:
        """Nothing: each line is whole."""

    def error(self, message: str) -> None:
        """The run failed or was stopped, and why."""
        self._write("error", {"message": message})

    def _warn(self, accuracy: float | None) -> None:
        if self._settings is not None and (line := chance_line(accuracy, self._settings)):
            self._write("note", {"line": line})

    def _write(self, event: str, info: dict[str, Any]) -> None:
        print(json.dumps({"event": event, **info}), file=self._out, flush=True)


def start_record(event: RunStarted) -> dict[str, Any]:
    """What JSON has of a run's start."""
    return {
        "network": event.settings.network,
        "epochs": event.settings.epochs,
        "epochs_done": event.epochs_done,
        "device": event.device,
        "device_report": list(event.device_report),
        "sources": _run_lines(event),
        "images_per_epoch": sum(source.per_epoch for source in event.sources),
        "history": [vars(report) for report in event.history],
        "settings": event.settings.as_record(),
    }


def finish_record(result: TrainingResult) -> dict[str, Any]:
    """What JSON, and the table at the end, have of a result."""
    info: dict[str, Any] = {}
    if result.validation_accuracy is not None:
        info |= {
            "validation_accuracy": result.validation_accuracy,
            "validation_n": result.validation_n,
        }
    return info | {
        "test_accuracy": result.test_accuracy,
        "test_n": result.test_n,
        "best_epoch": result.best_epoch,
        # Whole seconds, as the weights' record has them.
        "seconds": float(f"{result.seconds:.0f}"),
        "weights": str(result.weights),
    }


def note_line(event: TrainingEvent) -> str:
    """An event that is worth one line in words; "" for those that are not."""
    match event:
        case SynthesisStarted():
            return _("Drawing digits as the world writes them, to mix them in")
        case PrecisionUnavailable(device):
            return _(
                "{device} has no units for bfloat16: computed in float32, which takes longer"
            ).format(device=device)
        case MemoryExhausted(device, None):
            return _(
                "{device} is out of memory even for a small batch; again from the start on the CPU"
            ).format(device=device)
        case MemoryExhausted(device, batch):
            return _(
                "{device} is out of memory; again from the start with a batch of {batch}"
            ).format(device=device, batch=batch)
        case CheckpointFailed(epoch, reason, saved_epoch):
            last = (
                _("there is none yet")
                if saved_epoch is None
                else _("it has epoch {saved_epoch}").format(saved_epoch=saved_epoch)
            )
            return _(
                "epoch {epoch} is not in the checkpoint, {last}: {reason}; training goes on"
            ).format(epoch=epoch, last=last, reason=reason)
        case ListenerFailed(reason):
            return _("{reason}; training goes on").format(reason=reason)
        case WeightsMoved(path, reason, is_spared):
            return (
                _("{reason}; --replace replaces it").format(reason=reason)
                if is_spared
                else _("{reason}; now in {path}").format(reason=reason, path=path)
            )
        case _:
            return ""


def _run_lines(event: RunStarted) -> list[str]:
    """What a run learns from, by which recipe, and what it does otherwise than its page."""
    settings = event.settings
    recipe = (
        _("{network}, recipe {recipe}: {epochs} epochs, batch {batch}, seed {seed}")
        if event.processes == 1
        else _(
            "{network}, recipe {recipe}: {epochs} epochs, batch {batch}, seed {seed}; "
            "{processes} processes"
        )
    ).format(
        network=_(network_title(settings)),
        recipe=settings.recipe,
        epochs=settings.epochs,
        batch=settings.batch,
        seed=settings.seed,
        processes=event.processes,
    )
    return [
        *(
            _("{name}: {n:,} digits an epoch").format(name=_(source.name), n=source.per_epoch)
            for source in event.sources
        ),
        recipe,
        *(_("departure: {one}").format(one=_(one)) for one in event.departures),
    ]


def _head() -> str:
    """The head of the lines of epochs, each word over its column."""
    words = (_("epoch"), _("loss"), _("train"), _("validation"), _("images/s"))
    rest = zip(words[1:], (10, 8, 12, 10), strict=True)
    return padded(words[0], 5) + "".join(padded(word, wide, right=True) for word, wide in rest)


def _epoch_line(report: EpochReport) -> str:
    held = report.validation_accuracy
    return (
        f"{report.epoch:3d}/{report.epochs:<3d} {report.loss:8.4f} {report.train_accuracy:7.2%}"
        f" {'–' if held is None else format(held, '.2%'):>10} {report.images_per_second:10,.0f}"
        + ("  " + _("best so far") if report.best and held is not None else "")
    )


def _readable(name: str, value: object) -> str:
    if name.endswith("accuracy") and isinstance(value, float):
        return f"{value:.2%}"
    if isinstance(value, float):
        return f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
