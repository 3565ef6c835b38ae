"""Ctrl-C and other polite ends of the process, held back while what was learnt is being saved."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

_ENDS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


@contextlib.contextmanager
def ends_are_stops() -> Iterator[None]:
    """While it lasts, ending the process politely (SIGTERM), or its terminal (SIGHUP), is the same
    as Ctrl-C: KeyboardInterrupt is raised.

    A signal that is ignored, as nohup has SIGHUP, stays ignored. Only for the main thread.
    """
    before = {number: signal.getsignal(number) for number in _ENDS[1:]}
    for number, handler in before.items():
        if handler not in (signal.SIG_IGN, None):
            signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number, handler in before.items():
            if handler is not None:
                signal.signal(number, handler)


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


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
