"""A drawing's marks as fields and bytes, and back with everything checked."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from digitpad.engine.fields import Fields, bytes_of, floats
from digitpad.engine.messages import Content, ProtocolError
from digitpad.ink.drawing import MAX_POINTS_PER_STROKE, Mark, PlacedPicture, Stroke

MOST_MARKS = 20_000
MOST_POINTS = 1_000_000
MOST_PIXELS = 8_000_000

_PEN, _ERASER, _PICTURE = range(3)
_FARTHEST = 1e6


def encode_marks(marks: Sequence[Mark]) -> Content:
    """Marks in their order. The body holds four numbers of each (a stroke's width; a picture's
    left, top, width and height), the strokes' points, and the pictures' ink."""
    kinds, rows, columns = [], [], []
    numbers = np.zeros((len(marks), 4), np.float32)
    points, inks = [], []
    for place, mark in enumerate(marks):
        if isinstance(mark, Stroke):
            kinds.append(_ERASER if mark.erases else _PEN)
            numbers[place, 0] = mark.width
            points.append(mark.points)
            size = len(mark.points), 3
        else:
            kinds.append(_PICTURE)
            numbers[place] = mark.left, mark.top, mark.width, mark.height
            inks.append(np.ascontiguousarray(mark.ink, np.uint8).tobytes())
            size = mark.ink.shape
        rows.append(int(size[0]))
        columns.append(int(size[1]))
    fields = {"kinds": kinds, "rows": rows, "columns": columns}
    return fields, bytes_of(numbers, *points) + b"".join(inks)


def decode_marks(fields: Fields, body: bytes) -> tuple[Mark, ...]:
    """The marks again; raises ProtocolError where they are not as expected."""
    kinds = fields.integers("kinds", MOST_MARKS, 0, _PICTURE)
    rows = fields.integers("rows", MOST_MARKS, 1, MOST_PIXELS)
    columns = fields.integers("columns", MOST_MARKS, 1, MOST_PIXELS)
    if not len(kinds) == len(rows) == len(columns):
        raise fields.wrong("kinds")
    sizes = list(zip(kinds, rows, columns, strict=True))
    strokes = [size for size in sizes if size[0] != _PICTURE]
    pixels = sum(high * wide for kind, high, wide in sizes if kind == _PICTURE)
    most = max((high for _, high, _ in strokes), default=0)
    if (
        any(wide != 3 for _, _, wide in strokes)
        or most > MAX_POINTS_PER_STROKE
        or sum(high for _, high, _ in strokes) > MOST_POINTS
        or pixels > MOST_PIXELS
    ):
        raise fields.wrong("rows")
    shapes = ((len(kinds), 4), *((high, 3) for _, high, _ in strokes))
    split = 4 * sum(math.prod(shape) for shape in shapes)
    numbers, *points = floats(body[:split], shapes, "a drawing")
    if len(body) != split + pixels:
        raise ProtocolError(f"a drawing is not as expected: it has {len(body):,} bytes")
    if not _is_sound(numbers) or not all(_is_sound(line) for line in points):
        raise fields.wrong("numbers")
    left, inks = iter(points), np.frombuffer(body[split:], np.uint8)
    marks: list[Mark] = []
    for (kind, high, wide), given in zip(sizes, numbers.tolist(), strict=True):
        if kind == _PICTURE:
            ink, inks = inks[: high * wide].reshape(high, wide), inks[high * wide :]
            if min(given[2:]) <= 0:
                raise fields.wrong("numbers")
            marks.append(PlacedPicture(ink, *given))
            continue
        line = next(left)
        if not (given[0] > 0 and line[:, 2].min() >= 0 and line[:, 2].max() <= 1):
            raise fields.wrong("numbers")
        marks.append(Stroke(line, given[0], kind == _ERASER))
    return tuple(marks)


def _is_sound(numbers: npt.NDArray[np.float32]) -> bool:
    # Of NaN no comparison is true.
    return bool((np.abs(numbers) <= _FARTHEST).all())
