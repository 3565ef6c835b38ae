"""My drawings, read and written in a thread beside the window."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from digitpad.core.errors import DigitpadError
from digitpad.core.files import digest_of

if TYPE_CHECKING:
    from digitpad.teaching.collection import Collection
    from digitpad.teaching.entries import Entry

DoneT = TypeVar("DoneT")

POLL_MS = 1_000


@dataclass(eq=False)
class _Told:
    """What a piece of work gave, and the changes that it saw in the collection."""

    tell: Callable[[], None]
    notice: str
    changes: int | None
    changed: list[Entry]


class DrawingsKeeper(QObject):
    """Works with the collection of My drawings, one piece of work after the other; the window never
    waits for a disk. What another window or process changes is seen while this is watched.

    Attributes:
        path: of the collection; None for the person's own.
        entries: what is in the collection, by id, as far as it was watched; empty before.
        is_loaded: whether entries are there.

    Signals:
        changed (): entries is not what it was.
        said (str): in one line, that a file was set aside, or that it cannot be read.
    """

    changed = Signal()
    said = Signal(str)
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None, path: Path | None = None) -> None:
        """No file is touched before there is work. path: of the collection; the person's own
        where none is given."""
        super().__init__(parent)
        self.entries: dict[int, Entry] = {}
        self.is_loaded = False
        self.path = path
        self._pool: ThreadPoolExecutor | None = None
        self._collection: Collection | None = None
        self._is_watched = self._is_stopped = False
        self._changes: int | None = None
        self._waiting = 0
        self._told_notice = self._told_trouble = ""
        self._digests: dict[tuple[str, int, int], str] = {}
        self._poll_timer = QTimer(self, interval=POLL_MS)
        self._poll_timer.timeout.connect(self._poll)
        self._ended.connect(self._take)

    def do(
        self,
        work: Callable[[Collection], DoneT],
        done: Callable[[DoneT], None] | None = None,
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Have work done with the collection, in the thread. done: takes what it gives, once it is
        on the disk; failed: the line of its DigitpadError, which is said() where there is none."""
        if self._is_stopped:
            return
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, "drawings")
        self._waiting += 1
        future = self._pool.submit(self._work, work, done, failed or self.said.emit)
        future.add_done_callback(self._report)

    @property
    def is_working(self) -> bool:
        """Whether something is under way."""
        return self._waiting > 0

    def watch(self) -> None:
        """Load entries, and follow from now on what changes them."""
        if not self._is_watched:
            self._is_watched = True
            self._poll_timer.start()
            self.do(lambda collection: None, failed=self._say_once)

    def unwatch(self) -> None:
        """Follow no more; entries stay."""
        self._is_watched = False
        self._poll_timer.stop()

    def digest(self, weights: Path) -> str:
        """Which weights a file holds; "" where it cannot be read. For work in the thread alone:
        reading it takes a moment."""
        try:
            found = weights.stat()
            key = str(weights), found.st_mtime_ns, found.st_size
            if key not in self._digests:
                self._digests[key] = digest_of(weights)
            return self._digests[key]
        except (OSError, DigitpadError):
            return ""

    def stop(self) -> None:
        """Do what was asked for, and nothing after it."""
        self.unwatch()
        self._is_stopped = True
        if self._pool is not None:
            self._pool.shutdown(wait=True)
            self._pool = None
        if self._collection is not None:
            self._collection.close()

    # In the thread.

    def _work(
        self,
        work: Callable[[Collection], Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[str], None],
    ) -> _Told:
        if self._collection is None:
            # Here, so that the window opens sooner.
            from digitpad.core.paths import collection_path
            from digitpad.teaching.collection import Collection

            try:
                self._collection = Collection(self.path or collection_path())
            except DigitpadError as error:
                return _Told(partial(failed, str(error)), "", None, [])
        collection = self._collection
        try:
            result = work(collection)
            tell = partial(done, result) if done is not None else _nothing
        except DigitpadError as error:
            tell = partial(failed, str(error))
        changes = self._changes
        changed: list[Entry] = []
        if self._is_watched:
            try:
                changes, changed = self._seen(collection)
            except DigitpadError as error:
                tell = tell if tell is not _nothing else partial(failed, str(error))
        return _Told(tell, collection.notice, changes, changed)

    def _seen(self, collection: Collection) -> tuple[int, list[Entry]]:
        """What has changed since it was looked at last, and up to which change."""
        changes = collection.changes
        if self._changes is None or changes < self._changes:
            # At first, and where the file is another.
            return changes, collection.all()
        return changes, collection.changed_since(self._changes) if changes > self._changes else []

    def _report(self, future: Future[_Told]) -> None:
        self._ended.emit(future)

    # In the window's thread.

    def _take(self, future: Future[_Told]) -> None:
        self._waiting -= 1
        told = future.result()
        if told.changes is not None:
            self._merge(told.changes, told.changed)
        if told.notice != self._told_notice:
            self._told_notice = told.notice
            self.said.emit(told.notice)
        told.tell()

    def _merge(self, changes: int, changed: list[Entry]) -> None:
        if not self._is_watched:
            return
        is_new = self._changes is None or changes < self._changes
        if is_new:
            self.entries = {}
        self._changes = changes if is_new else max(changes, self._changes or 0)
        for entry in changed:
            if entry.is_deleted:
                self.entries.pop(entry.id, None)
            else:
                self.entries[entry.id] = entry
        if is_new or changed:
            self.is_loaded = True
            self.changed.emit()

    def _poll(self) -> None:
        if not self.is_working:
            self.do(lambda collection: None, failed=self._say_once)

    def _say_once(self, line: str) -> None:
        """What fails again and again while it is watched is said once."""
        if line != self._told_trouble:
            self._told_trouble = line
            self.said.emit(line)


def _nothing() -> None:
    """Nobody waits for it."""
