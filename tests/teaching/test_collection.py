from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest

from digitpad.core.constants import NON_DIGIT
from digitpad.core.errors import DigitpadError
from digitpad.ink.drawing import Stroke
from digitpad.ink.kept_drawing import KeptDrawing, Reading
from digitpad.ink.pipeline import drawing_to_digit
from digitpad.ink.rasterize import rasterize
from digitpad.teaching import collection as collection_module
from digitpad.teaching.collection import Collection

MARKS = (
    Stroke.through([(60, 60, 0.5), (200, 62, 0.9), (120, 230, 0.4)], 23),
    Stroke.through([(60, 60)], 30, erases=True),
)
SEVEN = KeptDrawing(MARKS, 7, reading=Reading(1, True, "9a3b"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "drawings.db"


@pytest.fixture
def mine(path: Path) -> Collection:
    return Collection.open(path)


def labels(collection: Collection) -> list[int | None]:
    return [entry.label for entry in collection.all()]


def set_aside(path: Path) -> list[Path]:
    return sorted(found for found in path.parent.iterdir() if found.name != path.name)


def test_a_drawing_comes_back_whole_in_another_process(path, mine):
    made = datetime(2026, 3, 1, 9, 15, tzinfo=timezone(timedelta(hours=1)))
    entry = mine.add(replace(SEVEN, made=made, writer="anna"))
    assert (entry.label, entry.created, entry.reading) == (7, made, SEVEN.reading)
    assert np.array_equal(entry.digit, np.rint(255 * drawing_to_digit(MARKS)))
    assert entry.is_mistake
    ((again, drawing),) = Collection.open(path).drawings()
    assert (again.id, again.uid) == (entry.id, entry.uid)
    assert (drawing.made, drawing.writer, drawing.label) == (made, "anna", 7)
    assert np.array_equal(rasterize(drawing.marks), rasterize(MARKS))


@pytest.mark.parametrize("label", [None, NON_DIGIT, 0, 9])
def test_every_label_is_kept(mine, label):
    mine.add(replace(SEVEN, label=label))
    assert labels(mine) == [label]
    assert mine.counts() == {label: 1}
    assert mine.drawings()[0][1].label == label


def test_relabelling_gives_back_what_was_and_can_be_undone(mine):
    first, second = mine.add(SEVEN), mine.add(replace(SEVEN, label=None))
    before = mine.relabel([first.id, second.id, 99], 1)
    assert before == {first.id: 7, second.id: None}
    assert mine.counts() == {1: 2}
    assert mine.drawing(first.id).label == 1
    mine.restore_labels(before)
    assert labels(mine) == [7, None]
    with pytest.raises(ValueError, match="a label"):
        mine.relabel([first.id], 10)


def test_deleted_drawings_are_out_and_come_back(mine):
    first, second = mine.add(SEVEN), mine.add(replace(SEVEN, label=3))
    assert mine.delete([first.id, 99]) == [first.id]
    assert labels(mine) == [3] and mine.counts() == {3: 1} and len(mine.drawings()) == 1
    assert mine.delete([first.id]) == []
    assert mine.restore([first.id, second.id]) == [first.id]
    assert labels(mine) == [7, 3]


def test_what_was_deleted_long_ago_is_gone(mine, monkeypatch):
    mine.delete([mine.add(SEVEN).id])
    monkeypatch.setattr(collection_module, "now", lambda: 4e9)
    mine.add(SEVEN)
    assert mine.restore([1]) == []
    assert len(mine.all()) == 1


def test_changes_are_told_in_order(mine):
    start = mine.changes
    first, second = mine.add(SEVEN), mine.add(SEVEN)
    assert [e.id for e in mine.changed_since(start)] == [first.id, second.id]
    then = mine.changes
    mine.delete([first.id])
    (changed,) = mine.changed_since(then)
    assert (changed.id, changed.is_deleted) == (first.id, True)
    assert mine.changed_since(mine.changes) == []


def test_two_windows_agree(path, mine):
    other = Collection.open(path)
    assert not other.changed_elsewhere()
    entry = mine.add(SEVEN)
    assert other.changed_elsewhere() and not other.changed_elsewhere()
    assert not mine.changed_elsewhere(), "its own change is none of another window's"
    other.relabel([entry.id], 1)
    assert mine.changed_elsewhere()
    assert labels(mine) == [1]


def test_a_drawing_is_brought_in_once_and_one_that_was_deleted_comes_back(mine):
    without_uid = KeptDrawing(MARKS, 7)
    (first,) = mine.add_all([without_uid, without_uid])
    assert mine.add_all([without_uid]) == []
    exported = mine.drawing(first.id)
    assert mine.add_all([exported]) == []
    mine.delete([first.id])
    assert [entry.id for entry in mine.add_all([exported])] == [first.id]
    assert len(mine.all()) == 1


def test_a_drawing_that_is_too_much_is_refused_and_all_with_it(mine):
    far = KeptDrawing((Stroke.through([(0, 0), (1e6, 0)]),))
    with pytest.raises(DigitpadError, match="cannot be kept: a point"):
        mine.add(far)
    with pytest.raises(DigitpadError, match="cannot be kept"):
        mine.add_all([SEVEN, far])
    assert mine.all() == []


def test_more_drawings_than_a_statement_takes(mine):
    dot = Stroke.through([(140, 140)])
    added = mine.add_all([KeptDrawing((dot,), 7, uid=f"d{i}") for i in range(1_100)])
    assert len(added) == 1_100 and mine.counts() == {7: 1_100}
    assert len(mine.drawings([entry.id for entry in added])) == 1_100


def test_an_old_or_far_time_does_not_lose_the_drawing(mine):
    mine.add(replace(SEVEN, made=datetime(1850, 1, 1, tzinfo=timezone.utc)))
    mine.add(replace(SEVEN, made=datetime(9999, 12, 31, 23, tzinfo=timezone.utc)))
    assert [entry.created.year for entry in mine.all()] == [1970, 9999]
    assert mine.drawings()[0][1].made.year == 1850


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda path: path.write_bytes(b"seven" * 3_000), "damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:5_000]), "damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:4_096] + bytes(20_000)), "damaged"),
        (lambda path: execute(path, "PRAGMA user_version = 2"), "newer Digitpad"),
        (lambda path: execute(path, "PRAGMA user_version = 0"), "not made by Digitpad"),
    ],
)
def test_a_file_that_cannot_be_used_is_set_aside_whole_and_told(path, spoil, why):
    with Collection.open(path) as collection:
        collection.add(SEVEN)
    spoil(path)
    content = path.read_bytes()
    opened = Collection.open(path)
    assert why in opened.notice and "\n" not in opened.notice
    (aside,) = set_aside(path)
    assert aside.read_bytes() == content and aside.name in opened.notice
    assert opened.all() == []
    opened.add(SEVEN)
    assert labels(Collection.open(path)) == [7]


