from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from digitpad.accuracy import network_figures
from digitpad.accuracy.evaluation import evaluate
from digitpad.accuracy.network_figures import Correctness, Examiner, RunFigures
from digitpad.accuracy.network_runs import Found, planned_runs
from digitpad.accuracy.pen_sets import PenSet
from digitpad.datasets import DATASETS, LabelledDigits
from digitpad.ink.strokes_file import Sample
from digitpad.nets.recognizer import Recognizer
from digitpad.nets.spec.record import WeightsRecord, read_record
from tests.accuracy.network_files import write_weights

BY_NAME = {run.name: run for run in planned_runs()}


@pytest.fixture
def pens(drawings) -> PenSet:
    samples = [Sample(label, tuple(strokes)) for label, strokes in drawings.items()]
    return PenSet("mine", (*samples, Sample(None, samples[0].strokes)))


@pytest.fixture
def small_sets(monkeypatch, test_set):
    some = LabelledDigits(test_set.digits[:300], test_set.labels[:300])
    monkeypatch.setattr(network_figures, "load", lambda name, part: some)
    return some


def examined(name, folder, pens=(), **record) -> RunFigures:
    run = BY_NAME[name]
    path = write_weights(run, folder, **record)
    return Examiner([run.dataset], pens).examine(run, Found(path, read_record(path)))


def figures(name: str, **record: str) -> RunFigures:
    found = Found(Path("a.safetensors"), WeightsRecord.from_metadata(record))
    return RunFigures(BY_NAME[name], found, Correctness(np.ones(3, bool)))


def test_the_test_set_and_the_pen_sets_are_read_as_the_window_reads(tmp_path, small_sets, pens):
    found = examined("lenet5-1998-tutorial", tmp_path, [pens])
    recognizer = Recognizer(tmp_path / "lenet5-1998-tutorial.safetensors", "cpu")
    answers, _ = recognizer.answers(small_sets.digits.astype(np.float32) / 255)
    assert (found.test.right == (answers == small_sets.labels)).all() and found.test.n == 300
    for place in ("random", "fit"):
        score = evaluate(recognizer, pens.samples, place)
        # A drawing without a label is none to be read rightly.
        assert (found.pens["mine", place].accuracy, found.pens["mine", place].n) == (
            score.accuracy,
            score.n,
        ) and score.n == 5


def test_a_network_of_clothes_reads_no_pen_drawings(tmp_path, small_sets, pens):
    clothes = ",".join(DATASETS["fashion-mnist"].classes)
    assert examined("lenet5-max-tutorial", tmp_path, [pens], classes=clothes).pens == {}


def test_drawings_are_drawn_once_for_all_networks(tmp_path, small_sets, pens, monkeypatch):
    drawn = []
    plain = network_figures.digits_of
    monkeypatch.setattr(
        network_figures,
        "digits_of",
        lambda samples, place: drawn.append(place) or plain(samples, place),
    )
    examiner = Examiner(["mnist"], [pens])
    for name in ("lenet5-relu-tutorial", "lenet5-mnist-tutorial"):
        path = write_weights(BY_NAME[name], tmp_path)
        examiner.examine(BY_NAME[name], Found(path, read_record(path)))
    assert sorted(drawn) == ["fit", "random"]


def test_the_first_ones_alone():
    answers = Correctness(np.array([True, True, False, False]))
    assert (answers.accuracy, answers.first(2).accuracy, answers.first(2).n) == (0.5, 1.0, 2)
    assert math.isnan(answers.first(0).accuracy)


def test_epochs_are_those_trained():
    assert figures("lenet5-tutorial", epochs="50", best_epoch="50", test_accuracy="0.98").is_whole
    stopped = figures("lenet5-tutorial", epochs="50", best_epoch="7")
    assert stopped.epochs == 7 and not stopped.is_whole
    assert figures("lenet5-tutorial", epochs="3", test_accuracy="0.9").epochs == 3
    assert figures("lenet5-tutorial-1-epoch", epochs="1", test_accuracy="0.9").is_whole
    odd = figures("lenet5-tutorial", epochs="many", test_accuracy="0.9")
    assert odd.epochs is None and odd.seconds is None and not odd.is_whole


def test_departures_are_those_beyond_the_recipes_own():
    declared = BY_NAME["lenet5-convolutions-tutorial"].network.recipes["tutorial"].departures
    told = "; ".join(
        [
            *declared,
            "epochs 2 where the page has 10",
            "precision bfloat16 where the page has float32",
        ]
    )
    assert figures("lenet5-convolutions-tutorial", departures=told).departures == [
        "epochs 2 where the page has 10",
        "precision bfloat16 where the page has float32",
    ]
    assert figures("lenet5-convolutions-tutorial", departures="; ".join(declared)).departures == []
    assert figures("lenet5-ours").departures == []
    assert figures("lenet5-tutorial", departures="<b>|bold").departures == ["b bold"]
