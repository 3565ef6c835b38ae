from __future__ import annotations

from pathlib import Path

import pytest
import torch

from digitpad.core.errors import DigitpadError
from digitpad.nets.files.weights_file import parse_weights
from digitpad.nets.recognizer import Recognizer
from digitpad.nets.spec.snapshots import find_snapshots, snapshot_name
from digitpad.training import snapshots
from digitpad.training.data.sources import DigitSource
from digitpad.training.events import ListenerFailed, RunStarted, TrainingEvent
from digitpad.training.settings import TrainingSettings
from digitpad.training.snapshots import SnapshotWriter
from digitpad.training.trainer import Trainer

SETTINGS = TrainingSettings(epochs=3, batch=64, ema_decay=0.9)


@pytest.fixture(scope="module")
def pools(mnist) -> tuple[DigitSource, DigitSource]:
    def some(name: str, first: int, last: int) -> DigitSource:
        return DigitSource.of(name, mnist.take(slice(first, last)))

    return some("mnist", 0, 640), some("validation", 1_000, 1_200)


def started(trainer: Trainer, settings: TrainingSettings = SETTINGS) -> RunStarted:
    return RunStarted(
        settings, trainer.epochs_done, "cpu", (), (), 1, (), trainer.history, trainer.weights
    )


def trainer_for(pools, writer=None, settings: TrainingSettings = SETTINGS) -> Trainer:
    more = {} if writer is None else {"events": writer}
    trainer = Trainer(settings, [pools[0]], pools[1], torch.device("cpu"), **more)
    if writer is not None:
        writer(started(trainer, settings))
    return trainer


@pytest.fixture(scope="module")
def run(pools, tmp_path_factory) -> tuple[Path, Trainer]:
    """A run of two epochs of three, and its folder."""
    folder = tmp_path_factory.mktemp("run") / "film"
    trainer = trainer_for(pools, SnapshotWriter(folder))
    trainer.run_epoch()
    trainer.run_epoch()
    return folder, trainer


def test_the_first_steps_and_each_epoch_have_a_snapshot(run):
    folder, trainer = run
    found = find_snapshots(folder)
    assert [(one.step, one.epoch, one.is_average) for one in found] == [
        *((step, 0, False) for step in (0, 1, 2, 4, 8)),
        (10, 1, True),
        (20, 2, True),
    ]
    assert len({one.run for one in found}) == 1
    last = trainer.history[-1]
    assert found[-1].loss == pytest.approx(last.loss, rel=1e-5)
    assert found[-1].validation_loss == pytest.approx(last.validation_loss, rel=1e-5)
    assert found[-1].validation_accuracy == pytest.approx(last.validation_accuracy, abs=1e-4)
    assert found[0].loss is None and found[0].validation_loss == pytest.approx(2.3, abs=0.1)


def test_weights_are_those_of_the_moment_in_half_precision(run):
    folder, trainer = run
    path = folder / snapshot_name(20)
    _, tensors = parse_weights(path, path.read_bytes())
    for name, tensor in trainer.ema.module.state_dict().items():
        assert tensors[name].dtype == torch.float16
        assert torch.allclose(tensors[name].float(), tensor, atol=1e-3)


def test_a_snapshot_opens_as_any_weights_do(run):
    info = Recognizer(run[0] / snapshot_name(4)).info
    assert info.network == "lenet5" and info.metadata["step"] == "4"


def test_looking_changes_nothing_of_the_run(run, pools):
    plain = trainer_for(pools)
    plain.run_epoch()
    plain.run_epoch()
    assert plain.history[1].loss == run[1].history[1].loss
    for one, other in zip(plain.network.parameters(), run[1].network.parameters(), strict=True):
        assert torch.equal(one, other)


def test_a_resumed_run_goes_on(run, pools):
    folder, trainer = run
    resumed = Trainer(
        SETTINGS,
        [pools[0]],
        pools[1],
        torch.device("cpu"),
        writer := SnapshotWriter(folder, is_resumed=True),
    )
    resumed.restore(trainer.state())
    writer(started(resumed))
    resumed.run_epoch()
    assert [one.step for one in find_snapshots(folder)][-3:] == [10, 20, 30]
    (folder / snapshot_name(30)).unlink()


def test_another_run_is_not_mixed_in(run, pools):
    folder, _ = run
    with pytest.raises(DigitpadError, match="snapshots of an earlier run, such as step-0"):
        SnapshotWriter(folder)
    other = TrainingSettings(epochs=3, batch=64, seed=5)
    with pytest.raises(DigitpadError, match="snapshots of another run"):
        trainer_for(pools, SnapshotWriter(folder, is_resumed=True), other)


def test_a_run_that_starts_again_takes_its_own_away(pools, tmp_path):
    writer = SnapshotWriter(tmp_path)
    trainer_for(pools, writer).run_epoch()
    trainer_for(pools, writer, TrainingSettings(epochs=3, batch=32, ema_decay=0.9))
    assert [one.step for one in find_snapshots(tmp_path)] == [0]


def test_a_full_disk_is_said_once_and_training_goes_on(pools, tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise DigitpadError("no space left")

    monkeypatch.setattr(snapshots, "save_weights", full)
    told: list[TrainingEvent] = []
    trainer_for(pools, SnapshotWriter(tmp_path, told.append)).run_epoch()
    assert told == [ListenerFailed("no more snapshots: no space left")]


def test_a_place_that_is_no_folder_is_said_at_once(tmp_path):
    (tmp_path / "film").write_text("a file")
    with pytest.raises(DigitpadError, match="film cannot be used for snapshots"):
        SnapshotWriter(tmp_path / "film")
