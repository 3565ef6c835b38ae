"""An SQLite file that lives through kills and power cuts, and is set aside where it can't be used.

The rollback journal, not the write-ahead log: it needs no memory shared between processes, so that
it works in a home folder on a network, and leaves one file. What a transaction wrote is on the disk
when it ends.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from digitpad.core.errors import DigitpadError
from digitpad.core.files import why_not
from digitpad.core.languages import _

_Result = TypeVar("_Result")

_BUSY_S = 10.0
"""How long another window may write until we give up."""
_DAMAGED = ("malformed", "not a database", "file is encrypted", "disk image")


class _UnusableError(Exception):
    """The file cannot be used and is to be set aside; why, as a part of its new name."""


class Store:
    """A connection to an SQLite file of one schema; one thread at a time works with it.

    The file is opened when it is first used, and again where it was moved or deleted meanwhile.

    Attributes:
        path: the file. notice: in one line, that a file was set aside and where it is; "" else.
    """

    def __init__(self, path: Path, version: int, schema: str) -> None:
        """version: of the schema, from 1 on. schema: the statements that make an empty file one of
        ours, each ended by a semicolon."""
        self.path = Path(path)
        self.notice = ""
        self._version = version
        self._schema = schema
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._seen_version = 0
        self._lock = threading.RLock()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def __del__(self) -> None:
        self.close()

    def read(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
        """What some reading gives, all of it from one moment.

        Raises DigitpadError where the file cannot be read. A damaged file is set aside, and an
        empty one read in its place.
        """
        return self._do(work, "BEGIN", _("{path} cannot be read: {reason}; {advice}"))

    def write(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
        """Do some writing, all of it or none; it is on the disk when this returns.

        Raises DigitpadError, with nothing changed, where it cannot be written: a full disk, a
        folder that may not be written to, another window that writes for too long.
        """
        return self._do(work, "BEGIN IMMEDIATE", _("{path} cannot be written: {reason}; {advice}"))

    def changed_elsewhere(self) -> bool:
        """Whether another connection, such as a second window's, changed the file since this was
        asked last or the file was opened. Raises DigitpadError as read does."""
        with self._lock:
            before = self._connection
            seen = self._seen_version
            version = self.read(_data_version)
            self._seen_version = version
            return version != seen or self._connection is not before

    def _do(
        self, work: Callable[[sqlite3.Connection], _Result], begin: str, failed: str
    ) -> _Result:
        with self._lock:
            for is_last in (False, True):
                try:
                    with self._transaction(begin) as connection:
                        return work(connection)
                except (sqlite3.Error, _UnusableError, OSError, UnicodeDecodeError) as error:
                    if is_last or not _is_unusable(error):
                        self.close()
                        raise DigitpadError(self._line(failed, error)) from error
                    self._set_aside(str(error) if isinstance(error, _UnusableError) else "damaged")
            raise AssertionError("the loop returns or raises")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        connection = self._opened()
        connection.execute(begin)
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise

    def _opened(self) -> sqlite3.Connection:
        if self._connection is not None and self._file == _identity(self.path):
            return self._connection
        self.close()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # What belongs to a person is for nobody else to read. A file that is there is not opened by
        # us: closing it would let go of the locks of all its connections.
        with contextlib.suppress(FileExistsError):
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        connection = sqlite3.connect(
            self.path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False
        )
        self._file = _identity(self.path)
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        self._seen_version = _data_version(connection)
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make an empty file one of ours; raises _UnusableError for another, sqlite3.Error for a
        damaged one."""
        connection.execute("PRAGMA trusted_schema = OFF")
        # EXTRA also waits for the folder's entry of the journal: a transaction that was told of
        # stays after a power cut.
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute("PRAGMA foreign_keys = ON")
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found > self._version:
            raise _UnusableError("newer")
        if found == self._version:
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise _UnusableError("damaged")
            return
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another window may have been faster.
            found = connection.execute("PRAGMA user_version").fetchone()[0]
            if found == 0:
                if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                    raise _UnusableError("foreign")
                for statement in self._schema.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {self._version}")
            connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise

    def _set_aside(self, why: str) -> None:
        """Give the file another name, so that an empty one takes its place; nothing is deleted. A
        file that another window has put there meanwhile stays."""
        self.close()
        if self._file is None or self._file != _identity(self.path):
            return
        moment = datetime.now().strftime("%Y%m%d-%H%M%S-%f")
        aside = self.path.with_name(f"{self.path.stem}-{why}-{moment}{self.path.suffix}")
        journal = self.path.with_name(self.path.name + "-journal")
        try:
            if journal.exists():
                # It belongs to the file, and would be taken for the new one's.
                journal.rename(aside.with_name(aside.name + "-journal"))
            self.path.rename(aside)
        except OSError as error:
            raise DigitpadError(
                self._line(_("{path} cannot be set aside: {reason}; {advice}"), error)
            ) from error
        reason = {
            "newer": _("{path} is from a newer Digitpad; it was set aside as {aside}"),
            "foreign": _("{path} was not made by Digitpad; it was set aside as {aside}"),
        }.get(why, _("{path} is damaged; it was set aside as {aside}"))
        self.notice = reason.format(path=self.path, aside=aside.name)

    def _line(self, failed: str, error: Exception) -> str:
        reason = why_not(error)
        return failed.format(path=self.path, reason=reason, advice=_advice(reason))


def _is_unusable(error: Exception) -> bool:
    # A damaged file may make SQLite say things that are no text.
    return isinstance(error, _UnusableError | UnicodeDecodeError) or (
        isinstance(error, sqlite3.DatabaseError) and any(word in str(error) for word in _DAMAGED)
    )


def _advice(reason: str) -> str:
    """What to do about an error of SQLite or of the system."""
    if "full" in reason or "No space" in reason:
        return _("free some space; nothing was lost")
    if "locked" in reason:
        return _("another program holds it; close that and try again")
    return _("check that its folder is there and may be written to; nothing was lost")


def _data_version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA data_version").fetchone()[0]
    return version


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file is at a path: its device and number; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
