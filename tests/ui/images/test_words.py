from __future__ import annotations

import numpy as np
import pytest

from digitpad.ui.images.answers import Answers, Choice, ImageInfo, Order
from digitpad.ui.images.words import (
    choice_in_words,
    image_in_words,
    order_in_words,
    pair_in_words,
    totals_in_words,
)
from tests.ui.browsers import CLASSES


def image(label: int, shares: dict[int, float] | None, accepted: bool = True) -> ImageInfo:
    """Image 248; shares: the probabilities that are not 0, or None where it is unread."""
    probabilities = None
    if shares is not None:
        probabilities = np.zeros(10, np.float32)
        for index, share in shares.items():
            probabilities[index] = share
    return ImageInfo(248, np.zeros((28, 28), np.uint8), label, probabilities, accepted)


def test_totals_say_how_far_the_reading_is():
    answers = Answers(np.array([0, 1, 1, 0], np.uint8), 2)
    assert totals_in_words(answers) == ""
    answers.take(
        0, np.array([[0.9, 0.1], [0.8, 0.2], [0.1, 0.9]], np.float32), np.array([True, True, True])
    )
    assert totals_in_words(answers) == "3 of 4 read so far, 2 of them rightly: accuracy 66.67 %."

    answers.take(3, np.array([[0.9, 0.1]], np.float32), np.array([False]))
    assert totals_in_words(answers) == "3 of 4 read rightly: accuracy 75.00 %. 1 would be rejected."


def test_a_choice_says_which_images_it_leaves():
    classes = ("Pullover", "coat")

    assert (
        choice_in_words(Choice(label=0, answer=1, mistakes_only=True), classes)
        == "Pullover, read as coat, mistakes only"
    )
    assert choice_in_words(Choice(rejected_only=True), classes) == "rejected"
    assert choice_in_words(Choice(order=Order.MOST_CERTAIN_FIRST), classes) == "all"


def test_every_order_has_a_name_of_its_own():
    assert len({order_in_words(order) for order in Order}) == len(Order)
    assert order_in_words(Order.LEAST_CERTAIN_FIRST) == "Least certain first"


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (image(7, None), "Image 248: 7, not yet read"),
        (image(7, {7: 0.9, 1: 0.1}), "Image 248: 7, read as 7 (90.0 %), then 1 (10.0 %)"),
        (
            image(7, {1: 0.6, 7: 0.4}, accepted=False),
            "Image 248: 7, read as 1 (60.0 %), then 7 (40.0 %); it would be rejected",
        ),
        (image(7, {7: 0.99995, 1: 0.00005}), "Image 248: 7, read as 7 (> 99.9 %)"),
        (image(7, {7: 1.0}), "Image 248: 7, read as 7 (100.0 %)"),
    ],
)
def test_a_runner_up_is_named_only_where_it_has_a_share(shown, text):
    assert image_in_words(shown, CLASSES) == text


def test_a_single_class_has_no_runner_up():
    only = ImageInfo(1, np.zeros((28, 28), np.uint8), 0, np.ones(1, np.float32))
    assert image_in_words(only, ("a",)) == "Image 1: a, read as a (100.0 %)"


def test_squares_and_heads_of_the_matrix_are_described():
    counts = np.diag(np.full(10, 100))
    counts[4, 9] = 9
    said = [
        pair_in_words(pair, counts, CLASSES)
        for pair in ((None, None), (4, 9), (3, 3), (4, None), (None, 9), (0, None))
    ]
    assert said == [
        "All images",
        "4 read as 9: 9",
        "3 read rightly: 100",
        "4: 100 of 109 read rightly, 91.74 %",
        "Read as 9: 109, of which 100 rightly",
        "0: 100 of 100 read rightly, 100.00 %",
    ]
