"""The lines of a journal: what was done to a drawing, one change a line, so that the same changes
made again give the same drawing to the bit.

    <crc32 of what follows, 8 hex digits> <JSON>

    {"format": "digitpad-journal", "version": 1}              the first line
    {"do": "start"}                                           a program begins with it, or goes on
    {"do": "add", "marks": [{"points": "<float32 x, y, pressure in base64>", "width": 20}]}
    {"do": "replace", "marks": [0, {"picture": "<deflated bytes in base64>", "rows": 28, ...}]}
    {"do": "undo"}                                            redo, clear, drop alike
    {"do": "document", "file": "/home/anna/seven.digitpad"}   saved or opened as it is now
                                                              ("has_changed": true: as it was once)
    {"do": "whole", "marks": [...], "now": [0, 2], "undo": [[[], [0]], ...], "redo": []}

A mark that was told before is its number, counted from 0 since the start or the last "whole". A
line that a kill left half written does not match its sum, and ends what is read.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from digitpad.ink.drawing import MAX_POINTS_PER_STROKE, Drawing, Mark, PlacedPicture, Step, Stroke

FORMAT, VERSION = "digitpad-journal", 1
LONGEST_LINE = 16 << 20
_MOST_PIXELS = 1 << 24
_MOST_MARKS = 200_000
_FAR = 20_000.0
_WIDEST = 1_000.0


class NewerVersionError(ValueError):
    """A journal that this Digitpad does not know how to read."""


def line_of(record: dict[str, Any]) -> bytes:
    """A record as a line of the file."""
    text = json.dumps(record, separators=(",", ":")).encode()
    return b"%08x %s\n" % (zlib.crc32(text), text)


def record_of(line: bytes) -> dict[str, Any]:
    """The record of a line; raises ValueError where it is damaged or no record."""
    if len(line) > LONGEST_LINE or not line.endswith(b"\n") or line[8:9] != b" ":
        raise ValueError("a line is not whole")
    text = line[9:-1]
    if line[:8] != b"%08x" % zlib.crc32(text):
        raise ValueError("a line does not match its sum")
    try:
        record = json.loads(text)
    except RecursionError as error:
        raise ValueError("a line nests too deeply") from error
    if not isinstance(record, dict):
        raise ValueError("a line is no object")
    return record


def head() -> dict[str, Any]:
    """The first record."""
    return {"format": FORMAT, "version": VERSION}


def check_head(record: dict[str, Any]) -> None:
    """Raise ValueError where a first record is no journal's, NewerVersionError where it is that of
    a newer version."""
    version = record.get("version")
    if record.get("format") != FORMAT or isinstance(version, bool) or not isinstance(version, int):
        raise ValueError("it is no journal")
    if version > VERSION:
        raise NewerVersionError(f"it has version {version}")


class MarkNumbers:
    """The marks that a journal has told of, by their numbers."""

    def __init__(self) -> None:
        """None yet."""
        self.marks: list[Mark] = []
        self._numbers: dict[int, int] = {}

    def encode(self, marks: Iterable[Mark]) -> list[Any]:
        """What a line says of marks: the number of each that was told before, else all of it."""
        return [self._encode(mark) for mark in marks]

    def _encode(self, mark: Mark) -> Any:
        number = self._numbers.get(id(mark))
        if number is not None:
            return number
        self._note(mark)
        return _encode_mark(mark)

    def decode(self, said: object) -> tuple[Mark, ...]:
        """The marks of what a line says; raises ValueError where it makes no sense."""
        if not isinstance(said, list) or len(said) > _MOST_MARKS:
            raise ValueError("marks are no list, or too many")
        return tuple(self._decode(one) for one in said)

    def _decode(self, said: object) -> Mark:
        if isinstance(said, int) and not isinstance(said, bool):
            if not 0 <= said < len(self.marks):
                raise ValueError("a mark has a number that there is none of")
            return self.marks[said]
        if len(self.marks) >= _MOST_MARKS:
            raise ValueError("there are too many marks")
        mark = _decode_mark(said)
        self._note(mark)
        return mark

    def _note(self, mark: Mark) -> None:
        self._numbers[id(mark)] = len(self.marks)
        self.marks.append(mark)

    def whole(self, drawing: Drawing) -> dict[str, Any]:
        """The record of a drawing with its history, in place of all that was told before."""
        self.marks.clear()
        self._numbers.clear()
        undo, redo = drawing.history
        steps = [part for step in (*undo, *redo) for part in step]
        distinct = {id(mark): mark for part in (*steps, drawing.marks) for mark in part}
        told = self.encode(distinct.values())
        return {
            "do": "whole",
            "marks": told,
            "now": self.encode(drawing.marks),
            "undo": self._encode_steps(undo),
            "redo": self._encode_steps(redo),
        }

    def _encode_steps(self, steps: Sequence[Step]) -> list[Any]:
        return [[self.encode(taken), self.encode(put)] for taken, put in steps]

    def drawing_of(self, record: dict[str, Any]) -> Drawing:
        """The drawing of such a record; raises ValueError where it makes no sense."""
        self.marks.clear()
        self._numbers.clear()
        self.decode(record.get("marks"))
        return Drawing(
            self.decode(record.get("now")),
            self._decode_steps(record.get("undo")),
            self._decode_steps(record.get("redo")),
        )

    def _decode_steps(self, said: object) -> list[Step]:
        if not isinstance(said, list) or not all(
            isinstance(step, list) and len(step) == 2 for step in said
        ):
            raise ValueError("steps are no list of what was taken and put")
        return [(self.decode(taken), self.decode(put)) for taken, put in said]


def _encode_mark(mark: Mark) -> dict[str, Any]:
    if isinstance(mark, PlacedPicture):
        rows, columns = mark.ink.shape
        packed = zlib.compress(np.ascontiguousarray(mark.ink, np.uint8).tobytes(), 1)
        box = [mark.left, mark.top, mark.width, mark.height]
        return {
            "picture": base64.b64encode(packed).decode("ascii"),
            "rows": rows,
            "columns": columns,
            "box": [float(edge) for edge in box],
        }
    points = base64.b64encode(np.ascontiguousarray(mark.points, "<f4").tobytes())
    said: dict[str, Any] = {"points": points.decode("ascii"), "width": float(mark.width)}
    return said | ({"erases": True} if mark.erases else {})


def _decode_mark(said: object) -> Mark:
    if not isinstance(said, dict):
        raise ValueError("a mark is no object")
    if "picture" in said:
        return _decode_picture(said)
    held = _bytes(said.get("points"))
    if not held or len(held) % 12 or len(held) > 12 * MAX_POINTS_PER_STROKE:
        raise ValueError("a stroke has no points, or too many")
    points = np.frombuffer(held, "<f4").reshape(-1, 3).astype(np.float32)
    if not np.isfinite(points).all() or not np.abs(points).max() <= _FAR:
        raise ValueError("a point is not finite or far off the pad")
    width = _number(said.get("width"), _WIDEST)
    if width <= 0 or points[:, 2].min() < 0 or points[:, 2].max() > 1:
        raise ValueError("a width or a pressure is out of range")
    return Stroke(points, width, said.get("erases") is True)


def _decode_picture(said: dict[str, Any]) -> PlacedPicture:
    rows, columns, box = said.get("rows"), said.get("columns"), said.get("box")
    if not isinstance(rows, int) or not isinstance(columns, int) or min(rows, columns) < 1:
        raise ValueError("a picture has no size")
    if rows * columns > _MOST_PIXELS or not isinstance(box, list) or len(box) != 4:
        raise ValueError("a picture is too large, or has no box")
    try:
        pixels = zlib.decompressobj().decompress(_bytes(said.get("picture")), rows * columns + 1)
    except zlib.error as error:
        raise ValueError("a picture does not unpack") from error
    if len(pixels) != rows * columns:
        raise ValueError("a picture has more or fewer pixels than its rows and columns")
    left, top, width, height = (_number(edge, _FAR) for edge in box)
    if width <= 0 or height <= 0:
        raise ValueError("a picture has no size on the pad")
    return PlacedPicture(
        np.frombuffer(pixels, np.uint8).reshape(rows, columns), left, top, width, height
    )


def _bytes(said: object) -> bytes:
    if not isinstance(said, str):
        raise ValueError("what should be base64 is no text")
    try:
        return base64.b64decode(said, validate=True)
    except binascii.Error as error:
        raise ValueError("what should be base64 is none") from error


def _number(said: object, most: float) -> float:
    if isinstance(said, bool) or not isinstance(said, int | float) or not abs(said) <= most:
        raise ValueError("a number is out of range")
    if not math.isfinite(said):
        raise ValueError("a number is not finite")
    return float(said)
