"""A kept drawing as a row of the collection's table, and back."""

from __future__ import annotations

import json
import time
import uuid
import zlib
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from hashlib import sha256

import numpy as np

from digitpad.core.constants import FIELD, NON_DIGIT
from digitpad.ink.drawing_fields import decode_drawing, encode_drawing
from digitpad.ink.kept_drawing import KeptDrawing, Reading
from digitpad.ink.pipeline import drawing_to_digit

VERSION = 1
SCHEMA = """
CREATE TABLE drawings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  label INTEGER,
  created REAL NOT NULL,
  answer INTEGER,
  accepted INTEGER,
  network TEXT NOT NULL,
  digit BLOB NOT NULL,
  drawing BLOB NOT NULL,
  deleted REAL,
  changed INTEGER NOT NULL
);
CREATE INDEX drawings_changed ON drawings (changed);
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
INSERT INTO counters VALUES ('changes', 0)
"""
"""drawing: the plain values of ink/drawing_fields.py as JSON, deflated; label, uid and what was
read stand beside it, and count. created, deleted: seconds since 1970. digit: 784 bytes, 255 = ink.
changed: the number of the change that touched the row last."""

COLUMNS = "id, uid, label, created, answer, accepted, network, digit, deleted, changed"
"""All but the drawing itself, which is longer than all others together."""
_MAX_DRAWING_BYTES = 32 << 20
_LAST_MOMENT = 253_402_214_400.0
"""A day before the year 10,000, where datetime ends."""


@dataclass(frozen=True, eq=False)
class Entry:
    """What the collection tells of a drawing, without its marks.

    id: its number in this collection. uid: its name anywhere. label: 0 to 9, NON_DIGIT, or None
    without one. created: when it was drawn or brought in, UTC. reading: what was read then, and by
    which weights. digit: uint8 (28, 28), 255 = ink, as a network of MNIST's kind reads it.
    is_deleted: deleted, and so not part of the collection, but can still be brought back. changed:
    the number of the change that touched it last.
    """

    id: int
    uid: str
    label: int | None
    created: datetime
    reading: Reading | None
    digit: np.ndarray
    is_deleted: bool
    changed: int

    @property
    def is_mistake(self) -> bool:
        """Whether it was read as something else than its label."""
        return KeptDrawing((), self.label, reading=self.reading).is_mistake


def row_of(kept: KeptDrawing, changed: int) -> tuple[object, ...]:
    """The columns uid to changed of a new drawing, its drawing last; raises ValueError where it is
    more than is kept of one."""
    made = kept.made or datetime.now(timezone.utc)
    content = packed(kept)
    reading = kept.reading
    return (
        kept.uid or uuid.uuid4().hex,
        kept.label,
        min(max(made.timestamp(), 0.0), _LAST_MOMENT),
        None if reading is None else reading.answer,
        None if reading is None else int(reading.accepted),
        "" if reading is None else reading.network,
        np.rint(255 * drawing_to_digit(kept.marks)).astype(np.uint8).tobytes(),
        None,
        changed,
        content,
    )


def packed(kept: KeptDrawing) -> bytes:
    """A drawing as the table holds it; raises ValueError where it is more than is kept of one."""
    return zlib.compress(json.dumps(encode_drawing(kept), separators=(",", ":")).encode(), 6)


def named_by_content(kept: KeptDrawing) -> KeptDrawing:
    """A drawing of a file that gives it no uid, named by what it is, so that the same file brings
    it in once."""
    if kept.uid:
        return kept
    content = json.dumps(encode_drawing(kept), sort_keys=True).encode()
    return replace(kept, uid=sha256(content).hexdigest()[:32])


def entry_of(row: tuple[object, ...]) -> Entry:
    """The entry of a row of COLUMNS; raises ValueError where the row is not as it should be, such
    as one that another program wrote."""
    number, uid, label, created, answer, accepted, network, digit, deleted, changed = row
    if label is not None and not (isinstance(label, int) and NON_DIGIT <= label <= 9):
        raise ValueError("its label is none")
    if not isinstance(created, float | int) or not 0 <= created <= _LAST_MOMENT:
        raise ValueError("its time is none")
    if not isinstance(digit, bytes) or len(digit) != FIELD * FIELD:
        raise ValueError("its digit is none")
    texts = isinstance(uid, str) and isinstance(network, str)
    numbers = isinstance(number, int) and isinstance(changed, int)
    if not (texts and numbers) or not isinstance(answer, int | None):
        raise ValueError("it is no row of ours")
    return Entry(
        int(str(number)),
        str(uid),
        label,
        datetime.fromtimestamp(created, timezone.utc),
        None if answer is None else Reading(answer, bool(accepted), str(network)),
        np.frombuffer(digit, np.uint8).reshape(FIELD, FIELD),
        deleted is not None,
        int(str(changed)),
    )


def drawing_of(entry: Entry, content: object) -> KeptDrawing:
    """The drawing of an entry from what packed() made; its label and reading are the entry's.
    Raises ValueError where it is not as packed() makes it."""
    if not isinstance(content, bytes):
        raise ValueError("its drawing is none")
    try:
        unpacking = zlib.decompressobj()
        text = unpacking.decompress(content, _MAX_DRAWING_BYTES)
        if not unpacking.eof:
            raise ValueError("its drawing is larger than one is, or cut off")
        kept = decode_drawing(json.loads(text))
    except (zlib.error, RecursionError) as error:
        raise ValueError("its drawing does not unpack") from error
    return replace(
        kept,
        label=entry.label,
        uid=entry.uid,
        made=kept.made or entry.created,
        reading=entry.reading,
    )


def now() -> float:
    """Seconds since 1970."""
    return time.time()
