"""Runs for tests: a process that tells what train.py tells, and does as it is told."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from digitpad.training.events import EpochReport
from digitpad.training.settings import TrainingSettings
from digitpad.ui.training.train_plan import TrainPlan
from digitpad.ui.training.train_run import TrainRun

START = {
    "event": "start",
    "epochs": 3,
    "images_per_epoch": 2560,
    "settings": TrainingSettings().as_record(),
    "history": [],
}

_CHILD = """
import sys
for line in sys.argv[1].splitlines():
    if line.startswith("<"):
        heard = sys.stdin.readline().strip()
        print('{"event": "note", "line": "heard %s"}' % heard, flush=True)
    elif line.startswith("!"):
        print(line[1:], file=sys.stderr)
        sys.exit(1)
    else:
        print(line, flush=True)
"""

HEARS = "<"
"""The process waits for a line, and tells it."""


def epoch(number: int, loss: float, best: bool = True, **changes: Any) -> dict[str, Any]:
    """What is told of an epoch."""
    report = EpochReport(number, 3, loss, 0.9, 0.95, loss, 1000.0, 2.0, best, 8, 0.8125)
    return {"event": "epoch", **vars(report), **changes}


def finish(weights: Path, event: str = "finish") -> dict[str, Any]:
    """What is told at the end of a run, or where it is stopped."""
    accuracy = 0.96 if event == "finish" else None
    return {"event": event, "test_accuracy": accuracy, "weights": str(weights)}


def run_of(
    *told: dict[str, Any] | str,
    plan: TrainPlan | None = None,
    out: Path = Path("net.safetensors"),
    folder: Path = Path("film"),
    parent: QObject | None = None,
) -> TrainRun:
    """A run whose process tells these events, hears lines, or fails with "!" and why."""
    lines = [one if isinstance(one, str) else json.dumps(one) for one in told]
    command = [sys.executable, "-c", _CHILD, "\n".join(lines)]
    return TrainRun(plan or TrainPlan(quick=False, epochs=3), out, folder, parent, command)
