"""What a run tells while it trains, as plain values: train() calls its events with one after the
other.

    def show(event: TrainingEvent) -> None:
        if isinstance(event, EpochFinished):
            print(event.report.epoch, event.report.validation_accuracy)

    train(TrainingSettings(epochs=5), events=show)

reporters.py makes lines for people and JSON for programs of them, snapshots.py files of the weights
on their way, plot.py a picture of the curves. Needs no torch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from digitpad.training.settings import TrainingSettings


@dataclass(frozen=True)
class EpochReport:
    """One epoch and what was measured in it; accuracies are shares, in [0, 1]."""

    epoch: int
    """Counted from 1 ..."""
    epochs: int
    """... of so many."""
    loss: float
    """The mean over the epoch's steps."""
    train_accuracy: float
    """Over the augmented digits as they were trained on, with the weights of that moment."""
    validation_accuracy: float | None
    """Read with the EMA weights; None where no digits are held back."""
    validation_loss: float | None
    """The mean cross-entropy of the same."""
    images_per_second: float
    """In training steps only, over all processes."""
    seconds: float
    """For all of the epoch."""
    best: bool
    """Whether its weights are the best so far, by their validation loss."""
    weakest_class: int | None = None
    """The class of which the smallest share of the validation digits is read; None where no digits
    are held back, and in what was written before it was measured."""
    weakest_accuracy: float | None = None
    """Of that class."""


class RunWeights(Protocol):
    """The weights of a run as they are while a listener is told of an event; later they are
    others."""

    @property
    def steps(self) -> int:
        """How often they were changed."""
        ...

    @property
    def loss(self) -> float | None:
        """Of the digits of the last step; None before the first since the run was begun or
        resumed."""
        ...

    def copy(self, is_average: bool) -> Mapping[str, Any]:
        """The tensors by their names, on the CPU: the EMA, which is measured and saved at an
        epoch's end, or what the last step left."""
        ...

    def validation(self, is_average: bool) -> tuple[float, float, int]:
        """How they read the digits held back: mean cross-entropy, accuracy in [0, 1], and the
        number of digits, which is 0 where none are held back. Takes as long as at an epoch's
        end."""
        ...


@dataclass(frozen=True)
class SourceShare:
    """How many digits of a source an epoch takes."""

    name: str
    per_epoch: int


@dataclass(frozen=True)
class TrainingResult:
    """What a run came to; accuracies are shares, in [0, 1], None where they were not measured."""

    settings: TrainingSettings
    """As they were trained with: the batch may have been halved for want of memory."""
    history: tuple[EpochReport, ...]
    """A report for each epoch."""
    best_epoch: int | None = None
    """The epoch, counted from 1, whose weights came out; None before the first is over."""
    validation_accuracy: float | None = None
    validation_n: int = 0
    test_accuracy: float | None = None
    test_n: int = 0
    seconds: float = 0.0
    """Of training, over all epochs, also those before the run was resumed."""
    weights: Path | None = None
    """The weights file; None where none was written."""
    checkpoint: Path | None = None
    """The file to resume from, where the run was stopped after an epoch."""


@dataclass(frozen=True)
class SynthesisStarted:
    """Synthetic handwriting is made or read from the cache, which may take minutes."""


@dataclass(frozen=True)
class RunStarted:
    """The digits are there, and the first epoch begins."""

    settings: TrainingSettings
    epochs_done: int
    """Before the run was resumed, else 0."""
    device: str
    """"cpu", "cuda" or "mps"."""
    device_report: tuple[str, ...]
    """A line for each device tried, as nets.devices.choose_device gives it."""
    sources: tuple[SourceShare, ...]
    processes: int
    departures: tuple[str, ...]
    """What the run does otherwise than the page whose recipe it takes."""
    history: tuple[EpochReport, ...] = ()
    """A report for each epoch before the run was resumed."""
    weights: RunWeights | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class StepsTrained:
    """done of the total digits of an epoch, counted from 1, have been trained on."""

    epoch: int
    done: int
    total: int
    weights: RunWeights | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class EpochFinished:
    """An epoch is over, and measured."""

    report: EpochReport
    weights: RunWeights | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class CheckpointSaved:
    """All that the rest of the run needs is in a file, as of this epoch, counted from 1."""

    epoch: int
    path: Path


@dataclass(frozen=True)
class CheckpointFailed:
    """A checkpoint could not be written; training goes on."""

    epoch: int
    reason: str
    saved_epoch: int | None
    """The epoch that the file has, counted from 1; None where there is no file yet."""


@dataclass(frozen=True)
class ListenerFailed:
    """What writes something beside the training could not, and gives up; training goes on."""

    reason: str


@dataclass(frozen=True)
class PrecisionUnavailable:
    """The device has no units for bfloat16; float32 is computed, which takes longer."""

    device: str


@dataclass(frozen=True)
class MemoryExhausted:
    """The device ran out of memory before the first epoch was over; the run starts again."""

    device: str
    batch: int | None
    """With this batch; None where it goes to the CPU with the batch that was asked for."""


@dataclass(frozen=True)
class WeightsMoved:
    """The weights went to another file than was asked for."""

    path: Path
    reason: str
    """In words: what stands at the place asked for, or why it cannot be written."""
    is_spared: bool
    """Whether another file was spared, which replace=True replaces."""


@dataclass(frozen=True)
class RunStopped:
    """The run was stopped before its end."""

    result: TrainingResult


@dataclass(frozen=True)
class RunFinished:
    """The run came to its end, and the test set was read."""

    result: TrainingResult


TrainingEvent = (
    SynthesisStarted
    | RunStarted
    | StepsTrained
    | EpochFinished
    | CheckpointSaved
    | CheckpointFailed
    | ListenerFailed
    | PrecisionUnavailable
    | MemoryExhausted
    | WeightsMoved
    | RunStopped
    | RunFinished
)

Listener = Callable[[TrainingEvent], None]
"""Who is told; an exception that it raises ends the run as any other would."""


def together(*listeners: Listener) -> Listener:
    """A listener that tells all of these, in their order."""

    def tell(event: TrainingEvent) -> None:
        for listener in listeners:
            listener(event)

    return tell


def ignore(event: TrainingEvent) -> None:
    """A listener that does nothing."""
