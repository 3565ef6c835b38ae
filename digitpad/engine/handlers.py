"""What the recogniser does for each kind of request, in its own process.

PyTorch is there only once something took it: a handler that does asks torch_reader for it, and
imports what needs it within.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.core.results import NetworkInfo, ReaderKind, Recognition
from digitpad.datasets.of_network import data_set_of
from digitpad.engine.explanations import (
    HISTORY,
    LAYER_WEIGHTS,
    NORMALISATION,
    PIECES,
    SWEEPS,
    WHY,
)
from digitpad.engine.fields import Fields
from digitpad.engine.films import READ_FILM, FilmQuestion, FilmReading
from digitpad.engine.messages import (
    MAX_HEADER_BYTES,
    NETWORK,
    MessageReader,
    ProtocolError,
    encode,
)
from digitpad.engine.open_networks import Networks
from digitpad.engine.opening import NetworkChoice
from digitpad.engine.registry import REQUESTS
from digitpad.engine.requests import (
    CLOSE,
    EXAMINE,
    OPEN,
    READ_BATCH,
    READ_DRAWINGS,
    READ_PARTS,
    READ_PICTURES,
    RECOGNIZE,
    AnswerT,
    AskedT,
    BatchAnswer,
    Request,
)
from digitpad.explain import history, normalisation, pieces, sweeps
from digitpad.explain.changed_digits import ChangedDigits
from digitpad.explain.limits import reason_against
from digitpad.explain.plain_weights import plain_layer_weights
from digitpad.explain.questions import (
    HistoryQuestion,
    NormalisationQuestion,
    Part,
    PiecesQuestion,
    QuestionT,
    SweepQuestion,
    WeightsQuestion,
    WhyQuestion,
)
from digitpad.explain.results import (
    AttributionPart,
    LayerWeights,
    Normalisation,
    Readings,
)
from digitpad.nets.digit_reader import DigitReader
from digitpad.nets.needing_torch import NeedsTorchError
from digitpad.nets.plain_reader import PlainReader
from digitpad.nets.spec.opening_questions import Examination, Question

if TYPE_CHECKING:
    from digitpad.nets.recognizer import Recognizer

Handler = Callable[[Networks, str, AskedT], AnswerT]
"""Takes the networks, the role of the one that is asked, and what is asked; gives the answer."""

HANDLERS: dict[str, Handler[Any, Any]] = {}
"""The handler of each row by the row's name."""


def handles(
    row: Request[AskedT, AnswerT],
) -> Callable[[Handler[AskedT, AnswerT]], Handler[AskedT, AnswerT]]:
    """Make a function the handler of a row."""

    def register(handler: Handler[AskedT, AnswerT]) -> Handler[AskedT, AnswerT]:
        HANDLERS[row.name] = handler
        return handler

    return register


def torch_reader(reader: DigitReader, what: str) -> Recognizer:
    """The reader, by which PyTorch computes; raises NeedsTorchError where it does not yet. what: a
    sentence on what needs it, without its end."""
    if reader.info.reader is not ReaderKind.TORCH:
        raise NeedsTorchError(what)
    return cast("Recognizer", reader)


@handles(RECOGNIZE)
def recognize(networks: Networks, role: str, digit: npt.NDArray[np.float32]) -> Recognition:
    """Read one digit and show all layers."""
    return networks[role].recognize(digit)


@handles(READ_BATCH)
@handles(READ_PARTS)
@handles(READ_PICTURES)
@handles(READ_DRAWINGS)
def read_batch(networks: Networks, role: str, digits: npt.NDArray[np.uint8]) -> BatchAnswer:
    """Read some digits, without their layers."""
    count = len(digits)
    probabilities, accepted = networks[role].read_batch(_filled_up(networks[role], digits))
    return BatchAnswer(probabilities[:count], accepted[:count])


@handles(OPEN)
def open_network(networks: Networks, role: str, choice: NetworkChoice) -> NetworkInfo:
    """Load a network; where it cannot be, the one before it stays."""
    return networks.open(role, choice, _check_describable)


@handles(EXAMINE)
def examine_network(networks: Networks, role: str, choice: NetworkChoice) -> Examination:
    """Find out what has to be asked before a network can be opened."""
    if networks.is_plain:
        # Nothing, where it can be read without PyTorch.
        info = PlainReader(choice.weights, choice.net, choice.choices).info
        return Examination(Question.NOTHING, title=info.title, side=info.side, classes=info.classes)
    from digitpad.nets.files.examining import examine

    return examine(choice.weights, choice.net, choice.choices)


@handles(CLOSE)
def close_network(networks: Networks, role: str, nothing: None) -> None:
    """Let go of a network."""
    if role == NETWORK:
        raise DigitpadError(_("the network that answers cannot be closed"))
    networks.close(role)


