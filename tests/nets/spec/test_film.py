from __future__ import annotations

from pathlib import Path

import pytest
import torch

from digitpad.core.errors import DigitpadError
from digitpad.core.paths import shipped_film, shipped_weights
from digitpad.nets.files.weights_file import parse_weights
from digitpad.nets.spec.film import CURVES_FILE, open_film, planned_steps, write_film
from digitpad.nets.spec.snapshots import snapshot_name
from tests.nets.spec.film_files import save_snapshot


@pytest.fixture
def run(tmp_path) -> Path:
    """Steps 0, 1, 2, 4, 8 and epochs of 10 steps, the best of which is the seventh."""
    folder = tmp_path / "run"
    for step in (0, 1, 2, 4, 8):
        save_snapshot(folder, step, 0, 2.0)
    for epoch in range(1, 13):
        save_snapshot(folder, 10 * epoch, epoch, 0.5 + abs(epoch - 7) / 100)
    return folder


def test_a_thinned_film_keeps_the_curves_of_all_epochs(run, tmp_path):
    whole = open_film(run)
    film = write_film(run, tmp_path / "film", most=9)
    again = open_film(tmp_path / "film")
    assert [one.epoch for one in film.snapshots][:5] == [0] * 5
    assert {7, 12} <= {one.epoch for one in again.snapshots} and len(again.snapshots) == 9
    assert again.points == whole.points and len(again.points) == 17
    assert again.best == 7
    first = tmp_path / "film" / snapshot_name(0)
    assert first.read_bytes() == (run / snapshot_name(0)).read_bytes()


def test_a_film_is_of_one_run(run):
    save_snapshot(run, 500, 50, 0.1, run="b")
    assert open_film(run).steps == (500,)


@pytest.mark.parametrize("content", ["", "{", '{"points": [[1, 2, "x", 1, 1]]}', "[[[[", "{}"])
def test_curves_that_make_no_sense_are_passed_over(run, content):
    (run / CURVES_FILE).write_text(content)
    assert len(open_film(run).points) == 17


def test_what_cannot_be_a_film_is_said(run, tmp_path):
    with pytest.raises(DigitpadError, match="has no snapshots"):
        open_film(tmp_path)
    with pytest.raises(DigitpadError, match="cannot be read"):
        open_film(tmp_path / "nowhere")
    with pytest.raises(DigitpadError, match="has snapshots already"):
        write_film(run, run)


def test_what_a_run_will_have_is_known_before():
    assert planned_steps(10, 3) == (0, 1, 2, 4, 8, 10, 20, 30)
    planned = planned_steps(388, 100)
    assert len(planned) == 24 and planned[:10] == (0, 1, 2, 4, 8, 16, 32, 64, 128, 256)
    assert planned[10] == 388 and planned[-1] == 38_800


def test_the_shipped_film_is_of_the_run_that_made_the_shipped_weights():
    folder = shipped_film()
    assert folder is not None
    film = open_film(folder)
    assert len(film.snapshots) == 24 and film.steps[:5] == (0, 1, 2, 4, 8)
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 3_000_000
    assert len([one for one in film.points if one.epoch]) == 100
    (best,) = (one for one in film.snapshots if one.epoch == film.best)
    record, tensors = parse_weights(shipped_weights(), shipped_weights().read_bytes())
    assert film.best == record.best_epoch
    _, halves = parse_weights(best.path, best.path.read_bytes())
    assert all(torch.equal(halves[name], tensor.half()) for name, tensor in tensors.items())
