"""However a run ends, what it has learnt is saved, and where it is said."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from digitpad.core.errors import DigitpadError
from digitpad.nets.spec.record import read_metadata
from digitpad.training import attempt, checkpoints, run, saving
from digitpad.training.checkpoints import load_checkpoint
from digitpad.training.events import (
    CheckpointFailed,
    CheckpointSaved,
    EpochFinished,
    RunFinished,
    RunStopped,
    TrainingEvent,
    WeightsMoved,
)
from digitpad.training.run import StoppedError, train
from digitpad.training.settings import TrainingSettings
from digitpad.training.trainer import Trainer

SETTINGS = TrainingSettings(epochs=3, batch=100, limit=400, styles="none")
TRAIN = Path(__file__).parents[2] / "train.py"
pytestmark = pytest.mark.usefixtures("small_mnist")
needs_signals = pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "net.safetensors"


def after(epoch: int, act: Callable[[], object]) -> Callable[[TrainingEvent], None]:
    """A listener that acts when an epoch is over."""

    def listen(event: TrainingEvent) -> None:
        if isinstance(event, EpochFinished) and event.report.epoch == epoch:
            act()

    return listen


def ctrl_c() -> None:
    signal.raise_signal(signal.SIGINT)


def full(*arguments: object) -> None:
    raise DigitpadError("no room is left")


def no_score(*arguments: object) -> None:
    raise KeyboardInterrupt


def test_a_run_gives_what_it_came_to_and_tells_it(out: Path) -> None:
    seen: list[TrainingEvent] = []
    result = train(SETTINGS, out=out, device="cpu", events=seen.append)
    assert seen[-1] == RunFinished(result)
    assert [event.epoch for event in seen if isinstance(event, CheckpointSaved)] == [1, 2, 3]
    assert result.weights == out and result.checkpoint is None
    assert [report.epoch for report in result.history] == [1, 2, 3]
    assert result.best_epoch in (1, 2, 3) and result.test_n == 500
    assert list(out.parent.iterdir()) == [out]
    assert read_metadata(out)["command"] == "digitpad.train"


def test_nothing_of_the_caller_is_changed(out: Path) -> None:
    torch.manual_seed(3)
    tiny = torch.full((1,), torch.finfo(torch.float64).tiny, dtype=torch.float64)

    def state() -> tuple[object, ...]:
        return (
            torch.get_num_threads(),
            torch.backends.cudnn.deterministic,
            bool((tiny / 4 == 0).item()),
            signal.getsignal(signal.SIGINT),
            signal.getsignal(signal.SIGTERM),
            torch.random.get_rng_state().tolist(),
            dict(os.environ),
        )

    before = state()
    train(replace(SETTINGS, epochs=1), out=out, device="cpu")
    assert state() == before
    torch.set_flush_denormal(True)
    torch.backends.cudnn.deterministic = True
    try:
        train(replace(SETTINGS, epochs=1), out=out, device="cpu", replace=True)
        assert torch.backends.cudnn.deterministic and bool((tiny / 4 == 0).item())
    finally:
        torch.set_flush_denormal(False)
        torch.backends.cudnn.deterministic = False


def test_an_interrupt_saves_the_best_and_gives_it(out: Path) -> None:
    seen: list[TrainingEvent] = []
    stop = after(2, ctrl_c)
    with pytest.raises(StoppedError) as caught:
        train(SETTINGS, out=out, device="cpu", events=lambda e: (seen.append(e), stop(e)))
    result = caught.value.result
    assert seen[-1] == RunStopped(result)
    assert (result.weights, result.checkpoint) == (out, out.with_suffix(".resume"))
    assert len(result.history) == 2 and result.test_accuracy is None
    assert f"go on with --resume {result.checkpoint}" in str(caught.value)
    # The interrupt came before the checkpoint of the epoch was written.
    assert len(load_checkpoint(out.with_suffix(".resume"))[2]["history"]) == 2
    read_metadata(out)


@needs_signals
def test_a_second_interrupt_while_the_first_saves_changes_nothing(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = saving.save_weights

    def interrupted(*arguments: object) -> None:
        ctrl_c()
        plain(*arguments)  # type: ignore[arg-type]
        ctrl_c()

    monkeypatch.setattr(saving, "save_weights", interrupted)
    with pytest.raises(StoppedError, match=r"stopped after epoch 1.*is in .*--resume"):
        train(SETTINGS, out=out, device="cpu", events=after(1, ctrl_c))
    read_metadata(out)


def test_an_interrupt_into_the_handling_of_another_says_what_there_is(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(self: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(attempt.Attempt, "stopped", interrupted)
    with pytest.raises(StoppedError, match=r"stopped; epoch 1 is the last in .*--resume"):
        train(SETTINGS, out=out, device="cpu", events=after(2, ctrl_c))
    assert len(load_checkpoint(out.with_suffix(".resume"))[2]["history"]) == 1


def test_an_interrupt_while_the_test_set_is_read_keeps_all_and_goes_on(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(attempt.Attempt, "_test_score", no_score)
        with pytest.raises(StoppedError, match=r"stopped after epoch 3.*go on with --resume"):
            train(SETTINGS, out=out, device="cpu")
    assert "test_accuracy" not in read_metadata(out)
    result = train(resume=out.with_suffix(".resume"), device="cpu", replace=True)
    assert result.test_accuracy is not None and result.weights == out
    assert list(out.parent.iterdir()) == [out]


def test_an_interrupt_before_a_resumed_run_begins_leaves_its_checkpoint(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StoppedError):
        train(SETTINGS, out=out, device="cpu", events=after(1, ctrl_c))
    resume = out.with_suffix(".resume")
    before = resume.read_bytes()
    monkeypatch.setattr(attempt, "load", no_score)
    with pytest.raises(StoppedError, match=f"epoch 1 is the last in {resume}; go on with"):
        train(resume=resume, device="cpu")
    assert resume.read_bytes() == before


def test_any_error_after_an_epoch_saves_the_best_too(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise ZeroDivisionError("by zero")

    with pytest.raises(DigitpadError, match=r"ZeroDivisionError: by zero.*is in .*--resume"):
        train(SETTINGS, out=out, device="cpu", events=after(2, fail))
    read_metadata(out)
    assert len(load_checkpoint(out.with_suffix(".resume"))[2]["history"]) == 2


def test_memory_that_runs_out_later_does_not_start_anew(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Trainer._step

    def step(self: Trainer, *arguments: object) -> None:
        if self.epochs_done == 1:
            raise torch.OutOfMemoryError("CUDA out of memory")
        plain(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Trainer, "_step", step)
    with pytest.raises(DigitpadError, match=r"too little memory to go on.*is in .*--resume"):
        train(SETTINGS, out=out, device="cpu")
    assert len(load_checkpoint(out.with_suffix(".resume"))[2]["history"]) == 1


def test_a_checkpoint_that_cannot_be_written_is_said_and_training_goes_on(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[TrainingEvent] = []
    plain = attempt.save_checkpoint

    def second_fails(path: Path, *rest: object) -> None:
        if len([event for event in seen if isinstance(event, EpochFinished)]) == 2:
            full()
        plain(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(attempt, "save_checkpoint", second_fails)
    result = train(SETTINGS, out=out, device="cpu", events=seen.append)
    assert CheckpointFailed(2, "no room is left", 1) in seen
    assert len(result.history) == 3 and result.weights == out


def test_a_stop_on_a_full_disk_says_where_the_best_went(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = out.parent / "home" / "weights"
    monkeypatch.setattr(saving, "user_folder", lambda: elsewhere.parent)
    monkeypatch.setattr(attempt, "save_checkpoint", full)
    monkeypatch.setattr(attempt, "place_weights", full)
    with pytest.raises(StoppedError) as caught:
        train(SETTINGS, out=out, device="cpu", events=after(2, ctrl_c))
    place = elsewhere / out.name
    assert f"is in {place} (no room is left)" in str(caught.value)
    assert "no checkpoint could be written" in str(caught.value)
    assert caught.value.result.weights == place
    read_metadata(place)


def test_weights_that_find_no_room_at_the_end_go_elsewhere(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[TrainingEvent] = []
    monkeypatch.setattr(saving, "user_folder", lambda: out.parent / "home")
    monkeypatch.setattr(attempt, "place_weights", full)
    result = train(SETTINGS, out=out, device="cpu", events=seen.append)
    assert result.weights == out.parent / "home" / "weights" / out.name
    assert WeightsMoved(result.weights, "no room is left", is_spared=False) in seen
    assert read_metadata(result.weights)["test_n"] == "500"


def test_room_is_looked_for_before_anything_is_loaded(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_loaded(*arguments: object) -> None:
        raise AssertionError("nothing is loaded")

    monkeypatch.setattr(attempt, "load", not_loaded)
    monkeypatch.setattr(
        saving.shutil, "disk_usage", lambda folder: saving.shutil._ntuple_diskusage(9, 8, 1)
    )
    with pytest.raises(DigitpadError, match=r"has room for 0\.0 MB, and training needs 3\.\d MB"):
        train(SETTINGS, out=out, device="cpu")


def test_room_is_asked_for_as_much_as_is_written(out: Path) -> None:
    sizes = []

    def measure() -> None:
        sizes.append(out.with_suffix(".resume").stat().st_size)

    train(SETTINGS, out=out, device="cpu", events=after(3, measure))
    needed = checkpoints.checkpoint_bytes(run.fresh_network(SETTINGS))
    assert sizes[0] < needed < 2 * sizes[0]


def test_what_a_killed_run_left_half_written_goes(out: Path) -> None:
    then = time.time() - 60
    halves = [out.parent / f".net.{suffix}.abcd1234.part" for suffix in ("resume", "safetensors")]
    other = out.parent / ".mine.safetensors.abcd1234.part"
    for path in (*halves, other):
        path.write_bytes(b"half")
        os.utime(path, (then, then))
    train(replace(SETTINGS, epochs=1), out=out, device="cpu")
    assert sorted(out.parent.iterdir()) == sorted([out, other])


def test_settings_and_a_checkpoint_do_not_go_together(out: Path) -> None:
    with pytest.raises(StoppedError):
        train(SETTINGS, out=out, device="cpu", events=after(1, ctrl_c))
    with pytest.raises(DigitpadError, match="has settings of its own; leave settings out"):
        train(replace(SETTINGS, epochs=9), resume=out.with_suffix(".resume"), device="cpu")


def test_names_that_there_are_not_are_said_before_anything_is_loaded(out: Path) -> None:
    with pytest.raises(DigitpadError, match="no network named 'x'"):
        train(replace(SETTINGS, network="x"), out=out)
    with pytest.raises(DigitpadError, match="no recipe 'x'"):
        train(replace(SETTINGS, recipe="x"), out=out)


@needs_signals
@pytest.mark.parametrize(
    "signals",
    [
        (signal.SIGINT, signal.SIGTERM, signal.SIGINT),
        (signal.SIGHUP,),
    ],
)
def test_a_process_that_is_asked_to_end_says_what_is_saved(
    out: Path, signals: tuple[signal.Signals, ...]
) -> None:
    command = [sys.executable, str(TRAIN), "--limit", "500", "--styles", "none", "--epochs", "999"]
    with subprocess.Popen(
        [*command, "--device", "cpu", "--out", str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        for line in process.stdout:
            if line.startswith("  2/"):
                break
        for number in signals:
            process.send_signal(number)
            time.sleep(0.04)
        process.stdout.read()
        said = process.stderr.read()
    assert process.returncode == 1
    assert said.startswith("train.py: stopped") and said.count("\n") == 1, said
    assert f"--resume {out.with_suffix('.resume')}" in said
    load_checkpoint(out.with_suffix(".resume"))


@needs_signals
def test_a_terminal_that_went_away_loses_nothing(out: Path) -> None:
    command = [sys.executable, str(TRAIN), "--limit", "500", "--styles", "none", "--epochs", "999"]
    with subprocess.Popen(
        [*command, "--device", "cpu", "--out", str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("  2/"):
                break
        process.stdout.close()
        assert process.wait(60) == 1
    read_metadata(out)
    load_checkpoint(out.with_suffix(".resume"))
