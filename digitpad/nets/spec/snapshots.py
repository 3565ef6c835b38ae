"""Snapshots of a run, as their files' records tell of them: what they are called, when they were
taken, and which of many make a film. Needs no torch; training/snapshots.py writes them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from digitpad.core.errors import DigitpadError
from digitpad.core.weights_record import WeightsRecord
from digitpad.nets.spec.record import read_record

LIVE, AVERAGE = "live", "average"
"""Which weights a snapshot has: as the last step left them, or their moving average (EMA)."""

RUN = "run"
"""The record's key for what tells one run's snapshots from another's."""

MOST_SNAPSHOTS = 2_000
"""How many one folder may have."""

FILM_LENGTH = 24
"""How many snapshots make a film: as many as fit side by side, and into 3 MB of LeNet-5s."""

_NAME = re.compile(r"step-(\d{9})\.safetensors")


@dataclass(frozen=True)
class Snapshot:
    """The weights of a run at one moment, in a weights file of their own.

    step: how often the weights had been changed. epoch: that was over, 0 within the first. loss: of
    the last step, or the mean of the epoch; the others of the digits held back; None where they
    were not measured. is_average: whether the weights are the EMA. run: the same for all snapshots
    of one run. record: the file's own, whole.
    """

    path: Path
    step: int
    epoch: int
    loss: float | None
    validation_loss: float | None
    validation_accuracy: float | None
    is_average: bool
    run: str
    record: WeightsRecord


def snapshot_name(step: int) -> str:
    """What the file of a snapshot is called; names are in the order of their steps."""
    return f"step-{step:09d}.safetensors"


def find_snapshots(folder: Path) -> list[Snapshot]:
    """The snapshots in a folder, in the order of their steps; files that are none, and those that
    are damaged, are passed over. Raises OSError where the folder cannot be read."""
    names = sorted(path.name for path in folder.iterdir() if _NAME.fullmatch(path.name))
    found = (read_snapshot(folder / name) for name in names[:MOST_SNAPSHOTS])
    return [one for one in found if one is not None]


def count_snapshots(folder: Path) -> int:
    """How many files of a folder are called as snapshots are; 0 where it cannot be read."""
    try:
        return sum(_NAME.fullmatch(path.name) is not None for path in folder.iterdir())
    except OSError:
        return 0


def read_snapshot(path: Path) -> Snapshot | None:
    """What a snapshot's file says of it, by its header alone; None where it is none or damaged."""
    try:
        state = path.stat()
    except OSError:
        return None
    return _read(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=2 * MOST_SNAPSHOTS)
def _read(path: Path, mtime_ns: int, size: int) -> Snapshot | None:
    """A snapshot's file as it was then: a run that is watched is looked through again and again."""
    try:
        return snapshot_of(path, read_record(path))
    except DigitpadError:
        return None


def snapshot_of(path: Path, record: WeightsRecord) -> Snapshot | None:
    """The snapshot of a record, None where the record is that of other weights."""
    extra = record.extra
    step, epoch = _count(extra.get("step")), _count(extra.get("epoch"))
    if step is None or epoch is None:
        return None
    return Snapshot(
        path=path,
        step=step,
        epoch=epoch,
        loss=_finite(extra.get("loss")),
        validation_loss=_finite(extra.get("validation_loss")),
        validation_accuracy=record.validation_accuracy,
        is_average=extra.get("weights") == AVERAGE,
        run=extra.get(RUN, ""),
        record=record,
    )


def is_snapshot(metadata: Mapping[str, str]) -> bool:
    """Whether a network's record is that of a snapshot."""
    return _count(metadata.get("step")) is not None and RUN in metadata


def best_of(snapshots: Sequence[Snapshot]) -> Snapshot | None:
    """The one of an epoch's end whose weights the run would save: with the lowest loss on the
    digits held back, the last where none are; None before the first epoch is over."""
    ends = [one for one in snapshots if one.epoch]
    measured = [one for one in ends if one.validation_loss is not None]
    if measured:
        return min(measured, key=lambda one: one.validation_loss or 0.0)
    return ends[-1] if ends else None


def thinned(snapshots: Sequence[Snapshot], most: int = FILM_LENGTH) -> list[Snapshot]:
    """At most so many of a run's snapshots, in their order: the first steps, the best and the last
    always, and of the others those whose steps lie evenly on a scale of powers.

    Where the first steps alone are too many, the latest of them are left out.
    """
    if len(snapshots) <= most:
        return list(snapshots)
    best, last = best_of(snapshots), snapshots[-1]
    first = [one for one in snapshots if not one.epoch]
    kept = {one.step: one for one in (best, last) if one is not None}
    for one in first[: max(0, most - len(kept))]:
        kept[one.step] = one
    others = [one for one in snapshots if one.step not in kept and one.epoch]
    # Each time the one that is farthest from all that are kept, on a scale of powers.
    places = [math.log(1 + one.step) for one in others]
    apart = [min(abs(place - math.log(1 + step)) for step in kept) for place in places]
    while len(kept) < most and others:
        farthest = max(range(len(others)), key=apart.__getitem__)
        if apart[farthest] <= 0:
            break
        kept[others[farthest].step] = others[farthest]
        apart = [
            min(known, abs(place - places[farthest]))
            for known, place in zip(apart, places, strict=True)
        ]
    return [kept[step] for step in sorted(kept)]


def _count(text: str | None) -> int | None:
    """A count in a record, None where it is none."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 12:
        return None
    return int(text)


def _finite(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) else None
