from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from digitpad.nets.files.weights_file import load_weights, parse_weights
from digitpad.nets.modules import build
from digitpad.nets.spec.record import read_metadata
from digitpad.training import attempt, command
from digitpad.training.trainer import Trainer

TRAIN = Path(__file__).parents[2] / "train.py"
SHORT = ["--limit", "200", "--epochs", "2", "--batch", "100", "--device", "cpu"]
LEARNING = ["--limit", "1000", *SHORT[2:]]
"""Enough digits that the second epoch is better than the first."""


@pytest.fixture
def out(tmp_path) -> Path:
    return tmp_path / "net.safetensors"


def stop_after(monkeypatch, epochs: int) -> None:
    """Ctrl-C in the middle of the epoch after so many."""
    plain = Trainer._step

    def step(self, *arguments):
        if self.epochs_done == epochs:
            raise KeyboardInterrupt
        plain(self, *arguments)

    monkeypatch.setattr(Trainer, "_step", step)


def weights(path: Path) -> dict[str, torch.Tensor]:
    return parse_weights(path, path.read_bytes())[1]


def equal(a: Path, b: Path) -> bool:
    first, second = weights(a), weights(b)
    return all(torch.equal(first[name], second[name]) for name in first)


def test_a_run_leaves_weights_with_their_whole_record(out, capsys):
    assert command.main([*LEARNING, "--out", str(out)]) == 0
    record = load_weights(out, build("lenet5")).as_metadata()
    assert set(record) >= {
        *("network", "classes", "mean", "std", "datasets", "validation_accuracy", "validation_n"),
        *(
            "test_accuracy",
            "test_n",
            "seed",
            "epochs",
            "torch",
            "device",
            "seconds",
            "date",
            "command",
        ),
    }
    assert (record["validation_n"], record["test_n"], record["epochs"]) == ("5500", "10000", "2")
    assert (record["validation_mnist_n"], record["validation_pen_styles_n"]) == ("5000", "500")
    assert 0.25 <= float(record["temperature"]) <= 4
    assert math.isfinite(float(record["reject_energy"]))
    assert 0.3 < float(record["test_accuracy"]) < 1
    assert record["command"].startswith("python train.py --limit 1000")
    shown = capsys.readouterr().out
    assert "device cpu: taken" in shown
    assert " 1/2 " in shown and " 2/2 " in shown
    assert f"weights              {out}" in shown
    assert list(out.parent.iterdir()) == [out]  # no state of a run that is over


def test_the_test_set_is_read_once_at_the_end(out, monkeypatch):
    asked = []
    plain = attempt.load

    def load(name, data, part="train"):
        asked.append(part)
        return plain(name, data, part)

    monkeypatch.setattr(attempt, "load", load)
    measured = []
    monkeypatch.setattr(
        Trainer, "run_epoch", spied(Trainer.run_epoch, lambda: measured.append(list(asked)))
    )
    assert command.main([*SHORT, "--out", str(out)]) == 0
    assert asked == ["train", "test"]
    assert measured == [["train"], ["train"]]


def spied(plain, before):
    def spy(self):
        before()
        return plain(self)

    return spy


