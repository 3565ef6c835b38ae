"""What a row of the registry of requests is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

from digitpad.core.results import NetworkInfo
from digitpad.engine.fields import Fields
from digitpad.engine.messages import Content
from digitpad.explain.part import Part, QuestionT

AskedT = TypeVar("AskedT")
AnswerT = TypeVar("AnswerT")
ResultT = TypeVar("ResultT")


class Turn(IntEnum):
    """When a request is sent, and what becomes of those of its kind that still wait.

    AT_ONCE: as soon as it is asked, each of them, in order; for what changes the recogniser itself.
    DRAWING: before all others; a newer one takes the place of the one that waits. SOON: after
    drawings, likewise the newest only; for what takes no longer than a chunk. IN_CHUNKS: after
    those, in parts that take about 80 ms each, so that a drawing never waits long; a newer one ends
    the one before.
    """

    AT_ONCE = 0
    DRAWING = 1
    SOON = 2
    IN_CHUNKS = 3


@dataclass(frozen=True, eq=False)
class Request(Generic[AskedT, AnswerT]):
    """One kind of request.

    name: what it is called in messages. encode gives the fields and the body of what is asked,
    decode reads them again, in the recogniser. encode_answer and decode_answer do the same for the
    answer, which is read in the window; decode_answer is also given what was asked and the
    description of the network that answers, to check the answer against. Both decoders raise
    ProtocolError. of_each: every network that is open answers, one after the other, in place of
    one.
    """

    name: str
    turn: Turn
    encode: Callable[[AskedT], Content]
    decode: Callable[[Fields, bytes], AskedT]
    encode_answer: Callable[[AnswerT], Content]
    decode_answer: Callable[[Fields, bytes, AskedT, NetworkInfo], AnswerT]
    of_each: bool = False


@dataclass(frozen=True, eq=False)
class PartedRequest(Generic[QuestionT, AnswerT, ResultT]):
    """A question that is asked in parts, between which drawings are read, and its whole answer.

    row: asks for a part, in Turn IN_CHUNKS. refusal: gives the result at once of a question that
    nothing need be asked for, None of others. count: how many items a question has. first_part:
    how many to ask for before it is known how long they take. assemble: makes the result of the
    question, the answers to all its parts in their order, and the network's description. weight:
    how long an item of a question takes, held against those of other questions of the row.
    """

    row: Request[Part[QuestionT], AnswerT]
    refusal: Callable[[QuestionT], ResultT | None]
    count: Callable[[QuestionT], int]
    first_part: int
    assemble: Callable[[QuestionT, Sequence[AnswerT], NetworkInfo], ResultT]
    weight: Callable[[QuestionT], float] = lambda question: 1.0
