"""What a film's chart is made of: columns, one a snapshot, and curves whose points lie between
them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from digitpad.nets.spec.film import CurvePoint, Film
from digitpad.nets.spec.snapshots import Snapshot
from digitpad.training.events import EpochReport


@dataclass(frozen=True)
class Column:
    """A moment of a run. step; epoch: that was over, 0 within the first. snapshot: None where it is
    not there yet."""

    step: int
    epoch: int
    snapshot: Snapshot | None


@dataclass(frozen=True)
class FilmColumns:
    """columns: in their order. points: of the curves. best: the step of the best epoch, None where
    there is none yet."""

    columns: tuple[Column, ...] = ()
    points: tuple[CurvePoint, ...] = ()
    best: int | None = None

    def place(self, step: float) -> float:
        """Where a step lies among the columns: 0 is the middle of the first, 1 of the second;
        evenly between two columns, and kept within all of them."""
        if not self.columns:
            return 0.0
        steps = [column.step for column in self.columns]
        return float(np.interp(step, steps, np.arange(len(steps))))

    def nearest(self, place: float) -> CurvePoint | None:
        """The point that lies nearest to a place; None where there is none."""
        if not self.points:
            return None
        return min(self.points, key=lambda point: abs(self.place(point.step) - place))

    def beside(self, point: CurvePoint | None, steps: int) -> CurvePoint | None:
        """The point so many further on, as far as there are any; from no point, the first, or the
        last for a negative number. None where there is none."""
        if not self.points:
            return None
        if point not in self.points:
            return self.points[0 if steps > 0 else -1]
        at = self.points.index(point) + steps
        return self.points[min(max(at, 0), len(self.points) - 1)]


def columns_of(film: Film) -> FilmColumns:
    """A film that is there whole."""
    columns = tuple(Column(one.step, one.epoch, one) for one in film.snapshots)
    best = next((one.step for one in film.points if one.epoch and one.epoch == film.best), None)
    return FilmColumns(columns, film.points, best)


def columns_under_way(
    planned: Sequence[int],
    steps_per_epoch: int,
    film: Film | None,
    history: Sequence[EpochReport],
) -> FilmColumns:
    """The film of a run under way. planned: the steps that it will have. film: what there is, every
    snapshot of it; None where there is nothing yet. history: the epochs that are over."""
    there = {one.step: one for one in film.snapshots} if film is not None else {}
    columns = tuple(
        Column(step, step // steps_per_epoch if step >= steps_per_epoch else 0, there.get(step))
        for step in planned
    )
    points = {one.step: one for one in film.points if not one.epoch} if film is not None else {}
    for report in history:
        step = report.epoch * steps_per_epoch
        points[step] = CurvePoint(
            step, report.epoch, report.loss, report.validation_loss, report.validation_accuracy
        )
    best = next((report.epoch for report in reversed(history) if report.best), None)
    return FilmColumns(
        columns,
        tuple(points[step] for step in sorted(points)),
        None if best is None else best * steps_per_epoch,
    )
