from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from digitpad.accuracy.evaluation import Evaluation
from digitpad.accuracy.pictures import (
    accepted_picture,
    mistakes_picture,
    mosaic,
    png,
    styles_picture,
)
from digitpad.accuracy.synthetic import drawn_kinds, drawn_styles


def evaluation(labels, answers, accepted=None) -> Evaluation:
    like = np.ones(len(labels), bool) if accepted is None else np.array(accepted, bool)
    return Evaluation(np.array(labels), np.eye(10, dtype=np.float32)[answers], like)


def test_tiles_lie_in_rows_and_show_their_digit_dark_on_light():
    digit = np.zeros((28, 28), np.float32)
    digit[10:18, 10:18] = 1
    sheet = np.asarray(mosaic([([digit], "a"), ([digit], "b"), ([digit], "c")], 2))
    one = np.asarray(mosaic([([digit], "a")], 2))
    assert sheet.shape == (2 * one.shape[0], 2 * one.shape[1])
    assert one[4 + 2 * 14, 4 + 2 * 14] == 0 and one[6, 6] > 230
    assert (sheet[: one.shape[0], : one.shape[1]] == one).all() and (
        sheet[one.shape[0] :, one.shape[1] :] == 255
    ).all()
    with pytest.raises(ValueError):
        mosaic([], 2)


def test_mistakes_are_shown_and_right_answers_are_not():
    digits = np.zeros((40, 28, 28), np.float32)
    digits[1] = 1
    labels, answers = np.full(40, 3), np.full(40, 3)
    assert mistakes_picture(digits, evaluation(labels, answers)) is None
    answers[1] = 5
    picture = np.asarray(mistakes_picture(digits, evaluation(labels, answers)))
    assert (picture[4:60, 4:60] == 0).all()


def test_a_common_confusion_leaves_room_for_others():
    digits = np.zeros((100, 28, 28), np.float32)
    labels, answers = np.full(100, 4), np.full(100, 9)
    labels[90:] = 7
    one, both = (
        mistakes_picture(digits[:n], evaluation(labels[:n], answers[:n])) for n in (90, 100)
    )
    assert one.width == both.width // 2


def test_a_mistake_that_was_rejected_is_marked():
    digits = np.zeros((1, 28, 28), np.float32)
    taken, away = (
        np.asarray(mistakes_picture(digits, evaluation([4], [9], [like]))) for like in (True, False)
    )
    assert taken.shape == away.shape and (taken != away).any()


def test_styles_and_no_digits_are_shown_where_they_went_wrong():
    styles, kinds = drawn_styles(1, 0), drawn_kinds(1, 0)
    assert styles_picture(styles.digits, evaluation(styles.labels, styles.labels), styles) is None
    wrong = evaluation(styles.labels, (styles.labels + 1) % 10)
    assert styles_picture(styles.digits, wrong, styles).height > 200
    none = evaluation(kinds.labels, np.zeros(8, int), np.zeros(8))
    assert accepted_picture(kinds.digits, none, kinds) is None
    assert (
        accepted_picture(kinds.digits, evaluation(kinds.labels, np.zeros(8, int)), kinds).width
        > 400
    )


def test_the_file_is_small_and_holds_the_picture():
    rng = np.random.default_rng(0)
    digits = (rng.random((72, 28, 28)) ** 4).astype(np.float32)
    picture = mistakes_picture(digits, evaluation(np.repeat(np.arange(6), 12), np.full(72, 9)))
    content = png(picture)
    back = Image.open(io.BytesIO(content))
    assert back.size == picture.size and len(content) < 150_000
    assert np.abs(np.asarray(back.convert("L"), int) - np.asarray(picture, int)).max() <= 9
