from __future__ import annotations

import numpy as np
import pytest

from digitpad.accuracy.corruptions import CORRUPTIONS, MOVED, corrupted


@pytest.fixture(scope="module")
def digits(test_set) -> np.ndarray:
    return test_set.digits[:600].astype(np.float32) / 255


def test_the_fifteen_are_those_of_mnist_c():
    assert " ".join(CORRUPTIONS) == (
        "shot_noise impulse_noise glass_blur motion_blur shear scale rotate brightness translate "
        "stripe fog spatter "
        "dotted_line zigzag canny_edges"
    )


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_each_changes_every_digit_and_stays_in_range(name, digits):
    before = digits.copy()
    spoilt = corrupted(name, digits, 0)
    assert spoilt.shape == digits.shape and spoilt.dtype == np.float32
    assert spoilt.min() >= 0 and spoilt.max() <= 1
    assert (np.abs(spoilt - digits).max(axis=(1, 2)) > 0.1).all()
    assert (digits == before).all()


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_a_seed_gives_the_same_again_and_the_first_ones_of_a_longer_run(name, digits):
    # The first 500 are made at one go.
    whole = corrupted(name, digits, 3)
    assert (corrupted(name, digits[:500], 3) == whole[:500]).all()


@pytest.mark.parametrize(
    "name", sorted(set(CORRUPTIONS) - {"scale", "brightness", "stripe", "canny_edges"})
)
def test_another_seed_gives_others(name, digits):
    assert (corrupted(name, digits[:20], 0) != corrupted(name, digits[:20], 1)).any()


def test_moving_and_turning_move_the_ink_by_as_much_as_they_say(digits):
    rows, columns = np.mgrid[:28, :28].astype(np.float32)

    def centre(pictures):
        ink = pictures.sum(axis=(1, 2))
        return np.stack(
            [(pictures * axis).sum(axis=(1, 2)) / ink for axis in (rows, columns)], axis=1
        )

    moved = centre(corrupted("translate", digits, 0)) - centre(digits)
    assert np.median(np.abs(moved), axis=0) == pytest.approx([3, 3], abs=0.01)
    assert {tuple(np.sign(step)) for step in moved} == {(1, 1), (1, -1), (-1, 1), (-1, -1)}
    shrunk = corrupted("scale", digits, 0).sum(axis=(1, 2)) / digits.sum(axis=(1, 2))
    assert np.median(shrunk) == pytest.approx(0.49, abs=0.02)
    bar = np.zeros((60, 28, 28), np.float32)
    bar[:, 4:24, 13:15] = 1
    for name, degrees in (("rotate", np.degrees(0.4)), ("shear", np.degrees(np.arctan(0.4)))):
        turned = corrupted(name, bar, 0)
        slope = [
            np.polyfit(
                rows[0:28, 0], (t * columns).sum(1) / np.maximum(t.sum(1), 1e-6), 1, w=t.sum(1)
            )[0]
            for t in turned
        ]
        assert np.degrees(np.arctan(np.abs(slope))) == pytest.approx(
            np.full(60, degrees), abs=1.5
        ), name
        assert set(np.sign(slope)) == {-1, 1}


def test_noise_has_the_strength_it_says():
    grey = np.full((400, 28, 28), 0.5, np.float32)
    salted = corrupted("impulse_noise", grey, 0)
    assert (salted == 1).mean() == pytest.approx(0.085, abs=0.005)
    assert (salted == 0).mean() == pytest.approx(0.085, abs=0.005)
    # Three photons at full light: at a third of it one, whose number has a spread of one.
    third = corrupted("shot_noise", grey * 2 / 3, 0)
    assert third.mean() == pytest.approx(1 / 3, abs=0.01)
    assert (third == 0).mean() == pytest.approx(np.exp(-1), abs=0.01)


def test_lines_are_drawn_over_the_digit():
    paper = np.zeros((50, 28, 28), np.float32)
    dotted, zigzag = corrupted("dotted_line", paper, 0), corrupted("zigzag", paper, 0)
    inked = dotted.max(axis=1) > 0.5
    assert (inked.sum(axis=1) == 14).all() and not inked[:, :2].any()
    assert (zigzag.max(axis=1)[:, 3:23] > 0.5).mean() > 0.8 and not zigzag[:, :, :1].any()


def test_ink_is_all_that_moving_leaves_so_it_can_be_normalised_again(digits):
    for name in MOVED:
        assert (corrupted(name, digits, 0).sum(axis=(1, 2)) > 5).all(), name


def test_what_cannot_be_corrupted_is_refused():
    assert corrupted("fog", np.zeros((0, 28, 28), np.float32), 0).shape == (0, 28, 28)
    with pytest.raises(ValueError, match="28"):
        corrupted("fog", np.zeros((3, 20, 20), np.float32), 0)
    with pytest.raises(KeyError):
        corrupted("rain", np.zeros((1, 28, 28), np.float32), 0)
