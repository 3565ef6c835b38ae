from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from digitpad.core.errors import DigitpadError
from digitpad.engine import film_reading
from digitpad.engine.film_reading import FilmReader
from digitpad.engine.films import FilmQuestion
from digitpad.nets.files.weights_file import save_weights
from digitpad.nets.modules import build
from digitpad.nets.recognizer import Recognizer
from digitpad.nets.spec.snapshots import snapshot_name

DIGIT = np.random.default_rng(3).random((28, 28), dtype=np.float32)
STEPS = (0, 1, 2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("film")
    for step in STEPS:
        save(made, step)
    return made


def save(folder: Path, step: int, seed: int | None = None) -> None:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(step if seed is None else seed)
        network = build("lenet5")
    record = {
        "network": "lenet5",
        "mean": "0.1307",
        "std": "0.3081",
        "step": str(step),
        "epoch": "0",
        "run": "a",
    }
    tensors = {name: tensor.half() for name, tensor in network.state_dict().items()}
    save_weights(folder / snapshot_name(step), tensors, record)


def question(folder: Path, steps: tuple[int, ...] = STEPS) -> FilmQuestion:
    return FilmQuestion(folder, "", steps, DIGIT)


def read(reader: FilmReader, asked: FilmQuestion):
    while (reading := reader.read(asked)).waiting:
        pass
    return reading


def test_each_snapshot_reads_as_it_does_alone(folder):
    reading = read(FilmReader(), question(folder))
    assert reading.is_read.all() and reading.probabilities.shape == (3, 10)
    for step, row in zip(STEPS, reading.probabilities, strict=True):
        alone = Recognizer(folder / snapshot_name(step), "cpu").recognize(DIGIT)
        assert np.allclose(row, alone.probabilities, atol=1e-5)


def test_no_drawing_waits_for_all_to_be_loaded(folder, monkeypatch):
    monkeypatch.setattr(film_reading, "_LOADING_S", 0.0)
    reader = FilmReader()
    seen = [reader.read(question(folder)) for _ in range(3)]
    assert [one.waiting for one in seen] == [2, 1, 0]
    assert seen[0].is_read.tolist() == [True, False, False]
    assert not seen[0].probabilities[1:].any()


def test_what_is_gone_or_damaged_reads_nothing_and_comes_back(folder, tmp_path):
    save(tmp_path, 0)
    (tmp_path / snapshot_name(1)).write_bytes(b"damaged")
    reader = FilmReader()
    reading = read(reader, question(tmp_path))
    assert reading.is_read.tolist() == [True, False, False]
    save(tmp_path, 1)
    save(tmp_path, 0, seed=9)
    again = read(reader, question(tmp_path))
    assert again.is_read.tolist() == [True, True, False]
    assert not np.allclose(again.probabilities[0], reading.probabilities[0])


def test_what_is_too_large_is_said(folder, monkeypatch):
    monkeypatch.setattr(film_reading, "_MOST_PARAMETERS", 100_000)
    with pytest.raises(DigitpadError, match="too large to read side by side"):
        FilmReader().read(question(folder))
    assert FilmReader().read(replace(question(folder), steps=(0,))).is_read.all()
