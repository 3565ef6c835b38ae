from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from digitpad.training.events import (
    CheckpointFailed,
    CheckpointSaved,
    EpochFinished,
    EpochReport,
    MemoryExhausted,
    PrecisionUnavailable,
    RunFinished,
    RunStarted,
    SourceShare,
    StepsTrained,
    SynthesisStarted,
    TrainingEvent,
    TrainingResult,
    WeightsMoved,
)
from digitpad.training.reporters import JsonReporter, TextReporter, note_line
from digitpad.training.settings import TrainingSettings

REPORT = EpochReport(3, 9, 0.25, 0.975, 0.9912, 0.03, 12345.6, 4.5, True)
START = RunStarted(
    settings=TrainingSettings(epochs=9),
    epochs_done=2,
    device="cpu",
    device_report=("cpu: taken, 2 threads",),
    sources=(SourceShare("mnist", 27500), SourceShare("no digits", 14000)),
    processes=1,
    departures=(),
)
RESULT = TrainingResult(
    settings=START.settings,
    history=(REPORT,),
    best_epoch=3,
    validation_accuracy=0.9912,
    validation_n=5500,
    test_accuracy=0.9933,
    test_n=10000,
    seconds=4.4999,
    weights=Path("net"),
)


def lines(*events: TrainingEvent) -> list[str]:
    text = io.StringIO()
    reporter = TextReporter(text)
    for event in events:
        reporter(event)
    return text.getvalue().splitlines()


def objects(*events: TrainingEvent) -> list[dict[str, object]]:
    text = io.StringIO()
    reporter = JsonReporter(text)
    for event in events:
        reporter(event)
    return [json.loads(line) for line in text.getvalue().splitlines()]


def test_people_read_a_line_per_epoch_and_a_table() -> None:
    assert lines(EpochFinished(REPORT), RunFinished(RESULT)) == [
        "  3/9     0.2500  97.50%     99.12%     12,346  best so far",
        "validation accuracy  99.12%",
        "validation n         5,500",
        "test accuracy        99.33%",
        "test n               10,000",
        "best epoch           3",
        "seconds              4.0",
        "weights              net",
    ]


def test_people_read_what_a_run_is_made_of_first() -> None:
    assert lines(START) == [
        "device cpu: taken, 2 threads",
        "mnist: 27,500 digits an epoch",
        "no digits: 14,000 digits an epoch",
        "LeNet-5, recipe ours: 9 epochs, batch 256, seed 0",
        "epoch      loss   train  validation  images/s",
    ]


def test_programs_read_the_same() -> None:
    start, epoch, finish = objects(START, EpochFinished(REPORT), RunFinished(RESULT))
    assert (start["event"], start["epochs"], start["epochs_done"]) == ("start", 9, 2)
    assert start["sources"] == lines(START)[1:-1]
    assert epoch == {"event": "epoch", **vars(REPORT)}
    assert finish == {
        "event": "finish",
        "validation_accuracy": 0.9912,
        "validation_n": 5500,
        "test_accuracy": 0.9933,
        "test_n": 10000,
        "best_epoch": 3,
        "seconds": 4.0,
        "weights": "net",
    }


def test_programs_read_settings_under_the_names_that_files_have() -> None:
    settings = objects(START)[0]["settings"]
    assert isinstance(settings, dict)
    assert {"deformation", "settling", "peak_rate", "average_decay", "no_digits"} <= set(settings)
    assert settings["loss"]["no_digit"] == 0.3


def test_of_many_steps_programs_read_a_few_and_the_last() -> None:
    steps = objects(*(StepsTrained(1, done, 5000) for done in range(1, 5001)))
    assert steps[-1] == {"event": "step", "epoch": 1, "done": 5000, "total": 5000}
    assert len(steps) < 2500


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (SynthesisStarted(), "Drawing digits"),
        (PrecisionUnavailable("cpu"), "cpu has no units for bfloat16"),
        (MemoryExhausted("cuda", 50), "again from the start with a batch of 50"),
        (MemoryExhausted("cuda", None), "again from the start on the CPU"),
        (CheckpointFailed(4, "no room", 3), "epoch 4 is not in the checkpoint, it has epoch 3"),
        (CheckpointFailed(1, "no room", None), "there is none yet: no room"),
        (WeightsMoved(Path("b"), "a is better", True), "a is better; --replace replaces it"),
        (WeightsMoved(Path("b"), "a has no room", False), "a has no room; now in b"),
    ],
)
def test_what_is_worth_a_line_is_a_note_to_both(event: TrainingEvent, words: str) -> None:
    (line,) = lines(event)
    assert words in line
    assert objects(event) == [{"event": "note", "line": line}]


def test_a_checkpoint_is_not_worth_a_line() -> None:
    assert note_line(CheckpointSaved(1, Path("a"))) == ""
    assert lines(CheckpointSaved(1, Path("a"))) == [] == objects(CheckpointSaved(1, Path("a")))
