"""The request that has all snapshots of a film read one digit (nets/spec/snapshots.py)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digitpad.core.constants import FIELD
from digitpad.core.results import NetworkInfo
from digitpad.core.weights_record import MOST_CLASSES
from digitpad.engine.fields import Fields, bytes_of, floats
from digitpad.engine.messages import Content, ProtocolError
from digitpad.engine.rows import Request, Turn

MOST_READERS = 64
"""How many snapshots one request may ask."""

_PATH_LENGTH = 8192
_MOST_STEPS = 10**12
_SLACK = 1e-3


@dataclass(frozen=True, eq=False)
class FilmQuestion:
    """What do these snapshots read?

    folder: of the snapshots. net: as open_weights takes it, where their network is none of the
    catalogue. steps: which of them, 1 to MOST_READERS. digit: float32 (28, 28) in [0, 1].
    """

    folder: Path
    net: str
    steps: tuple[int, ...]
    digit: npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class FilmReading:
    """What the snapshots read, in the order that was asked.

    probabilities: float32 (n, classes), zeros where a snapshot has not answered. is_read: bool
    (n,), whether it has. waiting: how many are still to be loaded, for which one asks once more;
    the others that have not answered cannot be read. milliseconds: for all that have.
    """

    probabilities: npt.NDArray[np.float32]
    is_read: npt.NDArray[np.bool_]
    waiting: int
    milliseconds: float


def _encode(question: FilmQuestion) -> Content:
    fields = {
        "folder": str(question.folder),
        "net": question.net,
        "steps": list(question.steps),
    }
    return fields, bytes_of(question.digit)


def _decode(fields: Fields, body: bytes) -> FilmQuestion:
    folder = Path(fields.text("folder", _PATH_LENGTH, is_path=True))
    net = fields.text("net", _PATH_LENGTH, is_path=True)
    steps = fields.integers("steps", MOST_READERS, 0, _MOST_STEPS)
    fields.end()
    if not steps:
        raise fields.wrong("steps")
    (digit,) = floats(body, ((FIELD, FIELD),), "a digit")
    if not np.isfinite(digit).all():
        raise ProtocolError("a digit holds numbers that are not finite")
    return FilmQuestion(folder, net, steps, digit.copy())


def _encode_answer(answer: FilmReading) -> Content:
    fields = {
        "classes": answer.probabilities.shape[1],
        "is_read": [int(one) for one in answer.is_read],
        "waiting": answer.waiting,
        "milliseconds": answer.milliseconds,
    }
    return fields, bytes_of(answer.probabilities)


def _decode_answer(
    fields: Fields, body: bytes, asked: FilmQuestion, info: NetworkInfo
) -> FilmReading:
    count = len(asked.steps)
    # Another network may answer than the one that reads the pad.
    classes = fields.integer("classes", 1, MOST_CLASSES)
    is_read = np.array(fields.integers("is_read", count, 0, 1), bool)
    waiting = fields.integer("waiting", 0, count)
    milliseconds = fields.number("milliseconds", 0.0, 1e9)
    fields.end()
    if len(is_read) != count:
        raise fields.wrong("is_read")
    (probabilities,) = floats(body, ((count, classes),), "what a film reads")
    # A comparison with NaN is False.
    if not (probabilities.min() >= 0 and probabilities.max() <= 1 + _SLACK):
        raise ProtocolError("what a film reads is not as expected: its probabilities")
    return FilmReading(probabilities, is_read, waiting, milliseconds)


READ_FILM: Request[FilmQuestion, FilmReading] = Request(
    "read film", Turn.SOON, _encode, _decode, _encode_answer, _decode_answer
)
"""What do the snapshots of a training run read?"""