def test_what_is_no_text_is_damage(path, mine):
    mine.add(SEVEN)
    mine.close()
    content = path.read_bytes()
    assert content.count(b"TABLE sqlite_sequence") == 1
    path.write_bytes(content.replace(b"TABLE sqlite_sequence", b"TAB\xaaE sqlite_sequence"))
    assert mine.all() == [] and "is damaged" in mine.notice


def execute(path: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(statement, values)
    connection.close()


def test_a_file_that_is_damaged_while_it_is_open_is_set_aside(path, mine):
    mine.add(SEVEN)
    assert mine.notice == ""
    path.write_bytes(b"x" * 20_000)
    assert mine.all() == []
    assert "set aside" in mine.notice
    mine.add(SEVEN)
    assert labels(Collection.open(path)) == [7]


def test_a_file_that_was_moved_away_is_not_written_to(path, mine):
    mine.add(SEVEN)
    path.rename(path.with_name("elsewhere.db"))
    mine.add(replace(SEVEN, label=3))
    assert labels(Collection.open(path)) == [3]
    assert labels(Collection.open(path.with_name("elsewhere.db"))) == [7]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("label", 10),
        ("label", "seven"),
        ("created", "x"),
        ("created", 1e300),
        ("digit", b"1"),
        ("drawing", b"1"),
        ("drawing", "text"),
        ("uid", b"1"),
        ("answer", 1.5),
    ],
)
def test_a_row_that_is_not_as_it_should_be_is_left_out_and_counted(path, mine, column, value):
    mine.add(SEVEN)
    broken = mine.add(replace(SEVEN, label=3))
    execute(path, f"UPDATE drawings SET {column} = ? WHERE id = ?", value, broken.id)
    assert [drawing.label for _entry, drawing in mine.drawings()] == [7]
    assert mine.damaged_rows == 1
    with pytest.raises(DigitpadError, match="not in My drawings"):
        mine.drawing(broken.id)


