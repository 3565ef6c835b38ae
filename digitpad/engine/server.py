"""The recogniser's process: reads requests from its standard input, writes answers to its
standard output, ends with its input."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Any, BinaryIO

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.engine.fields import Fields
from digitpad.engine.messages import (
    FAILED,
    NETWORK,
    REFUSED,
    Message,
    MessageReader,
    ProtocolError,
    encode,
)
from digitpad.engine.opening import NetworkChoice
from digitpad.engine.requests import OPEN, REQUESTS, Request

_CHUNK_BYTES = 1 << 16


def serve(weights: Path, device: str, net: str = "") -> int:
    """Load a network (net as Recognizer takes it) and answer until the input ends; returns the exit
    status.

    Whatever a library prints goes to standard error, since standard output belongs to the messages.
    """
    requests = os.fdopen(os.dup(0), "rb", buffering=0)
    replies = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    try:
        return Server(weights, device, replies, net).run(requests)
    except BrokenPipeError:
        return 0


class Server:
    """Holds the networks and answers message by message."""

    def __init__(self, weights: Path, device: str, replies: BinaryIO, net: str = "") -> None:
        """Nothing is loaded yet. replies: where answers are written, unbuffered."""
        self._choice = NetworkChoice(weights, net)
        self._device = device
        self._replies = replies

    def run(self, requests: BinaryIO) -> int:
        """Load the network and answer requests until they end; returns the exit status."""
        from digitpad.engine.handlers import HANDLERS
        from digitpad.engine.open_networks import Networks, OpenedNetworks
        from digitpad.nets.devices import use_one_thread

        use_one_thread()
        self._handlers = HANDLERS
        self._networks = Networks(OpenedNetworks(self._device))
        try:
            self._reply(OPEN, 0, NETWORK, self._choice)
        except DigitpadError as error:
            return self._fail(str(error))
        # What PyTorch has loaded stays: looking through it for garbage, over and over, would hold
        # an answer up by several milliseconds.
        gc.freeze()
        reader = MessageReader()
        while chunk := requests.read(_CHUNK_BYTES):
            try:
                for message in reader.feed(chunk):
                    self._answer(message)
            except ProtocolError as error:
                return self._fail(
                    _("the recogniser was asked in a wrong form: {error}").format(error=error)
                )
        return 0

    def _answer(self, message: Message) -> None:
        row = REQUESTS.get(message.kind)
        if row is None:
            raise ProtocolError(f"no request is called {message.kind[:40]!r}")
        asked = row.decode(Fields(message.content, "a request"), message.body)
        roles = self._networks.roles if row.of_each else (message.role,)
        for role in roles:
            # The window waits for this one: it is sent before the next network begins.
            self._try(row, message.request, role, asked, more=role != roles[-1])

    def _try(self, row: Request[Any, Any], request: int, role: str, asked: Any, more: bool) -> None:
        try:
            self._reply(row, request, role, asked, more)
        except DigitpadError as error:
            self._refuse(request, role, str(error), more)
        except Exception as error:
            # Code of the reader's own may raise anything, and a device may run out of memory.
            said = (str(error).strip().splitlines() or [""])[0][:300]
            self._refuse(
                request,
                role,
                _("the network could not be used: {name}: {said}").format(
                    name=type(error).__name__, said=said
                ),
                more,
            )

    def _reply(
        self, row: Request[Any, Any], request: int, role: str, asked: Any, more: bool = False
    ) -> None:
        answer = self._handlers[row.name](self._networks, role, asked)
        self._send(encode(row.name, request, row.encode_answer(answer), role, more))

    def _refuse(self, request: int, role: str, message: str, more: bool) -> None:
        self._send(encode(REFUSED, request, ({"message": message}, b""), role, more))

    def _fail(self, message: str) -> int:
        self._send(encode(FAILED, 0, ({"message": message}, b"")))
        return 1

    def _send(self, message: bytes) -> None:
        view = memoryview(message)
        while view:
            # A raw pipe may take less than it is offered.
            view = view[self._replies.write(view) or 0 :]
