"""A drawing as it is kept, in plain values that JSON can hold, and back.

    {"uid": "5f0c…", "label": 7, "writer": "anna", "time": "2026-03-01T09:15:00+01:00",
     "read_as": 1, "accepted": true, "network": "9a3b…", "view": {"tool": "why"},
     "marks": [{"pen": [[x, y, pressure], ...], "width": 20},
               {"eraser": [[x, y, pressure], ...], "width": 30},
               {"picture": "<the rows' bytes, deflated, in base64>", "rows": 28, "columns": 28,
                "box": [left, top, width, height]}]}

All but the marks may be missing. x, y, widths and boxes are in pad units of 280 a side; pixels are
0 for paper and 255 for ink. A label of null is a drawing that is no digit; without "label" nothing
is said of it.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
import zlib
from collections.abc import Mapping
from datetime import datetime, timezone
from types import MappingProxyType

import numpy as np

from digitpad.core.constants import NON_DIGIT
from digitpad.core.languages import _
from digitpad.ink.drawing import Mark, PlacedPicture, Stroke
from digitpad.ink.kept_drawing import (
    MAX_MARKS,
    MAX_PICTURE_SIDE,
    MAX_POINTS,
    KeptDrawing,
    Reading,
    ViewValue,
    check_marks,
)
from digitpad.ink.points import checked_points

_MOST_CLASSES = 1_000
_LONGEST_WRITER = 200
_MOST_IN_VIEW = 50
_LONGEST_IN_VIEW = 500
_NAME = re.compile(r"[\w.-]{0,64}", re.ASCII)


def encode_drawing(kept: KeptDrawing) -> dict[str, object]:
    """The plain values of a drawing; raises ValueError where it is more than can be read again."""
    check_marks(kept.marks)
    entry: dict[str, object] = {}
    if kept.uid:
        entry["uid"] = kept.uid
    if kept.label is not None:
        entry["label"] = None if kept.label == NON_DIGIT else kept.label
    if kept.writer:
        entry["writer"] = kept.writer
    if kept.made is not None:
        entry["time"] = kept.made.isoformat(timespec="seconds")
    if kept.reading is not None:
        entry["read_as"] = kept.reading.answer
        entry["accepted"] = kept.reading.accepted
        if kept.reading.network:
            entry["network"] = kept.reading.network
    if kept.view:
        entry["view"] = dict(kept.view)
    entry["marks"] = [_encode_mark(mark) for mark in kept.marks]
    return entry


def decode_drawing(entry: object) -> KeptDrawing:
    """The drawing of plain values from outside; raises ValueError, saying what is wrong, where they
    are not as described."""
    if not isinstance(entry, dict):
        raise ValueError(_("it is not an object"))
    label = checked_label(entry["label"]) if "label" in entry else None
    if "label" in entry and label is None:
        label = NON_DIGIT
    marks = entry.get("marks")
    if not isinstance(marks, list) or len(marks) > MAX_MARKS:
        raise ValueError(
            _("it needs a list of at most {max_marks:,} marks").format(max_marks=MAX_MARKS)
        )
    if sum(len(points) for mark in marks for points in _lists(mark)) > MAX_POINTS:
        raise ValueError(_("it has more than {max_points:,} points").format(max_points=MAX_POINTS))
    decoded = tuple(_decode_mark(mark) for mark in marks)
    check_marks(decoded)
    return KeptDrawing(
        decoded,
        label,
        _text(entry, "writer", _LONGEST_WRITER),
        _time(entry.get("time")),
        _reading(entry),
        _view(entry.get("view", {})),
        _name(entry, "uid"),
    )


def checked_label(label: object) -> int | None:
    """0 to 9, or None for null; raises ValueError for anything else."""
    if label is not None and (
        isinstance(label, bool) or not isinstance(label, int) or not 0 <= label <= 9
    ):
        raise ValueError(
            _("its label is {label!r}, not 0 to 9 or null").format(label=str(label)[:20])
        )
    return label


def _encode_mark(mark: Mark) -> dict[str, object]:
    if isinstance(mark, PlacedPicture):
        rows, columns = mark.ink.shape
        packed = zlib.compress(np.ascontiguousarray(mark.ink, np.uint8).tobytes(), 9)
        return {
            "picture": base64.b64encode(packed).decode("ascii"),
            "rows": rows,
            "columns": columns,
            "box": [float(edge) for edge in (mark.left, mark.top, mark.width, mark.height)],
        }
    # A float32 as text is the shortest that gives the same again.
    texts = mark.points.astype(np.float32).astype(np.str_)
    points = [[float(number) for number in point] for point in texts.tolist()]
    return {"eraser" if mark.erases else "pen": points, "width": float(mark.width)}


def _decode_mark(mark: object) -> Mark:
    kinds = [
        kind for kind in ("pen", "eraser", "picture") if isinstance(mark, dict) and kind in mark
    ]
    if not isinstance(mark, dict) or len(kinds) != 1:
        raise ValueError(_("a mark is none of pen, eraser and picture"))
    if kinds == ["picture"]:
        return _decode_picture(mark)
    points = checked_points(mark[kinds[0]])
    if len(points) == 0:
        raise ValueError(_("a stroke has no point"))
    width = _number(mark.get("width"), "width")
    return Stroke.through(points, width, kinds == ["eraser"])


def _decode_picture(mark: Mapping[str, object]) -> PlacedPicture:
    rows, columns = (
        _whole(mark.get(name), 1, MAX_PICTURE_SIDE, name) for name in ("rows", "columns")
    )
    text, box = mark["picture"], mark.get("box")
    if not isinstance(text, str) or len(text) > 2 * MAX_PICTURE_SIDE**2:
        raise ValueError(_("a picture is not text of a sensible length"))
    try:
        unpacking = zlib.decompressobj()
        pixels = unpacking.decompress(base64.b64decode(text, validate=True), rows * columns + 1)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise ValueError(_("a picture does not unpack")) from error
    if len(pixels) != rows * columns:
        raise ValueError(_("a picture has more or fewer pixels than its rows and columns"))
    if not isinstance(box, list) or len(box) != 4:
        raise ValueError(_("a picture needs a box of four numbers"))
    left, top, width, height = (_number(edge, "box") for edge in box)
    ink = np.frombuffer(pixels, np.uint8).reshape(rows, columns)
    return PlacedPicture(ink, left, top, width, height)


def _lists(mark: object) -> list[list[object]]:
    """The lists of points of a mark as it came."""
    if not isinstance(mark, dict):
        return []
    found = (mark.get(kind) for kind in ("pen", "eraser"))
    return [points for points in found if isinstance(points, list)]


def _number(value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e9:
        raise ValueError(_("a mark's {name} is not a number that makes sense").format(name=name))
    return float(value)


def _whole(value: object, least: int, most: int, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(
            _("{name} is {value!r}, not {least} to {most}").format(
                name=name, value=str(value)[:20], least=least, most=most
            )
        )
    return value


def _text(entry: Mapping[str, object], name: str, longest: int) -> str:
    value = entry.get(name, "")
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError(
            _("{name} is not a text of at most {longest} letters").format(
                name=name, longest=longest
            )
        )
    return value


def _name(entry: Mapping[str, object], name: str) -> str:
    value = entry.get(name, "")
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise ValueError(
            _("{name} is not a name of at most 64 letters, digits, points and hyphens").format(
                name=name
            )
        )
    return value


def _time(value: object) -> datetime | None:
    if value is None:
        return None
    try:
        if not isinstance(value, str) or len(value) > 40:
            raise ValueError
        made = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError as error:
        raise ValueError(_("time is not a date and time as 2026-03-01T09:15:00+01:00")) from error
    return made if made.tzinfo is not None else made.replace(tzinfo=timezone.utc)


def _reading(entry: Mapping[str, object]) -> Reading | None:
    if "read_as" not in entry:
        return None
    answer = _whole(entry["read_as"], 0, _MOST_CLASSES - 1, "read_as")
    accepted = entry.get("accepted", True)
    if not isinstance(accepted, bool):
        raise ValueError(_("accepted is not true or false"))
    return Reading(answer, accepted, _name(entry, "network"))


def _view(value: object) -> Mapping[str, ViewValue]:
    if not isinstance(value, dict) or len(value) > _MOST_IN_VIEW:
        raise ValueError(
            _("view is not an object of at most {most_in_view} values").format(
                most_in_view=_MOST_IN_VIEW
            )
        )
    for name, one in value.items():
        is_short = not isinstance(one, str) or len(one) <= _LONGEST_IN_VIEW
        if not _NAME.fullmatch(name) or not isinstance(one, ViewValue) or not is_short:
            raise ValueError(_("view holds what is no short text and no number"))
        if isinstance(one, int | float) and not (abs(one) < 2**53 and math.isfinite(one)):
            raise ValueError(_("view holds a number out of range"))
    return MappingProxyType(value)