def test_a_drawing_that_unpacks_to_more_than_is_read_is_left_out(path, mine):
    import zlib

    entry = mine.add(SEVEN)
    bomb = zlib.compress(b" " * 60_000_000, 1)
    execute(path, "UPDATE drawings SET drawing = ? WHERE id = ?", bomb, entry.id)
    assert mine.drawings() == [] and mine.damaged_rows == 1


def test_a_full_disk_changes_nothing_and_is_told_in_one_line(path, mine):
    entry = mine.add(SEVEN)
    pages = mine._store.read(lambda c: c.execute("PRAGMA page_count").fetchone()[0])
    mine._store._connection.execute(f"PRAGMA max_page_count = {pages}")
    noise = np.random.default_rng(0).uniform(0, 280, (3_000, 2))
    with pytest.raises(DigitpadError, match="full; free some space; nothing was lost") as caught:
        mine.add(KeptDrawing((Stroke.through(noise, 1),)))
    assert "\n" not in str(caught.value)
    assert [e.id for e in mine.all()] == [entry.id]
    mine.add(SEVEN)


def test_a_change_that_fails_half_way_is_none_and_holds_nobody_up(path, mine):
    entry = mine.add(SEVEN)

    def half(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM drawings")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        mine._store.write(half)
    Collection.open(path).relabel([entry.id], 3)
    assert labels(mine) == [3]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of processes are POSIX's")
def test_a_file_that_may_not_grow_is_told_and_stays_whole(path, mine):
    import resource

    mine.add(SEVEN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, limits[1]))
    try:
        with pytest.raises(DigitpadError, match="cannot be written"):
            mine.add_all([replace(SEVEN, uid=str(i)) for i in range(60)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert labels(Collection.open(path)) == [7]
    assert labels(mine) == [7]


def test_places_that_cannot_be_used_are_told_in_one_line(tmp_path):
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "file" / "drawings.db", tmp_path / "folder"):
        with pytest.raises(DigitpadError, match="cannot be") as caught:
            Collection.open(path)
        assert "\n" not in str(caught.value)


def test_another_window_that_writes_for_too_long_is_told(path, mine, monkeypatch):
    monkeypatch.setattr("digitpad.teaching.store._BUSY_S", 0.05)
    mine.add(SEVEN)
    holding = sqlite3.connect(path, isolation_level=None)
    holding.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DigitpadError, match="another program holds it"):
        Collection.open(path).add(SEVEN)
    holding.execute("ROLLBACK")
    holding.close()
    Collection.open(path).add(SEVEN)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX's")
def test_nobody_else_reads_the_file(path, mine):
    assert path.stat().st_mode & 0o077 == 0


WRITER = """
import sys
from digitpad.ink.drawing import Stroke
from digitpad.ink.kept_drawing import KeptDrawing
from digitpad.teaching.collection import Collection
mine = Collection.open(sys.argv[1] and __import__("pathlib").Path(sys.argv[1]))
stroke = Stroke.through([(i % 250, i * 7 % 250) for i in range(400)])
number = 0
while True:
    entry = mine.add(KeptDrawing((stroke,), number % 10, uid=f"{sys.argv[2]}-{number}"))
    print(entry.uid, flush=True)
    mine.relabel([entry.id], 3)
    mine.delete([entry.id]); mine.restore([entry.id])
    number += 1
"""


def test_what_was_acknowledged_is_there_after_a_kill(path):
    """Two processes write at once and are killed at random moments, again and again."""
    chance = random.Random(0)
    acknowledged: set[str] = set()
    for turn in range(3):
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", WRITER, str(path), f"{turn}{side}"],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            for side in "ab"
        ]
        for writer in writers:
            # From the first that was told on, a kill may come at any moment.
            acknowledged.add(writer.stdout.readline().decode().strip())
        for writer in writers:
            try:
                writer.wait(chance.uniform(0.0, 0.2))
            except subprocess.TimeoutExpired:
                os.kill(writer.pid, signal.SIGKILL)
            out, errors = writer.communicate()
            assert errors == b""
            acknowledged.update(line.decode() for line in out.split(b"\n")[:-1])
        opened = Collection.open(path)
        assert opened.notice == ""
        found = {entry.uid for entry in opened.changed_since(0)}
        assert acknowledged <= found
        assert len(opened.drawings([e.id for e in opened.changed_since(0)])) == len(found)
        opened.close()
    assert len(acknowledged) >= 6
