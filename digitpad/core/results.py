"""What a recogniser says about itself and about one digit, as plain values that any part may
hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from pathlib import Path

import numpy as np

from digitpad.core.constants import FIELD
from digitpad.core.errors import DigitpadError
from digitpad.core.geometry import Feed
from digitpad.core.weights_record import WeightsRecord


class LayerKind(Enum):
    """What a layer does to what comes in, told apart where a layer is drawn or explained.

    The values cross the pipe and may be stored; the words that a person reads are LayerInfo.kind.
    POOLING_AVERAGE and POOLING_MAX have no parameters; SUBSAMPLING is an average with a trained
    factor and bias for each map. DISTANCES are squared distances to each class's code, of which the
    smallest is the answer. OTHER: what a traced network does that none of these is.
    """

    CONVOLUTION = "convolution"
    POOLING_AVERAGE = "average pooling"
    POOLING_MAX = "max pooling"
    SUBSAMPLING = "subsampling"
    FULL = "fully connected"
    DISTANCES = "distances"
    ACTIVATION = "activation"
    NORMALIZATION = "normalization"
    OTHER = "other"


class ReaderKind(Enum):
    """What computes a network's layers. The values cross the pipe, and are shown."""

    NUMPY = "numpy"
    TORCH = "PyTorch"


class FeedingSource(Enum):
    """What says how a network is fed. The values cross the pipe.

    SAID: a person, when it was opened. BESIDE: the record beside its file; RECORD: the one in it.
    REMEMBERED: a person, when it was opened before. GUESSED: nothing, it was found out by reading
    test images; ACCEPTED: the same, and a person took the guess. SCRIPT: the script that such files
    are of. UNKNOWN: nothing, and it could not be found out.
    """

    SAID = "said"
    BESIDE = "beside"
    RECORD = "record"
    REMEMBERED = "remembered"
    GUESSED = "guessed"
    ACCEPTED = "accepted"
    SCRIPT = "script"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class LayerInfo:
    """One named layer of a network, as a figure of it would label the layer.

    kind is what it does in words, with its kernel and activation; layer_kind is the same to decide
    by.
    shape is (maps, height, width) for feature maps and (units,) for a vector. receptive_field is
    the side, in input pixels, of what one unit sees, stride how many input pixels neighbouring
    units are apart, and start where the field of the first unit begins, left and top alike (below 0
    where padding is seen). low and high are the ends of the activation function's range (None where
    it has none, as for logits). connections: for each map, the maps of the layer before that it
    sees; empty where it sees all. feeds: the layers whose activations it takes and how its units
    lie over theirs, the one that its connections are of first; empty where that is not known.
    """

    name: str
    kind: str
    shape: tuple[int, ...]
    parameters: int
    receptive_field: int
    low: float | None = None
    high: float | None = None
    stride: int = 1
    start: int = 0
    connections: tuple[tuple[int, ...], ...] = ()
    layer_kind: LayerKind = LayerKind.OTHER
    feeds: tuple[Feed, ...] = ()

    def field(self, row: int, column: int, side: int) -> tuple[int, int, int, int]:
        """What a unit sees of an input of side x side pixels: left, top, right, bottom; it may
        reach over the input's edge. A vector's unit sees all."""
        if len(self.shape) == 1:
            return 0, 0, side, side
        left, top = self.start + self.stride * column, self.start + self.stride * row
        return left, top, left + self.receptive_field, top + self.receptive_field


@dataclass(frozen=True)
class Unit:
    """One unit of a layer: its map (or its number in a vector), row and column, from 0."""

    layer: LayerInfo
    map: int
    row: int = 0
    column: int = 0


