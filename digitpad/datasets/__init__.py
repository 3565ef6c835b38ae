"""Data sets of small labelled pictures: named, found or downloaded, checked, read, and split
once for every choice that training makes. Needs neither Qt nor torch; torchvision is imported
only while something is downloaded."""

from importlib import import_module
from typing import TYPE_CHECKING

from digitpad.core.constants import DIGITS
from digitpad.datasets.labelled import NON_DIGIT, LabelledDigits, split
from digitpad.datasets.registry import (
    DATASETS,
    MNIST_MEAN,
    MNIST_STD,
    DataSet,
    data_set_named,
)

if TYPE_CHECKING:
    from digitpad.datasets.finding import find
    from digitpad.datasets.loading import load

__all__ = [
    "DATASETS",
    "DIGITS",
    "MNIST_MEAN",
    "MNIST_STD",
    "NON_DIGIT",
    "DataSet",
    "LabelledDigits",
    "data_set_named",
    "find",
    "load",
    "split",
]


_PLACES = {"find": "digitpad.datasets.finding", "load": "digitpad.datasets.loading"}


def __getattr__(name: str) -> object:
    """find and load, imported when they are first asked for: the window wants neither to open."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(_PLACES[name]), name)
    globals()[name] = found
    return found
