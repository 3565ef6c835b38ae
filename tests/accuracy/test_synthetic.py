from __future__ import annotations

import numpy as np

from digitpad.accuracy.synthetic import LOOK_ALIKES, drawn_kinds, drawn_letters, drawn_styles
from digitpad.handwriting.non_digits import KINDS, make_non_digits, shipped_non_digits
from digitpad.handwriting.pen_styles import make_digits, shipped_styles


def test_every_style_is_drawn_as_often_with_its_own_label():
    drawn = drawn_styles(2, 0)
    assert drawn.names == shipped_styles().names
    assert np.bincount(drawn.groups).tolist() == [2] * len(drawn.names)
    assert [int(drawn.names[group].split()[0]) for group in drawn.groups] == drawn.labels.tolist()
    assert drawn.digits.dtype == np.float32 and drawn.digits.any(axis=(1, 2)).all()


def test_every_kind_is_drawn_as_often_and_has_no_label():
    drawn = drawn_kinds(3, 0)
    assert drawn.names == KINDS and np.bincount(drawn.groups).tolist() == [3] * len(KINDS)
    assert (drawn.labels == -1).all() and drawn.digits.shape == (3 * len(KINDS), 28, 28)


def test_letters_are_told_apart_whatever_way_they_are_written():
    drawn = drawn_letters(600, 0)
    counts = dict(
        zip(drawn.names, np.bincount(drawn.groups, minlength=len(drawn.names)), strict=True)
    )
    assert sum(counts.values()) == 600
    assert all(counts[letter] > 0 for letter in "AEHKMNae")
    # Each of one sign is as likely as another, so none of them is near twice its share.
    assert max(counts.values()) < 35


def test_no_look_alike_is_among_the_letters():
    left_out = set(" ".join(LOOK_ALIKES.values()).split())
    assert len(left_out) == 20 and not left_out & set(shipped_non_digits().letters)


def test_a_seed_gives_the_same_again_and_another_one_others():
    assert (drawn_kinds(2, 5).digits == drawn_kinds(2, 5).digits).all()
    assert (drawn_kinds(2, 5).digits != drawn_kinds(2, 6).digits).any()


def test_training_with_the_same_seed_draws_others():
    def known(digits):
        return {
            digit.tobytes() for digit in np.floor(np.asarray(digits) * 255 + 0.5).astype(np.uint8)
        }

    trained = known(make_digits(200, 1)[0] / 255) | known(make_non_digits(150, 1)[0] / 255)
    measured = np.concatenate(
        [drawn_styles(1, 1).digits[::2], drawn_kinds(20, 1).digits, drawn_letters(60, 1).digits]
    )
    # A dot may look like another dot.
    assert len(known(measured) & trained) <= 3
