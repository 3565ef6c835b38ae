"""Work that several processes share."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from typing import Any, TypeVar

from digitpad.core.processes import SafeChildren

Made = TypeVar("Made")


def in_processes(
    make: Callable[..., Made], *arguments: Sequence[Any], workers: int
) -> Iterator[Made]:
    """What map(make, *arguments) gives, in its order, made by so many processes.

    make: a function that other processes can import. workers: 1, as a single piece of work, makes
    all here, each as it is asked for; more begin with the first that is asked for. An exception of
    make is raised here, and work that has not begun then never does. No arguments give nothing.
    """
    count = len(arguments[0])
    if workers < 2 or count < 2:
        yield from map(make, *arguments)
        return
    # A forked child of a process that has torch's threads may hang; a fresh one does not.
    with SafeChildren():
        # This starts a process that keeps count of what they share.
        pool = ProcessPoolExecutor(
            min(workers, count), get_context("spawn"), initializer=_begin_work
        )
    with pool:
        try:
            # This starts all the others.
            with SafeChildren():
                made = pool.map(make, *arguments)
            yield from made
        except BaseException:
            # What has begun ends within a second or two; the rest is not begun.
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _begin_work() -> None:
    """Ctrl-C reaches every process of a terminal; the one that waits for the others decides. They
    do not outlive it: one that was killed cannot tell them, and they would wait for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
