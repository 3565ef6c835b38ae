from __future__ import annotations

import base64
import json
import zlib
from datetime import datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.core.constants import NON_DIGIT
from digitpad.ink import kept_drawing
from digitpad.ink.drawing import PlacedPicture, Stroke
from digitpad.ink.drawing_fields import decode_drawing, encode_drawing
from digitpad.ink.kept_drawing import KeptDrawing, Reading
from digitpad.ink.rasterize import rasterize

PICTURE = {
    "picture": base64.b64encode(zlib.compress(bytes(6))).decode(),
    "rows": 2,
    "columns": 3,
    "box": [0, 0, 30, 20],
}
LARGE = {
    "picture": base64.b64encode(zlib.compress(bytes(1 << 20))).decode(),
    "rows": 1024,
    "columns": 1024,
    "box": [0, 0, 30, 20],
}
PEN = {"pen": [[10, 20, 0.5], [30, 40, 0.75]], "width": 20}
EASTER = datetime(2026, 4, 5, 9, 30, 15, tzinfo=timezone(timedelta(hours=2)))


def a_drawing() -> KeptDrawing:
    rng = np.random.default_rng(0)
    points = np.column_stack([rng.uniform(-40, 320, (30, 2)), rng.uniform(0, 1, 30)])
    marks = (
        Stroke.through(points, 17.3),
        Stroke.through(points[:5], 30.0, erases=True),
        PlacedPicture(rng.integers(0, 256, (28, 20)).astype(np.uint8), 1.5, -2.0, 90.0, 126.25),
        Stroke.through([(140.1, 60.7)]),
    )
    return KeptDrawing(
        marks, 7, "anna", EASTER, Reading(1, False, "9a3b"), {"tool": "why", "step": 3}, "5f-0c"
    )


def test_a_drawing_comes_back_whole_and_gives_the_same_ink_to_the_bit():
    kept = a_drawing()
    again = decode_drawing(json.loads(json.dumps(encode_drawing(kept))))
    assert np.array_equal(rasterize(again.marks), rasterize(kept.marks))
    assert [type(mark) for mark in again.marks] == [type(mark) for mark in kept.marks]
    for name in ("label", "writer", "made", "reading", "view", "uid"):
        assert getattr(again, name) == getattr(kept, name), name


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(*[st.floats(-20_000, 20_000, width=32)] * 2), min_size=1, max_size=8))
def test_points_come_back_to_the_bit(points):
    stroke = Stroke.through(points)
    (again,) = decode_drawing(encode_drawing(KeptDrawing((stroke,)))).marks
    assert isinstance(again, Stroke)
    assert np.array_equal(again.points, stroke.points)


@pytest.mark.parametrize("label", [None, NON_DIGIT, 0, 9])
def test_no_label_and_no_digit_are_told_apart(label):
    entry = encode_drawing(KeptDrawing((), label))
    assert ("label" in entry) == (label is not None)
    assert decode_drawing(json.loads(json.dumps(entry))).label == label


