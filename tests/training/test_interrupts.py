from __future__ import annotations

import os
import signal
import threading

import pytest

from digitpad.training import interrupts
from digitpad.training.interrupts import ends_are_stops, undisturbed

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")


def test_what_comes_while_it_must_not_disturb_is_raised_after() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), undisturbed():
        for _ in range(3):
            signal.raise_signal(signal.SIGINT)
        done.append(1)
    assert done == [1]


def test_at_the_end_of_all_it_is_not_raised_at_all() -> None:
    with undisturbed(raise_after=False):
        signal.raise_signal(signal.SIGINT)


def test_an_error_within_goes_before_the_interrupt() -> None:
    with pytest.raises(ZeroDivisionError), undisturbed():
        signal.raise_signal(signal.SIGINT)
        raise ZeroDivisionError


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_polite_ends_are_ctrl_c_and_wait_as_it_does(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with ends_are_stops():
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)
        done = []
        with pytest.raises(KeyboardInterrupt), undisturbed():
            signal.raise_signal(number)
            done.append(1)
        assert done == [1]
    assert signal.getsignal(number) is before


def test_interrupts_that_follow_at_once_say_the_same() -> None:
    with ends_are_stops():
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGTERM)


def test_later_ones_count_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interrupts, "_PATIENCE_S", -1.0)
    with ends_are_stops():
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)


def test_what_nohup_ignores_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with ends_are_stops(), undisturbed():
            signal.raise_signal(signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_handlers_are_put_back_and_other_threads_are_left_alone() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    with undisturbed():
        pass
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
    ran = []

    def work() -> None:
        with undisturbed():
            ran.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ran == [1]
