"""MNIST under the names that training still uses; digitpad.datasets is where it is read."""

from __future__ import annotations

from pathlib import Path

from digitpad.datasets import DATASETS, LabelledDigits, load, split

__all__ = ["MEAN", "STD", "LabelledDigits", "load_mnist", "split"]

MEAN, STD = DATASETS["mnist"].mean, DATASETS["mnist"].std


def load_mnist(data: Path | None = None, part: str = "train") -> LabelledDigits:
    """MNIST's training ("train") or test ("test") part, as digitpad.datasets.load finds it."""
    return load("mnist", data, part)
