"""Which data set a network belongs to."""

from __future__ import annotations

from digitpad.core.constants import DIGITS
from digitpad.core.results import NetworkInfo
from digitpad.datasets.registry import DATASETS, DataSet


def data_set_of(info: NetworkInfo | None) -> DataSet:
    """The data set that a network's weights name, or else the first that has its classes; MNIST
    where none has, and while no network has loaded."""
    if info is not None:
        named = DATASETS.get(info.record.dataset)
        if named is not None and named.classes == info.classes:
            return named
        for data_set in DATASETS.values():
            if data_set.classes == info.classes:
                return data_set
    return DATASETS["mnist"]


def reads_digits(info: NetworkInfo) -> bool:
    """Whether a network's classes are the digits 0 to 9, in their order."""
    return info.classes == DIGITS
