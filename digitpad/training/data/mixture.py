"""What a run trains on: the data set it is named for, synthetic handwriting, non-digits, and a
user's own drawings."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.datasets import NON_DIGIT, LabelledDigits
from digitpad.ink.drawing import Stroke
from digitpad.ink.pipeline import drawing_to_digit
from digitpad.ink.placing import place
from digitpad.ink.strokes_file import Sample, read_samples
from digitpad.training.data.cache import cached
from digitpad.training.data.sources import DigitSource
from digitpad.training.settings import TrainingSettings

_VALIDATION_SEED = 777_001
"""Of the synthetic handwriting to choose and calibrate with, which no run trains on."""
_PEN_WIDTHS = (10.0, 40.0)
"""Of the pens that own drawings are drawn with, in pad units."""


def sources_for(
    settings: TrainingSettings, training: LabelledDigits, strokes: Sequence[Path] = ()
) -> list[DigitSource]:
    """The sources that every epoch of a run mixes.

    training: the part of the data set to learn from. strokes: files of labelled drawings. Synthetic
    handwriting is made here, once for all epochs, by as many processes as there are cores. Raises
    DigitpadError where a file cannot be used.
    """
    limit = settings.limit
    if limit is not None:
        training = LabelledDigits(training.digits[:limit], training.labels[:limit])
    sources = [DigitSource.of(settings.dataset, training)]
    if settings.styles != "none":
        n = len(training.labels)
        sources = [replace(sources[0], per_epoch=min(settings.plain_per_epoch, n))]
        if settings.other_pens_per_epoch:
            sources.append(_with_other_pens(settings, training))
        sources += _synthetic(settings, n)
    if strokes:
        sources.append(
            _own(settings, [sample for path in strokes for sample in read_samples(path)])
        )
    return sources


def validation_for(settings: TrainingSettings, validation: LabelledDigits) -> list[DigitSource]:
    """The sources that choose among the epochs and calibrate: digits held back, and synthetic
    handwriting if the run learns from such."""
    held = [DigitSource.of(settings.dataset, validation)]
    if settings.styles != "none":
        from digitpad.handwriting.pen_styles import make_digits

        count = len(validation.labels) if settings.limit is None else min(settings.limit, 500)
        digits, labels = cached(
            "pen-styles",
            count,
            _VALIDATION_SEED,
            lambda: make_digits(count, _VALIDATION_SEED, _workers(count))[:2],
        )
        held.append(
            DigitSource(
                "pen styles", torch.from_numpy(digits), torch.from_numpy(labels), is_synthetic=True
            )
        )
    return held


def _with_other_pens(settings: TrainingSettings, training: LabelledDigits) -> DigitSource:
    """The data set's digits once more, each written with another pen."""
    from digitpad.training.data.repenned import with_other_pens

    n = len(training.labels)
    seed = 2 * settings.seed + 3
    labels = training.labels.astype("int64")
    written, _seconds = cached(
        "other-pens",
        n,
        seed,
        lambda: (with_other_pens(training.digits, seed, _workers(n)), labels),
        made_from=training.digits.tobytes(),
    )
    return DigitSource(
        "other pens",
        torch.from_numpy(written),
        torch.from_numpy(labels),
        min(settings.other_pens_per_epoch, n),
        settings.other_pens_augmentation,
    )


def _synthetic(settings: TrainingSettings, training_n: int) -> list[DigitSource]:
    """Synthetic handwriting and non-digits; for a trial with few digits no more than these."""
    from digitpad.handwriting.non_digits import make_non_digits
    from digitpad.handwriting.pen_styles import make_digits

    pen_n, no_n = settings.synthetic_digits, settings.non_digits
    if settings.limit is not None:
        pen_n, no_n = min(pen_n, training_n), min(no_n, training_n // 2)
    # Another seed is another run throughout: other digits, not only another start.
    pen_seed, no_seed = 2 * settings.seed + 1, 2 * settings.seed + 2
    digits, labels = cached(
        "pen-styles", pen_n, pen_seed, lambda: make_digits(pen_n, pen_seed, _workers(pen_n))[:2]
    )
    non_digits, _seconds = cached(
        "no-digits", no_n, no_seed, lambda: make_non_digits(no_n, no_seed, _workers(no_n))
    )
    share = settings.synthetic_augmentation
    return [
        DigitSource(
            "pen styles",
            torch.from_numpy(digits),
            torch.from_numpy(labels),
            min(settings.synthetic_per_epoch, pen_n),
            share,
        ),
        DigitSource(
            "no digits",
            torch.from_numpy(non_digits),
            torch.full((len(non_digits),), NON_DIGIT),
            min(settings.non_digits_per_epoch, no_n),
            share,
        ),
    ]


def _workers(count: int) -> int:
    """Few digits are made sooner than a process is started."""
    return 1 if count < 4_000 else os.cpu_count() or 1


def _own(settings: TrainingSettings, samples: list[Sample]) -> DigitSource:
    """A user's own drawings, each drawn several times with other pens and elsewhere on the pad;
    what was erased in or holds a picture stays as it was drawn."""
    from digitpad.handwriting.render import quick_digit

    samples = [sample for sample in samples if sample.strokes or sample.marks]
    if not samples:
        raise DigitpadError(_("the files named with --strokes hold no drawing to learn from"))
    rng = np.random.default_rng(settings.seed)

    def digit_of(sample: Sample) -> np.ndarray:
        if not sample.is_strokes_alone:
            return np.rint(255 * drawing_to_digit(sample.marks)).astype(np.uint8)
        placed = place(sample.strokes, "random", rng)
        return quick_digit([Stroke.through(s, rng.uniform(*_PEN_WIDTHS)) for s in placed])

    digits = np.stack([digit_of(s) for _copy in range(settings.own_copies) for s in samples])
    labels = [
        NON_DIGIT if sample.label is None else sample.label for sample in samples
    ] * settings.own_copies
    return DigitSource(
        "own drawings",
        torch.from_numpy(digits),
        torch.tensor(labels),
        None,
        settings.synthetic_augmentation,
    )


def joined(sources: Sequence[DigitSource], name: str) -> DigitSource:
    """Several sources as one."""
    first = sources[0]
    return replace(
        first,
        name=name,
        digits=torch.cat([source.digits for source in sources]),
        labels=torch.cat([source.labels for source in sources]),
        per_epoch=None,
    )
