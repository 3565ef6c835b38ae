"""What the recogniser does for each kind of request; in its own process, where torch is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from digitpad.core.errors import DigitpadError
from digitpad.core.results import NetworkInfo, Recognition
from digitpad.engine.fields import Fields
from digitpad.engine.messages import (
    MAX_HEADER_BYTES,
    NETWORK,
    MessageReader,
    ProtocolError,
    encode,
)
from digitpad.engine.open_networks import Networks
from digitpad.engine.opening import NetworkChoice
from digitpad.engine.requests import (
    CLOSE,
    EXAMINE,
    OPEN,
    READ_BATCH,
    READ_PARTS,
    READ_PICTURES,
    RECOGNIZE,
    REQUESTS,
    AnswerT,
    AskedT,
    BatchAnswer,
    Request,
)
from digitpad.nets.files.examining import examine
from digitpad.nets.spec.opening_questions import Examination

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


@handles(RECOGNIZE)
def recognize(networks: Networks, role: str, digit: npt.NDArray[np.float32]) -> Recognition:
    """Read one digit and show all layers."""
    return networks[role].recognize(digit)


@handles(READ_BATCH)
@handles(READ_PARTS)
@handles(READ_PICTURES)
def read_batch(networks: Networks, role: str, digits: npt.NDArray[np.uint8]) -> BatchAnswer:
    """Read some digits, without their layers."""
    count = len(digits)
    # Each number of digits costs memory of its own, which is never given back: there are only the
    # powers of two.
    empty = np.zeros(((1 << (count - 1).bit_length()) - count, *digits.shape[1:]), np.uint8)
    probabilities, accepted = networks[role].read_batch(np.concatenate([digits, empty]))
    return BatchAnswer(probabilities[:count], accepted[:count])


@handles(OPEN)
def open_network(networks: Networks, role: str, choice: NetworkChoice) -> NetworkInfo:
    """Load a network; where it cannot be, the one before it stays."""
    return networks.open(role, choice, _check_describable)


@handles(EXAMINE)
def examine_network(networks: Networks, role: str, choice: NetworkChoice) -> Examination:
    """Find out what has to be asked before a network can be opened."""
    return examine(choice.weights, choice.net, choice.choices)


@handles(CLOSE)
def close_network(networks: Networks, role: str, nothing: None) -> None:
    """Let go of a network."""
    if role == NETWORK:
        raise DigitpadError("the network that answers cannot be closed")
    networks.close(role)


def _check_describable(info: NetworkInfo) -> None:
    """Raises DigitpadError where the window would refuse what is told of a network."""
    try:
        message = encode(OPEN.name, 0, OPEN.encode_answer(info))
        (read,) = MessageReader().feed(message)
        OPEN.decode_answer(Fields(read.content, "it"), read.body, NetworkChoice(Path()), info)
    except ProtocolError as error:
        raise DigitpadError(
            f"{info.weights_file}: this network cannot be shown ({error}; a "
            f"description has at most "
            f"{MAX_HEADER_BYTES:,} bytes)"
        ) from error


assert HANDLERS.keys() == REQUESTS.keys(), "each row of requests.py has a handler here"
