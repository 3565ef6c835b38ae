"""Requests for explanations: a row each, as requests.py tells.

LAYER_WEIGHTS and NORMALISATION are asked by RecognizerClient.ask; WHY, PIECES, HISTORY and SWEEPS,
in parts between drawings, by RecognizerClient.explanations.ask.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from digitpad.core.constants import FIELD
from digitpad.core.results import NetworkInfo
from digitpad.engine.fields import Fields, bytes_of, floats
from digitpad.engine.mark_fields import decode_marks, encode_marks
from digitpad.engine.messages import Content, ProtocolError
from digitpad.engine.rows import PartedRequest, Request, Turn
from digitpad.engine.weight_fields import (
    code_of,
    decode_weights,
    decode_weights_question,
    encode_weights,
    encode_weights_question,
    reason_of,
)
from digitpad.explain import history, pieces, sweeps
from digitpad.explain.joining import attribution_refusal, join_attribution
from digitpad.explain.limits import weight_of
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
    Attribution,
    AttributionPart,
    History,
    LayerWeights,
    Normalisation,
    Pieces,
    Readings,
    Stage,
    Sweep,
    SweepKind,
)

MOST_ITEMS = 1000
_MOST_MAPS = 1_000_000
_MOST_INTERVALS = 256
_LARGE = 1e30
_Question = TypeVar("_Question")


LAYER_WEIGHTS: Request[WeightsQuestion, LayerWeights] = Request(
    "layer weights",
    Turn.SOON,
    encode_weights_question,
    decode_weights_question,
    encode_weights,
    decode_weights,
)
"""What are the weights of a layer, of all maps or of one? They are what
digitpad.explain.traces.trace_unit takes, and the layer's kernels."""


# Changed digits and what they are read as.


def _encode_readings(readings: Readings) -> Content:
    body = bytes_of(readings.logits, readings.frames)
    return {}, body + readings.accepted.astype(np.uint8).tobytes()


def _decode_readings(fields: Fields, body: bytes, count: int, classes: int) -> Readings:
    fields.end()
    split = len(body) - count
    logits, frames = floats(body[: max(0, split)], ((count, classes), (count, 3)), "readings")
    accepted = np.frombuffer(body[max(0, split) :], np.uint8)
    if len(accepted) != count or accepted.max(initial=0) > 1:
        raise ProtocolError("readings are not as expected: which are accepted")
    return Readings(logits, accepted.astype(bool), frames)


def _part_of(
    encode: Callable[[_Question], Content], decode: Callable[[Fields, bytes], _Question]
) -> tuple[Callable[[Part[_Question]], Content], Callable[[Fields, bytes], Part[_Question]]]:
    """What encodes and decodes a part of a question, by what does the question."""

    def encode_part(part: Part[_Question]) -> Content:
        fields, body = encode(part.question)
        return {**fields, "from": part.first, "to": part.last}, body

    def decode_part(fields: Fields, body: bytes) -> Part[_Question]:
        first = fields.integer("from", 0, MOST_ITEMS)
        last = fields.integer("to", first, MOST_ITEMS)
        return Part(decode(fields, body), first, last)

    return encode_part, decode_part


def _readings_row(
    name: str,
    encode: Callable[[_Question], Content],
    decode: Callable[[Fields, bytes], _Question],
) -> Request[Part[_Question], Readings]:
    """A row that asks what a part of a question's digits are read as."""
    encode_part, decode_part = _part_of(encode, decode)
    return Request(
        name,
        Turn.IN_CHUNKS,
        encode_part,
        decode_part,
        _encode_readings,
        lambda fields, body, asked, info: _decode_readings(
            fields, body, asked.last - asked.first, len(info.classes)
        ),
    )


def _encode_pieces(question: PiecesQuestion) -> Content:
    fields, body = encode_marks(question.marks)
    return {**fields, "removed": list(question.removed)}, body


def _decode_pieces(fields: Fields, body: bytes) -> PiecesQuestion:
    removed = fields.integers("removed", MOST_ITEMS, 0, MOST_ITEMS)
    question = PiecesQuestion(decode_marks(fields, body), removed)
    fields.end()
    return question


PIECES: PartedRequest[PiecesQuestion, Readings, Pieces] = PartedRequest(
    _readings_row("pieces", _encode_pieces, _decode_pieces),
    pieces.refusal,
    lambda question: pieces.count_of(pieces.cut(question.marks)),
    12,
    lambda question, parts, info: pieces.assemble(question, Readings.joined(parts)),
    lambda question: weight_of(question.marks),
)
"""What does the answer lose without each piece of a drawing?"""


def _encode_history(question: HistoryQuestion) -> Content:
    fields, body = encode_marks(question.marks)
    return {**fields, "steps": question.steps}, body


def _decode_history(fields: Fields, body: bytes) -> HistoryQuestion:
    steps = fields.integer("steps", 2, history.MOST_STEPS)
    question = HistoryQuestion(decode_marks(fields, body), steps)
    fields.end()
    return question


HISTORY: PartedRequest[HistoryQuestion, Readings, History] = PartedRequest(
    _readings_row("history", _encode_history, _decode_history),
    history.refusal,
    lambda question: len(history.lengths_of(question)),
    12,
    lambda question, parts, info: history.assemble(
        question, Readings.joined(parts), info.record.temperature or 1.0
    ),
    lambda question: weight_of(question.marks),
)
"""What was a drawing read as while it grew?"""


