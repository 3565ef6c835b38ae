"""What the window of test images says: of images, answers, choices and orders."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from digitpad.core.languages import N_, _
from digitpad.core.texts import LEAST_SHARE, exact_percent, percent
from digitpad.ui.images.answers import Answers, Choice, ImageInfo, Order
from digitpad.ui.images.matrix_geometry import Pair

MATRIX_HINT = N_("Choose a square to see its images.")
MATRIX_EXPLANATION = N_(
    "Each row is a class, each column an answer. What was read rightly lies on the grey diagonal; "
    "the stronger a square's colour, the commoner that mistake. Choose a square to see its images."
)
REJECTED_TIP = N_("Only images rejected as none of the classes, marked with ?")

_ORDERS = {
    Order.AS_STORED: N_("In their own order"),
    Order.LEAST_CERTAIN_FIRST: N_("Least certain first"),
    Order.CLOSEST_FIRST: N_("Closest call first"),
    Order.MOST_CERTAIN_FIRST: N_("Most certain first"),
}


def order_in_words(order: Order) -> str:
    """An order's name in the list of them."""
    return _(_ORDERS[order])


def choice_in_words(choice: Choice, classes: tuple[str, ...]) -> str:
    """Which images are shown, such as "4, read as 9, mistakes only"; "all" where none is left
    out."""
    parts = [
        "" if choice.label is None else classes[choice.label],
        "" if choice.answer is None else _("read as {name}").format(name=classes[choice.answer]),
        _("mistakes only") if choice.mistakes_only else "",
        _("rejected") if choice.rejected_only else "",
    ]
    return _(", ").join(filter(None, parts)) or _("all")


def totals_in_words(answers: Answers) -> str:
    """The accuracy as far as is read, such as "9,946 of 10,000 read rightly: accuracy 99.46 %.",
    and how many are rejected; "" where nothing is read yet."""
    read = int(answers.is_read.sum())
    if read == 0:
        return ""
    right = read - int(answers.is_mistake.sum())
    rejected = int(answers.is_rejected.sum())
    accuracy = exact_percent(right, read)
    if read < len(answers):
        text = _(
            "{read:,} of {n:,} read so far, {right:,} of them rightly: accuracy {share}."
        ).format(read=read, n=len(answers), right=right, share=accuracy)
    else:
        text = _("{right:,} of {read:,} read rightly: accuracy {share}.").format(
            right=right, read=read, share=accuracy
        )
    return (
        _("{text} {rejected:,} would be rejected.").format(text=text, rejected=rejected)
        if rejected
        else text
    )


def image_in_words(image: ImageInfo, classes: tuple[str, ...]) -> str:
    """What an image is and what it was read as, such as "Image 248: 4, read as 2 (61.0 %), then 4
    (38.2 %)"; a runner-up of 0.0 % is left out."""
    start = _("Image {number:,}: {name}").format(number=image.number, name=classes[image.label])
    if image.probabilities is None:
        return _("{start}, not yet read").format(start=start)
    shares = [(i, float(image.probabilities[i])) for i in image.ranking[:2]]
    told = shares[:1] + [(i, share) for i, share in shares[1:] if share >= LEAST_SHARE]
    said = [f"{classes[i]} ({percent(share)})" for i, share in told]
    text = (
        _("{start}, read as {first}, then {second}")
        if len(said) > 1
        else _("{start}, read as {first}")
    ).format(start=start, first=said[0], second=said[-1])
    return text if image.accepted else _("{text}; it would be rejected").format(text=text)


def pair_in_words(pair: Pair, counts: npt.NDArray[np.int64], classes: tuple[str, ...]) -> str:
    """A square or a head of the confusion matrix with its count. counts: how often each class
    (row) was read as each (column)."""
    label, answer = pair
    if label is None and answer is None:
        return _("All images")
    if answer is None:
        total, right = int(counts[label].sum()), int(counts[label, label])
        name = classes[label or 0]
        return _("{name}: {right:,} of {total:,} read rightly, {share}").format(
            name=name, right=right, total=total, share=exact_percent(right, total)
        )
    if label is None:
        total, right = int(counts[:, answer].sum()), int(counts[answer, answer])
        return _("Read as {name}: {total:,}, of which {right:,} rightly").format(
            name=classes[answer], total=total, right=right
        )
    count = int(counts[label, answer])
    if label == answer:
        return _("{name} read rightly: {count:,}").format(name=classes[label], count=count)
    return _("{name} read as {answer}: {count:,}").format(
        name=classes[label], answer=classes[answer], count=count
    )
