from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from digitpad.core.errors import DigitpadError
from digitpad.ui.training import training_desk
from digitpad.ui.training.train_plan import TrainPlan
from digitpad.ui.training.train_run import RunState, TrainRun
from digitpad.ui.training.training_desk import TrainingDesk
from tests.nets.spec.film_files import save_film
from tests.support import PATIENCE_MS
from tests.ui.training.runs import HEARS, START, epoch, finish, run_of

PLAN = TrainPlan(quick=False, epochs=3)


@pytest.fixture
def shipped(tmp_path, monkeypatch) -> Path:
    folder = save_film(tmp_path / "shipped")
    monkeypatch.setattr(training_desk, "shipped_film", lambda: folder)
    return folder


def desk_for(tmp_path: Path, *told) -> TrainingDesk:
    """A desk whose runs tell this."""

    def make(plan: TrainPlan, out: Path, folder: Path, parent: QObject) -> TrainRun:
        return run_of(*told, plan=plan, out=out, folder=folder, parent=parent)

    return TrainingDesk(None, tmp_path / "home", make)


def test_the_shipped_film_is_there_at_once(qtbot, shipped, tmp_path):
    desk = desk_for(tmp_path)
    assert desk.film is not None and desk.film.folder == shipped and desk.run is None
    assert [one.step for one in desk.shown.columns] == [0, 1, 2, 4, 8, 10, 20, 30]


def test_an_installation_without_a_film_shows_none(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(training_desk, "shipped_film", lambda: None)
    assert desk_for(tmp_path).film is None
    monkeypatch.setattr(training_desk, "shipped_film", lambda: tmp_path)
    assert desk_for(tmp_path).film is None


def test_a_run_has_the_film_until_its_end_and_after(qtbot, shipped, tmp_path):
    desk = desk_for(tmp_path, START, HEARS, epoch(1, 0.5), HEARS, epoch(2, 0.4), finish(Path("a")))
    desk.start(PLAN, "My 1st network!")
    run = desk.run
    assert run is not None and desk.is_training
    assert run.out == tmp_path / "home/weights/my-1st-network.safetensors"
    qtbot.waitUntil(lambda: run.state is RunState.RUNNING, timeout=PATIENCE_MS)
    save_film(run.folder)
    run._write("go on")
    qtbot.waitUntil(lambda: len(run.history) == 1, timeout=PATIENCE_MS)
    assert [one.step for one in desk.shown.columns][-3:] == [10, 20, 30]
    assert desk.film is not None and desk.film.folder == run.folder
    with qtbot.waitSignal(desk.ended, timeout=PATIENCE_MS):
        run._write("go on")
    assert desk.is_of_run and not desk.is_training and desk.shown.best == 20
    desk.show_shipped()
    assert desk.film.folder == shipped


def test_a_run_that_fails_at_once_leaves_the_shipped_film(qtbot, shipped, tmp_path):
    desk = desk_for(tmp_path, "!train.py: no room")
    with qtbot.waitSignal(desk.ended, timeout=PATIENCE_MS):
        desk.start(PLAN)
    assert desk.film is not None and desk.film.folder == shipped
    assert desk.run is not None and desk.run.message == "no room"


def test_no_file_is_written_over_and_old_snapshots_go(qtbot, shipped, tmp_path):
    home = tmp_path / "home"
    (home / "weights").mkdir(parents=True)
    (home / "weights/lenet-5.safetensors").touch()
    (home / "weights/lenet-5-2.resume").touch()
    for name in "abcd":
        (home / "training" / name).mkdir(parents=True)
    desk = desk_for(tmp_path, "!no")
    with qtbot.waitSignal(desk.ended, timeout=PATIENCE_MS):
        desk.start(PLAN)
    assert desk.run is not None and desk.run.out.name == "lenet-5-3.safetensors"
    assert len(list((home / "training").iterdir())) == 2
    with qtbot.waitSignal(desk.ended, timeout=PATIENCE_MS):
        desk.again()
    assert desk.run.plan == PLAN


def test_what_makes_no_sense_is_said_and_starts_nothing(qtbot, shipped, tmp_path):
    desk = desk_for(tmp_path)
    with pytest.raises(DigitpadError, match="no network named"):
        desk.start(TrainPlan(net="alexnet"))
    assert desk.run is None


def test_snapshots_that_go_away_take_nothing_with_them(qtbot, shipped, tmp_path):
    desk = desk_for(tmp_path)
    shutil.rmtree(shipped)
    desk.show_shipped()
    assert desk.film is None and not desk.shown.columns


def test_a_run_that_was_killed_goes_on_from_its_last_epoch(qtbot, shipped, tmp_path, monkeypatch):
    desk = desk_for(tmp_path, START, epoch(1, 0.5))
    with qtbot.waitSignal(desk.ended, timeout=PATIENCE_MS):
        desk.start(PLAN)
    killed = desk.run
    assert killed is not None and killed.state is RunState.FAILED and not killed.can_resume
    desk.resume()
    assert desk.run is killed
    killed.checkpoint.parent.mkdir(parents=True)
    killed.checkpoint.touch()
    assert killed.can_resume
    resumed = START | {"history": [{k: v for k, v in epoch(1, 0.5).items() if k != "event"}]}
    told = (resumed, epoch(2, 0.4), finish(Path("a")))
    monkeypatch.setattr(
        desk,
        "_resume_run",
        lambda run: run_of(*told, plan=run.plan, out=run.out, folder=run.folder, parent=desk),
    )
    with qtbot.waitSignal(desk.ended, timeout=PATIENCE_MS):
        desk.resume()
    assert desk.run.out == killed.out and desk.run.state is RunState.FINISHED
    assert [one.epoch for one in desk.run.history] == [1, 2]
