from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitpad.ui.images.answers import Answers, Choice, Order

CLASSES = 4


def answered(
    labels: list[int], shares: list[list[float]], accepted: list[bool] | None = None
) -> Answers:
    answers = Answers(np.array(labels, np.uint8), len(shares[0]))
    likes = np.array(accepted if accepted is not None else [True] * len(shares))
    answers.take(0, np.array(shares, np.float32), likes)
    return answers


@st.composite
def partly_answered(draw) -> Answers:
    """Up to 40 images, of which any first part is read; probabilities with many ties."""
    labels = draw(st.lists(st.integers(0, CLASSES - 1), max_size=40))
    read = draw(st.integers(0, len(labels)))
    generator = np.random.default_rng(draw(st.integers(0, 1_000)))
    shares = generator.integers(1, 4, (read, CLASSES)).astype(np.float32)
    answers = Answers(np.array(labels, np.uint8), CLASSES)
    answers.take(0, shares / shares.sum(axis=1, keepdims=True), generator.random(read) < 0.7)
    return answers


choices = st.builds(
    Choice,
    label=st.none() | st.integers(0, CLASSES - 1),
    answer=st.none() | st.integers(0, CLASSES - 1),
    mistakes_only=st.booleans(),
    rejected_only=st.booleans(),
    order=st.sampled_from(Order),
)


def fits(answers: Answers, choice: Choice, image: int) -> bool:
    """Image by image, what Answers.chosen does for all at once."""
    label, answer = answers.labels[image], answers.answers[image]
    is_read = answer >= 0
    return (
        (choice.label is None or label == choice.label)
        and (choice.answer is None or answer == choice.answer)
        and (not choice.mistakes_only or (is_read and answer != label))
        and (not choice.rejected_only or (is_read and not answers.accepted[image]))
    )


@given(partly_answered(), choices)
def test_a_choice_holds_what_fits_it_and_nothing_else(answers, choice):
    chosen = answers.chosen(choice)

    assert sorted(chosen.tolist()) == [
        image for image in range(len(answers)) if fits(answers, choice, image)
    ]


def likeliest(shares: np.ndarray) -> float:
    return float(shares.max())


def lead(shares: np.ndarray) -> float:
    second, first = sorted(shares.tolist())[-2:]
    return float(np.float32(first) - np.float32(second))


@given(partly_answered(), choices)
def test_an_order_sorts_what_is_read_and_puts_the_rest_last(answers, choice):
    chosen = answers.chosen(choice).tolist()
    keys = {
        Order.AS_STORED: lambda image: image,
        Order.LEAST_CERTAIN_FIRST: lambda image: likeliest(answers.probabilities[image]),
        Order.CLOSEST_FIRST: lambda image: lead(answers.probabilities[image]),
        Order.MOST_CERTAIN_FIRST: lambda image: -likeliest(answers.probabilities[image]),
    }

    if choice.order is Order.AS_STORED:
        assert chosen == sorted(chosen)
    else:
        read = [image for image in chosen if answers.is_read[image]]
        assert chosen == sorted(read, key=keys[choice.order]) + [
            i for i in chosen if not answers.is_read[i]
        ]


@given(partly_answered())
def test_the_confusion_matrix_counts_each_image_that_is_read_once(answers):
    confusion = answers.confusion()

    assert confusion.sum() == answers.is_read.sum()
    assert np.trace(confusion) == answers.is_read.sum() - answers.is_mistake.sum()
    for label in range(CLASSES):
        for answer in range(CLASSES):
            assert confusion[label, answer] == len(
                answers.chosen(Choice(label=label, answer=answer))
            )


def test_rows_of_the_confusion_matrix_are_classes_and_columns_answers():
    answers = answered([2, 2, 0], [[0, 1, 0], [0, 0, 1], [1, 0, 0]])

    assert answers.confusion().tolist() == [[1, 0, 0], [0, 0, 0], [0, 1, 1]]


def test_nothing_is_read_at_first():
    answers = Answers(np.array([1, 0], np.uint8), 2)

    assert not answers.is_read.any()
    assert answers.first_unread == 0
    assert answers.chosen(Choice(mistakes_only=True)).tolist() == []
    assert answers.chosen(Choice(order=Order.LEAST_CERTAIN_FIRST)).tolist() == [0, 1]


def test_answers_come_in_parts():
    answers = Answers(np.array([0, 1, 1], np.uint8), 2)
    answers.take(0, np.array([[0.9, 0.1], [0.8, 0.2]], np.float32), np.array([True, False]))

    assert answers.first_unread == 2
    assert answers.is_mistake.tolist() == [False, True, False]
    assert answers.is_rejected.tolist() == [False, True, False]

    answers.take(2, np.array([[0.3, 0.7]], np.float32), np.array([True]))
    assert answers.first_unread == 3


@pytest.mark.parametrize(("first", "shape"), [(-1, (1, 2)), (2, (2, 2)), (0, (1, 3))])
def test_answers_that_fit_no_images_are_refused(first, shape):
    answers = Answers(np.array([0, 1, 1], np.uint8), 2)

    with pytest.raises(ValueError, match="fit no images"):
        answers.take(first, np.ones(shape, np.float32), np.ones(shape[0], bool))


def test_a_label_that_is_no_class_is_refused():
    with pytest.raises(ValueError, match="a label is 9, but there are 5 classes"):
        Answers(np.array([0, 9], np.uint8), 5)


def test_the_first_of_equally_likely_classes_is_the_answer_as_it_is_on_the_pad():
    answers = answered([1], [[0.2, 0.4, 0.4]])

    assert answers.answers.tolist() == [1]


def test_no_images_give_no_answers():
    answers = Answers(np.zeros(0, np.uint8), 10)

    assert len(answers) == answers.first_unread == 0
    assert answers.confusion().shape == (10, 10)
    assert answers.chosen(Choice(order=Order.CLOSEST_FIRST)).tolist() == []


def test_a_single_class_leaves_no_runner_up():
    assert answered([0, 0], [[1.0], [1.0]]).chosen(Choice(order=Order.CLOSEST_FIRST)).tolist() == [
        0,
        1,
    ]


def test_an_order_leaves_no_image_out():
    assert Choice(order=Order.MOST_CERTAIN_FIRST).is_everything
    assert not Choice(label=0).is_everything
