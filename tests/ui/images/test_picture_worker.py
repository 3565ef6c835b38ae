from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from digitpad.core.errors import DigitpadError
from digitpad.ui.images.picture_worker import Worker
from tests.support import PATIENCE_MS


@pytest.fixture
def worker(qapp) -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.stop()


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Work may wait for it; open in the end."""
    gate = threading.Event()
    yield gate
    gate.set()


def wait(gate: threading.Event) -> str:
    assert gate.wait(PATIENCE_MS / 1000)
    return "waited"


def test_work_is_done_beside_the_window_and_told_in_its_thread(qtbot, worker):
    told: list[tuple[object, threading.Thread]] = []
    worker.ask(
        "any",
        threading.current_thread,
        lambda thread: told.append((thread, threading.current_thread())),
        told.append,
    )
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    ((done_in, told_in),) = told
    assert done_in is not told_in and told_in is threading.main_thread()


def test_of_one_kind_the_newest_is_told_and_other_kinds_go_on(qtbot, worker, gate):
    told: list[str] = []
    worker.ask("a", lambda: wait(gate), told.append, told.append)
    worker.ask("b", lambda: "other", told.append, told.append)
    for number in range(5):
        worker.ask("a", lambda number=number: str(number), told.append, told.append)
    gate.set()
    qtbot.waitUntil(lambda: len(told) == 2, timeout=PATIENCE_MS)
    assert sorted(told) == ["4", "other"]


def test_what_cannot_be_done_is_told_in_its_line(qtbot, worker):
    def fail() -> str:
        raise DigitpadError("no picture")

    def be_short_of_memory() -> str:
        raise MemoryError

    told: list[str] = []
    worker.ask("a", fail, pytest.fail, told.append)
    worker.ask("b", be_short_of_memory, pytest.fail, told.append)
    qtbot.waitUntil(lambda: len(told) == 2, timeout=PATIENCE_MS)
    assert told[0] == "no picture" and "memory" in told[1]


def test_a_fault_of_ours_is_not_swallowed(qtbot, worker):
    with qtbot.captureExceptions() as raised:
        worker.ask("a", lambda: 1 / 0, pytest.fail, pytest.fail)
        qtbot.waitUntil(lambda: bool(raised), timeout=PATIENCE_MS)
    assert raised[0][0] is ZeroDivisionError


def test_nothing_is_told_after_the_end(qtbot, worker, gate):
    told: list[str] = []
    worker.ask("a", lambda: wait(gate), told.append, told.append)
    gate.set()
    worker.stop()
    worker.ask("a", lambda: "later", told.append, told.append)
    qtbot.wait(20)
    assert told == []
