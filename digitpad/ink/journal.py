"""What is drawn, written down as it is drawn, so that it is there after whatever ends the program.

A journal is a file that only grows (journal_records.py); each change of the drawing is one line,
handed to the system before the call that made the change returns. A kill at any moment therefore
costs at most the stroke under the pen; what the system loses with the power is what it had not yet
put on the disk, a few seconds. The process that writes a journal holds its lock.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from digitpad.core.errors import DigitpadError
from digitpad.core.file_locks import try_lock
from digitpad.core.files import free_name, why_not
from digitpad.core.languages import _
from digitpad.ink.drawing import Change, Drawing, Mark
from digitpad.ink.journal_records import (
    LONGEST_LINE,
    MarkNumbers,
    NewerVersionError,
    check_head,
    head,
    line_of,
    record_of,
)

ENDING = ".journal"
"""Of a journal whose program runs, or ended without meaning to."""
ASIDE = ".aside"
"""Of what is left of one that was damaged or could not be read."""
MOST_BYTES = 128 << 20
_COMPACT_BYTES = 4 << 20
"""A journal that grew by so much is written anew while the pen rests."""
_COMPACT_NOW_BYTES = 64 << 20


@dataclass
class Kept:
    """What a journal holds.

    drawing: with its history. document: the file that it was saved to or opened from last, "" for
    none; saved: the marks that this file holds. starts: how often a program began with the journal.
    damage: why its end could not be read; "" where all could. aside: where the whole of a damaged
    one is kept.
    """

    drawing: Drawing
    document: str = ""
    saved: tuple[Mark, ...] = ()
    starts: int = 0
    damage: str = ""
    aside: Path | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is on the pad, and nothing could be brought back onto it."""
        undo, redo = self.drawing.history
        return not (len(self.drawing) or undo or redo)


class Journal:
    """A journal that is being written.

    Attributes:
        path: of the file. is_on: whether it is still written; it ends where the disk is full, say.
    """

    def __init__(self, path: Path, stream: BinaryIO, numbers: MarkNumbers) -> None:
        """Takes a file that is open and locked, at its end; create() and take() make one."""
        self.path, self.is_on = path, True
        self._stream, self._numbers = stream, numbers
        self._size = self._compact_size = path.stat().st_size
        self._drawing: Drawing | None = None
        self._failed: Callable[[str], None] | None = None
        self._is_synced = True
        self._document = ""
        self._saved: tuple[Mark, ...] = ()

    @classmethod
    def create(cls, folder: Path) -> Journal:
        """A new journal in a folder, which is made where it is missing; raises OSError where that
        or the file cannot be written."""
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f"{os.getpid()}-", suffix=ENDING, dir=folder)
        stream = os.fdopen(handle, "r+b", buffering=0)
        try_lock(stream)
        try:
            _write_whole(stream, line_of(head()) + line_of({"do": "start"}))
        except OSError:
            stream.close()
            Path(name).unlink(missing_ok=True)
            raise
        return cls(Path(name), stream, MarkNumbers())

    @classmethod
    def take(cls, path: Path) -> tuple[Journal, Kept] | None:
        """Go on with a journal that nobody writes any more, and what it holds; None where somebody
        does. Its damaged end, if any, is cut off, once the whole is kept beside it with the ending
        ASIDE.

        Raises DigitpadError where it is no journal or too large, NewerVersionError where its
        version is newer, OSError where it cannot be read, written or kept beside it: then all that
        it held is still in it.
        """
        stream = path.open("r+b", buffering=0)
        try:
            if not try_lock(stream):
                stream.close()
                return None
            kept, numbers, whole = _read(stream, path)
            if kept.damage:
                kept.aside = _keep_beside(path)
            stream.truncate(whole)
            stream.seek(whole)
            _write_whole(stream, line_of({"do": "start"}))
        except BaseException:
            stream.close()
            raise
        journal = cls(path, stream, numbers)
        journal._document, journal._saved = kept.document, kept.saved
        return journal, kept

    def follow(self, drawing: Drawing, failed: Callable[[str], None] | None = None) -> None:
        """Write down what is done to this drawing from now on; what it holds is what the journal
        holds. failed: told why, where the file cannot be written any more."""
        self._drawing, self._failed = drawing, failed
        drawing.told = self._note

    def begin_with(self, drawing: Drawing, failed: Callable[[str], None] | None = None) -> None:
        """Write down a drawing that the journal does not hold, and follow it."""
        self._write(self._numbers.whole(drawing))
        self.follow(drawing, failed)

    def note_document(self, file: str, marks: tuple[Mark, ...]) -> None:
        """The drawing is now what this file holds; "": it is in no file."""
        self._document, self._saved = file, marks if file else ()
        self._write(_document(file))

    def _note(self, change: Change, marks: tuple[Mark, ...]) -> None:
        record: dict[str, Any] = {"do": change.value}
        if marks or change in (Change.REPLACE, Change.AMEND):
            record["marks"] = self._numbers.encode(marks)
        self._write(record)
        if self._size > _COMPACT_NOW_BYTES + self._compact_size:
            self._compact()

    def _write(self, record: dict[str, Any]) -> None:
        if not self.is_on:
            return
        line = line_of(record)
        try:
            if len(line) > LONGEST_LINE:
                raise OSError(_("the drawing is too large"))
            _write_whole(self._stream, line)
        except OSError as error:
            self._fail(error)
            return
        self._size += len(line)
        self._is_synced = False

    def _fail(self, error: OSError) -> None:
        self.is_on = False
        if self._drawing is not None:
            self._drawing.told = None
        if self._failed is not None:
            self._failed(why_not(error))

    def rest(self) -> None:
        """Nothing is drawn now: have the system put all of it on the disk, beside the event loop,
        and write a journal that has grown long anew."""
        if not self.is_on or self._is_synced:
            return
        self._is_synced = True
        if self._size > 2 * self._compact_size + _COMPACT_BYTES:
            self._compact()
        if self.is_on:
            handle = os.dup(self._stream.fileno())
            threading.Thread(target=_sync, args=(handle,), daemon=True).start()

    def _compact(self) -> None:
        """Put what the drawing is now, with its history, in place of all that led there."""
        if self._drawing is None:
            return
        records = [head(), {"do": "start"}, self._numbers.whole(self._drawing)]
        if self._document and self._saved == self._drawing.marks:
            records.append(_document(self._document))
        elif self._document:
            # What the file holds is not on the pad now: any other marks say that it has changed.
            records.append(_document(self._document) | {"has_changed": True})
        part = self.path.with_suffix(".part")
        try:
            content = b"".join(map(line_of, records))
            if max(map(len, map(line_of, records))) > LONGEST_LINE:
                raise OSError(_("the drawing is too large"))
            stream = part.open("w+b", buffering=0)
            try_lock(stream)
            _write_whole(stream, content)
            os.fsync(stream.fileno())
            if sys.platform == "win32":
                # What is open can be neither replaced nor moved there.
                stream.close()
                self._stream.close()
                part.replace(self.path)
                stream = self.path.open("r+b", buffering=0)
                try_lock(stream)
                stream.seek(len(content))
            else:
                part.replace(self.path)
                self._stream.close()
            self._stream = stream
        except OSError as error:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            self._fail(error)
            return
        self._size = self._compact_size = len(content)

    def let_go(self) -> None:
        """Write no more, and leave the file as one that nobody writes."""
        if self._drawing is not None:
            self._drawing.told = None
            self._drawing = None
        self.is_on = False
        self._stream.close()

    def discard(self) -> None:
        """Write no more, and take the file away."""
        self.let_go()
        with contextlib.suppress(OSError):
            self.path.unlink()


