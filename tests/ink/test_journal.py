from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.core.errors import DigitpadError
from digitpad.ink import journal as journal_module
from digitpad.ink.drawing import Drawing, Mark, PlacedPicture, Stroke
from digitpad.ink.journal import ASIDE, Journal, Kept, read_journal
from digitpad.ink.journal_records import NewerVersionError, head, line_of, record_of
from tests.support import full_disk

PICTURE = PlacedPicture.fitted(np.arange(12, dtype=np.uint8).reshape(3, 4))


def stroke(seed: int, erases: bool = False) -> Stroke:
    points = np.random.default_rng(seed).uniform(0, 1, (3 + seed % 4, 3))
    return Stroke.through(points * [280, 280, 1], 10 + seed, erases)


def same(one: Mark, other: Mark) -> bool:
    if isinstance(one, PlacedPicture) or isinstance(other, PlacedPicture):
        assert isinstance(one, PlacedPicture) and isinstance(other, PlacedPicture)
        box = (one.left, one.top, one.width, one.height)
        return np.array_equal(one.ink, other.ink) and box == (
            other.left,
            other.top,
            other.width,
            other.height,
        )
    return one.points.tobytes() == other.points.tobytes() and (one.width, one.erases) == (
        other.width,
        other.erases,
    )


def alike(one: Drawing, other: Drawing) -> bool:
    """Whether two drawings have the same marks and the same history, to the bit."""

    def flat(drawing: Drawing) -> list:
        undo, redo = drawing.history
        return [drawing.marks, *(part for step in (*undo, *redo) for part in step)]

    ours, theirs = flat(one), flat(other)
    shapes = [len(part) for part in ours] == [len(part) for part in theirs]
    return shapes and all(
        same(a, b) for p, q in zip(ours, theirs, strict=True) for a, b in zip(p, q, strict=True)
    )


CHANGES: dict[str, Callable[[Drawing, int], object]] = {
    "add": lambda drawing, n: drawing.add(stroke(n)),
    "erase": lambda drawing, n: drawing.add(stroke(n, erases=True)),
    "replace": lambda drawing, n: drawing.replace_all([PICTURE, stroke(n)]),
    "part": lambda drawing, n: drawing.replace_all(drawing.marks[n % 3 :]),
    "amend": lambda drawing, n: drawing.amend([stroke(n)]),
    "drop": lambda drawing, n: drawing.drop(),
    "clear": lambda drawing, n: drawing.clear(),
    "undo": lambda drawing, n: drawing.undo(),
    "redo": lambda drawing, n: drawing.redo(),
}


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 20)), max_size=25))
def test_what_was_done_is_there_again_with_its_history(tmp_path_factory, changes):
    journal = Journal.create(tmp_path_factory.mktemp("journal"))
    drawing = Drawing()
    journal.follow(drawing)
    for number, (change, n) in enumerate(changes):
        CHANGES[change](drawing, n)
        if number == 12:
            journal._compact()
    assert alike(read_journal(journal.path).drawing, drawing)
    journal.let_go()


@pytest.fixture
def journal(tmp_path: Path):
    journal = Journal.create(tmp_path / "journals")
    yield journal
    journal.let_go()


def drawn(journal: Journal, count: int = 3) -> Drawing:
    drawing = Drawing()
    journal.follow(drawing)
    for number in range(count):
        drawing.add(stroke(number))
    return drawing


def taken(path: Path) -> Kept:
    got = Journal.take(path)
    assert got is not None
    got[0].let_go()
    return got[1]


def test_a_stroke_costs_a_few_kilobytes(journal):
    drawing = drawn(journal, 0)
    before = journal.path.stat().st_size
    drawing.add(Stroke.through(np.random.default_rng(0).uniform(0, 280, (150, 2))))
    assert journal.path.stat().st_size - before < 3_000


def test_a_journal_that_is_written_is_not_taken_and_one_that_is_not_goes_on(journal):
    drawing = drawn(journal)
    assert Journal.take(journal.path) is None
    journal.let_go()
    got = Journal.take(journal.path)
    assert got is not None
    again, kept = got
    assert kept.starts == 1 and alike(kept.drawing, drawing)
    again.follow(kept.drawing)
    kept.drawing.undo()
    kept.drawing.add(stroke(9))
    again.let_go()
    later = taken(journal.path)
    assert later.starts == 2 and alike(later.drawing, kept.drawing)


@pytest.mark.parametrize("lost", [1, 40])
def test_what_a_kill_left_half_written_costs_the_last_change_alone(journal, lost):
    drawing = drawn(journal)
    journal.let_go()
    content = journal.path.read_bytes()
    journal.path.write_bytes(content[:-lost])
    kept = taken(journal.path)
    assert len(kept.drawing) == 2 and kept.damage == ""
    assert same(kept.drawing.marks[1], drawing.marks[1])
    assert not journal.path.with_suffix(ASIDE).exists()


def test_damage_is_told_what_came_before_is_there_and_the_file_is_kept_aside(journal):
    drawn(journal)
    journal.let_go()
    content = bytearray(journal.path.read_bytes())
    content[-150] ^= 1
    journal.path.write_bytes(content)
    kept = taken(journal.path)
    assert 0 < len(kept.drawing) < 3 and kept.damage
    assert journal.path.with_suffix(ASIDE).read_bytes() == content
    assert taken(journal.path).damage == ""


