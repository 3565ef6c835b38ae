"""Test images of a data set, to look at and to put on the pad; loaded with the first."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.datasets import LabelledDigits, data_set_named, load


class Examples:
    """Random test images of one data set, which are never downloaded: what asks for them is a
    window.

    Attributes: dataset, the DataSet.
    """

    def __init__(self, dataset: str = "mnist", data: Path | None = None) -> None:
        """dataset: a name of the registry of data sets; data: the folder to look in, or None for
        all places where they may be. Raises DigitpadError where there is no such data set."""
        self.dataset = data_set_named(dataset)
        self._data = data
        self._test: LabelledDigits | None = None

    def next(self) -> tuple[np.ndarray, str]:
        """A random test image, uint8 (28, 28), 255 = ink, and the name of its class.

        Raises DigitpadError, saying how to get them, where the files are not here.
        """
        return self._drawn(np.arange(len(self._loaded())))

    def of(self, class_index: int) -> tuple[np.ndarray, str]:
        """A random test image of a class, as next gives it; raises DigitpadError too where there
        is no such class."""
        if class_index not in range(len(self.dataset.classes)):
            raise DigitpadError(
                _("{title} has no class {class_index}; name one of 0 to {n}").format(
                    title=self.dataset.title,
                    class_index=class_index,
                    n=len(self.dataset.classes) - 1,
                )
            )
        return self._drawn(np.flatnonzero(self._loaded().labels == class_index))

    def _drawn(self, indices: np.ndarray) -> tuple[np.ndarray, str]:
        test = self._loaded()
        if len(indices) == 0:
            raise DigitpadError(
                _("{title} has no such test image here; get its files again").format(
                    title=self.dataset.title
                )
            )
        index = random.choice(indices)
        return test.digits[index].copy(), self.dataset.classes[test.labels[index]]

    def _loaded(self) -> LabelledDigits:
        if self._test is None:
            self._test = load(
                self.dataset.name, self._data, "test", download=False, check_digests=False
            )
        return self._test
