"""Sets of drawings by real people's pens: read from files, named, and varied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from digitpad.accuracy.evaluation import labels_of
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.ink.strokes_file import Sample, read_samples

_PENDIGITS = (
    "Alpaydin and Alimoglu, Pen-Based Recognition of Handwritten Digits "
    "(1998), UCI Machine Learning Repository, doi:10.24432/C5MG6K, CC BY 4.0"
)
# By name and number of drawings: another file of the same name is not taken for one of these.
_KNOWN = {
    ("pendigits-train", 7_493): (
        _PENDIGITS + ", its training part",
        "looked at during development, never trained on",
    ),
    ("pendigits-test", 3_498): (_PENDIGITS + ", its test part", "only measured with"),
    ("ipad", 820): (
        "drawn with a finger on an iPad, from the project NumberPad by bridger, Apache-2.0",
        "only measured with",
    ),
}


@dataclass(frozen=True, eq=False)
class PenSet:
    """Drawings from one file.

    name: the file's name without its endings, made of letters, digits, points, hyphens and
    underscores; source: where the drawings are from and role: what else they were used for, empty
    where not known.
    """

    name: str
    samples: tuple[Sample, ...]
    source: str = ""
    role: str = ""

    @property
    def labels(self) -> np.ndarray:
        """int64 (n,), NON_DIGIT where a drawing has none."""
        return labels_of(self.samples)

    @property
    def writers(self) -> int:
        """How many the file names."""
        return len({sample.writer for sample in self.samples if sample.writer})

    def part(self, n: int, seed: int) -> PenSet:
        """This set, or n of its drawings at random where it has more."""
        if len(self.samples) <= n:
            return self
        chosen = np.sort(np.random.default_rng([seed, n]).permutation(len(self.samples))[:n])
        return replace(self, samples=tuple(self.samples[i] for i in chosen))

    def turned(self, degrees: float) -> PenSet:
        """Every drawing turned about itself, anticlockwise as seen."""
        angle = np.radians(degrees)
        # y grows downwards.
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        return replace(
            self, samples=tuple(replace(s, strokes=_moved(s.strokes, turn)) for s in self.samples)
        )


def read_pen_sets(paths: Sequence[Path]) -> list[PenSet]:
    """The pen sets of files, in their order.

    Raises DigitpadError where one cannot be read, has no labelled drawing, or bears another one's
    name. They are placed, turned and drawn with other pens, which needs strokes alone: of drawings
    kept whole, those that were erased in or hold a picture are left out.
    """
    sets: list[PenSet] = []
    for path in paths:
        name = re.sub(r"[^\w.-]", "-", re.sub(r"\.json(\.gz)?$", "", path.name), flags=re.ASCII)
        if any(name == other.name for other in sets):
            raise DigitpadError(_("two files are named {name}; rename one").format(name=name))
        samples = tuple(
            replace(sample, marks=()) for sample in read_samples(path) if sample.is_strokes_alone
        )
        if all(sample.label is None for sample in samples):
            raise DigitpadError(_("{path} has no labelled drawing; leave it out").format(path=path))
        sets.append(PenSet(name, samples, *_KNOWN.get((name, len(samples)), ("", ""))))
    return sets


def _moved(strokes: Sequence[np.ndarray], matrix: np.ndarray) -> tuple[np.ndarray, ...]:
    moved = []
    for stroke in strokes:
        turned = np.array(stroke, np.float64)
        turned[:, :2] = turned[:, :2] @ matrix
        moved.append(turned.astype(np.float32))
    return tuple(moved)
