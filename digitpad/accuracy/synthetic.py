"""Drawings made to measure with: every style of the generator, and what is no digit.

They come from the generator that training draws from, with seeds of their own: other drawings, by
the same hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from digitpad.datasets import NON_DIGIT
from digitpad.handwriting.non_digits import KINDS, draw_non_digit, shipped_non_digits
from digitpad.handwriting.pen_styles import shipped_styles
from digitpad.ink.drawing import Stroke
from digitpad.ink.pipeline import drawing_to_digit

LOOK_ALIKES = {
    "0": "O o Q D å °",
    "1": "I i l |",
    "2": "Z z",
    "4 and 9": "g q y",
    "5": "S s",
    "6": "b G",
    "8": "B",
}
"""By the digit that many people write in the same way: letters that are not measured as no
digits."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """Generated drawings.

    digits: float32 (n, 28, 28); labels: int64 (n,), NON_DIGIT for what is none; groups: int64 (n,),
    for each drawing the place of its style, kind or letter in names.
    """

    digits: np.ndarray
    labels: np.ndarray
    groups: np.ndarray
    names: tuple[str, ...]


def drawn_styles(each: int, seed: int) -> Drawn:
    """Each of the generator's styles so many times, in the order of the styles."""
    rng = _rng(seed, "styles")
    styles = shipped_styles()
    groups = np.repeat(np.arange(len(styles.names)), each)
    drawings = [styles.draw_place(rng, int(place)) for place in groups]
    labels = np.array([drawing.label for drawing in drawings], np.int64)
    return Drawn(_digits([drawing.strokes for drawing in drawings]), labels, groups, styles.names)


def drawn_kinds(each: int, seed: int) -> Drawn:
    """Each kind of what is no digit so many times."""
    rng = _rng(seed, "kinds")
    groups = np.repeat(np.arange(len(KINDS)), each)
    digits = _digits([draw_non_digit(rng, KINDS[kind]).strokes for kind in groups])
    return Drawn(digits, np.full(len(groups), NON_DIGIT), groups, KINDS)


def drawn_letters(count: int, seed: int) -> Drawn:
    """So many letters at random, each sign of one letter as often as another."""
    rng = _rng(seed, "letters")
    names = shipped_non_digits().letters
    drawings = [draw_non_digit(rng, "letter") for _ in range(count)]
    groups = np.array(
        [names.index(_letter(drawing.style, names)) for drawing in drawings], np.int64
    )
    return Drawn(
        _digits([drawing.strokes for drawing in drawings]), np.full(count, NON_DIGIT), groups, names
    )


def _letter(style: str, letters: tuple[str, ...]) -> str:
    name = style.removeprefix("letter ")
    # "A with a flat top" is an A; "Sigma" and "ha, as in Japanese" stand for themselves.
    return name if name in letters else name.split(",")[0].split()[0]


def _digits(drawings: Sequence[Sequence[Stroke]]) -> np.ndarray:
    """The drawings as the pad gives them to a network: float32 (n, 28, 28)."""
    if not drawings:
        return np.empty((0, 28, 28), np.float32)
    return np.stack([drawing_to_digit(strokes) for strokes in drawings])


def _rng(seed: int, purpose: str) -> np.random.Generator:
    # Training's generators start from two small numbers; these from the purpose's checksum too.
    return np.random.default_rng([seed, crc32(f"accuracy {purpose}".encode())])
