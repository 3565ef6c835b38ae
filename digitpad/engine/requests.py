"""What the recogniser can be asked: a row for each kind of request, from which both ends work.
Rows for explanations are in explanations.py; registry.py has all.

To add one:

1. Write its row here: a name, its Turn, what is asked and what is answered (an array, a tuple or a
   dataclass of their own), and the four functions that make fields and a body of either and read
   them back. Reading is checking: each field by a method of Fields, each array by its shape.
2. Write its handler in handlers.py, under @handles(ROW): a function of the networks, the role and
   what is asked that returns the answer. A DigitpadError it raises is told as a refusal.
3. Ask it by RecognizerClient.ask(ROW, asked, answered), or give the client a method of its own.

tests/engine/test_requests.py takes every row there and back.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digitpad.core.constants import FIELD
from digitpad.core.results import NetworkInfo, Recognition
from digitpad.engine.descriptions import (
    check_probabilities,
    decode_info,
    decode_recognition,
    encode_info,
    encode_recognition,
)
from digitpad.engine.fields import Fields, bytes_of, floats
from digitpad.engine.messages import Content, ProtocolError
from digitpad.engine.opening import (
    NetworkChoice,
    decode_choice,
    decode_examination,
    encode_choice,
    encode_examination,
)
from digitpad.engine.rows import AnswerT as AnswerT
from digitpad.engine.rows import AskedT as AskedT
from digitpad.engine.rows import Request as Request
from digitpad.engine.rows import Turn as Turn
from digitpad.nets.spec.opening_questions import Examination

MOST_AT_ONCE = 512
"""How many digits one request to read a batch may hold."""

MOST_SOON = 8
"""How many digits to ask for at once where others than READ_BATCH read several, so that no drawing
waits long."""


@dataclass(frozen=True, eq=False)
class BatchAnswer:
    """What was read in a batch: probabilities float32 (n, classes), and accepted bool (n,), False
    where a digit would be rejected."""

    probabilities: npt.NDArray[np.float32]
    accepted: npt.NDArray[np.bool_]


def _encode_digit(digit: npt.NDArray[np.float32]) -> Content:
    return {}, bytes_of(digit)


def _decode_digit(fields: Fields, body: bytes) -> npt.NDArray[np.float32]:
    fields.end()
    (digit,) = floats(body, ((FIELD, FIELD),), "a digit")
    if not np.isfinite(digit).all():
        raise ProtocolError("a digit holds numbers that are not finite")
    return digit.copy()  # one that can be written to, as torch wants it


def _encode_digits(digits: npt.NDArray[np.uint8]) -> Content:
    return {}, np.ascontiguousarray(digits, dtype=np.uint8).tobytes()


def _decode_digits(fields: Fields, body: bytes) -> npt.NDArray[np.uint8]:
    fields.end()
    count, rest = divmod(len(body), FIELD * FIELD)
    if rest or not 1 <= count <= MOST_AT_ONCE:
        raise ProtocolError(
            f"1 to {MOST_AT_ONCE} whole digits can be read at once, not {len(body)} bytes"
        )
    return np.frombuffer(body, np.uint8).reshape(count, FIELD, FIELD)


def _encode_batch(answer: BatchAnswer) -> Content:
    return {}, bytes_of(answer.probabilities) + answer.accepted.astype(np.uint8).tobytes()


def _decode_batch(
    fields: Fields, body: bytes, asked: npt.NDArray[np.uint8], info: NetworkInfo
) -> BatchAnswer:
    fields.end()
    count = len(asked)
    (probabilities,) = floats(body[:-count], ((count, len(info.classes)),), "a batch's answer")
    accepted = np.frombuffer(body[-count:], np.uint8)
    check_probabilities(probabilities, info, "a batch's answer")
    if accepted.max(initial=0) > 1:
        raise ProtocolError("a batch's answer is not as expected: which are accepted")
    return BatchAnswer(probabilities, accepted.astype(bool))


def _encode_nothing(nothing: None) -> Content:
    return {}, b""


def _decode_nothing(fields: Fields, body: bytes, *context: object) -> None:
    fields.end()
    if body:
        raise fields.wrong("body")


RECOGNIZE: Request[npt.NDArray[np.float32], Recognition] = Request(
    "recognize",
    Turn.DRAWING,
    _encode_digit,
    _decode_digit,
    encode_recognition,
    lambda fields, body, asked, info: decode_recognition(fields, body, info),
    of_each=True,
)
"""What is this digit, float32 (28, 28), in [0, 1]? The second network answers after the first."""

READ_BATCH: Request[npt.NDArray[np.uint8], BatchAnswer] = Request(
    "read batch", Turn.IN_CHUNKS, _encode_digits, _decode_digits, _encode_batch, _decode_batch
)
"""What are these digits, uint8 (n, 28, 28), n from 1 to MOST_AT_ONCE?"""

READ_PARTS: Request[npt.NDArray[np.uint8], BatchAnswer] = Request(
    "read parts", Turn.SOON, _encode_digits, _decode_digits, _encode_batch, _decode_batch
)
"""What are parts of a drawing that stand apart, uint8 (n, 28, 28)? At most MOST_SOON at once."""

READ_PICTURES: Request[npt.NDArray[np.uint8], BatchAnswer] = Request(
    "read pictures", Turn.SOON, _encode_digits, _decode_digits, _encode_batch, _decode_batch
)
"""What do pictures show, uint8 (n, 28, 28)? At most MOST_SOON at once, after the drawing's own."""

READ_DRAWINGS: Request[npt.NDArray[np.uint8], BatchAnswer] = Request(
    "read drawings", Turn.SOON, _encode_digits, _decode_digits, _encode_batch, _decode_batch
)
"""What are kept drawings, uint8 (n, 28, 28)? At most MOST_SOON at once, after the pad's own."""

OPEN: Request[NetworkChoice, NetworkInfo] = Request(
    "open",
    Turn.AT_ONCE,
    encode_choice,
    decode_choice,
    encode_info,
    lambda fields, body, asked, info: decode_info(fields, body),
)
"""Load this network in the role asked for. The recogniser's first message of all is the answer to
an OPEN that its command line asks, numbered 0."""

EXAMINE: Request[NetworkChoice, Examination] = Request(
    "examine",
    Turn.AT_ONCE,
    encode_choice,
    decode_choice,
    encode_examination,
    lambda fields, body, asked, info: decode_examination(fields, body),
)
"""What has to be asked before this network can be opened? Nothing changes by it."""

CLOSE: Request[None, None] = Request(
    "close",
    Turn.AT_ONCE,
    _encode_nothing,
    _decode_nothing,
    _encode_nothing,
    _decode_nothing,
)
"""Let go of the network in the role asked for; none is there afterwards, whether one was or not."""
