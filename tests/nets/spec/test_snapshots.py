from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from digitpad.core.weights_record import WeightsRecord
from digitpad.nets.spec.snapshots import (
    Snapshot,
    best_of,
    find_snapshots,
    snapshot_name,
    snapshot_of,
    thinned,
)

FIRST = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256]


def snapshot(step: int, epoch: int, loss: float | None = None) -> Snapshot:
    return Snapshot(
        Path(snapshot_name(step)), step, epoch, 1.0, loss, None, epoch > 0, "a", WeightsRecord()
    )


def run(epochs: int = 100, best: int = 89) -> list[Snapshot]:
    ends = [snapshot(388 * n, n, 0.1 + abs(n - best) / 100) for n in range(1, epochs + 1)]
    return [*(snapshot(step, 0) for step in FIRST), *ends]


def test_a_film_keeps_the_first_steps_the_best_and_the_last():
    film = thinned(run())
    assert len(film) == 24
    assert [one.step for one in film] == sorted(one.step for one in film)
    assert [one.step for one in film if not one.epoch] == FIRST
    assert {1, 89, 100} <= {one.epoch for one in film}


def test_a_short_run_is_a_film_as_it_is():
    assert thinned(run(14, 3)) == run(14, 3)


def test_too_many_first_steps_leave_the_best_and_the_last():
    film = thinned(run(), most=6)
    assert [one.step for one in film[:4]] == FIRST[:4]
    assert [one.epoch for one in film[4:]] == [89, 100]


def test_without_digits_held_back_the_last_is_the_best():
    assert best_of([snapshot(0, 0), snapshot(5, 1), snapshot(10, 2)]) == snapshot(10, 2)
    assert best_of([snapshot(0, 0)]) is None


@pytest.mark.parametrize("extra", [{}, {"step": "-1", "epoch": "0"}, {"step": "1", "epoch": "x"}])
def test_other_weights_are_no_snapshot(extra):
    assert snapshot_of(Path("a"), WeightsRecord(extra=extra)) is None


def test_a_record_that_makes_no_sense_tells_no_loss():
    extra = {"step": "4", "epoch": "0", "loss": "nan", "validation_loss": "many"}
    found = snapshot_of(Path("a"), WeightsRecord(extra=extra))
    assert found is not None and (found.step, found.loss, found.validation_loss) == (4, None, None)
    assert not found.is_average and replace(found, step=5) != found


def test_what_is_damaged_is_passed_over(tmp_path):
    (tmp_path / snapshot_name(1)).write_bytes(b"no such file")
    (tmp_path / "notes.txt").write_text("mine")
    assert find_snapshots(tmp_path) == []
