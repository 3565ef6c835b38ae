"""In which order things are asked, and what becomes of them."""

from __future__ import annotations

from typing import Any

import pytest

from digitpad.engine.asking import Ask, AskingOrder
from digitpad.engine.requests import CLOSE, READ_BATCH, RECOGNIZE, Request
from tests.fake_recognizer import ECHO


def ask(row: Request[Any, Any], what: object = None, **options: Any) -> Ask[Any, Any]:
    return Ask(row, lambda: what, lambda role, answer: None, lambda why: None, **options)


@pytest.fixture
def order() -> AskingOrder:
    return AskingOrder()


def test_drawings_go_first_then_what_is_asked_soon_then_what_is_read_in_chunks(order):
    batch, echo, drawing = ask(READ_BATCH), ask(ECHO), ask(RECOGNIZE)
    for one in (batch, echo, drawing):
        order.put(one)
    found = []
    while (one := order.next()) is not None:
        found.append(one)
        number, _ = order.send(one)
        assert order.next() is None, "one is under way"
        order.finish(number)
    assert found == [drawing, echo, batch]


def test_the_newest_of_a_kind_takes_the_place_of_the_one_that_waits(order):
    old, new = ask(ECHO), ask(ECHO)
    order.put(old)
    order.put(new)
    assert not old.is_wanted and new.is_wanted and order.next() is new and order.next() is None


def test_a_drawing_under_way_is_wanted_until_it_is_dropped_and_anything_else_until_a_newer_comes(
    order,
):
    for row, stays in ((RECOGNIZE, True), (ECHO, False)):
        old = ask(row)
        number, _ = order.send(old)
        order.put(ask(row))
        assert old.is_wanted is stays
        order.finish(number)
        order.drop(row.turn)
    last = ask(RECOGNIZE)
    order.send(last)
    order.drop(RECOGNIZE.turn)
    assert not last.is_wanted


def test_what_goes_on_waits_for_its_next_turn_unless_it_is_not_wanted(order):
    paces: list[float] = []
    batch = ask(READ_BATCH, goes_on=lambda elapsed: paces.append(elapsed) or len(paces) < 2)
    order.put(batch)
    for elapsed in (80.0, 70.0):
        number, _ = order.send(order.next())
        order.finish(number, elapsed)
    assert paces == [80, 70] and order.next() is None
    unwanted = ask(READ_BATCH, goes_on=lambda elapsed: True)
    number, _ = order.send(unwanted)
    order.drop(READ_BATCH.turn)
    order.finish(number)
    assert order.next() is None


def test_while_the_recogniser_changes_only_drawings_are_asked_for(order):
    change, _ = order.send(ask(CLOSE))
    echo, drawing = ask(ECHO), ask(RECOGNIZE)
    order.put(echo)
    assert order.is_opening and order.next() is None
    order.put(drawing)
    assert order.next() is drawing
    order.finish(change)
    assert order.next() is echo


def test_what_was_under_way_at_its_end_is_asked_again_before_all_else_of_its_kind(order):
    drawing, waiting = ask(RECOGNIZE), ask(READ_BATCH)
    order.send(drawing)
    order.send(ask(CLOSE))
    order.put(waiting)
    assert order.end(5) == [] and order.sent == {}
    assert order.next() is drawing and order.next() is waiting and order.next() is None


def test_a_newer_one_is_asked_in_place_of_what_was_under_way_at_its_end(order):
    old, new = ask(RECOGNIZE), ask(RECOGNIZE)
    order.send(old)
    order.put(new)
    order.end(5)
    assert order.next() is new and order.next() is None


def test_what_ends_the_recogniser_so_often_is_given_up_but_no_drawing_is(order):
    echo, drawing = ask(ECHO), ask(RECOGNIZE)
    for deaths in (1, 2):
        order.send(echo)
        order.send(drawing)
        given_up = order.end(2)
        assert given_up == ([] if deaths == 1 else [echo])
        assert order.next() is drawing
        order.next()
    # Ended on purpose, it was no one's fault.
    other = ask(ECHO)
    for _ in range(5):
        order.send(other)
        assert order.end() == [] and order.next() is other


def test_an_answer_clears_what_it_was_suspected_of(order):
    echo = ask(ECHO)
    order.send(echo)
    order.end(2)
    number, _ = order.send(order.next())
    order.finish(number)
    order.send(echo)
    assert order.end(2) == []


def test_what_is_put_off_lets_all_else_go_on_until_it_is_taken_up(order):
    echo, drawing = ask(ECHO), ask(RECOGNIZE)
    order.put(echo)
    number, _ = order.send(order.next())
    order.put_off(number)
    assert order.busy is None and order.next() is None
    order.put(drawing)
    assert order.next() is drawing
    order.go_on()
    assert order.next() is echo


def test_a_newer_one_takes_the_place_of_what_is_put_off(order):
    echo, newer = ask(ECHO), ask(ECHO)
    order.put(echo)
    order.put_off(order.send(order.next())[0])
    order.put(newer)
    assert not echo.is_wanted and order.next() is newer


def test_what_is_put_off_when_the_recogniser_ends_so_often_is_given_up(order):
    echo = ask(ECHO)
    order.put(echo)
    for deaths in (1, 2):
        order.put_off(order.send(order.next())[0])
        assert order.end(2) == ([echo] if deaths == 2 else [])
    assert order.next() is None
