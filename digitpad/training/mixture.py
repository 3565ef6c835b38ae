"""What a run trains on, beside and including the data set that it is named for."""

from __future__ import annotations

from digitpad.training.mnist import LabelledDigits
from digitpad.training.settings import TrainingSettings
from digitpad.training.sources import DigitSource


def sources_for(settings: TrainingSettings, training: LabelledDigits) -> list[DigitSource]:
    """The sources that every epoch of a run mixes: training, the part of the data set to learn from."""
    if settings.limit is not None:
        training = LabelledDigits(training.digits[: settings.limit], training.labels[: settings.limit])
    return [DigitSource.of(settings.dataset, training)]
