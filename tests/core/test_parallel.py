from __future__ import annotations

import os

import pytest

from digitpad.core.parallel import in_processes


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
