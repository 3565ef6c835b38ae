"""Which data set a network belongs to."""

from __future__ import annotations

from digitpad.datasets import DATASETS, DataSet
from digitpad.recognition import NetworkFacts


def data_set_of(facts: NetworkFacts | None) -> DataSet:
    """The data set that a network's weights name, or else the first that has its classes; MNIST where none has, and
    while no network has loaded."""
    if facts is not None:
        named = DATASETS.get(facts.metadata.get("dataset", ""))
        if named is not None and named.classes == facts.classes:
            return named
        for data_set in DATASETS.values():
            if data_set.classes == facts.classes:
                return data_set
    return DATASETS["mnist"]
