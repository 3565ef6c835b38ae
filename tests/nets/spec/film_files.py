"""Snapshots for tests: files with a record, and next to no weights."""

from __future__ import annotations

from pathlib import Path

import torch

from digitpad.nets.files.weights_file import save_weights
from digitpad.nets.spec.snapshots import AVERAGE, LIVE, snapshot_name


def save_snapshot(folder: Path, step: int, epoch: int, loss: float, run: str = "a") -> Path:
    record = {
        "network": "lenet5",
        "classes": "0,1,2,3,4,5,6,7,8,9",
        "seed": "0",
        "epochs": "3",
        "step": str(step),
        "epoch": str(epoch),
        "loss": str(loss),
        "validation_loss": str(loss / 2),
        "validation_accuracy": "0.5",
        "weights": AVERAGE if epoch else LIVE,
        "run": run,
    }
    path = folder / snapshot_name(step)
    save_weights(path, {"a": torch.zeros(1)}, record)
    return path


def save_film(folder: Path) -> Path:
    """Steps 0, 1, 2, 4, 8 and three epochs of ten steps, of which the second is the best."""
    for step in (0, 1, 2, 4, 8):
        save_snapshot(folder, step, 0, 2.0)
    for epoch, loss in ((1, 0.8), (2, 0.2), (3, 0.4)):
        save_snapshot(folder, 10 * epoch, epoch, loss)
    return folder
