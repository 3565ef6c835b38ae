"""The recogniser's process: reads requests from its standard input, writes answers to its
standard output, ends with its input."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from digitpad.core.errors import DigitpadError
from digitpad.engine.messages import (
    NETWORK,
    SECOND,
    Message,
    MessageReader,
    ProtocolError,
    decode_digit,
    decode_many_request,
    encode,
    encode_many,
    encode_ready,
    encode_recognition,
)

if TYPE_CHECKING:
    from digitpad.nets.recognizer import Recognizer

_CHUNK_BYTES = 1 << 16
_ROLES = (NETWORK, SECOND)


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
        return _Server(weights, device, replies, net).run(requests)
    except BrokenPipeError:
        return 0


class _Server:
    """Holds the networks and answers message by message."""

    def __init__(self, weights: Path, device: str, replies: BinaryIO, net: str = "") -> None:
        self._weights = weights
        self._device = device
        self._replies = replies
        self._net = net
        self._reading: dict[str, Recognizer] = {}

    def run(self, requests: BinaryIO) -> int:
        from digitpad.engine.open_networks import OpenedNetworks
        from digitpad.nets.devices import use_one_thread

        use_one_thread()

        self._opened = OpenedNetworks(self._device)
        try:
            self._open(self._weights, self._net, NETWORK)
        except DigitpadError as error:
            self._send(encode({"kind": "failed", "message": str(error)}))
            return 1
        reader = MessageReader()
        while chunk := requests.read(_CHUNK_BYTES):
            try:
                for message in reader.feed(chunk):
                    self._answer(message)
            except ProtocolError as error:
                self._send(
                    encode(
                        {
                            "kind": "failed",
                            "message": f"the recogniser was asked in a wrong form: {error}",
                        }
                    )
                )
                return 1
        return 0

    def _open(self, weights: Path, net: str, role: str) -> None:
        # Only a network that loaded whole takes the place of the one before.
        self._reading[role] = self._opened.open(weights, net)
        self._send(encode_ready(self._reading[role].info, role))

    def _answer(self, message: Message) -> None:
        match message:
            case {"kind": "recognize", "request": int(request)}, body:
                self._recognize(request, body)
            case {"kind": "read many", "request": int(request)}, body:
                self._send(
                    encode_many(
                        request, *self._reading[NETWORK].read_batch(decode_many_request(body))
                    )
                )
            case {
                "kind": "open",
                "role": str(role),
                "weights": str(weights),
                "net": str(net),
            }, _ if role in _ROLES:
                try:
                    self._open(Path(weights), net, role)
                except DigitpadError as error:
                    self._send(encode({"kind": "refused", "role": role, "message": str(error)}))
            case {"kind": "close second"}, _:
                self._reading.pop(SECOND, None)
            case {"kind": kind}, _:
                raise ProtocolError(f"no request is called {kind[:40]!r}")

    def _recognize(self, request: int, body: bytes) -> None:
        digit = decode_digit(body)
        second_network = self._reading.get(SECOND)
        recognition = self._reading[NETWORK].recognize(digit)
        self._send(encode_recognition(request, recognition, more=second_network is not None))
        if second_network is not None:
            self._send(encode_recognition(request, second_network.recognize(digit), SECOND))

    def _send(self, message: bytes) -> None:
        view = memoryview(message)
        while view:
            # A raw pipe may take less than it is offered.
            view = view[self._replies.write(view) or 0 :]
