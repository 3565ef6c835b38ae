"""Ctrl-C and other polite ends of the process, held back while what was learnt is being saved."""

from __future__ import annotations

import contextlib
import math
import signal
import threading
import time
from collections.abc import Iterator
from types import FrameType

_ENDS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


_PATIENCE_S = 2.0
"""Within this time of one interrupt, others say the same."""


@contextlib.contextmanager
def ends_are_stops() -> Iterator[None]:
    """While it lasts, ending the process politely (SIGTERM), or its terminal (SIGHUP), is the same
    as Ctrl-C: KeyboardInterrupt is raised, once for those that come within two seconds.

    A signal that is ignored, as nohup has SIGHUP, stays ignored. Only for the main thread.
    """
    last_s = -math.inf

    def interrupt(number: int, frame: FrameType | None) -> None:
        nonlocal last_s
        if time.monotonic() - last_s > _PATIENCE_S:
            last_s = time.monotonic()
            raise KeyboardInterrupt

    handlers = {number: signal.getsignal(number) for number in _ENDS}
    before = {
        number: handler
        for number, handler in handlers.items()
        if handler not in (signal.SIG_IGN, None)
    }
    for number in before:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def ignore_ends() -> None:
    """For a process that has said all it has to say and is ending: being asked to is no news."""
    for number in _ENDS:
        signal.signal(number, signal.SIG_IGN)


@contextlib.contextmanager
def undisturbed(raise_after: bool = True) -> Iterator[None]:
    """While it lasts, no signal that would end the process politely does; KeyboardInterrupt is
    raised after it if one came, unless raise_after is False.

    Threads other than the main one are never interrupted, and it does nothing there.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    # The default of SIGTERM and SIGHUP ends the process at once: only ends_are_stops() mends that.
    handlers = {number: signal.getsignal(number) for number in _ENDS}
    before = {number: handler for number, handler in handlers.items() if callable(handler)}
    for number in before:
        signal.signal(number, lambda which, frame: came.append(which))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if came and raise_after:
        # It waited; nothing that was being saved is lost by it.
        raise KeyboardInterrupt
