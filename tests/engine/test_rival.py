from __future__ import annotations

from pathlib import Path

import pytest

from digitpad.engine.rival import Choice, Rival

FIRST: Choice = (Path("first.safetensors"), "")
SECOND: Choice = (Path("second.safetensors"), "lenet5-max")


@pytest.fixture
def rival() -> Rival:
    return Rival()


def test_it_reads_once_it_is_open(rival):
    rival.ask(FIRST)
    assert rival.is_opening and rival.choice is None
    assert rival.take()
    assert rival.choice == FIRST and not rival.is_opening


def test_the_newest_of_several_stays(rival):
    for choice in (FIRST, SECOND):
        rival.ask(choice)
    assert rival.take() and rival.choice == FIRST and rival.is_opening
    assert rival.take() and rival.choice == SECOND and not rival.is_opening


def test_one_that_is_refused_leaves_the_one_before(rival):
    rival.ask(FIRST)
    rival.take()
    rival.ask(SECOND)
    rival.refuse()
    assert rival.choice == FIRST and not rival.is_opening


def test_one_to_be_opened_at_the_start_is_forgotten_where_it_is_refused(rival):
    rival.choice = FIRST
    rival.ask(FIRST)
    rival.refuse()
    assert rival.choice is None


def test_after_closing_none_of_those_under_way_is_wanted(rival):
    rival.ask(FIRST)
    rival.ask(SECOND)
    rival.close()
    assert rival.is_opening
    assert not rival.take() and not rival.take()
    assert rival.choice is None and not rival.is_opening


def test_one_asked_for_after_closing_is_wanted(rival):
    rival.ask(FIRST)
    rival.close()
    rival.ask(SECOND)
    assert not rival.take() and rival.take()
    assert rival.choice == SECOND


def test_a_refusal_of_one_that_was_closed_meanwhile_changes_nothing(rival):
    rival.ask(FIRST)
    rival.close()
    rival.ask(SECOND)
    rival.refuse()
    assert rival.take() and rival.choice == SECOND


def test_one_that_ended_the_recogniser_as_it_was_opened_is_named_and_dropped(rival):
    rival.ask(FIRST)
    rival.take()
    rival.ask(SECOND)
    assert rival.survive() == SECOND[0]
    assert rival.choice == FIRST and not rival.is_opening


def test_one_that_ends_the_recogniser_each_time_is_dropped_though_it_was_chosen(rival):
    rival.choice = FIRST
    rival.ask(FIRST)
    assert rival.survive() == FIRST[0] and rival.choice is None


def test_one_that_read_before_the_recogniser_ended_is_kept(rival):
    rival.ask(FIRST)
    rival.take()
    assert rival.survive() is None and rival.choice == FIRST


def test_one_that_was_closed_is_not_suspected(rival):
    rival.ask(FIRST)
    rival.close()
    assert rival.survive() is None and not rival.is_opening
