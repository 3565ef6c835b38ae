"""What people draw that is no digit: letters, shapes, scribbles, dashes, dots, several digits at
once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.handwriting.geometry import turn
from digitpad.handwriting.jitter import DEFAULT_JITTER
from digitpad.handwriting.pen_styles import PenDrawing, shipped_styles
from digitpad.handwriting.render import in_chunks, quick_digit
from digitpad.handwriting.skeleton import Skeleton
from digitpad.handwriting.tablets import pen_strokes
from digitpad.handwriting.templates import Template, TemplateStroke, read_templates, sample
from digitpad.ink.curves import smooth
from digitpad.ink.drawing import PAD_SIZE, Stroke

FORMAT = "digitpad-non-digits"
SHIPPED = Path(__file__).with_name("non_digits.json")

KINDS = ("letter", "shape", "scribble", "dash", "dot", "blob", "several", "junk")
"""letter and shape come from the templates; scribble, dash, dot and blob are lines at
random; several is two or three digits side by side; junk is a few strokes that have nothing to
do with each other."""

_WEIGHTS = (0.40, 0.23, 0.18, 0.04, 0.02, 0.02, 0.05, 0.06)
# With more jitter, with strokes set down elsewhere or joined, some letters would be digits.
_JITTER = replace(
    DEFAULT_JITTER,
    scale=(0.4, 1.6),
    stroke_share=0.0,
    joined_share=0.0,
    tail_share=0.0,
    loop_share=0.0,
)
# With a thicker pen the turns of a scribble run together: to a bar, which is a 1, or to a ring,
# which is a 0.
_THICKEST_SCRIBBLE = 0.15

# What has no template has lines of its own, in hundredths like the templates'.
Lines = list[np.ndarray]


class NonDigits:
    """The templates of letters and shapes.

    letters: each template's sign, the first word of its name, in the file's order.
    """

    def __init__(self, groups: dict[str, tuple[Template, ...]]) -> None:
        """groups: the templates of "letter" and of "shape", at least one each."""
        self._groups = groups
        self._shares = {}
        for kind, templates in groups.items():
            weights = np.array([template.weight for template in templates])
            # Each letter as often as the others, however many ways of writing it there are.
            if kind == "letter":
                signs = [_sign(template) for template in templates]
                total = {
                    sign: sum(w for s, w in zip(signs, weights, strict=True) if s == sign)
                    for sign in signs
                }
                weights = np.array(
                    [
                        w / total[s] * (1.0 if len(s) == 1 else 0.4)
                        for s, w in zip(signs, weights, strict=True)
                    ]
                )
            self._shares[kind] = np.cumsum(weights) / weights.sum()

    @classmethod
    def load(cls, path: Path | None = None) -> NonDigits:
        """The templates of a file, or those that come with Digitpad.

        Raises DigitpadError where the file cannot be read, is not as described in
        digitpad.handwriting.templates, or has other kinds than letter and shape.
        """
        path = SHIPPED if path is None else Path(path)
        groups = read_templates(path, FORMAT)
        if set(groups) != {"letter", "shape"}:
            raise DigitpadError(
                _('{path} has templates for {group!r}; it needs "letter" and "shape"').format(
                    path=path, group=", ".join(groups)[:60]
                )
            )
        return cls(groups)

    @property
    def letters(self) -> tuple[str, ...]:
        """The signs that count as letters and are no look-alikes of digits, each once."""
        return tuple(dict.fromkeys(_sign(template) for template in self._groups["letter"]))

    @cached_property
    def skeletons(self) -> dict[str, tuple[Skeleton, ...]]:
        """Each template made ready to be jittered, by kind."""
        return {kind: tuple(map(Skeleton, templates)) for kind, templates in self._groups.items()}

    def choose(self, rng: np.random.Generator, kind: str) -> Skeleton:
        """A random letter or shape."""
        skeletons = self.skeletons[kind]
        return skeletons[
            min(int(np.searchsorted(self._shares[kind], rng.random())), len(skeletons) - 1)
        ]


def _sign(template: Template) -> str:
    """What a template stands for: the first word of its name where that is one letter, so that all
    ways of writing it count as one; else the name."""
    first = template.name.split(",")[0].split()[0]
    return first if len(first) == 1 else template.name


@lru_cache(maxsize=1)
def shipped_non_digits() -> NonDigits:
    """The templates that come with Digitpad, read once."""
    return NonDigits.load()


def draw_non_digit(rng: np.random.Generator, kind: str | None = None) -> PenDrawing:
    """Something on the pad that is no digit; its label is None and its style begins with its kind.

    kind: one of KINDS, or a random one, letters in nearly half of all drawings. Raises
    DigitpadError for another.
    """
    if kind is None:
        kind = KINDS[int(rng.choice(len(KINDS), p=_WEIGHTS))]
    if kind in ("letter", "shape"):
        skeleton = shipped_non_digits().choose(rng, kind)
        return PenDrawing(
            None,
            f"{kind} {skeleton.template.name}",
            pen_strokes(rng, skeleton.jittered(rng, _JITTER), _JITTER, skeleton.template.pen),
        )
    if kind == "dot":
        return PenDrawing(None, kind, _dots(rng))
    if kind not in _LINES:
        raise DigitpadError(
            _("{kind!r} is no kind of non-digit; choose from {kinds}").format(
                kind=kind, kinds=", ".join(KINDS)
            )
        )
    thickest = _THICKEST_SCRIBBLE if kind == "scribble" else 1.0
    return PenDrawing(None, kind, pen_strokes(rng, _LINES[kind](rng), _JITTER, thickest))


def make_non_digits(count: int, seed: int, workers: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Drawings to reject: uint8 (count, 28, 28) and int64 (count,), the places of their kinds in
    KINDS.

    The same seed gives the same drawings for any number of workers, and the first ones of a longer
    run.
    """
    chunks = in_chunks(_chunk, count, seed, workers)
    if not chunks:
        return np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.int64)
    digits, kinds = zip(*chunks, strict=True)
    return np.concatenate(digits), np.concatenate(kinds)


