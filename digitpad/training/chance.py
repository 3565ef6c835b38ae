"""Whether a run is still at the level of chance, which is said: what guesses looks busy too."""

from __future__ import annotations

from digitpad.core.languages import _
from digitpad.datasets import data_set_named
from digitpad.training.events import EpochReport
from digitpad.training.settings import TrainingSettings

_FACTOR = 1.5
"""So far above 1 / classes an accuracy still is what guessing gives: classes are not equally
frequent, and whoever always answers the most frequent one is right a little more often."""


def is_at_chance(accuracy: float, classes: int) -> bool:
    """Whether an accuracy in [0, 1] is what guessing among so many classes gives."""
    return accuracy * classes <= _FACTOR


def chance_line(accuracy: float | None, settings: TrainingSettings) -> str:
    """What is said of an accuracy in [0, 1] of a run that is what guessing gives; "" of others and
    of none."""
    if accuracy is None or not is_at_chance(accuracy, len(_classes(settings))):
        return ""
    return _("{share} is what guessing gives: the network has learnt nothing").format(
        share=f"{accuracy:.1%}".replace("%", " %")
    )


def accuracy_of(report: EpochReport) -> float:
    """The accuracy that tells whether a network learns: of the digits held back, or else of those
    it was trained on."""
    held = report.validation_accuracy
    return report.train_accuracy if held is None else held


def _classes(settings: TrainingSettings) -> tuple[str, ...]:
    return data_set_named(settings.dataset).classes
