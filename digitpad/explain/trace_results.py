"""How units come about: what receptive fields, weights and traces give, as plain values.

Nothing here needs torch or Qt. Codes are enums; words are made of them in the window.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

import numpy as np
import numpy.typing as npt

from digitpad.core.results import LayerKind
from digitpad.explain.field_box import FieldBox as FieldBox

Floats = npt.NDArray[np.float64]
"""Numbers that are added up and shown."""


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

    @property
    def is_too_large(self) -> bool:
        """Whether only the weights of one map at a time are told."""
        return self.reason is NoReason.TOO_LARGE


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