@pytest.mark.parametrize(
    ("label", "reading", "is_mistake"),
    [
        (7, Reading(7), False),
        (7, Reading(1), True),
        (7, Reading(7, accepted=False), True),
        (NON_DIGIT, Reading(7, accepted=False), False),
        (NON_DIGIT, Reading(7), True),
        (None, Reading(7), False),
        (7, None, False),
    ],
)
def test_a_mistake_is_what_was_read_otherwise_than_labelled(label, reading, is_mistake):
    assert KeptDrawing((), label, reading=reading).is_mistake is is_mistake


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"label": 10}, "label"),
        ({"label": True}, "label"),
        ({"marks": None}, "list of at most"),
        ({"marks": {}}, "list of at most"),
        ({"marks": [PEN] * 5_001}, "list of at most"),
        ({"marks": [{"pen": [[0, 0, 0.5]] * 200_001, "width": 20}]}, "more than 200,000 points"),
        ({"marks": [7]}, "none of pen"),
        ({"marks": [{"pencil": []}]}, "none of pen"),
        ({"marks": [{**PEN, "eraser": [[0, 0, 1]]}]}, "none of pen"),
        ({"marks": [{"pen": [], "width": 20}]}, "no point"),
        ({"marks": [{"pen": [["1", 2, 3]], "width": 20}]}, "list of points"),
        ({"marks": [{"pen": [[0, 0, 1]]}]}, "width"),
        ({"marks": [{"pen": [[0, 0, 1]], "width": 0}]}, "width"),
        ({"marks": [{"pen": [[0, 0, 1]], "width": 1e8}]}, "width"),
        ({"marks": [{"pen": [[0, 0, 1]], "width": True}]}, "width"),
        ({"marks": [{"pen": [[3e4, 0, 1]], "width": 20}]}, "far off"),
        ({"marks": [{"pen": [[-2e4, 0], [2e4, 0]] * 500, "width": 200}]}, "too long"),
        ({"marks": [{**PICTURE, "rows": 3}]}, "more or fewer pixels"),
        ({"marks": [{**PICTURE, "rows": 0}]}, "rows"),
        ({"marks": [{**PICTURE, "rows": 10**9}]}, "rows"),
        ({"marks": [{**PICTURE, "picture": "?"}]}, "unpack"),
        ({"marks": [{**PICTURE, "picture": "AAAA"}]}, "unpack"),
        ({"marks": [{**PICTURE, "picture": 7}]}, "not text"),
        ({"marks": [{**PICTURE, "box": [0, 0, 0, 9]}]}, "no size"),
        ({"marks": [{**PICTURE, "box": [0, 0, 9]}]}, "box"),
        ({"marks": [{**PICTURE, "box": [0, 0, 9, "9"]}]}, "box"),
        ({"marks": [{**PICTURE, "box": [1e6, 0, 9, 9]}]}, "far off"),
        ({"marks": [PICTURE] * 65}, "more than 64 pictures"),
        ({"marks": [LARGE] * 5}, "more than 4,194,304 pixels"),
        ({"marks": [{"pen": [[140, 140]] * 200_000, "width": 60}]}, "too long"),
        ({"writer": 7}, "writer"),
        ({"writer": "x" * 201}, "writer"),
        ({"uid": "../x"}, "uid"),
        ({"time": "yesterday"}, "time"),
        ({"time": 7}, "time"),
        ({"read_as": -1}, "read_as"),
        ({"read_as": 7, "accepted": 1}, "accepted"),
        ({"read_as": 7, "network": "a b"}, "network"),
        ({"view": []}, "view"),
        ({"view": {"a": []}}, "view"),
        ({"view": {"a": "x" * 501}}, "view"),
        ({"view": {"a": 1e300}}, "view"),
        ({"view": {str(i): i for i in range(51)}}, "view"),
    ],
)
def test_what_is_not_as_described_is_refused_with_its_reason(changes, reason):
    with pytest.raises(ValueError, match=reason) as caught:
        decode_drawing({"marks": [PEN], **changes})
    assert len(str(caught.value)) < 120


@pytest.mark.parametrize("entry", [None, 7, [], "x"])
def test_a_drawing_is_an_object(entry):
    with pytest.raises(ValueError, match="not an object"):
        decode_drawing(entry)


def test_a_picture_that_unpacks_to_more_than_it_says_is_not_unpacked():
    bomb = base64.b64encode(zlib.compress(bytes(30_000_000))).decode()
    with pytest.raises(ValueError, match="more or fewer pixels"):
        decode_drawing({"marks": [{**PICTURE, "picture": bomb}]})


def test_what_could_not_be_read_again_is_not_written(monkeypatch):
    monkeypatch.setattr(kept_drawing, "MAX_POINTS", 3)
    with pytest.raises(ValueError, match="more than 3 points"):
        encode_drawing(KeptDrawing((Stroke.through([(0, 0)] * 4),)))


def test_a_time_without_a_zone_is_taken_for_utc():
    made = decode_drawing({"marks": [], "time": "2026-04-05T09:30:15"}).made
    assert made == datetime(2026, 4, 5, 9, 30, 15, tzinfo=timezone.utc)
    assert decode_drawing({"marks": [], "time": "2026-04-05T09:30:15Z"}).made == made