def test_ctrl_c_keeps_the_best_and_resume_ends_with_the_same_bits(
    out, tmp_path, monkeypatch, capsys
):
    whole = tmp_path / "whole.safetensors"
    assert command.main([*LEARNING, "--out", str(whole)]) == 0
    with monkeypatch.context() as patch:
        stop_after(patch, 1)
        assert command.main([*LEARNING, "--out", str(out)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "stopped after epoch 1" in said and f"is in {out}" in said and "--resume" in said
    assert "test_accuracy" not in read_metadata(out)
    assert command.main(["--resume", str(out.with_suffix(".resume"))]) == 0
    assert equal(out, whole)
    assert read_metadata(out)["test_accuracy"] == read_metadata(whole)["test_accuracy"]
    assert not out.with_suffix(".resume").exists()


def test_ctrl_c_in_the_first_epoch_says_that_nothing_is_saved(out, monkeypatch, capsys):
    stop_after(monkeypatch, 0)
    assert command.main([*SHORT, "--out", str(out)]) == 1
    assert "there is nothing to save yet" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows ends processes without a signal")
def test_a_polite_end_of_the_process_keeps_the_best_too(out):
    arguments = [
        "--limit",
        "2000",
        "--epochs",
        "400",
        "--device",
        "cpu",
        "--json-progress",
        "--out",
        str(out),
    ]
    with subprocess.Popen(
        [sys.executable, str(TRAIN), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        for line in process.stdout:
            if json.loads(line)["event"] == "epoch":
                process.send_signal(signal.SIGTERM)
                break
        events = [json.loads(line) for line in process.stdout]
        said = process.stderr.read()
    assert process.returncode == 1
    assert "stopped after epoch" in said and "Traceback" not in said
    assert events[-1]["event"] == "error" and "stopped after epoch" in events[-1]["message"]
    load_weights(out, build("lenet5"))


def test_a_resumed_run_keeps_its_recipe_and_its_digits(out, monkeypatch, capsys):
    with monkeypatch.context() as patch:
        stop_after(patch, 1)
        command.main([*SHORT, "--out", str(out)])
    state = str(out.with_suffix(".resume"))
    with pytest.raises(SystemExit) as caught:
        command.main(["--resume", state, "--epochs", "9"])
    assert caught.value.code == 2
    monkeypatch.setattr(Trainer, "fingerprint", lambda self: "others")
    capsys.readouterr()
    assert command.main(["--resume", state]) == 1
    assert "other digits" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--epochs", "0"],
        ["--epochs", "many"],
        ["--device", "tpu"],
        ["--seed", "-1"],
        ["--dataset", "x"],
        ["x"],
    ],
)
def test_wrong_usage_ends_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        command.main(arguments)
    assert caught.value.code == 2


def test_help_and_errors_are_in_the_language_that_is_asked_for(capsys):
    for arguments in (["--lang", "zh", "--help"], ["--lang=zh_CN", "--epochs", "0"]):
        with pytest.raises(SystemExit):
            command.main(arguments)
        told = capsys.readouterr()
        assert (told.out or told.err).startswith("用法：train.py")


def test_a_language_that_there_is_not_is_one_line_and_the_rest_goes_on(tmp_path, capsys):
    assert command.main(["--lang", "tlh", "--data", str(tmp_path), "--out", str(tmp_path)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("train.py: there are no texts in the language “tlh”")
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--net", "alexnet"], "no network named 'alexnet'"),
        (["--data", "nowhere"], "does not hold MNIST"),
        (["--resume", "nowhere.resume"], "does not exist"),
        (["--out", "."], "is a directory"),
    ],
)
def test_what_fails_is_one_line_and_1(arguments, message, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    if "--out" not in arguments:
        arguments = [*arguments, "--out", "net.safetensors"]
    assert command.main(arguments) == 1
    said = capsys.readouterr().err
    assert message in said and said.count("\n") == 1


def test_what_nobody_expected_is_one_line_too_unless_debugged(out, monkeypatch, capsys):
    def fail(self):
        raise ZeroDivisionError("by\nzero")

    monkeypatch.setattr(Trainer, "run_epoch", fail)
    assert command.main([*SHORT, "--out", str(out)]) == 1
    assert (
        capsys.readouterr().err
        == "train.py: training failed: ZeroDivisionError: by (--debug shows where)\n"
    )
    with pytest.raises(ZeroDivisionError):
        command.main([*SHORT, "--out", str(out), "--debug"])


def test_too_little_memory_halves_the_batch(out, monkeypatch, capsys):
    plain = Trainer._step

    def step(self, digits, *rest):
        if len(digits) > 25:
            raise torch.OutOfMemoryError("CUDA out of memory")
        plain(self, digits, *rest)

    monkeypatch.setattr(Trainer, "_step", step)
    assert command.main([*SHORT, "--out", str(out)]) == 0
    shown = capsys.readouterr().out
    assert "with a batch of 50" in shown and "with a batch of 25" in shown
    assert read_metadata(out)["batch"] == "25"


def test_too_little_memory_for_anything_says_so(out, monkeypatch, capsys):
    def step(self, *arguments):
        raise RuntimeError("DefaultCPUAllocator: can't allocate memory")

    monkeypatch.setattr(Trainer, "_step", step)
    assert command.main([*SHORT, "--out", str(out)]) == 1
    assert "too little memory" in capsys.readouterr().err


def test_json_progress_is_an_object_a_line(out, capsys):
    assert command.main([*SHORT, "--out", str(out), "--json-progress"]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert events.pop(0)["event"] == "note", "drawing takes a while, so it is said"
    kinds = [event["event"] for event in events]
    assert kinds[0] == "start" and kinds[-1] == "finish" and kinds.count("epoch") == 2
    assert events[0]["epochs"] == 2 and events[0]["device"] == "cpu"
    assert [e["done"] for e in events if e["event"] == "step" and e["done"] == e["total"]] == [
        700,
        700,
    ]  # MNIST, the same with other pens, pen strokes, no digits
    assert events[-1]["weights"] == str(out)


def test_quick_and_the_other_options_change_the_recipe():
    def settings(*arguments: str):
        return command.settings_of(command.parser().parse_args(arguments))

    assert settings("--quick").epochs < settings().epochs
    assert settings("--quick", "--epochs", "7").epochs == 7
    assert settings("--no-augment").augmentation is None
    assert (settings("--seed", "0").seed, settings("--seed", "3").seed) == (0, 3)


def test_help_needs_no_torch():
    code = (
        "import sys; from digitpad.training.command import parser; parser().format_help();"
        "print([m for m in ('torch', 'PySide6') if m in sys.modules])"
    )
    output = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert output.stdout.strip() == "[]"


def test_training_imports_no_qt():
    code = (
        "import sys, digitpad.training.run;"
        "print([m for m in ('PySide6', 'torchvision') if m in sys.modules])"
    )
    output = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert output.stdout.strip() == "[]"


def test_two_processes_train_one_network(out):
    arguments = [*LEARNING, "--out", str(out)]
    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "torch.distributed.run",
            "--nproc-per-node",
            "2",
            str(TRAIN),
            *arguments,
        ],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "MASTER_ADDR": "127.0.0.1", "GLOO_SOCKET_IFNAME": "lo"},
    )
    assert ended.returncode == 0, ended.stderr
    assert "2 processes" in ended.stdout
    assert ended.stdout.count("  1/2 ") == 1  # one of them reports
    assert (load_weights(out, build("lenet5")).test_accuracy or 0) > 0.3
