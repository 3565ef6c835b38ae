from __future__ import annotations

import pytest

from digitpad.nets.spec.film import open_film, planned_steps
from digitpad.training.events import EpochReport
from digitpad.ui.training.film_columns import FilmColumns, columns_of, columns_under_way
from tests.nets.spec.film_files import save_film, save_snapshot


def test_steps_lie_evenly_between_the_columns(tmp_path):
    shown = columns_of(open_film(save_film(tmp_path)))
    assert [one.step for one in shown.columns] == [0, 1, 2, 4, 8, 10, 20, 30]
    assert shown.place(0) == 0 and shown.place(30) == 7
    assert shown.place(3) == pytest.approx(2.5) and shown.place(15) == pytest.approx(5.5)
    assert shown.place(99) == 7
    assert shown.best == 20
    nearest = shown.nearest(5.6)
    assert nearest is not None and nearest.epoch == 2
    assert FilmColumns().nearest(1.0) is None and FilmColumns().place(4) == 0.0


def test_a_run_under_way_has_its_columns_before_its_snapshots(tmp_path):
    save_snapshot(tmp_path, 0, 0, 2.3)
    save_snapshot(tmp_path, 10, 1, 0.8)
    history = [EpochReport(1, 4, 0.8, 0.7, 0.75, 0.4, 900.0, 1.0, True)]
    shown = columns_under_way(planned_steps(10, 4), 10, open_film(tmp_path, most=99), history)
    assert [(one.step, one.epoch) for one in shown.columns][-4:] == [
        (10, 1),
        (20, 2),
        (30, 3),
        (40, 4),
    ]
    there = [one.step for one in shown.columns if one.snapshot is not None]
    assert there == [0, 10] and shown.best == 10
    assert [(one.step, one.validation_loss) for one in shown.points] == [(0, 1.15), (10, 0.4)]
    nothing = columns_under_way(planned_steps(10, 4), 10, None, [])
    assert nothing.best is None and not nothing.points
