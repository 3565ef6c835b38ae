from __future__ import annotations

import json
import subprocess
import sys

import pytest

from digitpad.accuracy import network_runs
from digitpad.accuracy.network_runs import planned_runs
from digitpad.cli import main
from digitpad.core.errors import DigitpadError
from digitpad.ink.strokes_file import Sample
from digitpad.nets.files.weights_file import save_weights
from digitpad.nets.modules import build
from digitpad.nets.spec.catalogue import NETWORKS
from tests.support import write_samples

ONLY = ["--only", "convnet-8-16", "--no-speed"]


def put(run, folder) -> None:
    record = {
        "network": run.network.name,
        "recipe": run.recipe,
        "dataset": run.dataset,
        "epochs": "10",
    }
    save_weights(
        folder / f"{run.name}.safetensors",
        build(run.network.name).state_dict(),
        record | {"test_accuracy": "0"},
    )


@pytest.fixture
def nothing_shipped(monkeypatch):
    def none(name):
        raise DigitpadError("none")

    monkeypatch.setattr(network_runs, "shipped_weights", none)


def test_all_networks_are_listed_within_the_terminal(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "70")
    assert main(["networks"]) == 0
    told = capsys.readouterr().out
    assert all(f"\n{name} " in told for name in NETWORKS) and max(map(len, told.splitlines())) <= 70
    assert "accuracy: 99." in told and "lenet5.safetensors" in told


def test_one_network_is_told_whole(capsys):
    assert main(["networks", "lenet5-1998"]) == 0
    told = capsys.readouterr().out
    assert "48,120" in told and "60 connections" in told and "recipe tutorial: SGD" in told
    assert "lenet5-relu" not in told


def test_json_is_an_object_a_line(capsys):
    assert main(["networks", "--json"]) == 0
    assert [json.loads(line)["name"] for line in capsys.readouterr().out.splitlines()] == list(
        NETWORKS
    )
    assert main(["networks", "lenet5", "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["figures"][0]["weights"] == "lenet5.safetensors"


def test_telling_needs_neither_torch_nor_qt():
    code = "import sys; from digitpad.cli import main\n"
    code += "main(['networks']); main(['networks', 'lenet5'])\n"
    code += "assert not {'torch', 'PySide6'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["alexnet"], "no network named 'alexnet'"),
        (["--only", "lenet5"], "--only belongs to --measure"),
        (["--no-train"], "--no-train belongs to --measure"),
        (["--measure", "lenet5"], "--only NAME"),
        (["--measure", "--json"], "without --json"),
        (["--measure", "--only", "alexnet"], "no network named 'alexnet'"),
        (["--measure", "--out", "page.txt"], "should end in .md"),
        (["--measure", "--out", "{folder}/a-file/pages/page.md"], "cannot be written"),
        (["--measure", "--runs", "{folder}/a-file/runs"], "choose another place with --runs"),
        (["--measure", "--strokes", "{folder}/missing.json"], "missing.json does not exist"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_trained(
    arguments, words, tmp_path, capsys, monkeypatch
):
    (tmp_path / "a-file").touch()
    monkeypatch.chdir(tmp_path)

    def trained(*_):
        raise AssertionError("it began to train")

    monkeypatch.setattr(network_runs, "train", trained)
    assert main(["networks", *(word.format(folder=tmp_path) for word in arguments)]) == 1
    error = capsys.readouterr().err
    assert words in error and error.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a-file"]


def test_a_file_of_another_network_is_said_before_anything_is_trained(
    tmp_path, capsys, nothing_shipped
):
    ours, _ = planned_runs(["convnet-8-16"])
    put(planned_runs(["lenet5-relu"])[0], tmp_path)
    (tmp_path / "lenet5-relu-ours.safetensors").rename(tmp_path / f"{ours.name}.safetensors")
    assert (
        main(
            [
                "networks",
                "--measure",
                *ONLY,
                "--runs",
                str(tmp_path),
                "--out",
                str(tmp_path / "page.md"),
            ]
        )
        == 1
    )
    assert (
        "is of lenet5-relu, ours, mnist, where convnet-8-16-ours belongs" in capsys.readouterr().err
    )


def test_the_page_comes_from_what_is_there_and_names_what_is_missing(
    tmp_path, capsys, drawings, nothing_shipped
):
    strokes, page = tmp_path / "pens" / "mine.json.gz", tmp_path / "new" / "page.md"
    strokes.parent.mkdir()
    write_samples(strokes, [Sample(label, tuple(lines)) for label, lines in drawings.items()])
    runs = tmp_path / "runs"
    runs.mkdir()
    put(planned_runs(["convnet-8-16"])[1], runs)
    where = ["--runs", str(runs), "--out", str(page), "--strokes", str(strokes)]
    assert main(["networks", "--measure", *ONLY, "--no-train", *where]) == 0
    assert "1 of 2 runs; missing: convnet-8-16-ours" in capsys.readouterr().out
    told = page.read_text()
    assert (
        "digitpad networks --measure --only convnet-8-16 --no-train --no-speed --strokes "
        "mine.json.gz" in told
    )
    assert "- Missing: `convnet-8-16`, ours" in told and "mine, random (n = 5)" in told
    assert "| `convnet-8-16` | tutorial | MNIST | 10 |" in told
    assert str(tmp_path) not in told


def test_what_is_missing_is_trained_and_only_that(tmp_path, capsys, monkeypatch, nothing_shipped):
    trained = []

    def train(run, folder):
        trained.append(run.name)
        put(run, folder)
        return True

    monkeypatch.setattr(network_runs, "train", train)
    runs, page = tmp_path / "runs", tmp_path / "page.md"
    command = ["networks", "--measure", *ONLY, "--runs", str(runs), "--out", str(page)]
    assert main(command) == 0
    assert trained == ["convnet-8-16-ours", "convnet-8-16-tutorial"]
    said = capsys.readouterr().out
    assert "convnet-8-16-tutorial (2 of 2)" in said and "2 of 2 runs\n" in said
    assert main(command) == 0 and len(trained) == 2


def test_a_run_that_fails_is_named_and_the_others_stand_on_the_page(
    tmp_path, capsys, monkeypatch, nothing_shipped
):
    monkeypatch.setattr(
        network_runs,
        "train",
        lambda run, folder: run.recipe == "tutorial" and (put(run, folder) or True),
    )
    page = tmp_path / "page.md"
    assert (
        main(["networks", "--measure", *ONLY, "--runs", str(tmp_path / "runs"), "--out", str(page)])
        == 1
    )
    assert "training failed, as said above: convnet-8-16-ours" in capsys.readouterr().err
    assert "| `convnet-8-16` | tutorial |" in page.read_text()


def test_ctrl_c_while_training_says_how_to_go_on(tmp_path, capsys, monkeypatch, nothing_shipped):
    def train(run, folder):
        raise KeyboardInterrupt

    monkeypatch.setattr(network_runs, "train", train)
    page = tmp_path / "page.md"
    assert (
        main(["networks", "--measure", *ONLY, "--runs", str(tmp_path / "runs"), "--out", str(page)])
        == 1
    )
    assert "stopped; the same command goes on" in capsys.readouterr().err and not page.exists()
