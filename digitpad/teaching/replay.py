"""What is replayed while a network is taught, and what it is measured on before and after: drawn
once, then read from the cache, and always the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from digitpad.core.errors import DigitpadError
from digitpad.datasets import LabelledDigits, data_set_named, load, split
from digitpad.teaching.drawing_pieces import Drawn, draw_sets
from digitpad.training.data.cache import cached
from digitpad.training.data.repenned import with_other_pens
from digitpad.training.data.sources import DigitSource

_SEED = 777_100
"""No training draws from it or its neighbours."""


@dataclass(frozen=True)
class ReplaySizes:
    """How many digits there are of each kind, to replay and, held out, to measure."""

    mnist: int = 4_000
    """From the part of MNIST's training set that networks are trained on, half of them written with
    other pens."""
    synthetic: int = 4_000
    """Synthetic handwriting."""
    non_digits: int = 1_500
    """Drawings that are no digit."""
    held_mnist: int = 3_000
    """From the part of MNIST's training set that training holds back; the test set is left for
    `digitpad accuracy`."""
    held_synthetic: int = 3_000
    """Synthetic handwriting from a seed that nothing is trained on."""
    held_non_digits: int = 1_500
    """The same of drawings that are no digit."""


@dataclass(frozen=True)
class Replay:
    """Digits by kind; mnist and held_mnist are None where MNIST is not on this machine."""

    mnist: DigitSource | None
    synthetic: DigitSource
    non_digits: DigitSource
    held_mnist: DigitSource | None
    held_synthetic: DigitSource
    held_non_digits: DigitSource


def load_replay(
    sizes: ReplaySizes | None = None,
    progress: Callable[[float], None] = lambda share: None,
    data: Path | None = None,
) -> Replay:
    """The digits, out of the cache or drawn and put there; progress is told the share that is drawn
    while they are.

    data: the folder of MNIST's files, where they are not in their usual places.
    """
    sizes = sizes or ReplaySizes()
    sets = (
        Drawn(True, sizes.synthetic, _SEED + 1),
        Drawn(False, sizes.non_digits, _SEED + 2),
        Drawn(True, sizes.held_synthetic, _SEED + 3),
        Drawn(False, sizes.held_non_digits, _SEED + 4),
    )
    digits, labels = cached(
        "teaching",
        sum(one.count for one in sets),
        _SEED,
        lambda: draw_sets(sets, progress),
        repr(sets).encode(),
    )
    ends = np.cumsum([one.count for one in sets])[:-1]
    drawn = [
        DigitSource(name, torch.from_numpy(d), torch.from_numpy(n), is_synthetic=True)
        for name, d, n in zip(
            ("synthetic", "non-digits", "held-out synthetic", "held-out non-digits"),
            np.split(digits, ends),
            np.split(labels, ends),
            strict=True,
        )
    ]
    mnist, held_mnist = _mnist(sizes, data)
    return Replay(mnist, drawn[0], drawn[1], held_mnist, drawn[2], drawn[3])


def _mnist(sizes: ReplaySizes, data: Path | None) -> tuple[DigitSource | None, DigitSource | None]:
    """A part of MNIST to replay, and one to measure; nothing where MNIST is not here."""
    count = sizes.mnist + sizes.held_mnist

    def chosen() -> tuple[np.ndarray, np.ndarray]:
        kept, held = split(load("mnist", data, "train", download=False))
        taken, measured = _part(kept, sizes.mnist, 1), _part(held, sizes.held_mnist, 2)
        half = len(taken) // 2
        written = with_other_pens(taken.digits[half:], _SEED)
        digits = np.concatenate([taken.digits[:half], written, measured.digits])
        return digits, np.concatenate([taken.labels, measured.labels]).astype(np.int64)

    try:
        # The digest of the originals, which alone are taken.
        key = repr((sizes.mnist, "half with other pens", data_set_named("mnist").train)).encode()
        digits, labels = cached("teaching-mnist", count, _SEED, chosen, key)
    except DigitpadError:
        return None, None
    return (
        _source("MNIST", digits[: sizes.mnist], labels[: sizes.mnist]),
        _source("held-out MNIST", digits[sizes.mnist :], labels[sizes.mnist :]),
    )


def _part(digits: LabelledDigits, count: int, seed: int) -> LabelledDigits:
    """So many of them at random, without regard to their labels; all where there are fewer."""
    order = np.random.default_rng([_SEED, seed]).permutation(len(digits))
    return digits.take(np.sort(order[:count]))


def _source(name: str, digits: np.ndarray, labels: np.ndarray) -> DigitSource:
    return DigitSource(name, torch.from_numpy(digits.copy()), torch.from_numpy(labels.copy()))
