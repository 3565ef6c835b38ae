"""Labelled drawings in a file: the ``digitpad-strokes`` JSON, plain or gzipped.

    {"format": "digitpad-strokes", "version": 1,
     "samples": [{"label": 7, "writer": "anna", "strokes": [[[x, y], ...], ...]}, ...]}

x grows to the right and y grows down, in any unit; a stroke runs from pen down to pen up; a point
may carry a third number, the pen's pressure in [0, 1]. A label of null marks a drawing that is no
digit.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from digitpad.core.errors import DigitpadError
from digitpad.core.files import read_limited, write_beside

FORMAT = "digitpad-strokes"
VERSION = 1
_MAX_FILE_BYTES = 64 << 20
"""Some 30,000 drawings."""
_MAX_PARSED_BYTES = 400 << 20
_MAX_STROKES = 2_000
_MAX_POINTS = 50_000
"""Half a second of drawing; the longest drawings of people have some hundreds."""
_PARSED_BYTES = {b"[": 88, b"{": 232, b",": 40, b'"': 40}
"""What each of these in the text costs at most once it is parsed: a list, a dictionary, a number,
half a text."""


@dataclass(frozen=True, eq=False)
class Sample:
    """One drawing: strokes as float32 (n, 2) or (n, 3) arrays, in any unit; label 0-9, or None
    where it is no digit."""

    label: int | None
    strokes: tuple[np.ndarray, ...]
    writer: str = ""


def read_samples(path: str | Path) -> list[Sample]:
    """All drawings of a file, in its order.

    Raises DigitpadError where the file cannot be read, is no such file, or holds a sample that is
    not as described, naming that sample. A file without samples gives an empty list.
    """
    path = Path(path)
    content = _unpacked(path, read_limited(path, _MAX_FILE_BYTES))
    # A megabyte of brackets is a hundred times as much once it is parsed.
    if sum(cost * content.count(part) for part, cost in _PARSED_BYTES.items()) > _MAX_PARSED_BYTES:
        raise DigitpadError(
            f"{path} holds more than can be read at once; split it into files of fewer drawings"
        )
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise DigitpadError(f"{path} is not a {FORMAT} file: it is not JSON") from error
    if (
        not isinstance(document, dict)
        or document.get("format") != FORMAT
        or not isinstance(document.get("samples"), list)
    ):
        raise DigitpadError(
            f'{path} is not a {FORMAT} file: it needs "format": "{FORMAT}" and a list of "samples"'
        )
    if document.get("version") != VERSION:
        found = str(document.get("version"))[:20]
        raise DigitpadError(f"{path} has version {found}; this Digitpad reads version {VERSION}")
    samples = []
    for number, entry in enumerate(document["samples"], start=1):
        try:
            samples.append(_sample(entry))
        except ValueError as error:
            raise DigitpadError(f"{path}, sample {number}: {error}") from error
    return samples


def write_samples(path: str | Path, samples: Iterable[Sample]) -> None:
    """Write drawings to a file, gzipped where its name ends in .gz. Raises DigitpadError where
    it cannot be written."""
    path = Path(path)
    entries = [
        {
            "label": sample.label,
            "writer": sample.writer,
            "strokes": [
                [[round(float(v), 3) for v in point] for point in stroke]
                for stroke in sample.strokes
            ],
        }
        for sample in samples
    ]
    content = json.dumps({"format": FORMAT, "version": VERSION, "samples": entries}).encode()
    write_beside(path, gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)


def _unpacked(path: Path, content: bytes) -> bytes:
    if content[:2] != b"\x1f\x8b":
        return content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            # A small file may unpack to terabytes; one byte past the limit is enough to know.
            unpacked = stream.read(_MAX_FILE_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DigitpadError(f"{path} is damaged: it does not unpack; get it again") from error
    if len(unpacked) > _MAX_FILE_BYTES:
        raise DigitpadError(
            f"{path} unpacks to more than the {_MAX_FILE_BYTES:,} bytes that are read"
        )
    return unpacked


def _sample(entry: object) -> Sample:
    if not isinstance(entry, dict):
        raise ValueError("it is not an object")
    label = entry.get("label")
    if label is not None and (
        isinstance(label, bool) or not isinstance(label, int) or not 0 <= label <= 9
    ):
        raise ValueError(f"its label is {str(label)[:20]!r}, not 0 to 9 or null")
    strokes = entry.get("strokes")
    if not isinstance(strokes, list) or len(strokes) > _MAX_STROKES:
        raise ValueError(f"it needs a list of at most {_MAX_STROKES:,} strokes")
    if sum(len(stroke) for stroke in strokes if isinstance(stroke, list)) > _MAX_POINTS:
        raise ValueError(f"it has more than {_MAX_POINTS:,} points")
    arrays = tuple(_stroke(stroke) for stroke in strokes if stroke != [])
    writer = entry.get("writer", "")
    return Sample(label, arrays, writer if isinstance(writer, str) else "")


def _stroke(points: object) -> np.ndarray:
    """The points of a stroke as float32 (n, 2) or (n, 3); raises ValueError for anything else, such
    as numbers written as text, which NumPy would take."""
    is_plain = isinstance(points, list) and all(
        isinstance(point, list) and all(type(number) in (int, float) for number in point)
        for point in points
    )
    if not is_plain:
        raise ValueError("a stroke is not a list of points of two or three numbers")
    try:
        with np.errstate(over="ignore"):
            array = np.asarray(points, dtype=np.float32)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError("a stroke is not a list of points of two or three numbers") from error
    if array.ndim != 2 or array.shape[1] not in (2, 3):
        raise ValueError("a stroke is not a list of points of two or three numbers")
    if not np.isfinite(array).all() or np.abs(array).max() > 1e9:
        raise ValueError("a point is not finite or far out of range")
    return array