def _encode_sweeps(question: SweepQuestion) -> Content:
    fields, body = encode_marks(question.marks)
    return {**fields, "sweeps": [kind.value for kind in question.kinds]}, body


def _decode_sweeps(fields: Fields, body: bytes) -> SweepQuestion:
    names = fields.texts("sweeps", len(SweepKind), 40)
    if not names or not {kind.value for kind in SweepKind}.issuperset(names):
        raise fields.wrong("sweeps")
    question = SweepQuestion(decode_marks(fields, body), tuple(SweepKind(name) for name in names))
    fields.end()
    return question


SWEEPS: PartedRequest[SweepQuestion, Readings, tuple[Sweep, ...]] = PartedRequest(
    _readings_row("sweeps", _encode_sweeps, _decode_sweeps),
    sweeps.refusal,
    sweeps.count_of,
    12,
    lambda question, parts, info: sweeps.assemble(question, Readings.joined(parts)),
    lambda question: weight_of(question.marks),
)
"""What is a drawing read as while it is changed?"""


# From the pen to 28 x 28.


def _encode_drawing(question: NormalisationQuestion) -> Content:
    return encode_marks(question.marks)


def _decode_drawing(fields: Fields, body: bytes) -> NormalisationQuestion:
    question = NormalisationQuestion(decode_marks(fields, body))
    fields.end()
    return question


def _encode_normalisation(answer: Normalisation) -> Content:
    _, body = _encode_readings(answer.readings)
    fields = {
        "stages": [stage.value for stage in answer.stages],
        "reason": code_of(answer.reason),
    }
    return fields, bytes_of(answer.digits) + body


def _decode_normalisation(
    fields: Fields, body: bytes, asked: NormalisationQuestion, info: NetworkInfo
) -> Normalisation:
    names = fields.texts("stages", len(Stage), 40)
    reason = reason_of(fields)
    is_known = {stage.value for stage in Stage}.issuperset(names)
    if not is_known or bool(names) != (reason is None):
        raise fields.wrong("stages")
    count, split = len(names), 4 * len(names) * FIELD * FIELD
    (digits,) = floats(body[:split], ((count, FIELD, FIELD),), "stages")
    if not (digits.min(initial=0.0) >= 0 and digits.max(initial=0.0) <= 1):
        raise fields.wrong("digits")
    readings = _decode_readings(fields, body[split:], count, len(info.classes))
    return Normalisation(tuple(Stage(name) for name in names), digits, readings, reason)


NORMALISATION: Request[NormalisationQuestion, Normalisation] = Request(
    "normalisation",
    Turn.SOON,
    _encode_drawing,
    _decode_drawing,
    _encode_normalisation,
    _decode_normalisation,
)
"""How does a drawing become a digit, and what would each step have been read as?"""


# Why this class leads that one.


def _encode_why(question: WhyQuestion) -> Content:
    fields = {
        "first": question.first,
        "second": question.second,
        "is_random": question.is_random,
        "intervals": question.intervals,
    }
    return fields, bytes_of(question.digit)


def _decode_why(fields: Fields, body: bytes) -> WhyQuestion:
    (digit,) = floats(body, ((FIELD, FIELD),), "a digit")
    if not np.isfinite(digit).all():
        raise ProtocolError("a digit holds numbers that are not finite")
    question = WhyQuestion(
        digit.copy(),
        fields.integer("first", 0, _MOST_MAPS),
        fields.integer("second", 0, _MOST_MAPS),
        fields.flag("is_random"),
        fields.integer("intervals", 1, _MOST_INTERVALS),
    )
    fields.end()
    return question


def _encode_attribution(part: AttributionPart) -> Content:
    fields = {
        "margin": part.margin,
        "paper_part": part.paper_part,
        "midpoints": part.midpoints,
        "reason": code_of(part.reason),
    }
    return fields, bytes_of(part.ink, part.missing)


def _decode_attribution(
    fields: Fields, body: bytes, asked: Part[WhyQuestion], info: NetworkInfo
) -> AttributionPart:
    ink, missing = floats(body, ((FIELD, FIELD),) * 2, "an attribution")
    part = AttributionPart(
        ink,
        missing,
        fields.number("margin", -_LARGE, _LARGE),
        fields.number("paper_part", -_LARGE, _LARGE),
        fields.integer("midpoints", 0, 100_000),
        reason_of(fields),
    )
    fields.end()
    if not (_is_finite(ink) and _is_finite(missing)):
        raise fields.wrong("numbers")
    return part


def _is_finite(numbers: npt.NDArray[np.float32]) -> bool:
    return bool(np.isfinite(numbers).all())


def _join_attribution(
    question: WhyQuestion, parts: Sequence[AttributionPart], info: NetworkInfo
) -> Attribution:
    return join_attribution(question, parts)


_encode_why_part, _decode_why_part = _part_of(_encode_why, _decode_why)

WHY: PartedRequest[WhyQuestion, AttributionPart, Attribution] = PartedRequest(
    Request(
        "why",
        Turn.IN_CHUNKS,
        _encode_why_part,
        _decode_why_part,
        _encode_attribution,
        _decode_attribution,
    ),
    attribution_refusal,
    lambda question: question.groups,
    1,
    _join_attribution,
)
"""Why does one class lead another for a digit?"""
