"""What the window of test images says: of images, answers, choices and orders."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from digitpad.core.texts import LEAST_SHARE, exact_percent, percent
from digitpad.ui.images.answers import Answers, Choice, ImageInfo, Order
from digitpad.ui.images.matrix_geometry import Pair

MATRIX_HINT = "Choose a square to see its images."
MATRIX_EXPLANATION = (
    "Each row is a class, each column an answer. What was read rightly lies on the grey diagonal; "
    f"the stronger a square's colour, the commoner that mistake. {MATRIX_HINT}"
)
REJECTED_TIP = "Only images rejected as none of the classes, marked with ?"

_ORDERS = {
    Order.AS_STORED: "In their own order",
    Order.LEAST_CERTAIN_FIRST: "Least certain first",
    Order.CLOSEST_FIRST: "Closest call first",
    Order.MOST_CERTAIN_FIRST: "Most certain first",
}


def order_in_words(order: Order) -> str:
    """An order's name in the list of them."""
    return _ORDERS[order]


def choice_in_words(choice: Choice, classes: tuple[str, ...]) -> str:
    """Which images are shown, such as "4, read as 9, mistakes only"; "all" where none is left
    out."""
    parts = [
        "" if choice.label is None else classes[choice.label],
        "" if choice.answer is None else f"read as {classes[choice.answer]}",
        "mistakes only" if choice.mistakes_only else "",
        "rejected" if choice.rejected_only else "",
    ]
    return ", ".join(filter(None, parts)) or "all"


def totals_in_words(answers: Answers) -> str:
    """The accuracy as far as is read, such as "9,946 of 10,000 read rightly: accuracy 99.46 %.",
    and how many are rejected; "" where nothing is read yet."""
    read = int(answers.is_read.sum())
    if read == 0:
        return ""
    right = read - int(answers.is_mistake.sum())
    rejected = int(answers.is_rejected.sum())
    accuracy = f"accuracy {exact_percent(right, read)}."
    if read < len(answers):
        text = f"{read:,} of {len(answers):,} read so far, {right:,} of them rightly: {accuracy}"
    else:
        text = f"{right:,} of {read:,} read rightly: {accuracy}"
    return f"{text} {rejected:,} would be rejected." if rejected else text


def image_in_words(image: ImageInfo, classes: tuple[str, ...]) -> str:
    """What an image is and what it was read as, such as "Image 248: 4, read as 2 (61.0 %), then 4
    (38.2 %)"; a runner-up of 0.0 % is left out."""
    start = f"Image {image.number:,}: {classes[image.label]}"
    if image.probabilities is None:
        return f"{start}, not yet read"
    shares = [(i, float(image.probabilities[i])) for i in image.ranking[:2]]
    told = shares[:1] + [(i, share) for i, share in shares[1:] if share >= LEAST_SHARE]
    said = [f"{classes[i]} ({percent(share)})" for i, share in told]
    text = f"{start}, read as {', then '.join(said)}"
    return text if image.accepted else f"{text}; it would be rejected"


def pair_in_words(pair: Pair, counts: npt.NDArray[np.int64], classes: tuple[str, ...]) -> str:
    """A square or a head of the confusion matrix with its count. counts: how often each class
    (row) was read as each (column)."""
    label, answer = pair
    if label is None and answer is None:
        return "All images"
    if answer is None:
        total, right = int(counts[label].sum()), int(counts[label, label])
        name = classes[label or 0]
        return f"{name}: {right:,} of {total:,} read rightly, {exact_percent(right, total)}"
    if label is None:
        total, right = int(counts[:, answer].sum()), int(counts[answer, answer])
        return f"Read as {classes[answer]}: {total:,}, of which {right:,} rightly"
    count = int(counts[label, answer])
    if label == answer:
        return f"{classes[label]} read rightly: {count:,}"
    return f"{classes[label]} read as {classes[answer]}: {count:,}"
