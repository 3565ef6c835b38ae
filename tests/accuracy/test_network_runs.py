from __future__ import annotations

import pytest

from digitpad.accuracy import network_runs
from digitpad.accuracy.network_runs import (
    NetworkRun,
    find_weights,
    is_unfinished,
    planned_runs,
    train,
)
from digitpad.core.errors import DigitpadError
from digitpad.core.processes import python_command
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.nets.spec.record import read_metadata
from digitpad.training import command
from digitpad.training.trainer import Trainer
from tests.accuracy.network_files import write_weights

BY_NAME = {run.name: run for run in planned_runs()}


@pytest.fixture
def nothing_shipped(monkeypatch):
    def none(name):
        raise DigitpadError("none")

    monkeypatch.setattr(network_runs, "shipped_weights", none)


def test_every_network_is_trained_by_our_recipe_and_by_each_of_its_own():
    assert len(BY_NAME) == len(planned_runs()), "no two share a file"
    for network in NETWORKS.values():
        for recipe in ("ours", *network.recipes):
            run = BY_NAME[f"{network.name}-{recipe}"]
            assert (run.network, run.recipe, run.epochs) == (network, recipe, None)
    more = {run.name for run in planned_runs()} - {
        f"{n.name}-{r}" for n in NETWORKS.values() for r in ("ours", *n.recipes)
    }
    assert more == {"lenet5-tutorial-1-epoch", "lenet5-ours-fashion-mnist"}


def test_the_options_are_those_of_train_py():
    for run in planned_runs():
        command.parser().parse_args(run.options)
    assert BY_NAME["lenet5-tutorial-1-epoch"].options == [
        "--net",
        "lenet5",
        "--recipe",
        "tutorial",
        "--epochs",
        "1",
    ]
    assert BY_NAME["lenet5-ours-fashion-mnist"].options[-2:] == ["--dataset", "fashion-mnist"]
    assert BY_NAME["lenet5-sigmoid-exercise-2.6"].options == [
        "--net",
        "lenet5-sigmoid",
        "--recipe",
        "exercise-2.6",
    ]


def test_pages_of_the_largest_networks_take_bfloat16():
    assert [run.name for run in planned_runs() if "bfloat16" in run.options] == [
        "lenet5-convolutions-tutorial",
        "lenet5-connections-tutorial",
    ]


def test_some_networks_only():
    assert [run.name for run in planned_runs(["convnet-8-16"])] == [
        "convnet-8-16-ours",
        "convnet-8-16-tutorial",
    ]
    with pytest.raises(DigitpadError, match="no network named 'alexnet'"):
        planned_runs(["alexnet"])


def test_shipped_weights_are_taken_before_the_folders(tmp_path):
    run = BY_NAME["lenet5-ours"]
    write_weights(run, tmp_path)
    found = find_weights(run, tmp_path)
    assert found is not None and found.is_shipped and found.path.name == "lenet5.safetensors"
    assert not is_unfinished(run, tmp_path)


def test_shipped_weights_of_another_run_are_not_taken(tmp_path, monkeypatch):
    run = BY_NAME["lenet5-ours"]
    other = write_weights(BY_NAME["lenet5-tutorial"], tmp_path)
    monkeypatch.setattr(network_runs, "shipped_weights", lambda name: other)
    assert find_weights(run, tmp_path) is None
    asked = []
    monkeypatch.setattr(network_runs, "shipped_weights", lambda name: asked.append(name) or other)
    find_weights(BY_NAME["lenet5-ours-fashion-mnist"], tmp_path)
    assert asked == ["lenet5-fashion-mnist"]


def test_a_folders_weights_are_found_and_finished_ones_left_alone(tmp_path, nothing_shipped):
    run = BY_NAME["convnet-8-16-tutorial"]
    assert find_weights(run, tmp_path) is None and is_unfinished(run, tmp_path)
    path = write_weights(run, tmp_path, epochs="3")
    found = find_weights(run, tmp_path)
    assert (
        found is not None
        and found.path == path
        and not found.is_shipped
        and found.record.epochs == 3
    )
    assert not is_unfinished(run, tmp_path)
    path.with_suffix(".resume").touch()
    assert is_unfinished(run, tmp_path)


