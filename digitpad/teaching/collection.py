"""My drawings: the collection of a person's own drawings, in one file of the user's data folder.

    with Collection.open() as collection:
        entry = collection.add(KeptDrawing(marks, label=7))    # on the disk when this returns
        collection.relabel([entry.id], 1)
        collection.counts()                                     # {1: 1}
        for entry, drawing in collection.drawings():            # labelled or not, oldest first
            ...
        since = collection.changes                              # 2; grows with every change
        collection.changed_since(since)                         # [] until something changes

The file never leaves the machine. Several processes may work with it at once; what one of them
changed, the others see at their next reading (changed_elsewhere tells whether there is anything).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from digitpad.core.constants import NON_DIGIT
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.core.paths import collection_path
from digitpad.ink.kept_drawing import KeptDrawing
from digitpad.teaching.entries import (
    COLUMNS,
    SCHEMA,
    VERSION,
    Entry,
    drawing_of,
    entry_of,
    named_by_content,
    now,
    row_of,
)
from digitpad.teaching.store import Store

_Row = TypeVar("_Row")

_INSERT = (
    "INSERT INTO drawings (uid, label, created, answer, accepted, network, digit, deleted, changed,"
    " drawing) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    # One that was deleted comes back.
    " ON CONFLICT (uid) DO UPDATE SET deleted = NULL, label = excluded.label,"
    " changed = excluded.changed WHERE deleted IS NOT NULL"
)
_KEEP_DELETED_S = 30 * 86_400.0
_AT_ONCE = 500
"""SQLite takes at least 999 values in a statement."""


class Collection:
    """The drawings that were kept, of which deleted ones can be brought back for thirty days.

    Every method that reads or writes raises DigitpadError, in one line that says what to do, where
    the file cannot be read or written; nothing is changed then. One thread at a time.

    Attributes:
        path: its file. damaged_rows: how many rows the last reading left out because they are not
            as they should be.
    """

    def __init__(self, path: Path) -> None:
        """Nothing is read yet; path: the file, which is made with the first reading or writing."""
        self.path = path
        self.damaged_rows = 0
        self._store = Store(path, VERSION, SCHEMA)

    @classmethod
    def open(cls, path: Path | None = None) -> Collection:
        """The collection of a file (default: the user's own), found usable.

        A damaged file or one of a newer version was set aside, which notice tells. Raises
        DigitpadError where the file cannot be read at all.
        """
        collection = cls(path or collection_path())
        collection._store.read(lambda connection: None)
        return collection

    def __enter__(self) -> Collection:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; the next method opens it again."""
        self._store.close()

    @property
    def notice(self) -> str:
        """That a file was set aside since this collection was opened, in one line; "" else."""
        return self._store.notice

    @property
    def changes(self) -> int:
        """How many changes were ever made: what it was at one moment, changed_since takes later."""
        return self._store.read(_changes)

    def changed_elsewhere(self) -> bool:
        """Whether another window or process changed the file since this was asked last, or since
        the file was opened."""
        return self._store.changed_elsewhere()

    def add(self, drawing: KeptDrawing) -> Entry:
        """Keep a drawing; it is on the disk when this returns. Raises DigitpadError too where it is
        more than is kept of one drawing (ink/kept_drawing.py)."""
        entries = self._add([drawing])
        if not entries:
            raise DigitpadError(_("This drawing is in My drawings already"))
        return entries[0]

    def add_all(self, drawings: Iterable[KeptDrawing]) -> list[Entry]:
        """Keep several drawings, all or none; those that are there already, by their uid or where
        they have none by all that they are, are left out. Returns the new ones."""
        try:
            named = [named_by_content(drawing) for drawing in drawings]
        except ValueError as error:
            raise _cannot_keep(error) from error
        return self._add(named)

    def relabel(self, ids: Sequence[int], label: int | None) -> dict[int, int | None]:
        """Give drawings a label: 0 to 9, NON_DIGIT, or None for none. Returns the labels that they
        had, by id; what is not there is left out. Raises ValueError for another label."""
        if label is not None and not NON_DIGIT <= label <= 9:
            raise ValueError(f"a label is {NON_DIGIT} to 9 or None, not {label}")
        return self.restore_labels(dict.fromkeys(ids, label))

    def restore_labels(self, labels: dict[int, int | None]) -> dict[int, int | None]:
        """Give drawings a label each, by id, as one change. Returns those that they had."""

        def work(connection: sqlite3.Connection) -> dict[int, int | None]:
            changed, before = _next_change(connection), {}
            for number, label in labels.items():
                found = connection.execute("SELECT label FROM drawings WHERE id = ?", [number])
                if (row := found.fetchone()) is not None:
                    before[number] = row[0]
                    connection.execute(
                        "UPDATE drawings SET label = ?, changed = ? WHERE id = ?",
                        [label, changed, number],
                    )
            return before

        return self._store.write(work)

    def delete(self, ids: Sequence[int]) -> list[int]:
        """Take drawings out; restore() brings them back for thirty days. Returns the ids that were
        there."""
        return self._mark(ids, now(), "deleted IS NULL")

    def restore(self, ids: Sequence[int]) -> list[int]:
        """Bring deleted drawings back. Returns the ids that came back."""
        return self._mark(ids, None, "deleted IS NOT NULL")

    def all(self) -> list[Entry]:
        """What is in the collection, oldest first; without the marks of the drawings."""
        return self._entries("deleted IS NULL")

    def changed_since(self, changes: int) -> list[Entry]:
        """What was added, relabelled, deleted or restored after so many changes; deleted ones are
        among them, marked as such."""
        return self._entries("changed > ?", changes)

    def counts(self) -> dict[int | None, int]:
        """How many drawings have each label."""
        statement = "SELECT label, count(*) FROM drawings WHERE deleted IS NULL GROUP BY label"
        return self._store.read(lambda connection: dict(connection.execute(statement).fetchall()))

    def drawing(self, number: int) -> KeptDrawing:
        """A drawing whole, by its id. Raises DigitpadError where it is not there or damaged."""
        for _entry, drawing in self.drawings([number]):
            return drawing
        raise DigitpadError(_("This drawing is not in My drawings any more"))

    def drawings(self, ids: Sequence[int] | None = None) -> list[tuple[Entry, KeptDrawing]]:
        """Drawings whole with their entries, oldest first: all that are not deleted, or those of
        these ids, deleted or not. Damaged ones are left out, and counted in damaged_rows."""
        if ids is None:
            return self._whole("deleted IS NULL")
        found = []
        for at in range(0, len(ids), _AT_ONCE):
            part = list(ids[at : at + _AT_ONCE])
            found += self._whole(f"id IN ({', '.join('?' * len(part))})", *part)
        return found

    def _add(self, drawings: Sequence[KeptDrawing]) -> list[Entry]:
        try:
            # Drawing them takes longer than writing them: no other window waits for that.
            rows = [row_of(drawing, 0) for drawing in drawings]
        except ValueError as error:
            raise _cannot_keep(error) from error

        def work(connection: sqlite3.Connection) -> list[int]:
            changed = _next_change(connection)
            ids = []
            for uid, *values, _changed, content in rows:
                if connection.execute(_INSERT, [uid, *values, changed, content]).rowcount:
                    found = connection.execute("SELECT id FROM drawings WHERE uid = ?", [uid])
                    ids.append(int(found.fetchone()[0]))
            connection.execute("DELETE FROM drawings WHERE deleted < ?", [now() - _KEEP_DELETED_S])
            return ids

        ids = self._store.write(work) if rows else []
        return self._by_ids(ids)

    def _by_ids(self, ids: Sequence[int]) -> list[Entry]:
        found: list[Entry] = []
        for at in range(0, len(ids), _AT_ONCE):
            part = list(ids[at : at + _AT_ONCE])
            found += self._entries(f"id IN ({', '.join('?' * len(part))})", *part)
        return found

    def _mark(self, ids: Sequence[int], deleted: float | None, where: str) -> list[int]:
        def work(connection: sqlite3.Connection) -> list[int]:
            changed = _next_change(connection)
            statement = f"UPDATE drawings SET deleted = ?, changed = ? WHERE id = ? AND {where}"
            return [
                number
                for number in ids
                if connection.execute(statement, [deleted, changed, number]).rowcount
            ]

        return self._store.write(work)

    def _entries(self, where: str, *values: object) -> list[Entry]:
        statement = f"SELECT {COLUMNS} FROM drawings WHERE {where} ORDER BY created, id"
        return self._read_rows(statement, values, entry_of)

    def _whole(self, where: str, *values: object) -> list[tuple[Entry, KeptDrawing]]:
        def whole(row: tuple[object, ...]) -> tuple[Entry, KeptDrawing]:
            entry = entry_of(row[:-1])
            return entry, drawing_of(entry, row[-1])

        statement = f"SELECT {COLUMNS}, drawing FROM drawings WHERE {where} ORDER BY created, id"
        return self._read_rows(statement, values, whole)

    def _read_rows(
        self,
        statement: str,
        values: Sequence[object],
        read: Callable[[tuple[object, ...]], _Row],
    ) -> list[_Row]:
        rows = self._store.read(lambda connection: connection.execute(statement, values).fetchall())
        found, self.damaged_rows = [], 0
        for row in rows:
            try:
                found.append(read(row))
            except ValueError:
                self.damaged_rows += 1
        return found


def _changes(connection: sqlite3.Connection) -> int:
    found = connection.execute("SELECT value FROM counters WHERE name = 'changes'").fetchone()
    return int(found[0]) if found is not None else 0


def _next_change(connection: sqlite3.Connection) -> int:
    """The number of the change that begins here."""
    connection.execute("UPDATE counters SET value = value + 1 WHERE name = 'changes'")
    return _changes(connection)


def _cannot_keep(error: ValueError) -> DigitpadError:
    return DigitpadError(_("This drawing cannot be kept: {reason}").format(reason=error))
