"""The process that teaches: reads requests from its standard input, writes answers to its standard
output, ends with its input. What it taught is in its memory alone until it is told to keep it."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.engine.fields import Fields
from digitpad.engine.messages import (
    REFUSED,
    Content,
    Message,
    MessageReader,
    ProtocolError,
    encode,
)
from digitpad.nets.needing_torch import has_torch, missing_torch
from digitpad.teaching.messages import (
    KEEP,
    KEPT,
    PROGRESS,
    TAUGHT,
    TEACH,
    Stage,
    TaughtAnswer,
    TeachingRequest,
    decode_keep,
    decode_request,
    encode_kept,
    encode_progress,
    encode_taught,
)

if TYPE_CHECKING:
    from digitpad.teaching.replay import Replay, ReplaySizes
    from digitpad.teaching.teacher import Outcome, Teacher

_CHUNK_BYTES = 1 << 16
_PROGRESS_S = 0.05
_NICE = 10


def serve(sizes: ReplaySizes | None = None, nice: int = _NICE) -> int:
    """Answer until the input ends; returns the exit status.

    sizes: of what is replayed. nice: how far behind the pen and the recogniser it stands.
    """
    requests = os.fdopen(os.dup(0), "rb", buffering=0)
    replies = os.fdopen(os.dup(1), "wb", buffering=0)
    # Whatever a library prints goes to standard error, since standard output belongs to messages.
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(nice)
    try:
        return TeachingServer(replies, sizes).run(requests)
    except BrokenPipeError:
        return 0


class TeachingServer:
    """Holds the network that was taught last, with what it was taught."""

    def __init__(self, replies: BinaryIO, sizes: ReplaySizes | None = None) -> None:
        """Nothing is loaded yet; replies: where answers are written, unbuffered."""
        self._replies = replies
        self._sizes = sizes
        self._replay: Replay | None = None
        self._teacher: Teacher | None = None
        self._taught_file: tuple[object, ...] | None = None
        self._outcome: Outcome | None = None
        self._told = 0.0

    def run(self, requests: BinaryIO) -> int:
        """Answer requests until they end; returns the exit status."""
        reader = MessageReader()
        while chunk := requests.read(_CHUNK_BYTES):
            try:
                for message in reader.feed(chunk):
                    self._answer(message)
            except ProtocolError as error:
                print(f"the process that teaches was asked in a wrong form: {error}")
                return 1
        return 0

    def _answer(self, message: Message) -> None:
        fields = Fields(message.content, "a request")
        try:
            if message.kind == TEACH:
                self._reply(
                    TAUGHT, message, encode_taught(self._teach(decode_request(fields), message))
                )
            elif message.kind == KEEP:
                overruled, folder = decode_keep(fields)
                self._reply(KEPT, message, encode_kept(self._keep(overruled, folder)))
            else:
                raise ProtocolError(f"no request is called {message.kind[:40]!r}")
        except DigitpadError as error:
            self._reply(REFUSED, message, ({"message": str(error)}, b""))
        except MemoryError:
            line = _("There is too little memory to teach; close other programs")
            self._reply(REFUSED, message, ({"message": line}, b""))
        except (BrokenPipeError, ProtocolError):
            raise
        except ModuleNotFoundError as error:
            from digitpad.nets.needing_torch import missing_torch

            if error.name not in ("torch", "torchvision"):
                raise
            line = str(missing_torch(_("Teaching needs PyTorch")))
            self._reply(REFUSED, message, ({"message": line}, b""))
        except Exception as error:
            # A process that draws may be killed.
            said = (str(error).strip().splitlines() or [""])[0][:300]
            line = _("The network could not be taught: {error}").format(
                error=f"{type(error).__name__}: {said}"
            )
            self._reply(REFUSED, message, ({"message": line}, b""))

    def _teach(self, asked: TeachingRequest, message: Message) -> TaughtAnswer:
        self._outcome = None
        if not has_torch():
            raise missing_torch(_("Teaching needs PyTorch"))

        def tell(stage: Stage, share: float) -> None:
            now = time.monotonic()
            if share >= 1 or now - self._told > _PROGRESS_S:
                self._told = now
                self._reply(PROGRESS, message, encode_progress(stage, share), more=True)

        tell(Stage.LOADING, 1.0)
        from digitpad.nets.devices import use_one_thread
        from digitpad.teaching.collection import Collection
        from digitpad.teaching.own_drawings import OwnDrawings
        from digitpad.teaching.recipe import TeachingRecipe
        from digitpad.teaching.replay import load_replay

        use_one_thread()
        recipe = TeachingRecipe()
        if asked.without_replay:
            recipe = recipe.without_replay()
        with Collection.open(asked.drawings) as collection:
            drawings = [drawing for _entry, drawing in collection.drawings()]
            left_out = collection.damaged_rows
        own = OwnDrawings.of(drawings, recipe)
        if self._replay is None:
            self._replay = load_replay(self._sizes, lambda share: tell(Stage.DRAWING, share))
        self._prepare(asked, self._replay, lambda share: tell(Stage.READING, share))
        assert self._teacher is not None
        started = time.perf_counter()
        outcome = self._teacher.teach(own, recipe, lambda share: tell(Stage.TEACHING, share))
        seconds = time.perf_counter() - started
        self._outcome = None if asked.without_replay else outcome
        return TaughtAnswer(outcome.table, len(own.labels), left_out, seconds)

    def _prepare(
        self, asked: TeachingRequest, replay: Replay, progress: Callable[[float], None]
    ) -> None:
        """Make the network ready, unless it is from the last time."""
        from digitpad.teaching.teacher import Teacher

        file: tuple[object, ...] = (asked.weights, asked.net)
        with contextlib.suppress(OSError):
            status = asked.weights.stat()
            file += (status.st_mtime_ns, status.st_size)
        if self._teacher is None or self._taught_file != file:
            self._teacher = None
            self._teacher = Teacher(asked.weights, replay, asked.net, progress=progress)
            self._taught_file = file

    def _keep(self, overruled: bool, folder: Path | None) -> Path:
        from digitpad.teaching.keeping import keep

        if self._teacher is None or self._outcome is None:
            raise DigitpadError(_("There is nothing to keep; teach once more"))
        return keep(self._teacher, self._outcome, overruled, folder).path

    def _reply(self, kind: str, to: Message, content: Content, more: bool = False) -> None:
        view = memoryview(encode(kind, to.request, content, more=more))
        while view:
            # A raw pipe may take less than it is offered.
            view = view[self._replies.write(view) or 0 :]
