from __future__ import annotations

import numpy as np
import torch

from digitpad.core.constants import NON_DIGIT
from digitpad.datasets import load, split
from digitpad.teaching.drawing_pieces import Drawn, draw_sets
from digitpad.teaching.replay import ReplaySizes, load_replay
from digitpad.training.data import cache
from tests.teaching.conftest import SIZES


def test_what_is_held_out_is_the_same_each_time_and_no_one_trains_on_it(replay, monkeypatch):
    again = load_replay(SIZES)
    for name in ("held_mnist", "held_synthetic", "held_non_digits", "synthetic"):
        first, second = getattr(replay, name), getattr(again, name)
        assert torch.equal(first.digits, second.digits), name
        assert torch.equal(first.labels, second.labels), name
    kept, held = split(load("mnist", part="train", download=False))
    known = {digit.tobytes() for digit in held.digits}
    assert all(digit.tobytes() in known for digit in replay.held_mnist.digits.numpy())
    known = {digit.tobytes() for digit in kept.digits}
    replayed = replay.mnist.digits.numpy()
    half = len(replayed) // 2
    assert all(digit.tobytes() in known for digit in replayed[:half])
    assert not any(digit.tobytes() in known for digit in replayed[half:]), "other pens"
    synthetic = {digit.tobytes() for digit in replay.synthetic.digits.numpy()}
    assert not any(digit.tobytes() in synthetic for digit in replay.held_synthetic.digits.numpy())


def test_each_kind_has_its_labels(replay):
    assert set(replay.held_non_digits.labels.tolist()) == {NON_DIGIT}
    assert set(replay.held_synthetic.labels.tolist()) == set(range(10))
    assert [len(one.labels) for one in (replay.held_mnist, replay.held_synthetic)] == [150, 100]


def test_without_mnist_there_is_synthetic_handwriting_alone(tmp_path):
    found = load_replay(ReplaySizes(5, 5, 2, 5, 5, 2), data=tmp_path)
    assert found.mnist is None and found.held_mnist is None
    assert len(found.held_synthetic.labels) == 5 and found.held_synthetic.is_synthetic


def test_it_is_drawn_once_and_tells_how_far_it_is(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(cache, "_FEWEST_CACHED", 1)
    sizes, told = ReplaySizes(4, 6, 2, 4, 6, 2), []
    load_replay(sizes, told.append)
    assert told and told == sorted(told) and told[-1] == 1
    load_replay(sizes, told.append)
    assert told.count(1) == 1, "the second time it is read from the cache"


def test_the_number_of_processes_changes_nothing():
    sets = (Drawn(True, 260, 5), Drawn(False, 3, 6))
    one, two = (draw_sets(sets, workers=workers) for workers in (1, 2))
    np.testing.assert_array_equal(one[0], two[0])
    np.testing.assert_array_equal(one[1], two[1])
    assert draw_sets(())[0].shape == (0, 28, 28)
