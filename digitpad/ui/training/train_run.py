"""A training run in a process of its own, as the window follows and steers it."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Sequence
from dataclasses import fields
from enum import Enum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from digitpad.core.languages import _
from digitpad.core.processes import python_command
from digitpad.core.weights_record import MOST_CLASSES
from digitpad.training.events import EpochReport
from digitpad.training.steering_words import CONTINUE, PAUSE, STOP
from digitpad.ui.training.pace import Pace
from digitpad.ui.training.train_plan import TrainPlan

TOLD_MS = 100
"""What is new is told at most so often."""

_LONGEST_LINE = 1_000_000
_ENDS_WITHIN_MS = 20_000
_NOTHING_KEPT_MS = 1_000
"""What has nothing to save yet is not waited for: the window would stand still meanwhile."""
_MOST_EPOCHS = 1_000_000


class RunState(Enum):
    """PREPARING: digits are loaded and drawn. RUNNING, PAUSED. STOPPING: what is best is saved.
    FINISHED: at its end, or stopped with weights. FAILED: there are no weights."""

    PREPARING = "preparing"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPING = "stopping"
    FINISHED = "finished"
    FAILED = "failed"


_UNDER_WAY = (RunState.PREPARING, RunState.RUNNING, RunState.PAUSED, RunState.STOPPING)


class TrainRun(QObject):
    """One run of train.py --json-progress, at low priority, one core left to the window.

    Attributes:
        plan: what is trained. folder: of its snapshots. weights: its file, None before its end.
        state; message: why it failed, or what is to be known of its end; "" otherwise.
        history: a report for each epoch that is over. epochs: how many there are to be.
        steps_per_epoch: 0 before the first begins. share: of the epoch under way, 0 to 1.
        test_accuracy: in [0, 1], None where the test set was not read.

    Signals:
        changed (): any of it, at most ten times a second.
        epoch_over (): the history grew.
        ended (): the state is FINISHED or FAILED.
    """

    changed = Signal()
    epoch_over = Signal()
    ended = Signal()

    def __init__(
        self,
        plan: TrainPlan,
        out: Path,
        folder: Path,
        parent: QObject | None = None,
        command: Sequence[str] | None = None,
        resumes: bool = False,
    ) -> None:
        """Nothing is started yet. out: the weights file; folder: for snapshots, empty or not there
        yet. command: in place of train.py's. resumes: go on from the checkpoint of a run that was
        killed, with its out and folder."""
        super().__init__(parent)
        self.plan, self.out, self.folder = plan, out, folder
        self.state = RunState.PREPARING
        self.message = self.note = ""
        self.weights: Path | None = None
        self.test_accuracy: float | None = None
        self.history: list[EpochReport] = []
        self.epochs = plan.settings.epochs
        self.steps_per_epoch = 0
        self.share = 0.0
        self._pace = Pace()
        self._rest = b""
        self._command = list(
            command
            or python_command(
                "digitpad.training",
                *plan.arguments(out, folder, self.checkpoint if resumes else None),
                "--json-progress",
                "--steered",
                "--background",
            )
        )
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)
        self._telling = QTimer(self, singleShot=True, interval=TOLD_MS)
        self._telling.timeout.connect(self.changed)

    def start(self) -> None:
        """Start the process."""
        self._process.start(self._command[0], self._command[1:])

    @property
    def is_under_way(self) -> bool:
        """Whether its process runs."""
        return self.state in _UNDER_WAY

    @property
    def checkpoint(self) -> Path:
        """The file from which the run goes on where it was killed."""
        return self.out.with_suffix(".resume")

    @property
    def can_resume(self) -> bool:
        """Whether it was killed after an epoch, and can go on."""
        return self.state is RunState.FAILED and bool(self.history) and self.checkpoint.exists()

    @property
    def best(self) -> EpochReport | None:
        """The epoch whose weights are kept."""
        chosen = [report for report in self.history if report.best]
        return chosen[-1] if chosen else None

    @property
    def images_per_second(self) -> float | None:
        """Of the last epoch, in training steps alone; None before the first is over."""
        return self.history[-1].images_per_second if self.history else None

    @property
    def seconds_left(self) -> float | None:
        """About how long the epochs that are left will take, by those that are over and the pace of
        the one under way; None before there is either."""
        if not self.is_under_way:
            return None
        now, recent = self._pace.epoch_seconds, self.history[-3:]
        if recent:
            before = sum(report.seconds for report in recent) / len(recent)
            # The further the epoch is, the more it says of how busy the computer is now.
            each = before if now is None else before + self.share * (now - before)
        elif now is not None:
            each = now
        else:
            return None
        return max(0.0, (self.epochs - len(self.history) - self.share) * each)

    # Steering.

    def pause(self) -> None:
        """Hold it up after its next step."""
        if self.state is RunState.RUNNING:
            self._write(PAUSE)
            self._enter(RunState.PAUSED)

    def go_on(self) -> None:
        """Let it go on."""
        if self.state is RunState.PAUSED:
            self._pace.restart()
            self._write(CONTINUE)
            self._enter(RunState.RUNNING)

    def stop(self) -> None:
        """End it; the best so far is kept."""
        if self.is_under_way and self.state is not RunState.STOPPING:
            self._write(STOP)
            self._enter(RunState.STOPPING)

    def close(self) -> None:
        """End it, and wait until its process is gone: politely first, so that the best is kept,
        where an epoch is over."""
        if self._process.state() == QProcess.ProcessState.NotRunning:
            return
        self.stop()
        self._process.closeWriteChannel()
        patience = _ENDS_WITHIN_MS if self.history else _NOTHING_KEPT_MS
        if not self._process.waitForFinished(patience):
            self._process.kill()
            self._process.waitForFinished(_ENDS_WITHIN_MS)

    def _write(self, line: str) -> None:
        self._process.write(f"{line}\n".encode())

    # What it tells.

    def _read(self) -> None:
        content = self._rest + self._process.readAllStandardOutput().data()
        *lines, self._rest = content.split(b"\n")
        if len(self._rest) > _LONGEST_LINE:
            self._rest = b""
        for line in lines:
            try:
                event = json.loads(line)
                self._take(event)
            except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
                # A reader's own code may print into it.
                continue
        if not self._telling.isActive():
            self._telling.start()

    def _take(self, event: dict[str, Any]) -> None:
        match event["event"]:
            case "start":
                self._begin(event)
            case "step":
                done, total = int(event["done"]), int(event["total"])
                self.share = min(max(done / max(1, total), 0.0), 1.0)
                self._pace.note(self.share, time.monotonic())
            case "epoch":
                self.history.append(_report(event))
                self.share = 0.0
                self._pace.restart()
                self.epoch_over.emit()
            case "note":
                self.note = str(event["line"])[:500]
            case "finish" | "stop":
                accuracy = event.get("test_accuracy")
                self.test_accuracy = None if accuracy is None else float(accuracy)
                weights = event.get("weights")
                if isinstance(weights, str) and weights != "None":
                    self.weights = Path(weights)
            case "error":
                self.message = str(event["message"])[:1000]

    def _begin(self, event: dict[str, Any]) -> None:
        """The digits are there; anew where memory did not suffice."""
        self.epochs = min(max(int(event["epochs"]), 1), _MOST_EPOCHS)
        images, batch = int(event["images_per_epoch"]), int(event["settings"]["batch"])
        self.steps_per_epoch = max(1, images // max(1, min(batch, images)))
        self.history = [_report(one) for one in event["history"]]
        self.share, self.note = 0.0, ""
        self._pace.restart()
        if self.state is RunState.PREPARING:
            self._enter(RunState.RUNNING)

    def _enter(self, state: RunState) -> None:
        if state is not self.state:
            self.state = state
            self.changed.emit()

    def _on_finished(self) -> None:
        self._read()
        if not self.is_under_way:
            return
        self._telling.stop()
        said = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        if self.weights is None:
            last = said.strip().splitlines()[-1:] or [""]
            self.message = self.message or last[0].removeprefix("train.py: ")[:1000]
            self.message = self.message or _("Training ended by itself; nothing was kept.")
        if self.weights is None and self.history:
            self.message = _(
                "Training was killed. {n} of {epochs} epochs are kept, from which it can go on: "
                "{file}"
            ).format(n=len(self.history), epochs=self.epochs, file=self.checkpoint)
        self._enter(RunState.FAILED if self.weights is None else RunState.FINISHED)
        self.ended.emit()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self.is_under_way:
            self.message = _("Training could not be started: {why}").format(
                why=self._process.errorString()
            )
            self._enter(RunState.FAILED)
            self.ended.emit()


_FIELDS = tuple(field.name for field in fields(EpochReport))


def _report(event: dict[str, Any]) -> EpochReport:
    """An epoch as it was told; raises ValueError or the like where it makes no sense."""
    report = EpochReport(**{name: event[name] for name in _FIELDS if name in event})
    shares = (report.train_accuracy, report.validation_accuracy, report.weakest_accuracy)
    amounts = (report.loss, report.validation_loss, report.images_per_second, report.seconds)
    if type(report.epoch) is not int or not 1 <= report.epoch <= _MOST_EPOCHS:
        raise ValueError
    weakest = report.weakest_class
    if weakest is not None and (type(weakest) is not int or not 0 <= weakest < MOST_CLASSES):
        raise ValueError
    if not all(one is None or 0 <= float(one) <= 1 for one in shares):
        raise ValueError
    if not all(one is None or (math.isfinite(one) and one >= 0) for one in amounts):
        raise ValueError
    return report
