from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from digitpad.core.parallel import in_processes
from tests.support import PATIENCE_MS


def scaled(number: int, by: int) -> tuple[int, int]:
    """A number times another, and the process that found it."""
    return number * by, os.getpid()


def refuse_two(number: int) -> int:
    if number == 2:
        raise KeyError("two")
    return number


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_made_comes_in_its_order_whoever_makes_it(workers: int) -> None:
    made = list(in_processes(scaled, range(8), [3] * 8, workers=workers))
    assert [number for number, _ in made] == [3 * number for number in range(8)]
    assert (os.getpid() in {process for _, process in made}) is (workers == 1)


def test_one_piece_of_work_starts_no_process() -> None:
    assert list(in_processes(scaled, [4], [5], workers=2)) == [(20, os.getpid())]
    assert list(in_processes(scaled, [], [], workers=2)) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_what_was_made_before_a_fault_is_given_and_the_fault_raised(workers: int) -> None:
    made = in_processes(refuse_two, [0, 1, 2, 3], workers=workers)
    assert [next(made), next(made)] == [0, 1]
    with pytest.raises(KeyError, match="two"):
        next(made)


@pytest.mark.parametrize("workers", [1, 2])
def test_who_wants_no_more_may_stop(workers: int) -> None:
    made = in_processes(scaled, range(50), [1] * 50, workers=workers)
    assert next(made)[0] == 0
    made.close()


def waits(number: int) -> bytes:
    """More than a pipe holds, and the process that tells of itself before it is sent."""
    print(os.getpid(), flush=True)
    return bytes(1 << 20)


def hold_up() -> None:
    """Start two processes, and take nothing from them."""
    for _ in in_processes(waits, range(100), workers=2):
        signal.pause()


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc who runs")
def test_none_of_them_outlives_the_one_that_began_them_though_it_is_killed() -> None:
    code = "from tests.core.test_parallel import hold_up; hold_up()"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as began:
        assert began.stdout is not None
        workers = set()
        while len(workers) < 2:
            workers.add(int(began.stdout.readline()))
        began.kill()
    until = time.monotonic() + PATIENCE_MS / 1000
    while any(map(is_running, workers)):
        assert time.monotonic() < until, "they wait for ever"
        time.sleep(0.02)