@dataclass(frozen=True)
class NetworkInfo:
    """What the recogniser tells about the network it loaded and the device it runs on.

    metadata is the weights file's own record as texts, record the same as values; device_report has
    a line for each device tried. side: of the network's input in pixels, to which a digit of 28 x
    28 comes by fit: "same", "pad" (paper around it) or "resize". gives_distances: the last layer's
    activations are distances, of which the smallest is the answer; the logits are their negatives.
    notes: what its tutorial gets wrong, and what is to be known of how its file was opened.
    gives_sigmoids: its outputs are numbers in [0, 1], each class's own. fed_by: what says how it is
    fed. reader: what computes it.
    """

    network: str
    title: str
    classes: tuple[str, ...]
    parameters: int
    layers: tuple[LayerInfo, ...]
    weights_file: str
    device: str
    device_report: tuple[str, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    side: int = FIELD
    fit: str = "same"
    gives_distances: bool = False
    tutorial: str = ""
    notes: tuple[str, ...] = ()
    gives_sigmoids: bool = False
    fed_by: FeedingSource = FeedingSource.RECORD
    reader: ReaderKind = ReaderKind.TORCH

    @property
    def test_accuracy(self) -> float | None:
        """Share of the test set read rightly, in [0, 1], as the weights file records it; None if
        it does not."""
        return self.record.test_accuracy

    @cached_property
    def record(self) -> WeightsRecord:
        """What metadata tells, as values; nothing where it cannot be a record, which the recogniser
        refuses to open."""
        try:
            return WeightsRecord.from_metadata(self.metadata)
        except DigitpadError:
            return WeightsRecord()


@dataclass(frozen=True)
class InstalledNetwork:
    """A network whose weights are on this computer, by the record in their file.

    name, title, tutorial and about are the table's; weights is the file. dataset: the name of the
    data set that it was trained on; test_accuracy: the share of that set's test images that it
    reads rightly, in [0, 1], or None where the file does not say; recipe: how it was trained.
    """

    name: str
    title: str
    weights: Path
    tutorial: str
    about: str
    dataset: str
    test_accuracy: float | None
    recipe: str


class RejectionReason(Enum):
    """Why a drawing or picture is rejected; the words are made by texts.rejection_text.

    NOTHING_DRAWN: there is no ink. BLOT: a dot or a blot, without a line. BETWEEN: two classes are
    alike likely, and neither is likely enough. UNLIKE_ANY: no class is. UNDEFINED: the network's
    logits are not numbers that a probability could be made of. The values cross the pipe.
    """

    NOTHING_DRAWN = "nothing drawn"
    BLOT = "blot"
    BETWEEN = "between"
    UNLIKE_ANY = "unlike any"
    UNDEFINED = "undefined"


@dataclass(frozen=True)
class Rejection:
    """That something is rejected, and why. classes: for BETWEEN the two, likeliest first, as
    indices; else empty."""

    reason: RejectionReason
    classes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Recognition:
    """The network's answer to one digit.

    logits: float32 (classes,); probabilities: float32 (classes,), after softmax (calibrated by the
    weights' temperature), summing to 1, or of a network that ends in sigmoids its own outputs, each
    in [0, 1]. activations: a float32 array for each layer's name, of the shape that LayerInfo
    gives. rejection: why it should be rejected, None where it is accepted. milliseconds: the time
    of the forward pass and what follows it. input: the network's input, float32 (side, side), where
    the digit was resized for it; None where it follows from the digit by adding paper, shifting and
    scaling alone.

    Logits and activations may hold NaN and infinities, as a network's numbers may. Probabilities
    never do: where none can be made of the logits they are the same for all classes, and rejection
    says UNDEFINED.
    """

    logits: np.ndarray
    probabilities: np.ndarray
    activations: dict[str, np.ndarray]
    rejection: Rejection | None = None
    milliseconds: float = 0.0
    input: np.ndarray | None = None

    @property
    def accepted(self) -> bool:
        """Whether it is not to be rejected."""
        return self.rejection is None

    @property
    def ranking(self) -> list[int]:
        """The classes, likeliest first."""
        return [int(i) for i in np.argsort(-self.probabilities, kind="stable")]

    @property
    def answer(self) -> int:
        """The likeliest class."""
        return self.ranking[0]
