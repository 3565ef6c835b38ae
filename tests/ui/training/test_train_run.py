from __future__ import annotations

import sys
from pathlib import Path

import pytest

from digitpad.ui.training import train_run
from digitpad.ui.training.film_words import run_texts
from digitpad.ui.training.train_plan import TrainPlan
from digitpad.ui.training.train_run import RunState, TrainRun
from tests.support import PATIENCE_MS
from tests.ui.training.runs import HEARS, START, epoch, finish, run_of


def ended(qtbot, run: TrainRun) -> TrainRun:
    with qtbot.waitSignal(run.ended, timeout=PATIENCE_MS):
        run.start()
    return run


def test_a_run_tells_its_epochs_and_its_weights(qtbot):
    said = {"event": "note", "line": "10.3 % is what guessing gives"}
    run = ended(
        qtbot,
        run_of(
            START,
            said,
            epoch(1, 0.5),
            epoch(2, 0.4),
            epoch(3, 0.45, best=False),
            finish(Path("a.safetensors")),
        ),
    )
    assert run.state is RunState.FINISHED and run.weights == Path("a.safetensors")
    assert [one.epoch for one in run.history] == [1, 2, 3]
    assert run.best is run.history[1] and run.steps_per_epoch == 10
    assert run.note == "10.3 % is what guessing gives"
    assert run_texts(run)[0].startswith("Done: best of epoch 2, 95.0 % of digits held back")


def test_it_is_held_up_goes_on_and_stops_as_it_is_told(qtbot):
    run = run_of(START, epoch(1, 0.5), *[HEARS] * 3, finish(Path("a"), "stop"), "!stopped")
    run.start()
    qtbot.waitUntil(lambda: len(run.history) == 1, timeout=PATIENCE_MS)
    told = run_texts(run)
    assert told[0].startswith(
        "Epoch 2 of 3 · 95.0 % · weakest: 8, 81.2 % · 1,000 images/s · about 4 seconds left"
    )
    assert "weakest" not in told[1] and told[-1] == "Epoch 2 of 3 · 95.0 %"
    for does, state in (
        (run.pause, RunState.PAUSED),
        (run.go_on, RunState.RUNNING),
        (run.stop, RunState.STOPPING),
    ):
        does()
        assert run.state is state
    heard = []
    run.changed.connect(lambda: heard.append(run.note))
    with qtbot.waitSignal(run.ended, timeout=PATIENCE_MS):
        pass
    assert run.note == "heard stop" and run.state is RunState.FINISHED
    assert run_texts(run)[0] == "Stopped: best of epoch 1, 95.0 % of digits held back"


@pytest.mark.parametrize(
    ("told", "message"),
    [
        (
            ({"event": "error", "message": "there is no room"}, "!train.py: x"),
            "there is no room",
        ),
        (("!train.py: it cannot be",), "it cannot be"),
        ((), "Training ended by itself; nothing was kept."),
        (
            (START, epoch(1, 0.5)),
            "Training was killed. 1 of 3 epochs are kept, from which it can go on: net.resume",
        ),
    ],
)
def test_a_run_that_fails_or_is_killed_says_so_in_a_line(qtbot, told, message):
    run = ended(qtbot, run_of(*told))
    assert run.state is RunState.FAILED and run.message == message
    assert run_texts(run) == [message]


def test_what_is_no_event_changes_nothing(qtbot):
    nonsense = [
        "hello",
        "[1]",
        {"event": "epoch", "epoch": 1},
        epoch(1, 0.5, validation_accuracy=7.0),
        epoch(1, -1.0),
        epoch(0, 0.5),
        {"event": "start"},
        {"event": "step", "done": "x"},
    ]
    run = ended(qtbot, run_of(*nonsense, START, epoch(1, 0.5), finish(Path("a"))))
    assert run.state is RunState.FINISHED and len(run.history) == 1


def test_a_program_that_is_not_there_is_said(qtbot):
    run = TrainRun(TrainPlan(), Path("a"), Path("b"), None, ["/no/such/program"])
    ended(qtbot, run)
    assert run.state is RunState.FAILED and "could not be started" in run.message


def test_closing_waits_until_what_is_best_is_kept(qtbot):
    run = run_of(START, epoch(1, 0.5), HEARS, finish(Path("a"), "stop"), "!stopped")
    run.start()
    qtbot.waitUntil(lambda: len(run.history) == 1, timeout=PATIENCE_MS)
    run.close()
    assert run.weights == Path("a") and not run.is_under_way
    run.close()


def test_closing_does_not_wait_for_what_keeps_nothing(qtbot, monkeypatch):
    never_ends = "import time; print(flush=True); time.sleep(600)"
    run = TrainRun(TrainPlan(), Path("a"), Path("b"), None, [sys.executable, "-c", never_ends])
    run.start()
    assert run._process.waitForReadyRead(PATIENCE_MS)
    monkeypatch.setattr(train_run, "_ENDS_WITHIN_MS", 10 * PATIENCE_MS)
    monkeypatch.setattr(train_run, "_NOTHING_KEPT_MS", 10)
    run.close()
    assert run.state is RunState.FAILED and not run.is_under_way


def test_how_long_it_takes_is_told_from_the_first_epoch_on(qtbot, monkeypatch):
    now = iter((100.0, 104.0, 108.0))
    monkeypatch.setattr("time.monotonic", lambda: next(now, 108.0))
    step = {"event": "step", "epoch": 1, "total": 100}
    run = run_of(
        START,
        {**step, "done": 10},
        {**step, "done": 20},
        {**step, "done": 30},
        HEARS,
        finish(Path("a")),
    )
    run.start()
    qtbot.waitUntil(lambda: run.share == 0.3, timeout=PATIENCE_MS)
    assert run.seconds_left == pytest.approx((3 - 0.3) * 40)
    assert run_texts(run)[0] == "Epoch 1 of 3 · about 2 minutes left"
    run.close()


def test_an_epoch_without_its_weakest_class_is_taken_too(qtbot):
    told = epoch(1, 0.5)
    del told["weakest_class"], told["weakest_accuracy"]
    run = run_of(START, told, epoch(2, 0.4, weakest_class=True), finish(Path("a.safetensors")))
    with qtbot.waitSignal(run.ended, timeout=PATIENCE_MS):
        run.start()
    assert [one.weakest_class for one in run.history] == [None]