@handles(LAYER_WEIGHTS)
def weights_of_layer(networks: Networks, role: str, question: WeightsQuestion) -> LayerWeights:
    """The weights of a layer."""
    asked = networks[role]
    if isinstance(asked, PlainReader):
        return plain_layer_weights(asked, question.layer, question.map)
    from digitpad.explain.weights import layer_weights

    asked = torch_reader(asked, "")
    return layer_weights(asked.network, asked.form, question.layer, question.map)


@handles(WHY.row)
def why(networks: Networks, role: str, part: Part[WhyQuestion]) -> AttributionPart:
    """A part of why one class leads another."""
    asked, question = networks[role], part.question
    if max(question.first, question.second) >= len(asked.info.classes):
        raise DigitpadError(_("the network has fewer classes than are asked about"))
    asked = torch_reader(asked, _("To say why an answer leads takes PyTorch"))
    from digitpad.explain.attribution import attribute

    return attribute(asked.network, asked.form, asked.device, part)


@handles(PIECES.row)
def read_pieces(networks: Networks, role: str, part: Part[PiecesQuestion]) -> Readings:
    """A part of what a drawing is read as without its pieces."""
    return _read(networks[role], part, pieces.digits_of)


@handles(HISTORY.row)
def read_history(networks: Networks, role: str, part: Part[HistoryQuestion]) -> Readings:
    """A part of what a drawing was read as while it grew."""
    return _read(networks[role], part, history.digits_of)


@handles(SWEEPS.row)
def read_sweeps(networks: Networks, role: str, part: Part[SweepQuestion]) -> Readings:
    """A part of what a drawing is read as while it is changed."""
    return _read(networks[role], part, sweeps.digits_of)


@handles(NORMALISATION)
def read_normalisation(
    networks: Networks, role: str, question: NormalisationQuestion
) -> Normalisation:
    """What each step from the pen to the digit is read as."""
    asked = networks[role]
    reason = reason_against(question.marks)
    if reason is not None:
        none = ChangedDigits.of(())
        return Normalisation((), none.digits, Readings.none(len(asked.info.classes)), reason)
    fills_field = data_set_of(asked.info).fills_field
    found = normalisation.digits_of(question.marks, fills_field)
    stages = normalisation.stages_of(fills_field)
    return Normalisation(stages, found.digits, _readings(asked, found))


@handles(READ_FILM)
def read_film(networks: Networks, role: str, question: FilmQuestion) -> FilmReading:
    """What the snapshots of a training run read."""
    return networks.film.read(question, networks.is_plain)


def _read(
    asked: DigitReader,
    part: Part[QuestionT],
    digits_of: Callable[[QuestionT, int, int, bool], ChangedDigits],
) -> Readings:
    """What the digits of a part of a question are read as; raises DigitpadError where it has not
    so many."""
    fills_field = data_set_of(asked.info).fills_field
    found = digits_of(part.question, part.first, part.last, fills_field)
    if len(found.digits) != part.last - part.first:
        raise DigitpadError(_("the drawing has fewer changes than are asked for"))
    return _readings(asked, found)


def _readings(asked: DigitReader, changed: ChangedDigits) -> Readings:
    """What digits are read as."""
    count = len(changed.digits)
    logits, accepted = asked.judge(_filled_up(asked, changed.digits))
    return Readings(logits[:count], accepted[:count], changed.frames)


def _filled_up(reader: DigitReader, digits: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Digits (n, 28, 28), for PyTorch with empty ones up to the next power of two: there each
    number of digits costs memory of its own, which is never given back."""
    if reader.info.reader is not ReaderKind.TORCH:
        return digits
    count = len(digits)
    wanted = 1 << max(0, count - 1).bit_length()
    return np.concatenate([digits, np.zeros((wanted - count, *digits.shape[1:]), digits.dtype)])


def _check_describable(info: NetworkInfo) -> None:
    """Raises DigitpadError where the window would refuse what is told of a network."""
    try:
        message = encode(OPEN.name, 0, OPEN.encode_answer(info))
        (read,) = MessageReader().feed(message)
        OPEN.decode_answer(Fields(read.content, "it"), read.body, NetworkChoice(Path()), info)
    except ProtocolError as error:
        raise DigitpadError(
            _(
                "{weights_file}: this network cannot be shown ({error}; a description has "
                "at most {max_header_bytes:,} bytes)"
            ).format(weights_file=info.weights_file, error=error, max_header_bytes=MAX_HEADER_BYTES)
        ) from error


assert HANDLERS.keys() == REQUESTS.keys(), "each row of registry.py has a handler here"
