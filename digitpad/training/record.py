"""The record of a run that goes into its weights file: what made it, and how well it reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone

import torch

from digitpad.datasets import data_set_named
from digitpad.nets.devices import describe
from digitpad.nets.modules import DeclaredNetwork
from digitpad.training.calibration import calibrate
from digitpad.training.data.sources import DigitSource
from digitpad.training.measuring import Score, measure
from digitpad.training.own_network import OwnNetwork
from digitpad.training.recipes import departures, network_record
from digitpad.training.trainer import Trainer, fresh_network


def best_network(trainer: Trainer) -> DeclaredNetwork | OwnNetwork:
    """The network of a run with its best weights, on the CPU, after at least one epoch."""
    assert trainer.best is not None
    network = fresh_network(trainer.settings)
    network.load_state_dict(trainer.best)
    return network


def record(
    trainer: Trainer,
    held: Sequence[DigitSource],
    score: Score | None,
    command: str,
    synthesis_s: float,
) -> dict[str, str]:
    """The metadata of a weights file (see nets/files/weights_file.py), without a test accuracy
    where score is None.

    held: the digits held back, by their sources; those that are empty say nothing. synthesis_s: how
    long synthetic handwriting took to make.
    """
    settings, report = trainer.settings, trainer.progress.best_report
    assert report is not None
    info: dict[str, object] = {
        **network_record(settings),
        "recipe": settings.recipe,
        "dataset": settings.dataset,
        "classes": ",".join(data_set_named(settings.dataset).classes),
        "mean": settings.mean,
        "std": settings.std,
        "datasets": trainer.source_names,
        "validation_n": trainer.validation_n,
        "seed": settings.seed,
        "epochs": settings.epochs,
        "best_epoch": report.epoch,
        "batch": settings.batch,
        "precision": trainer.precision,
        "torch": torch.__version__.split("+")[0],
        "device": f"{trainer.device.type} ({describe(trainer.device)})",
        "seconds": f"{sum(past.seconds for past in trainer.history):.0f}",
        "drawing_seconds": f"{synthesis_s:.0f}",
        "date": datetime.now(timezone.utc).strftime("%Y-%m-%d"),
        "command": command,
    }
    if others := departures(settings):
        info["departures"] = "; ".join(others)
    if report.validation_accuracy is not None:
        info["validation_accuracy"] = f"{report.validation_accuracy:.4f}"
        info |= _calibration(trainer, held)
    if score is not None:
        info |= {"test_accuracy": f"{score.accuracy:.4f}", "test_n": score.n}
    return {name: str(value) for name, value in info.items()}


def _calibration(trainer: Trainer, held: Sequence[DigitSource]) -> dict[str, object]:
    """What the best weights make of each held-back source, and what calibrates them."""
    network = best_network(trainer)
    info: dict[str, object] = {}
    for source in held:
        key = f"validation_{source.name.replace(' ', '_')}"
        score = measure(network, source.digits, source.labels)
        info |= {f"{key}_accuracy": f"{score.accuracy:.4f}", f"{key}_n": score.n}
    found = calibrate(network, held)
    info |= {
        "temperature": f"{found.temperature:.4f}",
        "calibration_error_before": f"{found.error_before:.4f}",
        "calibration_error": f"{found.error_after:.4f}",
    }
    # What never saw a non-digit does not know one.
    if trainer.settings.styles != "none":
        info["reject_energy"] = f"{found.reject_energy:.4f}"
    return info