def test_a_file_of_another_run_is_refused(tmp_path, nothing_shipped):
    run = BY_NAME["lenet5-sigmoid-tutorial"]
    write_weights(run, tmp_path, dataset="mnist")
    with pytest.raises(
        DigitpadError,
        match="is of lenet5-sigmoid, tutorial, mnist, where lenet5-sigmoid-tutorial bel",
    ):
        find_weights(run, tmp_path)
    (tmp_path / f"{run.name}.safetensors").write_bytes(b"no weights at all")
    with pytest.raises(DigitpadError, match="damaged"):
        find_weights(run, tmp_path)


def test_a_stopped_run_is_gone_on_with_in_a_process_of_its_own(tmp_path, monkeypatch):
    run = BY_NAME["convnet-8-16-tutorial"]
    out = tmp_path / f"{run.name}.safetensors"
    plain = Trainer._step

    def stop(self, *arguments):
        if self.epochs_done == 1:
            raise KeyboardInterrupt
        plain(self, *arguments)

    monkeypatch.setattr(Trainer, "_step", stop)
    short = [
        "--limit",
        "300",
        "--epochs",
        "2",
        "--batch",
        "50",
        "--device",
        "cpu",
        "--out",
        str(out),
    ]
    assert command.main([*run.options, *short]) == 1
    assert "test_accuracy" not in read_metadata(out)
    assert train(run, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    record = read_metadata(out)
    assert (record["best_epoch"], record["epochs"]) == ("2", "2") and float(
        record["test_accuracy"]
    ) >= 0


class Process:
    """Stands in for a process that training runs in: it ends by itself, or Ctrl-C comes while it
    runs.

    heeds: what ends it after Ctrl-C; told: what was done to end it.
    """

    def __init__(self, status: int = 0, heeds: str = "") -> None:
        self.status, self.heeds, self.told = status, heeds, ["started"]

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def wait(self, timeout: float | None = None) -> int:
        if self.heeds and self.told == ["started"]:
            self.told.append("Ctrl-C")
            raise KeyboardInterrupt
        if self.heeds and self.heeds not in self.told:
            assert timeout is not None, "waited for ever"
            raise network_runs.subprocess.TimeoutExpired("train", timeout)
        return self.status

    def terminate(self) -> None:
        self.told.append("terminate")

    def kill(self) -> None:
        self.told.append("kill")


@pytest.mark.parametrize(("status", "done"), [(0, True), (1, False)])
def test_a_run_that_is_missing_is_trained_from_the_start(status, done, tmp_path, monkeypatch):
    started: list[list[str]] = []
    monkeypatch.setattr(
        network_runs.subprocess, "Popen", lambda command: started.append(command) or Process(status)
    )
    run = NetworkRun(NETWORKS["lenet5-max"], "tutorial", "fashion-mnist")
    assert train(run, tmp_path) is done
    (command,) = started
    out = str(tmp_path / "lenet5-max-tutorial.safetensors")
    assert command == [
        *python_command("digitpad.training"),
        "--net",
        "lenet5-max",
        "--recipe",
        "tutorial",
        "--out",
        out,
    ]


@pytest.mark.parametrize(
    ("heeds", "told"),
    [("Ctrl-C", []), ("terminate", ["terminate"]), ("kill", ["terminate", "kill"])],
)
def test_ctrl_c_leaves_no_training_behind(heeds, told, tmp_path, monkeypatch):
    process = Process(heeds=heeds)
    monkeypatch.setattr(network_runs.subprocess, "Popen", lambda command: process)
    with pytest.raises(KeyboardInterrupt):
        train(BY_NAME["lenet5-tutorial"], tmp_path)
    assert process.told == ["started", "Ctrl-C", *told]
