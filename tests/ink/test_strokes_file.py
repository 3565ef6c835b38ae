from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digitpad.core.constants import NON_DIGIT
from digitpad.core.errors import DigitpadError
from digitpad.ink import strokes_file
from digitpad.ink.drawing import PlacedPicture, Stroke
from digitpad.ink.kept_drawing import KeptDrawing
from digitpad.ink.strokes_file import (
    Sample,
    read_drawings,
    read_samples,
    write_drawings,
)
from tests.support import write_samples

LINE = [[0, 0], [1, 2]]


def document(*samples: object, **changes: object) -> bytes:
    return json.dumps(
        {"format": "digitpad-strokes", "version": 1, "samples": samples, **changes}
    ).encode()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "drawings.json"


@pytest.mark.parametrize("name", ["drawings.json", "drawings.json.gz"])
def test_what_was_written_is_read_again(tmp_path, name):
    path = tmp_path / name
    strokes = (np.array([(1.5, 2), (3, -4)], np.float32), np.array([(1, 2, 0.25)], np.float32))
    write_samples(path, [Sample(7, strokes, "one"), Sample(None, strokes[:1])])
    first, second = read_samples(path)
    assert (first.label, first.writer, second.label, second.writer) == (7, "one", None, "")
    assert all(np.array_equal(a, b) for a, b in zip(first.strokes, strokes, strict=True))
    assert first.strokes[1].dtype == np.float32
    assert (path.read_bytes()[:2] == b"\x1f\x8b") == name.endswith(".gz")


def test_a_gzipped_file_is_known_by_its_content_and_written_alike_each_time(path):
    packed = path.with_suffix(".gz")
    write_drawings(packed, three_drawings())
    before = packed.read_bytes()
    path.write_bytes(before)
    assert read_drawings(path)[0].label == 7
    write_drawings(packed, three_drawings())
    assert packed.read_bytes() == before


def test_a_file_without_samples_gives_none(path):
    path.write_bytes(document())
    assert read_samples(path) == []


def test_strokes_without_points_are_left_out(path):
    path.write_bytes(document({"label": 3, "strokes": [[], LINE, []]}))
    assert len(read_samples(path)[0].strokes) == 1


@pytest.mark.parametrize(
    "content", [b"seven", b"{", b"[" * 100_000, b"\xff\xfe\x00", b'{"label": NaN']
)
def test_what_is_not_json_is_said_to_be_so(path, content):
    path.write_bytes(content)
    with pytest.raises(DigitpadError, match="it is not JSON"):
        read_samples(path)


@pytest.mark.parametrize(
    "content",
    [
        b"7",
        b"[]",
        b'{"samples": []}',
        document(format="svg"),
        document(samples={}),
        document(samples=None),
    ],
)
def test_other_json_is_refused(path, content):
    path.write_bytes(content)
    with pytest.raises(DigitpadError, match='needs "format": "digitpad-strokes"'):
        read_samples(path)


@pytest.mark.parametrize("version", [3, "1", None, ["long"] * 100_000])
def test_another_version_is_refused_in_a_short_line(path, version):
    path.write_bytes(document(version=version))
    with pytest.raises(DigitpadError, match="this Digitpad reads versions 1 and 2") as caught:
        read_samples(path)
    assert len(str(caught.value)) < 200 + len(str(path))


@pytest.mark.parametrize("label", [10, -1, "7", 7.0, True, [7], "x" * 100_000])
def test_a_label_is_0_to_9_or_null(path, label):
    path.write_bytes(document({"label": 1, "strokes": [LINE]}, {"label": label, "strokes": [LINE]}))
    with pytest.raises(DigitpadError, match="sample 2: its label is") as caught:
        read_samples(path)
    assert len(str(caught.value)) < 200 + len(str(path))


@pytest.mark.parametrize(
    "strokes",
    [
        None,
        "abc",
        {"0": LINE},
        ["abc"],
        [None],
        [{"x": 1}],
        [[1, 2]],
        [[[1]]],
        [[[1, 2, 3, 4]]],
        [[[1, 2], [1, 2, 3]]],
        [[["a", "b"]]],
        [[[None, 0]]],
        [[[1e300, 0]]],
        [[[int("1" + "0" * 400), 0]]],
        [[[2e9, 0]]],
    ],
)
def test_strokes_are_lists_of_finite_points(path, strokes):
    path.write_bytes(document({"label": 1, "strokes": strokes}))
    with pytest.raises(DigitpadError, match="sample 1: "):
        read_samples(path)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_not_finite_are_refused(path, number):
    path.write_bytes(
        document({"label": 1, "strokes": [[["here", 0]]]}).replace(b'"here"', number.encode())
    )
    with pytest.raises(DigitpadError, match="not finite"):
        read_samples(path)


@pytest.mark.parametrize("strokes", [[LINE] * 2_001, [[[0, 0]] * 200_001]])
def test_too_many_strokes_or_points_are_refused(path, strokes):
    path.write_bytes(document({"label": 1, "strokes": strokes}))
    with pytest.raises(DigitpadError, match=r"sample 1: it (needs|has)"):
        read_samples(path)


@pytest.mark.parametrize("sample", [None, 7, "x", [], {}])
def test_a_sample_is_an_object_with_strokes(path, sample):
    path.write_bytes(document(sample))
    with pytest.raises(DigitpadError, match="sample 1"):
        read_samples(path)


def test_a_file_that_unpacks_to_too_much_is_refused(path, monkeypatch):
    monkeypatch.setattr(strokes_file, "_MAX_FILE_BYTES", 10_000)
    path.write_bytes(gzip.compress(b" " * 1_000_000))
    assert path.stat().st_size < 10_000
    with pytest.raises(DigitpadError, match="unpacks to more than"):
        read_samples(path)


