from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from digitpad.engine.messages import NETWORK, SECOND
from digitpad.engine.opening import NetworkChoice
from digitpad.engine.requests import CLOSE, OPEN
from digitpad.engine.second_network import SecondNetwork
from tests.engine.messages import INFO

FIRST = NetworkChoice(Path("first.safetensors"))
OTHER = NetworkChoice(Path("other.safetensors"), "lenet5-max")


class Recogniser:
    """Stands for the conversation: keeps what is asked, and answers openings in their order."""

    def __init__(self) -> None:
        self.infos = {NETWORK: INFO}
        self.asked: list[tuple[object, object, Callable, Callable]] = []
        self.told: list[object] = []
        self.second = SecondNetwork(self, self.told.append, self.told.append)  # type: ignore[arg-type]

    @property
    def is_open(self) -> bool:
        return NETWORK in self.infos

    def at_once(self, row, asked, role, answered, refused):
        assert role == SECOND
        self.asked.append((row, asked, answered, refused))

    def open(self, *choices: NetworkChoice) -> None:
        for choice in choices:
            self.second.open(choice)

    def _next(self, row):
        place = next(at for at, ask in enumerate(self.asked) if ask[0] is row)
        return self.asked.pop(place)

    def take(self) -> bool:
        """It opened the oldest; whether that one was wanted."""
        before = len(self.told)
        self._next(OPEN)[2](SECOND, INFO)
        return self.told[before:] == [INFO]

    def refuse(self) -> None:
        self._next(OPEN)[3]("no network")


@pytest.fixture
def recogniser() -> Recogniser:
    return Recogniser()


def test_it_reads_once_it_is_open(recogniser):
    recogniser.open(FIRST)
    assert recogniser.second.choice is None and recogniser.asked[0][:2] == (OPEN, FIRST)
    assert recogniser.take()
    assert recogniser.second.choice == FIRST and recogniser.infos[SECOND] is INFO


def test_the_newest_of_several_stays(recogniser):
    recogniser.open(FIRST, OTHER)
    assert recogniser.take() and recogniser.second.choice == FIRST
    assert recogniser.take() and recogniser.second.choice == OTHER


def test_one_that_is_refused_leaves_the_one_before_and_says_why(recogniser):
    recogniser.open(FIRST)
    recogniser.take()
    recogniser.open(OTHER)
    recogniser.refuse()
    assert recogniser.second.choice == FIRST and recogniser.told == [INFO, "no network"]


def test_one_wanted_before_a_network_answers_is_opened_then(recogniser):
    recogniser.infos.clear()
    recogniser.open(FIRST)
    assert recogniser.second.choice == FIRST and not recogniser.asked
    recogniser.infos[NETWORK] = INFO
    recogniser.second.open_again()
    assert recogniser.asked[0][:2] == (OPEN, FIRST)
    recogniser.refuse()
    assert recogniser.second.choice is None


def test_none_is_opened_where_none_is_wanted(recogniser):
    recogniser.second.open_again()
    assert not recogniser.asked


def test_after_closing_none_of_those_under_way_is_wanted(recogniser):
    recogniser.open(FIRST, OTHER)
    recogniser.second.close()
    assert not recogniser.take() and not recogniser.take()
    assert recogniser.second.choice is None and recogniser.asked[-1][0] is CLOSE
    recogniser.asked[-1][2](SECOND, None)
    assert SECOND not in recogniser.infos


def test_nothing_is_to_be_closed_where_no_network_answers(recogniser):
    recogniser.infos.clear()
    recogniser.open(FIRST)
    recogniser.second.close()
    assert recogniser.second.choice is None and not recogniser.asked


def test_one_asked_for_after_closing_is_wanted(recogniser):
    recogniser.open(FIRST)
    recogniser.second.close()
    recogniser.open(OTHER)
    assert not recogniser.take() and recogniser.take()
    assert recogniser.second.choice == OTHER


def test_a_refusal_of_one_that_was_closed_meanwhile_changes_nothing(recogniser):
    recogniser.open(FIRST)
    recogniser.second.close()
    recogniser.open(OTHER)
    recogniser.refuse()
    assert recogniser.take() and recogniser.second.choice == OTHER


def test_one_that_ended_the_recogniser_as_it_was_opened_is_named_and_dropped(recogniser):
    recogniser.open(FIRST)
    recogniser.take()
    recogniser.open(OTHER)
    assert recogniser.second.survive("it ended")
    assert recogniser.second.choice == FIRST
    assert recogniser.told[1:] == [
        "other.safetensors could not be opened beside the network: it ended"
    ]
    assert not recogniser.second.survive("it ended")


def test_one_that_ends_the_recogniser_each_time_is_dropped_though_it_was_chosen(recogniser):
    recogniser.second.choice = FIRST
    recogniser.second.open_again()
    assert recogniser.second.survive("it ended") and recogniser.second.choice is None


def test_one_that_read_before_the_recogniser_ended_is_kept(recogniser):
    recogniser.open(FIRST)
    recogniser.take()
    assert not recogniser.second.survive("it ended") and recogniser.second.choice == FIRST


def test_one_that_was_closed_is_not_suspected(recogniser):
    recogniser.open(FIRST)
    recogniser.second.close()
    assert not recogniser.second.survive("it ended") and recogniser.told == []
