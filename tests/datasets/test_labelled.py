from __future__ import annotations

import hashlib

import numpy as np

from digitpad.datasets import LabelledDigits, load, split


def test_the_split_is_the_same_whatever_the_seed_and_parts_nothing_twice():
    mnist = load("mnist")
    learning, validation = split(mnist)
    assert (len(learning), len(validation)) == (55000, 5000)
    np.random.seed(7)
    assert np.array_equal(split(mnist)[1].digits, validation.digits)
    assert np.bincount(validation.labels).min() > 400
    numbered = LabelledDigits(np.zeros((60000, 1, 1), np.uint8), np.arange(60000))
    a, b = split(numbered)
    assert np.array_equal(np.sort(np.concatenate([a.labels, b.labels])), numbered.labels)
    # The networks that are shipped were chosen by these: they stay.
    assert b.labels[:5].tolist() == [2, 4, 27, 62, 72]
    assert (
        hashlib.md5(b.labels.astype("<i8").tobytes()).hexdigest()
        == "c51e6e3a8a97b4dd68a8031d4973b724"
    )


def test_a_small_set_holds_back_a_twelfth_and_an_empty_one_nothing():
    small = LabelledDigits(np.zeros((24, 28, 28), np.uint8), np.zeros(24, np.uint8))
    assert [len(part) for part in split(small)] == [22, 2]
    assert [len(part) for part in split(small.take(np.arange(0)))] == [0, 0]