def _chunk(first: int, number: int, seed: np.random.SeedSequence) -> tuple[np.ndarray, np.ndarray]:
    """``number`` drawings uint8 (number, 28, 28) with their kinds int64; ``first``, which in_chunks
    gives, changes nothing: the seed is the chunk's own."""
    rng = np.random.default_rng(seed)
    digits = np.empty((number, 28, 28), np.uint8)
    kinds = rng.choice(len(KINDS), number, p=_WEIGHTS)
    for i, kind in enumerate(kinds):
        digits[i] = quick_digit(draw_non_digit(rng, KINDS[kind]).strokes)
    return digits, kinds.astype(np.int64)


def _scribble(rng: np.random.Generator) -> Lines:
    """One line that goes anywhere, to and fro, or round and round: far more turns than a digit
    has."""
    form = rng.integers(4)
    if form <= 1:
        # Anywhere and back: with nine turns or more hardly ever a digit.
        knots = rng.uniform(0, 100, (int(rng.integers(9, 24)), 2))
        if form == 1:
            corners = np.arange(len(knots)) % (len(knots) - 1) == 0
            return [sample(TemplateStroke(knots, corners)).basis @ knots]
    elif form == 2:
        # To and fro while moving on, as one hatches or crosses out.
        turns = int(rng.integers(6, 20))
        knots = np.column_stack(
            [
                np.linspace(0, rng.uniform(30, 160), turns),
                np.where(np.arange(turns) % 2, 100.0, 0.0),
            ]
        )
        knots += rng.normal(0, rng.uniform(2, 12), knots.shape)
        knots = knots @ turn(rng.uniform(0, 2 * np.pi))
    else:
        # Round and round while moving on.
        rounds = rng.uniform(2.5, 6.0)
        angle = np.linspace(0, 2 * np.pi * rounds, int(rounds * 9)) * rng.choice([-1, 1])
        radius = rng.uniform(15, 40) * (1 + rng.normal(0, 0.12, len(angle)))
        knots = np.column_stack(
            [radius * np.cos(angle), rng.uniform(0.6, 1.4) * radius * np.sin(angle)]
        )
        knots += (
            np.linspace(0, rng.uniform(20, 170), len(angle))[:, None]
            * np.array([1.0, 0.0])
            @ turn(rng.normal(0, 0.5))
        )
    return [smooth(knots, 6.0)]


