"""Weights files that tests of docs/reports/networks.md measure."""

from __future__ import annotations

from pathlib import Path

from digitpad.accuracy.network_runs import NetworkRun
from digitpad.nets.files.weights_file import save_weights
from digitpad.nets.modules import build


def write_weights(run: NetworkRun, folder: Path, **more: str) -> Path:
    """A file of random weights where the run's own belongs, with its record; more is added to
    it."""
    settings = run.settings
    record = {
        "network": run.network.name,
        "recipe": run.recipe,
        "dataset": run.dataset,
        "classes": ",".join(map(str, range(10))),
        "mean": str(settings.mean),
        "std": str(settings.std),
        "seed": str(settings.seed),
        "epochs": str(run.epochs_planned),
        "best_epoch": str(run.epochs_planned),
        "precision": "float32",
        "device": "cpu (2 threads)",
        "seconds": "125",
        "test_accuracy": "0.1",
        "test_n": "10000",
    }
    path = folder / f"{run.name}.safetensors"
    save_weights(path, build(run.network.name).state_dict(), record | more)
    return path
