"""What explanations give, as plain values; nothing here needs torch or Qt.

Shapes are of a network with c classes. Codes are enums; words are made of them in the window.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
import numpy.typing as npt

from digitpad.core.results import LayerKind
from digitpad.ink.drawing import Stroke

Floats = npt.NDArray[np.float64]
"""Numbers that are added up and shown."""


LEAST_SHARE = 0.05
"""Of what pixels give for and against a margin: one that is smaller is next to none, and no
measure of errors."""


class NoReason(Enum):
    """Why there is no explanation; the values cross the pipe.

    EMPTY: nothing is drawn. TOO_LITTLE: a dot, of which nothing can be taken away. NO_STROKES: a
    picture where strokes are needed. NO_GRADIENT: the network cannot be differentiated. NOT_FINITE:
    numbers come out that are none. BY_CHANCE: the network answers the same digit otherwise each
    time. NOT_TAKEN_APART: the layer does what is not taken apart here. HIDDEN_INPUT: it works on
    numbers that are no layer's activations. TOO_LARGE: weights are more than one message holds, or
    a drawing has too many strokes.
    NOT_A_SOFTMAX: the probabilities are not a softmax of the logits.
    """

    EMPTY = "empty"
    TOO_LITTLE = "too little"
    NO_STROKES = "no strokes"
    NO_GRADIENT = "no gradient"
    NOT_FINITE = "not finite"
    BY_CHANCE = "by chance"
    NOT_TAKEN_APART = "not taken apart"
    HIDDEN_INPUT = "hidden input"
    TOO_LARGE = "too large"
    NOT_A_SOFTMAX = "not a softmax"


# Receptive fields and unit traces.


@dataclass(frozen=True)
class FieldBox:
    """What a unit sees of a layer, or of the network's input.

    top, left, bottom, right: in the layer's rows and columns, bottom and right excluded, cut to
    what there is; of a vector 0, 0, 1, 1. maps: the maps (or units of a vector) that it sees, None
    for all.
    """

    top: int
    left: int
    bottom: int
    right: int
    maps: tuple[int, ...] | None = None


class StepKind(Enum):
    """What happens to a sum on its way to a unit's value; the values cross the pipe.

    BIAS: a number of the map's own is added. SCALE: it is multiplied by a number and another is
    added, the map's own both, as in batch normalisation or trained subsampling. ADDITION: another
    layer's unit in the same place is added, as in residual networks. ACTIVATION: it goes through an
    activation function.
    """

    BIAS = "bias"
    SCALE = "scale"
    ADDITION = "addition"
    ACTIVATION = "activation"


@dataclass(frozen=True, eq=False)
class WeightStep:
    """One step behind a layer's sums, for the maps that LayerWeights holds.

    factor and shift: float32 (maps,): the bias is the shift (factor 1); a scale has both; empty
    otherwise. layer: which layer is added, for ADDITION. function: the activation function's name,
    a key of digitpad.explain.activations.FUNCTIONS; parameters: its own numbers, such as the slope
    of a leaky ReLU.
    """

    kind: StepKind
    factor: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    shift: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    layer: str = ""
    function: str = ""
    parameters: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class LayerWeights:
    """What a layer's units are computed with: all that a trace needs besides the activations.

    layer: its name; kind: what it does. source: the layer that feeds it, "" for the network's
    input. first: the first map (or unit) that is told of; kernels: float32 (maps, inputs, height,
    width) of maps from first on: of a convolution its kernels, zero where LayerInfo.connections
    joins nothing; of a full connection its weights, laid out as the maps before it lie; of
    distances the codes; empty of pooling. groups: int64 (maps,): maps with the same number share
    one kernel. steps: in their order. mean, std: what digits in [0, 1] are shifted and divided by
    to become the network's input. reason: why its units cannot be taken apart, with the rest empty;
    operation: what it does then, as PyTorch calls it, "" otherwise.
    """

    layer: str
    kind: LayerKind
    source: str
    first: int
    kernels: npt.NDArray[np.float32]
    groups: npt.NDArray[np.int64]
    steps: tuple[WeightStep, ...]
    mean: float
    std: float
    counts_padding: bool = True
    reason: NoReason | None = None
    operation: str = ""


@dataclass(frozen=True, eq=False)
class MapTerms:
    """A unit's weighted sum, by the n maps that it sees.

    source: the layer, "" for the network's input. maps: int64 (n,). rows: int64 (h,), columns:
    int64 (w,): where the patch's numbers stand in the maps, below 0 or beyond their end where
    padding is seen. patches, kernels: float64 (n, h, w); is_padding: bool (h, w): where there is no
    unit but padding, which is 0 (grey, not paper). sums: float64 (n,): of the products in each map.
    Of units of a vector h and w are 1. Of distances kernels are the codes and sums the squares of
    what is between.
    """

    source: str
    maps: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]
    patches: Floats
    kernels: Floats
    is_padding: npt.NDArray[np.bool_]
    sums: Floats
    is_distance: bool = False

    @property
    def products(self) -> Floats:
        """Float64 (n, h, w), which add up to sums."""
        if self.is_distance:
            return np.square(self.patches - self.kernels)
        return self.patches * self.kernels


@dataclass(frozen=True, eq=False)
class PooledTerms:
    """What a pooling unit makes of its block.

    source: the layer; map: the one pooled; rows, columns: of the block in it, as MapTerms has them.
    patch: float64 (h, w); is_padding: bool (h, w). shares: float64 (h, w): of an average each
    number's part of the value, which add up to it; of max pooling the number itself where it wins
    first, else 0. winners: bool (h, w): of max pooling the largest numbers, more than one where
    they tie; of an average none.
    """

    source: str
    map: int
    rows: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]
    patch: Floats
    is_padding: npt.NDArray[np.bool_]
    shares: Floats
    is_max: bool
    winners: npt.NDArray[np.bool_]

    @property
    def value(self) -> float:
        """The largest number, or the sum of the shares."""
        return float(self.patch[self.winners].max()) if self.is_max else float(self.shares.sum())


@dataclass(frozen=True)
class TraceStep:
    """One step of a unit's trace. before, after: the number before and behind it. term: what is
    added (a bias, a scale's shift, another layer's unit), 0 otherwise; factor: what is multiplied
    by, 1 otherwise. layer, function, parameters: as WeightStep has them."""

    kind: StepKind
    before: float
    after: float
    term: float = 0.0
    factor: float = 1.0
    layer: str = ""
    function: str = ""
    parameters: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class UnitTrace:
    """How a unit's value comes about, in float64.

    layer, map, row, column: the unit. sums, or pooled, or neither where reason says why it is not
    taken apart (operation: what the layer does then, as PyTorch calls it). steps: from the sum, or
    the pooled number, to the value. total: the number before the last activation function (the
    value where there is none): terms and bias add up to it. value: what the steps lead to. shown:
    the network's own float32.
    """

    layer: str
    map: int
    row: int
    column: int
    shown: float
    sums: MapTerms | None = None
    pooled: PooledTerms | None = None
    steps: tuple[TraceStep, ...] = ()
    total: float = 0.0
    value: float = 0.0
    reason: NoReason | None = None
    operation: str = ""


@dataclass(frozen=True, eq=False)
class SoftmaxTrace:
    """How the logits become probabilities: p = exp(z - peak) / total with z = logit / temperature.

    logits, scaled (z), exponentials (of z - peak), probabilities: float64 (c,). The peak, the
    largest z, is taken off first so that no number overflows; it changes no quotient. reason: why
    the probabilities do not come about so, or None; the arrays are then as far as they go.
    """

    logits: Floats
    temperature: float
    scaled: Floats
    peak: float
    exponentials: Floats
    total: float
    probabilities: Floats
    reason: NoReason | None = None


# Why this answer.


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
    its share of the ink; missing, margin and paper_part: as it has them; midpoints: of this
    part."""

    ink: npt.NDArray[np.float32]
    missing: npt.NDArray[np.float32]
    margin: float
    paper_part: float
    midpoints: int
    reason: NoReason | None = None


# Pieces, history, normalisation, sweeps: digits that were changed, and what they are read as.


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
    that it would have got; where its field lies over the ink is in the readings' frames."""

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
