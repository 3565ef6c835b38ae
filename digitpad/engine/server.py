"""The recogniser's process: reads requests from its standard input, writes answers to its
standard output, ends with its input."""

from __future__ import annotations

import gc
import os
import sys
from collections import deque
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.engine.descriptions import encode_info
from digitpad.engine.fields import Fields
from digitpad.engine.messages import (
    FAILED,
    GO_ON,
    LATER,
    NETWORK,
    REFUSED,
    TAKEN_OVER,
    Message,
    MessageReader,
    ProtocolError,
    encode,
)
from digitpad.engine.open_networks import Networks, OpenedNetworks
from digitpad.engine.opening import NetworkChoice
from digitpad.engine.registry import REQUESTS
from digitpad.engine.requests import OPEN, Request, Turn
from digitpad.engine.torch_loading import TorchLoading
from digitpad.nets.needing_torch import (
    NeedsTorchError,
    has_torch,
    may_have_gpu,
    missing_torch,
)

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
    server = Server(weights, device, replies, net)
    try:
        status = server.run(requests)
    except BrokenPipeError:
        status = 0
    if server.is_loading:
        # A thread that loads libraries can neither be stopped nor waited for.
        os._exit(status)
    return status


class Server:
    """Holds the networks and answers message by message.

    Networks of the catalogue are read without PyTorch from the first moment. It is loaded in a
    thread where a graphics processor may be there, or once something needs it; then it takes over.
    Digits are read all the while.
    """

    def __init__(self, weights: Path, device: str, replies: BinaryIO, net: str = "") -> None:
        """Nothing is loaded yet. replies: where answers are written, unbuffered."""
        self._choice = NetworkChoice(weights, net)
        self._device = device
        self._replies = replies
        self._came: SimpleQueue[bytes | None] = SimpleQueue()
        self._torch = TorchLoading(device, lambda: self._came.put(None))
        # What changes the recogniser itself and waits for PyTorch, or behind such a request.
        self._held: deque[Message] = deque()

    @property
    def is_loading(self) -> bool:
        """Whether PyTorch is being loaded; the process must not be ended in order meanwhile."""
        return self._torch.is_running

    def run(self, requests: BinaryIO) -> int:
        """Load the network and answer requests until they end; returns the exit status."""
        from digitpad.engine.handlers import HANDLERS

        self._handlers = HANDLERS
        self._networks = Networks(OpenedNetworks(self._device))
        try:
            self._open_first()
        except DigitpadError as error:
            return self._fail(str(error))
        # What has loaded stays: looking through it for garbage, over and over, would hold an answer
        # up by several milliseconds.
        gc.freeze()
        if self._networks.is_plain and self._device == "auto" and has_torch() and may_have_gpu():
            self._begin_loading()
        Thread(target=self._listen, args=(requests,), daemon=True).start()
        reader = MessageReader()
        while (came := self._came.get()) != b"":
            try:
                if came is None:
                    self._take_over()
                    continue
                for message in reader.feed(came):
                    self._answer(message)
            except ProtocolError as error:
                return self._fail(
                    _("the recogniser was asked in a wrong form: {error}").format(error=error)
                )
        return 0

    def _listen(self, requests: BinaryIO) -> None:
        """Take what comes in, in a thread: the other may wait for PyTorch as well."""
        chunk = b"-"
        while chunk:
            try:
                chunk = requests.read(_CHUNK_BYTES)
            except (OSError, ValueError):
                chunk = b""
            self._came.put(chunk)

    def _open_first(self) -> None:
        """Open the network that the process was started for, at once with PyTorch where it takes
        that; raises DigitpadError."""
        if self._device not in ("auto", "cpu"):
            self._load_now(_("Computing on {device} needs PyTorch").format(device=self._device))
        try:
            self._reply(OPEN, 0, NETWORK, self._choice)
        except NeedsTorchError as error:
            self._load_now(str(error))
            self._reply(OPEN, 0, NETWORK, self._choice)

    def _load_now(self, what: str) -> None:
        """Have networks opened by PyTorch from the start; what: a sentence on what needs it."""
        if not has_torch():
            raise missing_torch(what)
        self._networks = Networks(self._torch.load())
        _use_one_thread()

    def _begin_loading(self) -> None:
        self._torch.begin(list(self._networks.choices.values()))

    def _take_over(self) -> None:
        """PyTorch is there, or cannot be had: what waited for it is answered."""
        if self._torch.failure is None:
            infos = self._networks.open_anew(self._torch.take())
            _use_one_thread()
            gc.freeze()
            for role, info in infos.items():
                self._send(encode(TAKEN_OVER, 0, encode_info(info), role))
        self._send(encode(GO_ON, 0))
        held, self._held = self._held, deque()
        for message in held:
            self._answer(message)

    def _answer(self, message: Message) -> None:
        row = REQUESTS.get(message.kind)
        if row is None:
            raise ProtocolError(f"no request is called {message.kind[:40]!r}")
        asked = row.decode(Fields(message.content, "a request"), message.body)
        if self._held and row.turn is Turn.AT_ONCE:
            # The window counts on these being answered in their order.
            self._held.append(message)
            return
        roles = self._networks.roles if row.of_each else (message.role,)
        for role in roles:
            # The window waits for this one: it is sent before the next network begins.
            self._try(row, message, role, asked, more=role != roles[-1])

    def _try(
        self, row: Request[Any, Any], message: Message, role: str, asked: Any, more: bool
    ) -> None:
        request = message.request
        try:
            self._reply(row, request, role, asked, more)
        except NeedsTorchError as error:
            self._put_off(row, message, error)
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

    def _put_off(self, row: Request[Any, Any], message: Message, why: NeedsTorchError) -> None:
        """A request takes PyTorch: it is met once that is there, or refused where it cannot be."""
        refusal: object = None
        if not has_torch():
            refusal = missing_torch(str(why))
        elif not self._networks.is_plain:
            refusal = self._networks.troubles.get(message.role, why)
        else:
            refusal = self._torch.failure
        if refusal is not None:
            self._refuse(message.request, message.role, str(refusal), more=False)
        else:
            self._send(encode(LATER, message.request, ({"message": str(why)}, b""), message.role))
            if row.turn is Turn.AT_ONCE:
                self._held.append(message)
            self._begin_loading()

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


def _use_one_thread() -> None:
    from digitpad.nets.devices import use_one_thread

    use_one_thread()
