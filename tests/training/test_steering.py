from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

import pytest

from digitpad.training.events import StepsTrained, SynthesisStarted
from digitpad.training.steering import Steering

STEP = StepsTrained(1, 10, 100)


@pytest.fixture
def pipe():
    source, sink = os.pipe()
    yield source, lambda line: os.write(sink, line.encode())
    # Its end would be a stop.


def until(holds: Callable[[], bool]) -> None:
    until_s = time.monotonic() + 20
    while not holds() and time.monotonic() < until_s:
        time.sleep(0.01)
    assert holds()


def test_a_paused_run_waits_after_its_step_and_goes_on(pipe):
    source, say = pipe
    steering = Steering(source)
    steering(STEP)
    say("nothing of ours\npau")
    say("se\n")
    until(lambda: steering.is_paused)
    steering(SynthesisStarted())
    passed = threading.Event()
    threading.Thread(target=lambda: (steering(STEP), passed.set()), daemon=True).start()
    assert not passed.wait(0.1)
    say("continue\n")
    assert passed.wait(20)


def test_a_stop_is_an_interrupt_also_while_it_is_paused(pipe):
    source, say = pipe
    steering = Steering(source)
    say("pause\n")
    until(lambda: steering.is_paused)
    with pytest.raises(KeyboardInterrupt):
        say("stop\n")
        steering(STEP)
        until(lambda: False)


def test_nobody_left_to_steer_is_a_stop():
    source, sink = os.pipe()
    with pytest.raises(KeyboardInterrupt):
        Steering(source)
        os.close(sink)
        until(lambda: False)
