"""How a network of the reader's was fed when it was trained, where nothing says so: found out by
reading labelled test images in the usual ways."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import torch
import torch.nn.functional as F

from digitpad.core.constants import FIELD
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.datasets import DATASETS, MNIST_MEAN, MNIST_STD, load
from digitpad.datasets.labelled import LabelledDigits
from digitpad.nets.inputs import InputForm
from digitpad.nets.spec.opening_questions import FeedingTrial

MOST_IMAGES, LEAST_IMAGES = 300, 30
FINAL_IMAGES = 2000
_BUDGET_S = 5.0
_LEAST_ACCURACY = 0.5
"""What reads less in the best way was not trained on such images, or is fed otherwise."""
_PLAIN_ENOUGH = 0.8
"""What reads so much of one data set is not tried with another."""
_FINALISTS_WITHIN = 0.04
_ALIKE = 0.003
_FEW = 60
_BATCH = 250
_TIMED = 8
_MOST_PADDED = 40

Reader = Callable[[torch.Tensor], torch.Tensor]


@dataclass(frozen=True)
class Guess:
    """form: how it reads most. dataset: of what. words: what was found out, for a person. is_sure:
    it reads enough of them that the guess means something. trials: all that was tried, the best
    first."""

    form: InputForm
    dataset: str
    words: str
    is_sure: bool
    trials: tuple[FeedingTrial, ...] = ()


@dataclass(frozen=True)
class _Trial:
    form: InputForm
    dataset: str
    right: int
    n: int
    loss: float

    @property
    def accuracy(self) -> float:
        return self.right / self.n

    @property
    def told(self) -> FeedingTrial:
        """The same as a plain value."""
        form = self.form
        return FeedingTrial(form.mean, form.std, form.fit, self.dataset, self.right, self.n)

    @property
    def percent(self) -> str:
        return f"{self.accuracy * 100:.0f} %"


def guess_feeding(
    read: Reader,
    form: InputForm,
    classes: int,
    usual: tuple[float, float] | None = None,
    may_pad: bool = True,
) -> Guess | None:
    """How a network with this many classes was most likely fed; None where there are no labelled
    images of as many classes on this machine.

    read: its logits (n, classes) for (n, 1, side, side) of the form's side. form: what it is fed
    but for mean and std, which are found out. usual: the mean and std of the script that it is
    likely from, which are taken where they do as well as the best. may_pad: whether paper around
    the digit is tried too, where the side is that of one with a little around it. It reads up to
    MOST_IMAGES in each of the usual ways, and up to FINAL_IMAGES in those that read most: fewer
    where the network is slow.
    """
    trials: list[_Trial] = []
    for dataset in data_sets_of(classes):
        images = _test_images(dataset)
        if images is None:
            continue
        ways = list(_ways(form, dataset, usual, may_pad))
        each = _seconds_each(read, ways[0], images)
        some = _as_many_as_time_allows(images, MOST_IMAGES, each * len(ways))
        tried = [_tried(read, way, dataset, some) for way in ways]
        most = max(trial.accuracy for trial in tried)
        finalists = [trial for trial in tried if trial.accuracy >= most - _FINALISTS_WITHIN]
        if most >= _LEAST_ACCURACY and len(finalists) > 1:
            more = _as_many_as_time_allows(images, FINAL_IMAGES, each * len(finalists))
            again = [_tried(read, trial.form, dataset, more) for trial in finalists]
            tried = again + [trial for trial in tried if trial not in finalists]
        trials += tried
        if most >= _PLAIN_ENOUGH:
            break
    return _decided(trials, usual) if trials else None


@dataclass(frozen=True)
class Reading:
    """How a network reads in its best way. loss: the cross-entropy, which tells networks apart that
    read about as much."""

    trial: FeedingTrial
    loss: float


def read_most(read: Reader, form: InputForm, dataset: str) -> Reading | None:
    """The usual way of feeding, with ink high, by which a network reads most of a few test images;
    read and form as guess_feeding takes them. None where the data set is not here."""
    images = _test_images(dataset)
    if images is None:
        return None
    ways = [way for way in _ways(form, dataset, None, may_pad=False) if way.std > 0]
    few = _spread(images, _FEW)
    tried = [_tried(read, way, dataset, few) for way in ways]
    most = max(trial.accuracy for trial in tried)
    near = [trial for trial in tried if trial.accuracy >= most - _FINALISTS_WITHIN]
    best = min(near, key=lambda trial: trial.loss)
    more = _tried(read, best.form, dataset, _spread(images, MOST_IMAGES))
    return Reading(more.told, more.loss)


def data_sets_of(classes: int) -> list[str]:
    """The data sets of this many classes to try, of those of the same classes only the first that
    is here."""
    named: dict[tuple[str, ...], str] = {}
    for name, entry in DATASETS.items():
        if len(entry.classes) == classes and (
            entry.classes not in named or _test_images(named[entry.classes]) is None
        ):
            named[entry.classes] = name
    return list(named.values())


@cache
def _test_images(dataset: str) -> LabelledDigits | None:
    """Some of the test images of a data set, from all over it; None where it is not here."""
    try:
        images = load(dataset, part="test", download=False)
    except DigitpadError:
        return None
    return _spread(images, FINAL_IMAGES)


def _ways(
    form: InputForm, dataset: str, usual: tuple[float, float] | None, may_pad: bool
) -> Iterator[InputForm]:
    """The usual ways of feeding, the likelier first; each with ink high, then with ink low."""
    entry = DATASETS[dataset]
    scales = [(0.0, 1.0), (MNIST_MEAN, MNIST_STD), (0.5, 0.5), (0.0, 1 / 255)]
    for more in ((entry.mean, entry.std), usual):
        if more is not None and more not in scales:
            scales.append(more)
    fits = [form.fit]
    if may_pad and FIELD < form.side <= _MOST_PADDED:
        fits = ["resize", "pad"]
    for fit in fits:
        for mean, std in scales:
            yield replace(form, fit=fit, mean=mean, std=std)
    for fit in fits:
        for mean, std in scales:
            yield replace(form, fit=fit, mean=1 - mean, std=-std)


def _spread(images: LabelledDigits, n: int) -> LabelledDigits:
    """n of the images at most, from the first to the last."""
    return images.take(np.linspace(0, len(images) - 1, min(n, len(images))).astype(np.int64))


def _seconds_each(read: Reader, form: InputForm, images: LabelledDigits) -> float:
    """How long a network takes for one image."""
    few = _spread(images, _TIMED)
    times = []
    for _pass in range(2):  # the first pass also makes ready what the others use
        started = time.perf_counter()
        _tried(read, form, "", few)
        times.append(time.perf_counter() - started)
    return min(times) / len(few)


def _as_many_as_time_allows(images: LabelledDigits, n: int, seconds: float) -> LabelledDigits:
    """n of the images, or fewer, where one takes so many seconds."""
    return _spread(images, int(np.clip(_BUDGET_S / max(seconds, 1e-9), LEAST_IMAGES, n)))


def _tried(read: Reader, form: InputForm, dataset: str, images: LabelledDigits) -> _Trial:
    """How a network reads images that are fed in one way."""
    digits = torch.from_numpy(images.digits.astype(np.float32) / 255).unsqueeze(1)
    labels = torch.from_numpy(images.labels.astype(np.int64))
    with torch.inference_mode():
        logits = torch.cat([read(form.of(part)).float() for part in torch.split(digits, _BATCH)])
        logits = logits.nan_to_num()
        right = int((logits.argmax(1) == labels).sum())
        loss = float(F.cross_entropy(logits, labels))
    return _Trial(form, dataset, right, len(labels), loss)


def _decided(trials: list[_Trial], usual: tuple[float, float] | None) -> Guess:
    """The way that reads most; of ways that read about as much, the one of the likely script, or
    the one that is surest of what is right."""
    most = max(trials, key=lambda trial: trial.accuracy)
    same = [trial for trial in trials if trial.dataset == most.dataset and trial.n == most.n]
    near = [trial for trial in same if trial.accuracy >= most.accuracy - _ALIKE]
    best = min(near, key=lambda trial: (_pair_of(trial.form) != usual, trial.loss))
    is_sure = most.accuracy >= _LEAST_ACCURACY
    first = best if is_sure else most
    tried = sorted(trials, key=lambda trial: (trial is not first, -trial.accuracy))
    told = tuple(trial.told for trial in tried)
    if not is_sure:
        return Guess(
            most.form,
            most.dataset,
            _(
                "How it was fed is not in the file, and could not be guessed: in the best "
                "of the usual ways it reads {percent} of {images}."
            ).format(percent=most.percent, images=_images(most)),
            False,
            told,
        )
    plain, others = (
        replace(best.form, mean=0.0, std=1.0),
        [trial for trial in trials if trial.form.words != best.form.words],
    )
    # As raw pixels, what whoever has not thought of it would expect, or else the next best.
    next_best = max(others, key=lambda trial: (trial.form == plain, trial.accuracy))
    words = best.form.words
    if best.form.fit == "pad":
        words = _("{feeding}, with paper around").format(feeding=words)
    compared = (
        _("as {words} it reads {percent}").format(
            words=next_best.form.words, percent=next_best.percent
        )
        if next_best not in near
        else _("as {words} it reads about as much, and is less sure of it").format(
            words=next_best.form.words
        )
    )
    return Guess(
        best.form,
        best.dataset,
        _(
            "How it was fed is not in the file. Guessed: {words}, which reads "
            "{percent} of {images}; {compared}."
        ).format(words=words, percent=best.percent, images=_images(best), compared=compared),
        True,
        told,
    )


def _images(trial: _Trial) -> str:
    return _("{n:,} test images of {title}").format(n=trial.n, title=DATASETS[trial.dataset].title)


def _pair_of(form: InputForm) -> tuple[float, float]:
    return form.mean, form.std
