"""Digits as the world writes them: named styles, drawn anew each time as another writer would."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.handwriting.jitter import DEFAULT_JITTER, HandwritingJitter
from digitpad.handwriting.render import in_chunks, quick_digit
from digitpad.handwriting.skeleton import Skeleton
from digitpad.handwriting.tablets import pen_strokes
from digitpad.handwriting.templates import Template, read_templates
from digitpad.ink.drawing import Stroke

FORMAT = "digitpad-pen-styles"
SHIPPED = Path(__file__).with_name("pen_styles.json")
LABELS = tuple("0123456789")


@dataclass(frozen=True, eq=False)
class PenDrawing:
    """One drawing: its label, 0-9, or None where it is no digit; its style, such as "7 crossed";
    its strokes in pad units.
    """

    label: int | None
    style: str
    strokes: list[Stroke]


class PenStyles:
    """The styles of writing, several for each digit.

    styles: the templates, digit by digit in the file's order. names: of each, the digit and the
    style's name, such as "7 crossed".
    """

    def __init__(self, groups: dict[str, tuple[Template, ...]]) -> None:
        """groups: the templates of each digit, "0" to "9", at least one each."""
        self.styles = tuple(template for label in LABELS for template in groups[label])
        self.names = tuple(f"{template.group} {template.name}" for template in self.styles)
        self._place = {name: i for i, name in enumerate(self.names)}
        self._of_label = []
        for label in LABELS:
            places = np.array(
                [i for i, template in enumerate(self.styles) if template.group == label]
            )
            weights = np.array([self.styles[i].weight for i in places])
            self._of_label.append((places, np.cumsum(weights) / weights.sum()))

    @classmethod
    def load(cls, path: Path | None = None) -> PenStyles:
        """The styles of a file, or those that come with Digitpad.

        Raises DigitpadError where the file cannot be read, is not as described in
        digitpad.handwriting.templates, or lacks a digit.
        """
        path = SHIPPED if path is None else Path(path)
        groups = read_templates(path, FORMAT)
        missing = [label for label in LABELS if label not in groups]
        if missing:
            raise DigitpadError(
                _("{path} has no style for {missing}; every digit needs one").format(
                    path=path, missing=", ".join(missing)
                )
            )
        if len(groups) > len(LABELS):
            stranger = next(group for group in groups if group not in LABELS)
            raise DigitpadError(
                _("{path} has styles for {stranger!r}, which is no digit; take them out").format(
                    path=path, stranger=stranger[:20]
                )
            )
        return cls(groups)

    @cached_property
    def skeletons(self) -> tuple[Skeleton, ...]:
        """Each style made ready to be jittered, in the order of styles."""
        return tuple(Skeleton(template) for template in self.styles)

    def choose(self, rng: np.random.Generator, label: int | None = None) -> int:
        """The place in styles of a random one: every digit alike, a digit's styles by their
        weights."""
        if label is None:
            label = int(rng.integers(10))
        places, shares = self._of_label[label]
        return int(places[min(int(np.searchsorted(shares, rng.random())), len(places) - 1)])

    def draw_digit(
        self,
        rng: np.random.Generator,
        label: int | None = None,
        style: str | None = None,
        jitter: HandwritingJitter = DEFAULT_JITTER,
    ) -> PenDrawing:
        """A digit somewhere on the pad, in a random style unless named.

        label: 0-9. style: one of names, or its part after the digit where label is given. Raises
        DigitpadError for an unknown label or style.
        """
        if label is not None and label not in range(10):
            raise DigitpadError(_("{label!r} is no digit; choose 0 to 9").format(label=label))
        if style is None:
            return self.draw_place(rng, self.choose(rng, label), jitter)
        name = style if style in self._place else f"{label} {style}"
        place = self._place.get(name)
        if place is None or (label is not None and self.styles[place].group != str(label)):
            raise DigitpadError(
                _(
                    "there is no style {name!r}; `digitpad styles OUT.png` draws them all with "
                    "their names"
                ).format(name=name)
            )
        return self.draw_place(rng, place, jitter)

    def draw_place(
        self, rng: np.random.Generator, place: int, jitter: HandwritingJitter = DEFAULT_JITTER
    ) -> PenDrawing:
        """A digit somewhere on the pad in the style at this place in styles."""
        style = self.styles[place]
        lines = self.skeletons[place].jittered(rng, jitter)
        return PenDrawing(
            int(style.group), self.names[place], pen_strokes(rng, lines, jitter, style.pen)
        )


@lru_cache(maxsize=1)
def shipped_styles() -> PenStyles:
    """The styles that come with Digitpad, read once."""
    return PenStyles.load()


def draw_digit(
    rng: np.random.Generator, label: int | None = None, style: str | None = None
) -> PenDrawing:
    """A digit in one of Digitpad's own styles; see PenStyles.draw_digit."""
    return shipped_styles().draw_digit(rng, label, style)


def make_digits(
    count: int, seed: int, workers: int = 1
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Generated digits to train on: uint8 (count, 28, 28), labels int64 (count,) and styles int64
    (count,).

    styles are places in shipped_styles().names. The same seed gives the same digits for any number
    of workers, and the first ones of a longer run.
    """
    chunks = in_chunks(_chunk, count, seed, workers)
    if not chunks:
        return np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.int64), np.zeros(0, np.int64)
    digits, labels, styles = zip(*chunks, strict=True)
    return np.concatenate(digits), np.concatenate(labels), np.concatenate(styles)


def _chunk(
    first: int, number: int, seed: np.random.SeedSequence
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """``number`` digits uint8 (number, 28, 28), the ``first`` of which is that of the whole run,
    with their labels and styles int64 (number,)."""
    rng = np.random.default_rng(seed)
    pen_styles = shipped_styles()
    digits = np.empty((number, 28, 28), np.uint8)
    styles = np.empty(number, np.int64)
    for i in range(number):
        # One digit after the other: a short run holds all ten as evenly as a long one.
        styles[i] = pen_styles.choose(rng, (first + i) % 10)
        digits[i] = quick_digit(pen_styles.draw_place(rng, styles[i]).strokes)
    labels = np.array([int(pen_styles.styles[i].group) for i in styles], np.int64)
    return digits, labels, styles
