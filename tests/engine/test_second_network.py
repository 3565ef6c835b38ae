from __future__ import annotations

from pathlib import Path

import pytest

from digitpad.engine.opening import NetworkChoice
from digitpad.engine.second_network import SecondNetwork

FIRST = NetworkChoice(Path("first.safetensors"))
SECOND = NetworkChoice(Path("second.safetensors"), "lenet5-max")


@pytest.fixture
def second_network() -> SecondNetwork:
    return SecondNetwork()


def test_it_reads_once_it_is_open(second_network):
    second_network.ask(FIRST)
    assert second_network.is_opening and second_network.choice is None
    assert second_network.take()
    assert second_network.choice == FIRST and not second_network.is_opening


def test_the_newest_of_several_stays(second_network):
    for choice in (FIRST, SECOND):
        second_network.ask(choice)
    assert second_network.take() and second_network.choice == FIRST and second_network.is_opening
    assert (
        second_network.take() and second_network.choice == SECOND and not second_network.is_opening
    )


def test_one_that_is_refused_leaves_the_one_before(second_network):
    second_network.ask(FIRST)
    second_network.take()
    second_network.ask(SECOND)
    second_network.refuse()
    assert second_network.choice == FIRST and not second_network.is_opening


def test_one_to_be_opened_at_the_start_is_forgotten_where_it_is_refused(second_network):
    second_network.choice = FIRST
    second_network.ask(FIRST)
    second_network.refuse()
    assert second_network.choice is None


def test_after_closing_none_of_those_under_way_is_wanted(second_network):
    second_network.ask(FIRST)
    second_network.ask(SECOND)
    second_network.close()
    assert second_network.is_opening
    assert not second_network.take() and not second_network.take()
    assert second_network.choice is None and not second_network.is_opening


def test_one_asked_for_after_closing_is_wanted(second_network):
    second_network.ask(FIRST)
    second_network.close()
    second_network.ask(SECOND)
    assert not second_network.take() and second_network.take()
    assert second_network.choice == SECOND


def test_a_refusal_of_one_that_was_closed_meanwhile_changes_nothing(second_network):
    second_network.ask(FIRST)
    second_network.close()
    second_network.ask(SECOND)
    second_network.refuse()
    assert second_network.take() and second_network.choice == SECOND


def test_one_that_ended_the_recogniser_as_it_was_opened_is_named_and_dropped(second_network):
    second_network.ask(FIRST)
    second_network.take()
    second_network.ask(SECOND)
    assert second_network.survive() == SECOND.weights
    assert second_network.choice == FIRST and not second_network.is_opening


def test_one_that_ends_the_recogniser_each_time_is_dropped_though_it_was_chosen(second_network):
    second_network.choice = FIRST
    second_network.ask(FIRST)
    assert second_network.survive() == FIRST.weights and second_network.choice is None


def test_one_that_read_before_the_recogniser_ended_is_kept(second_network):
    second_network.ask(FIRST)
    second_network.take()
    assert second_network.survive() is None and second_network.choice == FIRST


def test_one_that_was_closed_is_not_suspected(second_network):
    second_network.ask(FIRST)
    second_network.close()
    assert second_network.survive() is None and not second_network.is_opening
