"""My drawings go out into a file and come in from one (digitpad-strokes)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.ink.strokes_file import read_drawings, write_drawings
from digitpad.teaching.collection import Collection
from digitpad.teaching.entries import Entry


@dataclass(frozen=True)
class BroughtIn:
    """What came of bringing files in: the new entries, and how many were there already."""

    entries: list[Entry]
    known: int


def export_drawings(collection: Collection, path: Path, ids: Sequence[int] | None = None) -> int:
    """Write the drawings of a collection, or those of these ids, whole to a file.

    It is version 2, gzipped where its name ends in .gz. Returns how many. Raises DigitpadError
    where there is none or the file cannot be written.
    """
    drawings = [drawing for _entry, drawing in collection.drawings(ids)]
    if not drawings:
        raise DigitpadError(_("there is no drawing to export; nothing was written"))
    write_drawings(path, drawings)
    return len(drawings)


def import_drawings(collection: Collection, paths: Iterable[Path]) -> BroughtIn:
    """Keep the drawings of digitpad-strokes files of either version: of all files or of none.

    Raises DigitpadError where one cannot be read or the collection not written.
    """
    drawings = [drawing for path in paths for drawing in read_drawings(path)]
    entries = collection.add_all(drawings)
    return BroughtIn(entries, len(drawings) - len(entries))
