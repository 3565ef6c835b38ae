"""A film: the snapshots of one run that are shown side by side, and the run's curves. Needs no
torch.

A folder of snapshots is one as it is; write_film thins it to what is shipped, with the curves of
all epochs in a file beside them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from digitpad.core.errors import DigitpadError
from digitpad.core.files import read_limited, why_not, write_beside
from digitpad.core.languages import _
from digitpad.core.weights_record import WeightsRecord
from digitpad.nets.spec.record import FILE_LIMIT_BYTES
from digitpad.nets.spec.snapshots import (
    FILM_LENGTH,
    MOST_SNAPSHOTS,
    Snapshot,
    best_of,
    find_snapshots,
    thinned,
)

CURVES_FILE = "curves.json"
_CURVES_LIMIT_BYTES = 1024 * 1024
_LARGEST = 1e12


@dataclass(frozen=True)
class CurvePoint:
    """What was measured at one moment of a run, as Snapshot has it; None where it was not."""

    step: int
    epoch: int
    loss: float | None
    validation_loss: float | None
    validation_accuracy: float | None


@dataclass(frozen=True)
class Film:
    """folder: of the snapshots. net: as open_weights takes it where their network is none of the
    catalogue. snapshots: those that are shown, at least one. points: of all moments that are known,
    by their steps; best: the epoch whose weights the run saves, None before the first is over.
    record: what the snapshots' records have in common.
    """

    folder: Path
    net: str
    snapshots: tuple[Snapshot, ...]
    points: tuple[CurvePoint, ...]
    best: int | None
    record: WeightsRecord

    @property
    def steps(self) -> tuple[int, ...]:
        """Of the snapshots."""
        return tuple(one.step for one in self.snapshots)


def open_film(folder: Path, net: str = "", most: int = FILM_LENGTH) -> Film:
    """The film of a folder of snapshots, at most so many of them.

    Raises DigitpadError where the folder cannot be read or has none.
    """
    try:
        found = find_snapshots(folder)
    except OSError as error:
        raise DigitpadError(
            _("{folder} cannot be read: {why}").format(folder=folder, why=why_not(error))
        ) from error
    if not found:
        raise DigitpadError(
            _("{folder} has no snapshots; train.py --snapshots makes them").format(folder=folder)
        )
    # Of several runs in one folder that of the last snapshot.
    found = [one for one in found if one.run == found[-1].run]
    points = {one.step: one for one in _read_curves(folder)}
    points |= {one.step: _point_of(one) for one in found}
    every = tuple(points[step] for step in sorted(points))
    best = best_of(found)
    return Film(
        folder,
        net,
        tuple(thinned(found, most)),
        every,
        best.epoch if best else None,
        found[-1].record,
    )


def write_film(source: Path, target: Path, most: int = FILM_LENGTH) -> Film:
    """Thin a run's snapshots into another folder, with the curves of all of them; gives the film.

    Raises DigitpadError where source has none, where target has snapshots already, and where it
    cannot be written.
    """
    film = open_film(source, most=most)
    try:
        target.mkdir(parents=True, exist_ok=True)
        taken = find_snapshots(target)
    except OSError as error:
        raise DigitpadError(
            _("{target} cannot be made: {why}").format(target=target, why=why_not(error))
        ) from error
    if taken:
        raise DigitpadError(
            _("{target} has snapshots already; name another folder").format(target=target)
        )
    for snapshot in film.snapshots:
        content = read_limited(snapshot.path, FILE_LIMIT_BYTES)
        write_beside(target / snapshot.path.name, content)
    rows = [
        [one.step, one.epoch, one.loss, one.validation_loss, one.validation_accuracy]
        for one in film.points
    ]
    text = json.dumps({"points": rows}, separators=(",", ":"))
    write_beside(target / CURVES_FILE, text.encode())
    return replace(film, folder=target)


@lru_cache
def planned_steps(steps_per_epoch: int, epochs: int, most: int = FILM_LENGTH) -> tuple[int, ...]:
    """The steps of the snapshots that a run's film will have, but for the best, which nobody knows
    before."""
    first = [0, *(1 << n for n in range(60) if 1 << n < steps_per_epoch)]
    ends = [
        Snapshot(Path(), n * steps_per_epoch, n, None, None, None, True, "", WeightsRecord())
        for n in range(1, min(epochs, MOST_SNAPSHOTS) + 1)
    ]
    starts = [
        Snapshot(Path(), step, 0, None, None, None, False, "", WeightsRecord()) for step in first
    ]
    return tuple(one.step for one in thinned([*starts, *ends], most))


def _point_of(snapshot: Snapshot) -> CurvePoint:
    return CurvePoint(
        snapshot.step,
        snapshot.epoch,
        snapshot.loss,
        snapshot.validation_loss,
        snapshot.validation_accuracy,
    )


def _read_curves(folder: Path) -> Sequence[CurvePoint]:
    """What stands beside the snapshots of a thinned film; nothing where there is no such file, or
    where it makes no sense."""
    try:
        content = read_limited(folder / CURVES_FILE, _CURVES_LIMIT_BYTES)
        rows = json.loads(content)["points"]
        return [_row(row) for row in rows[: 2 * MOST_SNAPSHOTS]]
    except (DigitpadError, ValueError, KeyError, TypeError, RecursionError):
        return ()


def _row(row: Any) -> CurvePoint:
    """A point as it stands in a file; raises ValueError where it is none."""
    step, epoch, *measured = row
    if type(step) is not int or type(epoch) is not int or not 0 <= epoch <= step <= _LARGEST:
        raise ValueError
    loss, held, accuracy = (None if one is None else float(one) for one in measured)
    if not all(one is None or (math.isfinite(one) and one >= 0) for one in (loss, held, accuracy)):
        raise ValueError
    return CurvePoint(step, epoch, loss, held, accuracy)