def test_a_file_that_is_too_large_is_refused_unread(path, monkeypatch):
    monkeypatch.setattr(strokes_file, "_MAX_FILE_BYTES", 100)
    path.write_bytes(document() + b" " * 200)
    with pytest.raises(DigitpadError, match="more than the 100 that are read"):
        read_samples(path)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_gzip_file_is_said_to_be_damaged(path, choices):
    packed = bytearray(
        gzip.compress(document(*[{"label": 1, "strokes": [LINE * 20]}] * 20), mtime=0)
    )
    at = choices.draw(st.integers(2, len(packed) - 1))
    if choices.draw(st.booleans()):
        del packed[at:]
    else:
        packed[at] ^= choices.draw(st.integers(1, 255))
    path.write_bytes(packed)
    try:
        assert len(read_samples(path)) == 20  # some bytes of the header mean nothing
    except DigitpadError as error:
        assert "damaged" in str(error)


def test_missing_empty_and_directory_are_said(path, tmp_path):
    with pytest.raises(DigitpadError, match="does not exist"):
        read_samples(path)
    path.touch()
    with pytest.raises(DigitpadError, match="is empty"):
        read_samples(path)
    with pytest.raises(DigitpadError, match="is a directory"):
        read_samples(tmp_path)
    with pytest.raises(DigitpadError, match="is a directory"):
        write_drawings(tmp_path, [])


@pytest.mark.parametrize(
    "stroke",
    [[["1", "2"]], [[True, False]], [[1, True]], [[1, None]], [["a", 1]], "ab", {"0": [1, 2]}],
)
def test_points_are_numbers_and_not_what_numpy_makes_numbers_of(path, stroke):
    path.write_bytes(document({"label": 1, "strokes": [stroke]}))
    with pytest.raises(DigitpadError, match="sample 1: a stroke is not a list of points"):
        read_samples(path)


@pytest.mark.parametrize("filling", ["[],", "{},", "0,", '"",'])
def test_a_small_packed_file_of_millions_of_parts_is_refused_unparsed(path, filling, monkeypatch):
    monkeypatch.setattr(strokes_file.json, "loads", lambda content: pytest.fail("it was parsed"))
    text = '{"format": "digitpad-strokes", "version": 1, "samples": [' + filling * 11_000_000
    path.write_bytes(gzip.compress(text.encode(), 1))
    with pytest.raises(DigitpadError, match=r"more than can be read at once|unpacks to more"):
        read_samples(path)


def test_a_drawing_of_too_many_points_is_refused(path):
    path.write_bytes(document({"label": 1, "strokes": [[[i, i % 2] for i in range(50_001)]]}))
    with pytest.raises(DigitpadError, match="more than 50,000 points"):
        read_samples(path)


def three_drawings() -> list[KeptDrawing]:
    pen, eraser = Stroke.through([(9, 9), (50, 80)], 14), Stroke.through([(9, 9)], 30, erases=True)
    picture = PlacedPicture(np.full((4, 4), 200, np.uint8), 0, 0, 40, 40)
    return [
        KeptDrawing((pen,), 7, "one"),
        KeptDrawing((pen, eraser, picture), NON_DIGIT),
        KeptDrawing((pen,)),
    ]


@pytest.mark.parametrize("name", ["drawings.json", "drawings.json.gz"])
def test_drawings_written_whole_are_read_again_whole(tmp_path, name):
    path = tmp_path / name
    write_drawings(path, three_drawings())
    first, second, third = read_drawings(path)
    assert (first.label, second.label, third.label) == (7, NON_DIGIT, None)
    assert (first.writer, first.marks[0].width, len(second.marks)) == ("one", 14, 3)
    assert (
        json.loads(gzip.decompress(path.read_bytes()) if name.endswith("z") else path.read_bytes())[
            "version"
        ]
        == 2
    )


def test_samples_of_whole_drawings_are_those_with_a_label_and_the_rest_is_told(path):
    write_drawings(path, three_drawings())
    told = []
    first, second = read_samples(path, told.append)
    assert (first.label, first.writer, second.label) == (7, "one", None)
    assert first.is_strokes_alone and not second.is_strokes_alone
    assert len(second.strokes) == 1 and len(second.marks) == 3
    assert told == [f"{path}: 1 drawing without a label is left out"]


def test_strokes_of_version_1_are_put_on_the_pad_to_be_shown_whole(path):
    path.write_bytes(document({"label": None, "strokes": [[[0, 0], [1000, 2000]]]}))
    (kept,) = read_drawings(path)
    assert kept.label == NON_DIGIT
    assert kept.is_strokes_alone
    xy = kept.marks[0].points[:, :2]
    assert xy.min() >= 0 and xy.max() <= 280


def test_nothing_is_written_where_a_drawing_could_not_be_read_again(path, monkeypatch):
    far = KeptDrawing((Stroke.through([(0, 0), (1e6, 0)]),))
    with pytest.raises(DigitpadError, match="drawing 2 cannot be kept: a point"):
        write_drawings(path, [KeptDrawing(()), far])
    monkeypatch.setattr(strokes_file, "_MAX_FILE_BYTES", 100)
    with pytest.raises(DigitpadError, match="fewer drawings"):
        write_drawings(path, three_drawings())
    assert not path.exists()


def test_a_whole_drawing_that_is_not_as_described_is_named(path):
    path.write_bytes(document({"marks": []}, {"marks": 7}, version=2))
    for read in (read_drawings, read_samples):
        with pytest.raises(DigitpadError, match="sample 2: it needs a list"):
            read(path)
