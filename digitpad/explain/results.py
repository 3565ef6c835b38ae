"""What explanations give, as plain values; nothing here needs torch or Qt.

Shapes are of a network with c classes. Codes are enums; words are made of them in the window. What
units come about by is in trace_results.py, and may be had from here too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from digitpad.explain.trace_results import FieldBox as FieldBox
from digitpad.explain.trace_results import Floats as Floats
from digitpad.explain.trace_results import LayerWeights as LayerWeights
from digitpad.explain.trace_results import MapTerms as MapTerms
from digitpad.explain.trace_results import NoReason as NoReason
from digitpad.explain.trace_results import PooledTerms as PooledTerms
from digitpad.explain.trace_results import SoftmaxTrace as SoftmaxTrace
from digitpad.explain.trace_results import StepKind as StepKind
from digitpad.explain.trace_results import TraceStep as TraceStep
from digitpad.explain.trace_results import UnitTrace as UnitTrace
from digitpad.explain.trace_results import WeightStep as WeightStep
from digitpad.ink.drawing import Stroke

LEAST_SHARE = 0.001
"""Of what pixels give for and against a margin: one that is smaller is next to none, and no
measure of errors."""


@dataclass(frozen=True, eq=False)
class Attribution:
    """Why a class leads another: integrated gradients of the margin from blank paper.

    first, second: the classes; margin: the first one's logit less the second one's. ink: float32
    (28, 28): what each pixel's ink adds to the margin; ink_part: their sum; paper_part: the margin
    of blank paper, the work of paper and biases. error: margin - ink_part - paper_part, what the
    midpoints miss. missing: float32 (28, 28): how the margin would change, to the first order,
    where a pixel were all ink: below 0 where ink that is not there would have spoken for the
    second class. midpoints: how many there were. is_random: by the network with its weights
    shuffled. reason: why there is none, with the arrays zero, or None.
    """

    first: int
    second: int
    margin: float
    ink: npt.NDArray[np.float32]
    ink_part: float
    paper_part: float
    missing: npt.NDArray[np.float32]
    midpoints: int
    is_random: bool = False
    reason: NoReason | None = None

    @property
    def error(self) -> float:
        """What of the margin neither ink nor paper accounts for."""
        return self.margin - self.ink_part - self.paper_part

    @property
    def error_share(self) -> float:
        """The error as a share of the margin, or of LEAST_SHARE of all that pixels give for and
        against it where the margin is smaller than that; 0 where all are 0."""
        size = max(abs(self.margin), LEAST_SHARE * float(np.abs(self.ink).sum()))
        return abs(self.error) / size if size else 0.0

    @property
    def adds_up(self) -> bool:
        """Whether the error is at most 1 %."""
        return self.error_share <= 0.01


@dataclass(frozen=True, eq=False)
class AttributionPart:
    """What a part of the path from paper to digit gives to an Attribution. ink: float32 (28, 28),
    its share of the ink; missing: as it has it, of the first part alone; margin and paper_part: as
    it has them; midpoints: of this part."""

    ink: npt.NDArray[np.float32]
    missing: npt.NDArray[np.float32]
    margin: float
    paper_part: float
    midpoints: int
    reason: NoReason | None = None


@dataclass(frozen=True)
class Flip:
    """Between step - 1 and step of a history, or of a sweep, the likeliest class became another."""

    step: int
    before: int
    after: int


@dataclass(frozen=True, eq=False)
class Readings:
    """What n changed digits are read as: logits float32 (n, c); accepted bool (n,); frames float32
    (n, 3): left, top and pixel of where the field lay over the ink, NaN where there was none."""

    logits: npt.NDArray[np.float32]
    accepted: npt.NDArray[np.bool_]
    frames: npt.NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.logits)

    def __getitem__(self, some: slice) -> Readings:
        return Readings(self.logits[some], self.accepted[some], self.frames[some])

    @classmethod
    def none(cls, classes: int = 0) -> Readings:
        """Of no digit."""
        return cls(
            np.zeros((0, classes), np.float32),
            np.zeros(0, np.bool_),
            np.zeros((0, 3), np.float32),
        )

    @classmethod
    def joined(cls, parts: Sequence[Readings]) -> Readings:
        """One behind the other; there is at least one."""
        return cls(
            np.concatenate([part.logits for part in parts]),
            np.concatenate([part.accepted for part in parts]),
            np.concatenate([part.frames for part in parts]),
        )

    @property
    def is_finite(self) -> bool:
        """Whether all logits are numbers."""
        return bool(np.isfinite(self.logits).all())

    def flips(self) -> tuple[Flip, ...]:
        """Where the likeliest class is another than just before."""
        answers = self.logits.argmax(axis=1)
        return tuple(
            Flip(int(step), int(answers[step - 1]), int(answers[step]))
            for step in np.flatnonzero(np.diff(answers)) + 1
        )

    def margins(self, first: int, second: int) -> npt.NDArray[np.float32]:
        """Float32 (n,): the first class's logit less the second one's."""
        found: npt.NDArray[np.float32] = self.logits[:, first] - self.logits[:, second]
        return found


@dataclass(frozen=True, eq=False)
class Piece:
    """A piece of a stroke, or a patch of a grid.

    mark: the number of its stroke among the marks, -1 of a patch. stroke: the stroke that it is a
    piece of, None of a patch. line: float64 (m, 3): x and y in pad units, pressure, along the
    smooth curve; neighbours share their end; of a patch the corners of its box. box: left, top,
    right, bottom on the pad, the pen's width included.
    """

    mark: int
    stroke: Stroke | None
    line: Floats
    box: tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Pieces:
    """What the answer is without each of n pieces of the drawing, each alone.

    are_patches: patches of a grid take the place of a stroke's pieces where there is a picture or
    an eraser's stroke. whole: the whole drawing, read; held: each without one piece in the whole
    drawing's frame; anew: the same, normalised anew. Losses of a margin do not add up.
    """

    pieces: tuple[Piece, ...]
    are_patches: bool
    whole: Readings
    held: Readings
    anew: Readings
    reason: NoReason | None = None

    def losses(
        self, first: int, second: int
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """What the margin of first over second loses without each piece, float32 (n,) twice: by
        its ink alone (the frame held), and by the shift of the drawing that follows; together they
        are the loss."""
        whole = self.whole.margins(first, second)
        held = self.held.margins(first, second)
        return whole - held, held - self.anew.margins(first, second)


@dataclass(frozen=True, eq=False)
class History:
    """A drawing replayed along its length, in n steps; the last is the whole drawing.

    lengths: float64 (n,): how much was drawn, in pad units along all strokes (an eraser's too).
    marks: int64 (n,): the number of the mark that the step is in. readings: of each. log_odds:
    float64 (n, c), log p / (1 - p). lifts: float64 (k,): the lengths at which the pen was lifted.
    flips: where the likeliest class changed. digitpad.explain.history.marks_until gives what was
    drawn at a length.
    """

    lengths: Floats
    marks: npt.NDArray[np.int64]
    readings: Readings
    log_odds: Floats
    lifts: Floats
    flips: tuple[Flip, ...]
    reason: NoReason | None = None


class Stage(Enum):
    """The steps from the pad to the digit. PAD: the pad as it is, brought down to 28 x 28. BOX: the
    square around the ink, over the whole field. SMALL: the ink in 20 x 20, in the field's middle.
    CENTRED: its centre of mass in the middle: the digit that the network reads. FILLED: for data
    sets whose pictures fill their field, in place of SMALL and CENTRED."""

    PAD = "pad"
    BOX = "box"
    SMALL = "small"
    CENTRED = "centred"
    FILLED = "filled"


@dataclass(frozen=True, eq=False)
class Normalisation:
    """The road from pen to digit: n stages, each as a digit, float32 (n, 28, 28), with the answer
    that it would have got; where its field lies over the ink is in the readings' frames. There are
    no stages where reason says why."""

    stages: tuple[Stage, ...]
    digits: npt.NDArray[np.float32]
    readings: Readings
    reason: NoReason | None = None


class Gauge(Enum):
    """What is measured of a digit. PEN_WIDTH: in its pixels. SLANT: in degrees to the right.
    ASPECT: the ink's width through its height. MASS: the ink in pixels."""

    PEN_WIDTH = "pen width"
    SLANT = "slant"
    ASPECT = "aspect"
    MASS = "mass"


@dataclass(frozen=True)
class Gauged:
    """A digit's measure beside a data set's spread: percentiles at the shares of
    digitpad.explain.gauges.SHARES; rank: the share of the data set that lies below it, in [0,
    1]."""

    gauge: Gauge
    value: float
    percentiles: tuple[float, ...]
    rank: float


class SweepKind(Enum):
    """What a sweep changes. ROTATION (degrees, to the right), PEN_WIDTH (pad units) and SHEAR (how
    far to the right for each unit upwards) on the pad; SHIFT_X, SHIFT_Y (pixels to the right,
    down) and SIZE (a factor) in the field of 28 x 28, since on the pad they change nothing."""

    ROTATION = "rotation"
    PEN_WIDTH = "pen width"
    SHEAR = "shear"
    SHIFT_X = "shift x"
    SHIFT_Y = "shift y"
    SIZE = "size"


@dataclass(frozen=True, eq=False)
class Sweep:
    """The answer along a change. values: float64 (n,), from low to high; neutral: where the
    drawing is as it is: the number of that value. readings: of each. flips: the breaking points:
    where the likeliest class changes from one value to the next."""

    kind: SweepKind
    values: Floats
    neutral: int
    readings: Readings
    flips: tuple[Flip, ...]
    reason: NoReason | None = None


# What a rejected drawing is like.


class Unlikeness(Enum):
    """What of a drawing is unlike the class that it is most like.

    SEVERAL_DIGITS: they stand side by side (count: how many). IN_PARTS: more parts than it is
    written in (count). OPEN: a loop that it has is not closed. CLOSED: there is a loop where it has
    none. MORE_LOOPS: more loops than it has (count). MUCH_INK, LITTLE_INK: more or less ink than
    nearly all. BROAD, NARROW: wider or narrower than nearly all. SLANTED: leaning more than nearly
    all. A_BLOT: no line in it. STRAIGHT: one straight line. EXTRA_INK, MISSING_INK: ink where it
    has none, or none where it has some (place: where).
    """

    SEVERAL_DIGITS = "several digits"
    IN_PARTS = "in parts"
    OPEN = "open"
    CLOSED = "closed"
    MORE_LOOPS = "more loops"
    MUCH_INK = "much ink"
    LITTLE_INK = "little ink"
    BROAD = "broad"
    NARROW = "narrow"
    SLANTED = "slanted"
    A_BLOT = "a blot"
    STRAIGHT = "straight"
    EXTRA_INK = "extra ink"
    MISSING_INK = "missing ink"


@dataclass(frozen=True)
class Difference:
    """One thing that is unlike. count: of loops, parts or digits, else 0. place: for ink too much
    or too little, the third of the field by row and column, (0, 0) top left; else None."""

    what: Unlikeness
    count: int = 0
    place: tuple[int, int] | None = None


@dataclass(frozen=True)
class Likeness:
    """What a drawing is most like, and what is unlike it, the most telling first. likeliest: a
    class, or None where no digit is like it (several stand side by side, nothing is drawn)."""

    likeliest: int | None
    differences: tuple[Difference, ...]
