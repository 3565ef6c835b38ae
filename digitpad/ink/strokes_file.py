"""Drawings in a file: the ``digitpad-strokes`` JSON, plain or gzipped.

Version 2 holds drawings whole, each as drawing_fields.py has it:

    {"format": "digitpad-strokes", "version": 2, "samples": [{"label": 7, "marks": [...]}, ...]}

Version 1, which is read for ever, holds labelled strokes alone:

    {"format": "digitpad-strokes", "version": 1,
     "samples": [{"label": 7, "writer": "anna", "strokes": [[[x, y], ...], ...]}, ...]}

In version 1 x grows to the right and y grows down, in any unit; a stroke runs from pen down to pen
up; a point may carry a third number, the pen's pressure in [0, 1]. A label of null, or none, marks
a drawing that is no digit.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from digitpad.core.constants import NON_DIGIT
from digitpad.core.errors import DigitpadError
from digitpad.core.files import read_limited, write_beside
from digitpad.core.languages import _, ngettext
from digitpad.ink.drawing import Mark, Stroke
from digitpad.ink.drawing_fields import checked_label, decode_drawing, encode_drawing
from digitpad.ink.kept_drawing import KeptDrawing, are_strokes_alone, check_marks
from digitpad.ink.placing import place
from digitpad.ink.points import checked_points

FORMAT = "digitpad-strokes"
VERSION = 1
"""Of labelled strokes alone."""
WHOLE_VERSION = 2
"""Of drawings whole."""
_MAX_FILE_BYTES = 64 << 20
"""Some 30,000 drawings."""
_MAX_PARSED_BYTES = 400 << 20
_MAX_STROKES = 2_000
_MAX_POINTS = 50_000
"""Half a second of drawing; the longest drawings of people have some hundreds."""
_PARSED_BYTES = {b"[": 88, b"{": 232, b",": 40, b'"': 40}
"""What each of these in the text costs at most once it is parsed: a list, a dictionary, a number,
half a text."""

_Read = TypeVar("_Read")


@dataclass(frozen=True, eq=False)
class Sample:
    """One labelled drawing.

    label: 0-9, or None where it is no digit. strokes: its pen strokes as float32 (n, 2) or (n, 3)
    arrays, in any unit. marks: all of it as it lies on the pad, where the file tells (version 2),
    or nothing.
    """

    label: int | None
    strokes: tuple[np.ndarray, ...]
    writer: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def is_strokes_alone(self) -> bool:
        """Whether its strokes tell all of it: it was neither erased in nor is a picture in it."""
        return are_strokes_alone(self.marks)


def read_samples(path: str | Path, tell: Callable[[str], None] | None = None) -> list[Sample]:
    """All labelled drawings of a file, in its order.

    tell: told in one line where drawings without a label are left out. Raises DigitpadError where
    the file cannot be read, is no such file, or holds a sample that is not as described, naming
    that sample. A file without samples gives an empty list.
    """
    version, entries = _entries(Path(path))
    if version == VERSION:
        return _read_each(path, entries, _sample)
    drawings = _read_each(path, entries, decode_drawing)
    labelled = [kept for kept in drawings if kept.label is not None]
    if tell is not None and len(labelled) < len(drawings):
        n = len(drawings) - len(labelled)
        tell(
            ngettext(
                "{file}: {n} drawing without a label is left out",
                "{file}: {n} drawings without a label are left out",
                n,
            ).format(file=path, n=n)
        )
    return [_as_sample(kept) for kept in labelled]


def read_drawings(path: str | Path) -> list[KeptDrawing]:
    """All drawings of a file whole, in its order, labelled or not; those of version 1 are drawn
    with the usual pen in the middle of the pad. Raises DigitpadError as read_samples does."""
    version, entries = _entries(Path(path))
    if version == VERSION:
        return _read_each(path, entries, lambda entry: _as_drawing(_sample(entry)))
    return _read_each(path, entries, decode_drawing)


def write_drawings(path: str | Path, drawings: Iterable[KeptDrawing]) -> None:
    """Write drawings whole to a file (version 2), gzipped where its name ends in .gz. Raises
    DigitpadError where it cannot be written or could not be read again; nothing is written then."""
    entries = []
    for number, kept in enumerate(drawings, start=1):
        try:
            entries.append(encode_drawing(kept))
        except ValueError as error:
            raise DigitpadError(
                _("drawing {number} cannot be kept: {reason}").format(number=number, reason=error)
            ) from error
    path = Path(path)
    held = {"format": FORMAT, "version": WHOLE_VERSION, "samples": entries}
    content = json.dumps(held, separators=(",", ":")).encode()
    if _is_too_much(content):
        raise DigitpadError(
            _("{path} would hold more than can be read again at once; write fewer drawings").format(
                path=path
            )
        )
    write_beside(path, gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)


def _is_too_much(content: bytes) -> bool:
    """Whether a text is larger than is read, or a megabyte of brackets, which is a hundred times as
    much once it is parsed."""
    parsed = sum(cost * content.count(part) for part, cost in _PARSED_BYTES.items())
    return len(content) > _MAX_FILE_BYTES or parsed > _MAX_PARSED_BYTES


def _entries(path: Path) -> tuple[int, list[object]]:
    """The version of a file and its samples as they came, unchecked."""
    content = _unpacked(path, read_limited(path, _MAX_FILE_BYTES))
    if _is_too_much(content):
        raise DigitpadError(
            _(
                "{path} holds more than can be read at once; split it into files of fewer drawings"
            ).format(path=path)
        )
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise DigitpadError(
            _("{path} is not a {format} file: it is not JSON").format(path=path, format=FORMAT)
        ) from error
    if (
        not isinstance(document, dict)
        or document.get("format") != FORMAT
        or not isinstance(document.get("samples"), list)
    ):
        raise DigitpadError(
            _(
                '{path} is not a {format} file: it needs "format": "{format}" and a list '
                'of "samples"'
            ).format(path=path, format=FORMAT)
        )
    version = document.get("version")
    if isinstance(version, bool) or version not in (VERSION, WHOLE_VERSION):
        raise DigitpadError(
            _(
                "{path} has version {version}; this Digitpad reads versions {version2} and "
                "{whole_version}; get a newer one"
            ).format(
                path=path, version=str(version)[:20], version2=VERSION, whole_version=WHOLE_VERSION
            )
        )
    return version, document["samples"]


def _read_each(
    path: str | Path, entries: Sequence[object], read: Callable[[object], _Read]
) -> list[_Read]:
    """Each entry read; raises DigitpadError, naming the first that cannot be."""
    found = []
    for number, entry in enumerate(entries, start=1):
        try:
            found.append(read(entry))
        except ValueError as error:
            raise DigitpadError(
                _("{path}, sample {number}: {error}").format(path=path, number=number, error=error)
            ) from error
    return found


def _as_sample(kept: KeptDrawing) -> Sample:
    strokes = (mark for mark in kept.marks if isinstance(mark, Stroke) and not mark.erases)
    return Sample(
        None if kept.label == NON_DIGIT else kept.label,
        tuple(stroke.points for stroke in strokes),
        kept.writer,
        kept.marks,
    )


def _as_drawing(sample: Sample) -> KeptDrawing:
    marks = tuple(Stroke.through(stroke) for stroke in place(sample.strokes))
    check_marks(marks)
    return KeptDrawing(marks, NON_DIGIT if sample.label is None else sample.label, sample.writer)


def _unpacked(path: Path, content: bytes) -> bytes:
    if content[:2] != b"\x1f\x8b":
        return content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            # A small file may unpack to terabytes; one byte past the limit is enough to know.
            unpacked = stream.read(_MAX_FILE_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DigitpadError(
            _("{path} is damaged: it does not unpack; get it again").format(path=path)
        ) from error
    if len(unpacked) > _MAX_FILE_BYTES:
        raise DigitpadError(
            _("{path} unpacks to more than the {max_file_bytes:,} bytes that are read").format(
                path=path, max_file_bytes=_MAX_FILE_BYTES
            )
        )
    return unpacked


def _sample(entry: object) -> Sample:
    if not isinstance(entry, dict):
        raise ValueError(_("it is not an object"))
    label = checked_label(entry.get("label"))
    strokes = entry.get("strokes")
    if not isinstance(strokes, list) or len(strokes) > _MAX_STROKES:
        raise ValueError(
            _("it needs a list of at most {max_strokes:,} strokes").format(max_strokes=_MAX_STROKES)
        )
    if sum(len(stroke) for stroke in strokes if isinstance(stroke, list)) > _MAX_POINTS:
        raise ValueError(_("it has more than {max_points:,} points").format(max_points=_MAX_POINTS))
    arrays = tuple(checked_points(stroke) for stroke in strokes if stroke != [])
    writer = entry.get("writer", "")
    return Sample(label, arrays, writer if isinstance(writer, str) else "")
