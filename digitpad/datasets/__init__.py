"""Data sets of small labelled pictures: named, found or downloaded, checked, read, and split
once for every choice that training makes. Needs neither Qt nor torch; torchvision is imported
only while something is downloaded."""

from digitpad.core.constants import DIGITS
from digitpad.datasets.finding import find
from digitpad.datasets.labelled import NON_DIGIT, LabelledDigits, split
from digitpad.datasets.loading import load
from digitpad.datasets.registry import (
    DATASETS,
    MNIST_MEAN,
    MNIST_STD,
    DataSet,
    data_set_named,
)

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
