"""One run from its settings to a weights file.

from digitpad import TrainingSettings, train

result = train(TrainingSettings(epochs=5), out="mine.safetensors", events=print)
print(result.test_accuracy, result.weights)
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace as changed
from pathlib import Path

import torch

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.nets.devices import DeviceChoice, choose_device
from digitpad.training.attempt import Attempt, Checkpoint, StoppedError, Task
from digitpad.training.checkpoints import checkpoint_bytes, checkpoint_path, load_checkpoint
from digitpad.training.events import Listener, MemoryExhausted, TrainingResult, ignore
from digitpad.training.failures import is_out_of_memory
from digitpad.training.leftovers import sweep
from digitpad.training.process_group import ProcessGroup
from digitpad.training.recipes import check_names, weights_name
from digitpad.training.saving import check_place, check_room, default_out
from digitpad.training.settings import TrainingSettings
from digitpad.training.trainer import fresh_network

__all__ = ["StoppedError", "train"]

_SMALLEST_BATCH = 16


def train(
    settings: TrainingSettings | None = None,
    *,
    out: Path | str | None = None,
    data: Path | str | None = None,
    strokes: Sequence[Path | str] = (),
    device: str = "auto",
    events: Listener | None = None,
    resume: Path | str | None = None,
    replace: bool = False,
    patience: int | None = None,
    command: str = "digitpad.train",
) -> TrainingResult:
    """Train a network, write its weights and give what came out.

    settings: the recipe; the defaults train the shipped LeNet-5. out: the weights file (default: as
    train.py has it, under weights/ of a checkout or in the user's own folder). data: the folder of
    the data set's files. strokes: files of labelled drawings to learn from too. device: "auto",
    "cpu", "cuda" or "mps". events: told what happens, see training/events.py. resume: a checkpoint
    to go on from, whose settings are taken. replace: whether a better file at out is replaced.
    patience: end early after so many epochs that
    were no better than the best. command: what the weights' record says that made them.

    Nothing of the calling process is changed for good: no threads, no random state, no floating
    point modes. Synthetic handwriting is made by processes of their own, so that a script calls
    this under `if __name__ == "__main__":`. Under torchrun the processes train together, and the
    first of them writes.

    Raises DigitpadError for what a person can mend. Ctrl-C saves the best so far and raises
    StoppedError, a DigitpadError with the result; any error after the first epoch saves it too, and
    says so.
    """
    resumed = None
    if resume is not None:
        resumed, own = _resumed(Path(resume))
        if settings not in (None, own):
            raise DigitpadError(
                _("{resume} has settings of its own; leave settings out").format(resume=resume)
            )
        settings = own
    settings = settings or TrainingSettings()
    check_names(settings)
    place = _place(settings, out, resumed)
    check_place(place)
    group = ProcessGroup.from_environment()
    listener = events if events is not None and group.is_first else ignore
    task = Task(
        out=place,
        data=None if data is None else Path(data),
        strokes=tuple(Path(path) for path in strokes),
        replace=replace,
        patience=patience,
        command=command,
    )
    if group.is_first:
        sweep(place.parent, (place.name, checkpoint_path(place).name))
        checkpoint = checkpoint_bytes(fresh_network(settings))
        # While one is written the one before still stands.
        check_room(place.parent, 2 * checkpoint + checkpoint // 5)
    choice = choose_device(device)
    choice = DeviceChoice(group.device(choice.device), choice.report)
    with _numerics(), group.joined(choice.device):
        result = _trained(task, settings, resumed, choice, group, listener)
    if group.is_first:
        sweep(place.parent, (place.name, checkpoint_path(place).name))
    return result


def _trained(
    task: Task,
    settings: TrainingSettings,
    resumed: Checkpoint | None,
    choice: DeviceChoice,
    group: ProcessGroup,
    events: Listener,
) -> TrainingResult:
    """Train, with ever smaller batches and then on the CPU where memory does not suffice for the
    first epoch."""
    asked_batch = settings.batch
    while True:
        attempt = Attempt(task, settings, resumed, choice, group, events)
        try:
            return attempt.run()
        except KeyboardInterrupt:
            try:
                stopped = attempt.stopped()
            except KeyboardInterrupt:  # before it began to hold them back
                stopped = attempt.stopped_abruptly()
            raise stopped from None
        except RuntimeError as error:
            if group.size > 1 or not is_out_of_memory(error):
                raise
            if resumed is not None:
                raise DigitpadError(
                    _(
                        "there is too little memory to go on; close other programs, then go on "
                        "with --resume {path}"
                    ).format(path=resumed.path)
                ) from error
            smaller = _smaller(settings, asked_batch, choice, events)
            if smaller is None:
                raise DigitpadError(
                    _(
                        "there is too little memory even for a small batch on the CPU; close other "
                        "programs"
                    )
                ) from error
            settings, choice = smaller


def _resumed(path: Path) -> tuple[Checkpoint, TrainingSettings]:
    """A checkpoint and the settings in it; raises DigitpadError where they make no sense."""
    values, fingerprint, state = load_checkpoint(path)
    try:
        settings = TrainingSettings.from_record(values)
        check_names(settings)
    except (ValueError, TypeError, DigitpadError) as error:
        raise DigitpadError(
            _(
                "{path} is damaged or of another version: its settings: {error}; train "
                "from the start"
            ).format(path=path, error=error)
        ) from error
    return Checkpoint(path, fingerprint, state), settings


def _place(settings: TrainingSettings, out: Path | str | None, resumed: Checkpoint | None) -> Path:
    """The weights file of a run."""
    if out is not None:
        return Path(out)
    if resumed is not None:
        return resumed.path.with_suffix(".safetensors")
    return default_out(weights_name(settings))


def _smaller(
    settings: TrainingSettings, asked_batch: int, choice: DeviceChoice, events: Listener
) -> tuple[TrainingSettings, DeviceChoice] | None:
    """What to try next where memory did not suffice; None where nothing is left to try."""
    device = choice.device.type
    if settings.batch // 2 >= _SMALLEST_BATCH:
        settings = changed(settings, batch=settings.batch // 2)
        events(MemoryExhausted(device, settings.batch))
        return settings, choice
    if device == "cpu":
        return None
    events(MemoryExhausted(device, None))
    return changed(settings, batch=asked_batch), choose_device("cpu")


@contextlib.contextmanager
def _numerics() -> Iterator[None]:
    """While it lasts, numbers too small for full precision are 0, which is fast, and the same run
    gives the same numbers on CUDA; then all is as it was."""
    flushed, deterministic = _flushes_denormals(), torch.backends.cudnn.deterministic
    torch.set_flush_denormal(True)
    torch.backends.cudnn.deterministic = True
    try:
        yield
    finally:
        torch.set_flush_denormal(flushed)
        torch.backends.cudnn.deterministic = deterministic


def _flushes_denormals() -> bool:
    """Whether this thread takes denormal numbers for 0, which PyTorch sets but does not tell."""
    smallest = torch.full((1,), torch.finfo(torch.float64).tiny, dtype=torch.float64)
    return bool((smallest / 4 == 0).item())
