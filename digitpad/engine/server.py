"""The recogniser's process: reads requests from its standard input, writes answers to its standard output, ends with
its input."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO

from digitpad.engine.messages import (
    Message,
    MessageReader,
    ProtocolError,
    decode_digit,
    encode,
    encode_ready,
    encode_recognition,
)
from digitpad.errors import DigitpadError

_CHUNK_BYTES = 1 << 16


def serve(weights: Path, device: str) -> int:
    """Load a network and answer until the input ends; returns the exit status.

    Whatever a library prints goes to standard error, since standard output belongs to the messages.
    """
    requests = os.fdopen(os.dup(0), "rb", buffering=0)
    replies = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    # Threads that spin while they wait would take the cores from the window.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    try:
        return _Server(weights, device, replies).run(requests)
    except BrokenPipeError:
        return 0


class _Server:
    """Holds the recogniser and answers message by message."""

    def __init__(self, weights: Path, device: str, replies: BinaryIO) -> None:
        self._weights = weights
        self._device = device
        self._replies = replies

    def run(self, requests: BinaryIO) -> int:
        try:
            self._open(self._weights)
        except DigitpadError as error:
            self._send(encode({"kind": "failed", "message": str(error)}))
            return 1
        reader = MessageReader()
        while chunk := requests.read(_CHUNK_BYTES):
            try:
                for message in reader.feed(chunk):
                    self._answer(message)
            except ProtocolError as error:
                self._send(encode({"kind": "failed", "message": f"the recogniser was asked in a wrong form: {error}"}))
                return 1
        return 0

    def _open(self, weights: Path) -> None:
        from digitpad.nets.recognizer import Recognizer

        # Only a network that loaded whole takes the place of the one before.
        self._recognizer = Recognizer(weights, self._device)
        self._send(encode_ready(self._recognizer.facts))

    def _answer(self, message: Message) -> None:
        header, body = message
        if header["kind"] == "recognize" and isinstance(header.get("request"), int):
            recognition = self._recognizer.recognize(decode_digit(body))
            self._send(encode_recognition(header["request"], recognition))
        elif header["kind"] == "open" and isinstance(header.get("weights"), str):
            try:
                self._open(Path(header["weights"]))
            except DigitpadError as error:
                self._send(encode({"kind": "refused", "message": str(error)}))
        else:
            raise ProtocolError(f"no request is called {header['kind'][:40]!r}")

    def _send(self, message: bytes) -> None:
        view = memoryview(message)
        while view:
            # A raw pipe may take less than it is offered.
            view = view[self._replies.write(view) or 0 :]