def read_journal(path: Path) -> Kept:
    """What a journal holds, whoever writes it; raises as Journal.take does."""
    with path.open("rb") as stream:
        return _read(stream, path)[0]


def _write_whole(stream: BinaryIO, content: bytes) -> None:
    """Write all of it; raises OSError where there is no room for all."""
    if stream.write(content) != len(content):
        raise OSError(_("the disk is full"))


def _keep_beside(path: Path) -> Path:
    """Copy a file whose end is to be cut off, and where to; raises OSError where it cannot be."""
    aside = free_name(path.with_suffix(ASIDE))
    part = aside.with_suffix(".part")
    try:
        shutil.copyfile(path, part)
        part.replace(aside)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    return aside


def _document(file: str) -> dict[str, Any]:
    return {"do": "document", "file": file}


def _sync(handle: int) -> None:
    with contextlib.suppress(OSError):
        os.fsync(handle)
    os.close(handle)


def _read(stream: BinaryIO, path: Path) -> tuple[Kept, MarkNumbers, int]:
    """What a journal holds, its marks' numbers, and how many bytes of it are whole."""
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise DigitpadError(_("{path} is larger than any journal").format(path=path))
    lines = content.splitlines(keepends=True)
    numbers = MarkNumbers()
    kept = Kept(Drawing())
    try:
        check_head(record_of(lines[0] if lines else b""))
    except NewerVersionError:
        raise
    except ValueError as error:
        raise DigitpadError(
            _("{path} is not a journal: {error}").format(path=path, error=error)
        ) from error
    whole = len(lines[0])
    for line in lines[1:]:
        try:
            _replay(record_of(line), kept, numbers)
        except (ValueError, KeyError, TypeError) as error:
            # A last line without its end is what a kill leaves: the stroke under the pen.
            if line is not lines[-1] or line.endswith(b"\n"):
                kept.damage = str(error)
            break
        whole += len(line)
    return kept, numbers, whole


def _replay(record: dict[str, Any], kept: Kept, numbers: MarkNumbers) -> None:
    """Do again what a record says was done."""
    done = record.get("do")
    if done == "start":
        kept.starts += 1
    elif done == "whole":
        kept.drawing = numbers.drawing_of(record)
    elif done == "document":
        file = record.get("file")
        if not isinstance(file, str) or "\0" in file:
            raise ValueError(_("a document is no file"))
        kept.document = file
        kept.saved = kept.drawing.marks if file and not record.get("has_changed") else ()
    else:
        _do(Change(done), numbers.decode(record.get("marks", [])), kept.drawing)


def _do(change: Change, marks: tuple[Mark, ...], drawing: Drawing) -> None:
    if change is Change.ADD:
        (mark,) = marks
        drawing.add(mark)
    elif change is Change.REPLACE:
        drawing.replace_all(marks)
    elif change is Change.AMEND:
        drawing.amend(marks)
    elif change is Change.DROP:
        drawing.drop()
    elif change is Change.CLEAR:
        drawing.clear()
    elif change is Change.UNDO:
        drawing.undo()
    else:
        drawing.redo()
