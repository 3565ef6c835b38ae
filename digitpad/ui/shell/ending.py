"""The signals that end the window from outside: it closes as by hand, so that nothing is lost."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier

_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


class Ending(QObject):
    """Calls close when Ctrl-C in the terminal, the terminal's end or `kill` ask for the end."""

    def __init__(self, close: Callable[[], object], parent: QObject | None = None) -> None:
        """close: closes the window without asking anything."""
        super().__init__(parent)
        self._close = close
        self._came: int | None = None
        self._before: dict[int, Any] = {}
        if sys.platform == "win32":
            # Nothing but Ctrl-C comes there, and nothing can be waited on for it.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            return
        # Python hears of a signal only when it has something to do; this wakes Qt's loop.
        self._read, self._write = _pair()
        self._fd_before = signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        self._before |= {number: signal.signal(number, self._note) for number in _SIGNALS}
        self._notifier = QSocketNotifier(self._read, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._wake)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._came = number
        # Who asks twice means it.
        signal.signal(number, signal.SIG_DFL)

    def _wake(self) -> None:
        os.read(self._read, 64)
        if self._came is not None:
            self._notifier.setEnabled(False)
            self._close()

    def stop(self) -> None:
        """Leave the signals as they were, and end as the one that came ends a process."""
        if not self._before:
            return
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._fd_before)
        for number, before in self._before.items():
            signal.signal(number, before)
        os.close(self._read)
        os.close(self._write)
        if self._came is not None:
            signal.signal(self._came, signal.SIG_DFL)
            os.kill(os.getpid(), self._came)


def _pair() -> tuple[int, int]:
    """Two ends of a pipe that nobody waits on."""
    ends = os.pipe()
    for end in ends:
        os.set_blocking(end, False)
    return ends
