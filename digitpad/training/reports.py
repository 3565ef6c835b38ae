"""What a run says while it trains: lines and a bar for people, or JSON lines for the window."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any, Protocol, TextIO

_JSON_EVERY_S = 0.2


@dataclass(frozen=True)
class EpochReport:
    """One epoch, counted from 1 of epochs; loss and accuracies (shares) as measured in it, seconds
    for all of it.

    train_accuracy is over the deformed digits as they were trained on, with the weights of that
    moment; validation is read with the averaged weights, and None where no digits are held back.
    images_per_second counts training steps only, over the whole crew.
    """

    epoch: int
    epochs: int
    loss: float
    train_accuracy: float
    validation_accuracy: float | None
    validation_loss: float | None
    images_per_second: float
    seconds: float
    best: bool


class Reporter(Protocol):
    """Whoever listens to a run."""

    def start(self, info: dict[str, Any]) -> None:
        """The run begins: device, device_report, digits, settings."""
        ...

    def step(self, epoch: int, done: int, total: int) -> None:
        """done of the total digits of an epoch (counted from 1) have been trained on."""
        ...

    def epoch(self, report: EpochReport) -> None:
        """An epoch is over."""
        ...

    def note(self, line: str) -> None:
        """Something worth a line."""
        ...

    def finish(self, info: dict[str, Any]) -> None:
        """The run is over: what was reached and where the weights are."""
        ...


class Silence:
    """Says nothing: for the other processes of a crew and for tests."""

    def start(self, info: dict[str, Any]) -> None:
        pass

    def step(self, epoch: int, done: int, total: int) -> None:
        pass

    def epoch(self, report: EpochReport) -> None:
        pass

    def note(self, line: str) -> None:
        pass

    def finish(self, info: dict[str, Any]) -> None:
        pass


class TextReporter(Silence):
    """Lines on standard output; a progress bar on standard error where that is a terminal."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._bar: Any = None

    def start(self, info: dict[str, Any]) -> None:
        for line in info["device_report"]:
            self.note(f"device {line}")
        for line in info["sources"]:
            self.note(line)
        self.note("epoch      loss   train  validation  images/s")

    def step(self, epoch: int, done: int, total: int) -> None:
        if self._bar is None:
            from tqdm import tqdm

            self._bar = tqdm(
                total=total, desc=f"epoch {epoch}", unit="image", leave=False, disable=None
            )
        self._bar.update(done - self._bar.n)

    def epoch(self, report: EpochReport) -> None:
        self._close_bar()
        held = report.validation_accuracy
        self.note(
            f"{report.epoch:3d}/{report.epochs:<3d} {report.loss:8.4f} {report.train_accuracy:7.2%}"
            f" {'–' if held is None else format(held, '.2%'):>10} {report.images_per_second:10,.0f}"
            + ("  best so far" if report.best and held is not None else "")
        )

    def note(self, line: str) -> None:
        print(line, file=self._out, flush=True)

    def finish(self, info: dict[str, Any]) -> None:
        self._close_bar()
        width = max(len(name) for name in info)
        for name, value in info.items():
            self.note(f"{name.replace('_', ' '):{width}s}  {_readable(name, value)}")

    def _close_bar(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


class JsonReporter(Silence):
    """A JSON object a line on standard output; "event" is start, step, epoch, note, finish or
    error."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._last_s = 0.0

    def start(self, info: dict[str, Any]) -> None:
        self._write("start", info)

    def step(self, epoch: int, done: int, total: int) -> None:
        now_s = time.monotonic()
        if done == total or now_s - self._last_s >= _JSON_EVERY_S:
            self._last_s = now_s
            self._write("step", {"epoch": epoch, "done": done, "total": total})

    def epoch(self, report: EpochReport) -> None:
        self._write("epoch", asdict(report))

    def note(self, line: str) -> None:
        self._write("note", {"line": line})

    def finish(self, info: dict[str, Any]) -> None:
        self._write("finish", info)

    def error(self, message: str) -> None:
        """The run failed, and why."""
        self._write("error", {"message": message})

    def _write(self, event: str, info: dict[str, Any]) -> None:
        print(json.dumps({"event": event, **info}), file=self._out, flush=True)


def _readable(name: str, value: Any) -> str:
    if name.endswith("accuracy") and isinstance(value, float):
        return f"{value:.2%}"
    if isinstance(value, float):
        return f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