def _dash(rng: np.random.Generator) -> Lines:
    """A flat line, sometimes two: what a minus or an equals sign leaves."""
    # A steep line is a 1. Rising ones are 1s to people who slant; falling ones only when nearly
    # upright.
    degrees = (
        float(np.clip(rng.normal(0, 12), -35, 22))
        if rng.random() < 0.7
        else float(rng.uniform(-38, 22))
    )
    knots = np.column_stack(
        [np.linspace(0, 100, 5), rng.normal(0, 8) * np.array([0, 0.75, 1, 0.75, 0])]
    )
    line = smooth(knots + rng.normal(0, 0.8, knots.shape), 6.0) @ turn(np.radians(-degrees))
    if rng.random() < 0.15:
        return [line, line + np.array([rng.normal(0, 6), rng.uniform(22, 60)])]
    return [line]


def _blob(rng: np.random.Generator) -> Lines:
    """A line that fills an ellipse: a patch that somebody blackened."""
    count = int(rng.integers(25, 60))
    knots = rng.standard_normal((count, 2))
    knots /= np.maximum(1.0, np.hypot(knots[:, 0], knots[:, 1]))[:, None]
    # An upright flat blob would be a thick 1.
    flat = rng.uniform(0.3, 1.0)
    angle = rng.uniform(0, np.pi) if flat > 0.7 else rng.uniform(-0.8, 0.5)
    return [smooth(knots * (50.0, 50.0 * flat) @ turn(-angle), 6.0)]


def _several(rng: np.random.Generator) -> Lines:
    """Two or three digits side by side, each in a style of its own: a number is no digit."""
    pen_styles = shipped_styles()
    lines: Lines = []
    right = 0.0
    for _number in range(2 if rng.random() < 0.75 else 3):
        digit = pen_styles.skeletons[pen_styles.choose(rng)].jittered(rng)
        every = np.concatenate(digit)
        shift = np.array([right - every[:, 0].min() + rng.uniform(0.12, 0.40), rng.normal(0, 0.06)])
        size = rng.uniform(0.85, 1.15)
        lines += [(line + shift) * (1.0, size) for line in digit]
        right = float(np.concatenate(lines)[:, 0].max())
    return lines


def _junk(rng: np.random.Generator) -> Lines:
    """Three to seven short strokes anywhere, without relation to each other."""
    lines = []
    for _number in range(int(rng.integers(3, 8))):
        start = rng.uniform(0, 100, 2)
        leg = rng.uniform(15, 70) * np.array([1.0, 0.0]) @ turn(rng.uniform(0, 2 * np.pi))
        aside = rng.normal(0, 0.25) * np.array([-leg[1], leg[0]])
        lines.append(smooth(np.stack([start, start + leg / 2 + aside, start + leg]), 6.0))
    return lines


def _dots(rng: np.random.Generator) -> list[Stroke]:
    """One to four taps of one pen on the pad, in its units."""
    pen = float(rng.uniform(6, 36))
    centre = rng.uniform(30, PAD_SIZE - 30, 2)
    dots = []
    for _number in range(1 + int(rng.choice(4, p=(0.6, 0.2, 0.1, 0.1)))):
        # A tap that slips a little is a dot still.
        slip = rng.normal(0, 0.12 * pen, (int(rng.integers(1, 4)), 2))
        dots.append(Stroke.through((centre + slip).clip(0, PAD_SIZE), pen))
        # The next one stays on the pad and clear of a row upright above it, which would be a broken
        # 1.
        aside = rng.choice([-1, 1]) * rng.uniform(1.5, 5) * pen
        centre = (centre + np.array([aside, rng.normal(0, 0.5) * abs(aside)])) % (
            PAD_SIZE - 60
        ) + 30
    return dots


_LINES: dict[str, Callable[[np.random.Generator], Lines]] = {
    "scribble": _scribble,
    "dash": _dash,
    "blob": _blob,
    "several": _several,
    "junk": _junk,
}