def test_a_second_damage_leaves_what_was_kept_of_the_first(journal):
    drawn(journal)
    journal.let_go()
    asides = []
    for at in (-150, -30):
        content = bytearray(journal.path.read_bytes())
        content[at] ^= 1
        journal.path.write_bytes(content)
        asides.append((taken(journal.path).aside, bytes(content)))
    assert len({aside for aside, _ in asides}) == 2
    assert all(aside.read_bytes() == content for aside, content in asides)


def test_what_cannot_be_kept_aside_is_left_as_it_is(journal):
    drawn(journal)
    journal.let_go()
    content = bytearray(journal.path.read_bytes())
    content[-150] ^= 1
    journal.path.write_bytes(content)
    with full_disk(), pytest.raises(OSError):
        Journal.take(journal.path)
    assert journal.path.read_bytes() == content
    assert [path.name for path in journal.path.parent.iterdir()] == [journal.path.name]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", DigitpadError),
        (b"\0" * 5_000, DigitpadError),
        (line_of({"format": "else", "version": 1}), DigitpadError),
        (line_of(head() | {"version": 2}), NewerVersionError),
        (line_of(head() | {"version": True}), DigitpadError),
        (b"00000000 {}\n", DigitpadError),
    ],
)
def test_what_is_no_journal_is_refused(tmp_path, content, error):
    path = tmp_path / "one.journal"
    path.write_bytes(content)
    with pytest.raises(error):
        Journal.take(path)


def test_a_huge_journal_is_refused(journal, monkeypatch):
    drawn(journal)
    journal.let_go()
    monkeypatch.setattr(journal_module, "MOST_BYTES", 300)
    with pytest.raises(DigitpadError, match="larger"):
        Journal.take(journal.path)


@pytest.mark.parametrize(
    "record",
    [
        {"do": "fly"},
        {"do": "add", "marks": []},
        {"do": "add", "marks": [7]},
        {"do": "add", "marks": [{"points": "AAAA", "width": 20}]},
        {"do": "add", "marks": [{"points": "", "width": 20}]},
        {"do": "add", "marks": [{"points": "!", "width": 20}]},
        {"do": "add", "marks": [{"picture": "AAAA", "rows": 9, "columns": 9, "box": [0, 0, 9, 9]}]},
        {"do": "replace", "marks": {}},
        {"do": "whole", "marks": [], "now": [], "undo": [1], "redo": []},
        {"do": "document", "file": 3},
        {},
    ],
)
def test_a_line_that_makes_no_sense_ends_what_is_read(journal, record):
    drawn(journal, 2)
    journal.let_go()
    with journal.path.open("ab") as stream:
        stream.write(line_of(record) + line_of({"do": "clear"}))
    kept = taken(journal.path)
    assert len(kept.drawing) == 2 and kept.damage


def test_a_mark_that_was_told_is_not_told_again(journal):
    drawing = drawn(journal, 3)
    before = journal.path.stat().st_size
    drawing.replace_all(drawing.marks[1:])
    assert journal.path.stat().st_size - before < 80
    assert alike(read_journal(journal.path).drawing, drawing)


def test_a_drawing_from_before_the_journal_is_in_it_too(journal):
    drawing = Drawing([stroke(1)])
    drawing.add(stroke(2))
    drawing.undo()
    journal.begin_with(drawing)
    drawing.redo()
    assert alike(read_journal(journal.path).drawing, drawing)


def test_the_document_and_whether_it_has_changed_are_in_it(journal):
    drawing = drawn(journal)
    journal.note_document("/drawings/seven.digitpad", drawing.marks)
    kept = read_journal(journal.path)
    assert kept.document == "/drawings/seven.digitpad" and kept.saved == kept.drawing.marks
    drawing.add(stroke(5))
    journal._compact()
    kept = read_journal(journal.path)
    assert kept.document == "/drawings/seven.digitpad" and kept.saved != kept.drawing.marks
    journal.note_document("", ())
    assert read_journal(journal.path).document == ""


def test_it_stays_small_however_much_is_drawn(journal, monkeypatch):
    monkeypatch.setattr(journal_module, "_COMPACT_BYTES", 20_000)
    monkeypatch.setattr("digitpad.ink.drawing.MAX_UNDO_STEPS", 20)
    drawing = drawn(journal, 0)
    for number in range(600):
        drawing.add(stroke(number % 7))
        if number % 5 == 4:
            drawing.clear()
        journal.rest()
    assert journal.path.stat().st_size < 60_000
    assert alike(read_journal(journal.path).drawing, drawing)
    assert Journal.take(journal.path) is None, "the file written anew is locked too"
    assert [path.suffix for path in journal.path.parent.iterdir()] == [".journal"]


def test_a_full_disk_ends_it_and_is_told_once(journal):
    drawing = drawn(journal, 1)
    told: list[str] = []
    journal.follow(drawing, told.append)
    with Path("/dev/full").open("wb", buffering=0) as full:
        journal._stream, before = full, journal._stream
        drawing.add(stroke(1))
        drawing.add(stroke(2))
        journal._stream = before
    assert len(told) == 1 and not journal.is_on and len(drawing) == 3


def test_a_place_that_cannot_be_written_is_an_os_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError):
        Journal.create(tmp_path / "file")


def test_a_line_that_is_no_object_or_nests_too_deeply_is_refused():
    for text in ("[]", "[" * 100_000):
        import zlib

        line = b"%08x %s\n" % (zlib.crc32(text.encode()), text.encode())
        with pytest.raises(ValueError):
            record_of(line)
