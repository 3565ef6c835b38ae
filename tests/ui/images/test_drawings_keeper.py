from __future__ import annotations

import threading
from pathlib import Path

import pytest

from digitpad.core.errors import DigitpadError
from digitpad.ink.drawing import Stroke
from digitpad.ink.kept_drawing import KeptDrawing
from digitpad.teaching.collection import Collection
from digitpad.ui.images.drawings_keeper import DrawingsKeeper
from tests.support import PATIENCE_MS

SEVEN = KeptDrawing((Stroke.through([(60, 60), (200, 62), (120, 230)], 23),), 7)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "drawings.db"


@pytest.fixture
def keeper(qapp, path):
    keeper = DrawingsKeeper(path=path)
    yield keeper
    keeper.stop()


def rest(qtbot, keeper: DrawingsKeeper) -> None:
    qtbot.waitUntil(lambda: not keeper.is_working, timeout=PATIENCE_MS)


def test_work_is_done_in_order_and_the_window_does_not_wait(qtbot, keeper):
    may_go_on, told = threading.Event(), []
    keeper.do(lambda c: may_go_on.wait(30), lambda _: told.append("slow"))
    keeper.do(lambda c: c.add(SEVEN).label, told.append)
    assert keeper.is_working and told == []
    may_go_on.set()
    rest(qtbot, keeper)
    assert told == ["slow", 7]


def test_a_failure_is_told_to_who_asked_or_said(qtbot, keeper):
    def fail(collection: Collection) -> None:
        raise DigitpadError("no room")

    told, said = [], []
    keeper.said.connect(said.append)
    keeper.do(fail, told.append, lambda line: told.append(f"failed: {line}"))
    keeper.do(fail)
    rest(qtbot, keeper)
    assert told == ["failed: no room"] and said == ["no room"]


def test_entries_follow_what_is_done_here_and_in_another_window(qtbot, keeper, path):
    with Collection.open(path) as other:
        first = other.add(SEVEN)
        keeper.watch()
        qtbot.waitUntil(lambda: list(keeper.entries) == [first.id], timeout=PATIENCE_MS)
        second = other.add(SEVEN)
        other.relabel([first.id], 3)
        qtbot.waitUntil(lambda: len(keeper.entries) == 2, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: keeper.entries[first.id].label == 3, timeout=PATIENCE_MS)
        keeper.do(lambda c: c.delete([second.id]))
        rest(qtbot, keeper)
        assert list(keeper.entries) == [first.id]


def test_what_is_watched_again_catches_up(qtbot, keeper, path):
    with Collection.open(path) as other:
        keeper.watch()
        rest(qtbot, keeper)
        assert keeper.is_loaded and keeper.entries == {}
        keeper.unwatch()
        added = other.add(SEVEN)
    keeper.watch()
    qtbot.waitUntil(lambda: list(keeper.entries) == [added.id], timeout=PATIENCE_MS)


def test_a_damaged_file_is_said_once_and_work_goes_on(qtbot, keeper, path):
    path.write_bytes(b"seven" * 1_000)
    said = []
    keeper.said.connect(said.append)
    keeper.watch()
    keeper.do(lambda c: c.add(SEVEN))
    keeper.do(lambda c: None)
    rest(qtbot, keeper)
    assert len(said) == 1 and "set aside" in said[0]
    assert len(keeper.entries) == 1


def test_a_file_that_cannot_be_read_is_said_once(qtbot, tmp_path):
    (tmp_path / "file").touch()
    keeper = DrawingsKeeper(path=tmp_path / "file" / "drawings.db")
    said = []
    keeper.said.connect(said.append)
    keeper.watch()
    rest(qtbot, keeper)
    keeper._poll()
    rest(qtbot, keeper)
    keeper.stop()
    assert len(said) == 1 and "cannot be read" in said[0]
    assert not keeper.is_loaded


def test_what_was_asked_for_is_done_before_it_stops(qapp, path):
    keeper = DrawingsKeeper(path=path)
    keeper.do(lambda c: c.add(SEVEN))
    keeper.stop()
    keeper.do(lambda c: c.add(SEVEN))
    with Collection.open(path) as collection:
        assert len(collection.all()) == 1


def test_weights_are_known_by_their_content_and_read_once(keeper, tmp_path, monkeypatch):
    one, two = tmp_path / "a", tmp_path / "b"
    one.write_bytes(b"weights")
    two.write_bytes(b"weights")
    assert keeper.digest(one) == keeper.digest(two) != ""
    monkeypatch.setattr(
        "digitpad.ui.images.drawings_keeper.digest_of", lambda path: pytest.fail("read again")
    )
    assert len(keeper.digest(one)) == 64
    assert keeper.digest(tmp_path / "none") == ""
