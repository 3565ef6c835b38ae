"""What happened, in a file of the user's: a few lines a run, the home folder shortened, and nothing
of what was drawn.

The file is small and rotates. What a crash of the interpreter itself leaves (faulthandler) lies in
a file of its own until the next start, which takes it into the log.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import os
import platform
import sys
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path

from digitpad.core.file_locks import try_lock
from digitpad.core.paths import shortened, state_folder

LOGGER = logging.getLogger("digitpad")
_NAME = "digitpad.log"
_MOST_BYTES, _KEPT = 256 << 10, 2
_MOST_OF_CRASH = 32 << 10
_LINE = "%(asctime)s %(process)d %(levelname)s %(message)s"
_LONGEST_RECORD = 16 << 10


def log_file() -> Path:
    """Where the log is; it may not exist yet. Raises DigitpadError where there is no home
    folder."""
    return state_folder() / "log" / _NAME


class _Plain(logging.Formatter):
    """One record as text, without the home folder's name."""

    def format(self, record: logging.LogRecord) -> str:
        return shortened(super().format(record))[:_LONGEST_RECORD]


class _Quiet(RotatingFileHandler):
    """A log that cannot be written, as on a full disk, is no trouble of the person's."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Nothing."""


class Log:
    """The log of this process, from its start to its end.

    Attributes:
        crashes: what earlier runs left when the interpreter itself broke down, oldest first.
    """

    def __init__(self, file: Path, version: str, is_verbose: bool = False) -> None:
        """Begin to write; raises OSError where the folder cannot be made or written.

        version: Digitpad's. is_verbose: everything is told on standard error too, details included.
        """
        file.parent.mkdir(parents=True, exist_ok=True)
        self._crash_file = file.parent / f"crash-{os.getpid()}.txt"
        self._crash_stream = self._crash_file.open("wb")
        try_lock(self._crash_stream)
        faulthandler.enable(self._crash_stream)
        self._handlers: list[logging.Handler] = [
            _Quiet(file, maxBytes=_MOST_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True)
        ]
        if is_verbose and sys.stderr is not None:
            self._handlers.append(logging.StreamHandler())
        for handler in self._handlers:
            handler.setFormatter(_Plain(_LINE))
            LOGGER.addHandler(handler)
        LOGGER.setLevel(logging.DEBUG if is_verbose else logging.INFO)
        LOGGER.propagate = False
        self.crashes = _taken_crashes(file.parent, self._crash_file)
        for crash in self.crashes:
            LOGGER.error("an earlier run broke down:\n%s", crash)
        LOGGER.info("%s", versions(version))

    def end(self) -> None:
        """Say that the end was meant, and let go of the files."""
        LOGGER.info("ended")
        for handler in self._handlers:
            LOGGER.removeHandler(handler)
            handler.close()
        faulthandler.disable()
        self._crash_stream.close()
        with contextlib.suppress(OSError):
            self._crash_file.unlink()


def versions(version: str, more: Sequence[str] = ()) -> str:
    """What runs here, in a line: Digitpad of this version, Python, the system; more: others."""
    python = f"Python {platform.python_version()}"
    return ", ".join([f"Digitpad {version}", python, platform.platform(), *more])


def tail(file: Path, lines: int = 40) -> str:
    """The newest lines of a log; "" where it cannot be read."""
    try:
        with file.open("rb") as stream:
            stream.seek(max(0, file.stat().st_size - _MOST_OF_CRASH))
            held = stream.read(_MOST_OF_CRASH)
    except OSError:
        return ""
    return "\n".join(held.decode(errors="replace").splitlines()[-lines:])


def _taken_crashes(folder: Path, own: Path) -> list[str]:
    """What runs that are over left in their files, which are taken away."""
    found = []
    for path in sorted(folder.glob("crash-*.txt")):
        if path == own:
            continue
        try:
            with path.open("r+b") as stream:
                if not try_lock(stream):
                    continue
                said = stream.read(_MOST_OF_CRASH).decode(errors="replace").strip()
            path.unlink()
        except OSError:
            continue
        if said:
            found.append(said)
    return found
