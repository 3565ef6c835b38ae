"""Messages as the two ends send them, for the tests of what reads them."""

from __future__ import annotations

from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

import numpy as np

from digitpad.core.results import (
    LayerKind,
    NetworkInfo,
    Recognition,
    Rejection,
    RejectionReason,
)
from digitpad.engine.fields import Fields
from digitpad.engine.films import FilmQuestion, FilmReading
from digitpad.engine.messages import MessageReader, encode
from digitpad.engine.opening import NetworkChoice
from digitpad.engine.requests import BatchAnswer, Request
from digitpad.explain.questions import (
    HistoryQuestion,
    NormalisationQuestion,
    Part,
    PiecesQuestion,
    SweepQuestion,
    WeightsQuestion,
    WhyQuestion,
)
from digitpad.explain.results import (
    AttributionPart,
    LayerWeights,
    Normalisation,
    Readings,
    Stage,
    StepKind,
    SweepKind,
    WeightStep,
)
from digitpad.ink.drawing import PlacedPicture, Stroke
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.nets.spec.open_choices import OpenChoices
from digitpad.nets.spec.opening_questions import (
    Examination,
    FeedingTrial,
    Option,
    Question,
)

INFO = NetworkInfo(
    network="lenet5-1998",
    title="LeNet-5 of 1998",
    classes=tuple("0123456789"),
    parameters=60_000,
    layers=NETWORKS["lenet5-1998"].layer_infos,
    weights_file="/home/\udcff/a.safetensors",
    device="cpu",
    device_report=("cuda: none", "cpu: taken"),
    metadata={"n": "1", "epochs": "20"},
    side=32,
    fit="pad",
    gives_distances=True,
    tutorial="LeCun et al.",
    notes=("A note.",),
)
"""A network with sparse connections, as a recogniser describes it."""


def recognition(seed: int = 0) -> Recognition:
    """INFO's answer to a digit that it rejects."""
    rng = np.random.default_rng(seed)
    shares = rng.random(10, dtype=np.float32)
    return Recognition(
        logits=rng.normal(size=10).astype(np.float32),
        probabilities=shares / shares.sum(),
        activations={
            layer.name: rng.random(layer.shape, dtype=np.float32) for layer in INFO.layers
        },
        rejection=Rejection(RejectionReason.BETWEEN, (3, 8)),
        milliseconds=1.5,
    )


DIGIT = np.random.default_rng(1).random((28, 28), dtype=np.float32)
DIGITS = np.random.default_rng(2).integers(0, 256, (3, 28, 28), dtype=np.uint8)
BATCH = BatchAnswer(np.eye(3, 10, dtype=np.float32), np.array([True, False, True]))

SAID = OpenChoices(0.5, -0.5, 32, "pad", "ema", ("a", "b"), "mnist", 1, "Guessed: it reads most.")
FOUND = Examination(
    Question.FEEDING,
    (Option("Net", "Net", "fits"), Option("Old", "Old", "does not fit", fits=False)),
    "How it was fed is not in the file.",
    "Net",
    32,
    ("a", "b"),
    (FeedingTrial(0.5, 0.5, "resize", "mnist", 290, 300),),
    True,
)

MARKS = (
    Stroke.through([(10, 20, 0.5), (100, 110, 1.0), (120, 60, 0.0)], 18.0),
    PlacedPicture(np.arange(12, dtype=np.uint8).reshape(3, 4), 5.0, 6.0, 40.0, 30.0),
    Stroke.through([(50, 50)], 30.0, erases=True),
)


def readings(count: int) -> Readings:
    rng = np.random.default_rng(count)
    return Readings(
        rng.normal(size=(count, 10)).astype(np.float32),
        rng.random(count) < 0.5,
        np.where(np.arange(count)[:, None] == 0, np.nan, 3.0).repeat(3, 1).astype(np.float32),
    )


WEIGHTS = LayerWeights(
    "C3",
    LayerKind.CONVOLUTION,
    "S2",
    4,
    np.random.default_rng(5).normal(size=(1, 6, 5, 5)).astype(np.float32),
    np.array([4], np.int64),
    (
        WeightStep(StepKind.BIAS, shift=np.ones(1, np.float32)),
        WeightStep(StepKind.SCALE, np.ones(1, np.float32), np.full(1, 2.0, np.float32)),
        WeightStep(StepKind.ADDITION, layer="S2"),
        WeightStep(StepKind.ACTIVATION, function="leaky ReLU", parameters=(0.1,)),
    ),
    0.1307,
    0.3081,
)
ATTRIBUTION = AttributionPart(DIGIT - 0.5, DIGIT, 9.5, -1.25, 24)
NORMALISED = Normalisation(
    (Stage.PAD, Stage.CENTRED), np.stack([DIGIT, DIGIT]).clip(0, 1), readings(2)
)

SAMPLES: dict[str, tuple[Any, Any]] = {
    "layer weights": (WeightsQuestion("C3", 4), WEIGHTS),
    "normalisation": (NormalisationQuestion(MARKS), NORMALISED),
    "why": (Part(WhyQuestion(DIGIT, 7, 1, True), 4, 8), ATTRIBUTION),
    "pieces": (Part(PiecesQuestion(MARKS, (1, 4)), 0, 3), readings(3)),
    "history": (Part(HistoryQuestion(MARKS, 40), 5, 6), readings(1)),
    "sweeps": (Part(SweepQuestion(MARKS, (SweepKind.SHEAR, SweepKind.SIZE)), 0, 2), readings(2)),
    "recognize": (DIGIT, recognition()),
    "read batch": (DIGITS, BATCH),
    "read parts": (DIGITS, BATCH),
    "read pictures": (DIGITS[:1], BatchAnswer(np.eye(1, 10, dtype=np.float32), np.array([True]))),
    "read drawings": (DIGITS, BATCH),
    "open": (NetworkChoice(Path("a b.safetensors"), "x.py:N", SAID), INFO),
    "examine": (NetworkChoice(Path("a.pth"), "x.py"), FOUND),
    "close": (None, None),
    "read film": (
        FilmQuestion(Path("a b"), "x.py:N", (0, 1, 4), DIGIT),
        FilmReading(np.eye(3, 12, dtype=np.float32), np.array([True, True, False]), 1, 3.5),
    ),
}
"""For each row of requests.py, something to ask and an answer to it."""


def asked_again(row: Request[Any, Any], asked: Any) -> Any:
    """What the recogniser reads where this is asked."""
    (message,) = MessageReader().feed(encode(row.name, 1, row.encode(asked)))
    return row.decode(Fields(message.content, "a request"), message.body)


def answered_again(row: Request[Any, Any], asked: Any, answer: Any) -> Any:
    """What the window reads where this is answered."""
    (message,) = MessageReader().feed(encode(row.name, 1, row.encode_answer(answer)))
    return row.decode_answer(Fields(message.content, "an answer"), message.body, asked, INFO)


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal, arrays in them too."""
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=True)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if is_dataclass(one) and not isinstance(one, NetworkInfo):
        return type(one) is type(other) and same(vars(one), vars(other))
    return bool(one == other)
