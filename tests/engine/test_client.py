"""The window's side of the recogniser, with recognisers that are slow, die, babble or never start."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from support import PATIENCE_MS, is_alive, numbered_digit

from digitpad.engine import client as client_module
from digitpad.engine.client import MAX_RESTARTS, RecognizerClient, recognizer_command
from digitpad.paths import shipped_weights


class Watched(RecognizerClient):
    """A client that notes all it says.

    said: (signal's name, what it carried), oldest first.
    """

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self.said: list[tuple[str, object]] = []
        for name in ("ready", "recognized", "refused", "interrupted", "failed"):
            getattr(self, name).connect(lambda value, name=name: self.said.append((name, value)))
        self.loading_started.connect(lambda: self.said.append(("loading_started", None)))

    def all(self, name: str) -> list:
        return [value for said, value in self.said if said == name]

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.said]

    @property
    def answers(self) -> list[int]:
        return [recognition.answer for recognition in self.all("recognized")]


@pytest.fixture
def client_of(qtbot, fake_recognizer, monkeypatch):
    """Make a client whose recogniser behaves so; it is closed at the end, and no process of it may be left."""
    monkeypatch.setattr(client_module, "RESTART_PAUSE_MS", 1)
    made = []

    def make(*behaviours: str, weights: str = "net.safetensors", fallback: Path | None = None) -> tuple:
        fake = fake_recognizer(*behaviours)
        client = Watched(Path(weights), "cpu", fallback=fallback, command=fake.command)
        made.append((client, fake))
        return client, fake

    yield make
    for client, fake in made:
        client.close()
        assert not any(is_alive(pid) for pid in fake.journal("pid"))
        client.deleteLater()


def started(qtbot, client: RecognizerClient) -> None:
    with qtbot.waitSignal(client.ready, timeout=PATIENCE_MS):
        client.start()


def ask(qtbot, client: RecognizerClient, number: int) -> None:
    with qtbot.waitSignal(client.recognized, timeout=PATIENCE_MS):
        client.recognize(numbered_digit(number))


def test_it_tells_what_it_loaded_and_answers(qtbot, client_of):
    client, _ = client_of("steady")
    assert not client.is_ready
    started(qtbot, client)
    assert client.is_ready
    assert client.all("ready")[0].title == "LeNet-5"
    for number in (7, 1):
        ask(qtbot, client, number)
    assert client.answers == [7, 1]
    assert client.names == ["loading_started", "ready", "recognized", "recognized"]


def test_what_is_asked_while_it_loads_is_answered_then_the_newest_only(qtbot, client_of):
    client, fake = client_of("steady")
    for number in (1, 2, 3):
        client.recognize(numbered_digit(number))
    with qtbot.waitSignal(client.recognized, timeout=PATIENCE_MS):
        client.start()
    assert client.answers == [3] and fake.journal("asked") == [3]


def test_a_newer_drawing_takes_the_place_of_the_waiting_one(qtbot, client_of):
    client, fake = client_of("slow")
    started(qtbot, client)
    for number in range(10):
        client.recognize(numbered_digit(number))
    qtbot.waitUntil(lambda: fake.journal("asked") == [0], timeout=PATIENCE_MS)
    fake.open_gate()
    qtbot.waitUntil(lambda: client.answers == [0, 9], timeout=PATIENCE_MS)
    assert fake.journal("asked") == [0, 9]


def test_late_answers_are_dropped_once_they_are_forgotten(qtbot, client_of):
    client, fake = client_of("slow")
    started(qtbot, client)
    client.recognize(numbered_digit(4))
    client.recognize(numbered_digit(5))
    qtbot.waitUntil(lambda: fake.journal("asked") == [4], timeout=PATIENCE_MS)
    client.forget()
    fake.open_gate()
    ask(qtbot, client, 6)
    assert client.answers == [6] and fake.journal("asked") == [4, 6]


def test_it_is_started_again_when_it_dies_and_reads_the_drawing_again(qtbot, client_of):
    client, fake = client_of("dies-asked", "steady")
    started(qtbot, client)
    ask(qtbot, client, 8)
    assert client.answers == [8] and fake.journal("asked") == [8, 8]
    assert client.names == ["loading_started", "ready", "interrupted", "loading_started", "ready", "recognized"]
    assert "ended with status 3" in client.all("interrupted")[0]


def test_a_drawing_that_was_cleared_meanwhile_is_not_read_again(qtbot, client_of):
    client, fake = client_of("dies-asked", "steady")
    started(qtbot, client)
    client.interrupted.connect(client.forget)
    with qtbot.waitSignal(client.interrupted, timeout=PATIENCE_MS):
        client.recognize(numbered_digit(8))
    with qtbot.waitSignal(client.ready, timeout=PATIENCE_MS):
        pass
    ask(qtbot, client, 2)
    assert client.answers == [2] and fake.journal("asked") == [8, 2]


@pytest.mark.parametrize("behaviour", ["dies", "babbles"])
def test_one_that_never_starts_is_tried_so_many_times_and_no_more(qtbot, client_of, monkeypatch, behaviour):
    # A start is no steady time, however long it took.
    monkeypatch.setattr(client_module, "_STEADY_MS", -1)
    client, fake = client_of(behaviour)
    with qtbot.waitSignal(client.failed, timeout=PATIENCE_MS) as blocker:
        client.start()
    assert len(fake.journal("pid")) == MAX_RESTARTS + 1 == client.names.count("loading_started")
    assert f"stopped {MAX_RESTARTS + 1} times" in blocker.args[0]
    if behaviour == "dies":
        assert "status 3 (out of luck)" in blocker.args[0]


def test_one_that_dies_at_each_question_is_given_up_and_tried_afresh_when_told(qtbot, client_of):
    client, fake = client_of(*["dies-asked"] * (MAX_RESTARTS + 1), "steady")
    started(qtbot, client)
    with qtbot.waitSignal(client.failed, timeout=PATIENCE_MS):
        client.recognize(numbered_digit(3))
    assert fake.journal("asked") == [3] * (MAX_RESTARTS + 1) and client.answers == []
    with qtbot.waitSignal(client.recognized, timeout=PATIENCE_MS):
        client.start()
    assert client.answers == [3]


def test_a_steady_time_between_lets_it_die_more_often(qtbot, client_of, monkeypatch):
    monkeypatch.setattr(client_module, "_STEADY_MS", -1)
    client, fake = client_of(*["dies-asked"] * (MAX_RESTARTS + 2), "steady")
    started(qtbot, client)
    ask(qtbot, client, 3)
    assert client.all("failed") == [] and len(fake.journal("pid")) == MAX_RESTARTS + 3


def test_starting_again_by_hand_reads_the_drawing_that_was_being_read(qtbot, client_of):
    client, fake = client_of("mute-asked", "steady")
    started(qtbot, client)
    client.recognize(numbered_digit(5))
    qtbot.waitUntil(lambda: fake.journal("asked") == [5], timeout=PATIENCE_MS)
    with qtbot.waitSignal(client.recognized, timeout=PATIENCE_MS):
        client.start()
    assert client.answers == [5]


@pytest.mark.parametrize("behaviour", ["babbles", "babbles-asked", "misnumbers"])
def test_one_that_babbles_is_replaced(qtbot, client_of, behaviour):
    client, _ = client_of(behaviour, "steady")
    client.recognize(numbered_digit(2))
    with qtbot.waitSignal(client.recognized, timeout=PATIENCE_MS):
        client.start()
    assert client.answers == [2]
    assert len(client.all("interrupted")) == 1
    assert "no message" in client.all("interrupted")[0] or "no question" in client.all("interrupted")[0]


@pytest.mark.parametrize(("behaviour", "limit"), [("mute", "START_TIMEOUT_MS"), ("mute-asked", "ANSWER_TIMEOUT_MS")])
def test_one_that_says_nothing_is_replaced(qtbot, client_of, monkeypatch, behaviour, limit):
    client, _ = client_of(behaviour, "steady")
    client.interrupted.connect(lambda: monkeypatch.setattr(client_module, limit, PATIENCE_MS))
    monkeypatch.setattr(client_module, limit, 50)
    client.recognize(numbered_digit(2))
    with qtbot.waitSignal(client.recognized, timeout=PATIENCE_MS):
        client.start()
    assert client.all("interrupted") == ["the recogniser is started again: it gave no answer"]
    assert client.answers == [2]


def test_a_program_that_is_not_there_fails_at_once(qtbot):
    client = Watched(Path("a"), "cpu", command=lambda weights, device: ["/no/such/program"])
    with qtbot.waitSignal(client.failed, timeout=PATIENCE_MS) as blocker:
        client.start()
    assert "could not be started" in blocker.args[0]
    assert client.all("interrupted") == []
    client.close()


def test_weights_that_cannot_be_used_at_the_start_fail_at_once(qtbot, client_of):
    client, fake = client_of("fails", weights="bad.safetensors")
    with qtbot.waitSignal(client.failed, timeout=PATIENCE_MS) as blocker:
        client.start()
    assert blocker.args == ["bad.safetensors is no good"]
    assert len(fake.journal("pid")) == 1


def test_weights_that_cannot_be_used_at_the_start_give_way_to_others(qtbot, client_of):
    client, fake = client_of("fails", weights="bad.safetensors", fallback=Path("good.safetensors"))
    started(qtbot, client)
    assert client.all("refused") == ["bad.safetensors is no good"] and client.all("failed") == []
    assert fake.journal("weights") == ["bad.safetensors", "good.safetensors"]


def test_weights_refused_later_leave_the_network_that_was_there(qtbot, client_of):
    client, fake = client_of("steady")
    started(qtbot, client)
    with qtbot.waitSignal(client.refused, timeout=PATIENCE_MS):
        client.open_weights(Path("bad.safetensors"))
    ask(qtbot, client, 4)
    assert client.is_ready and client.answers == [4]
    with qtbot.waitSignal(client.ready, timeout=PATIENCE_MS):
        client.start()
    assert fake.journal("weights") == ["net.safetensors"] * 2


def test_other_weights_read_the_drawing_again_and_stay_when_it_dies(qtbot, client_of):
    client, fake = client_of("steady")
    started(qtbot, client)
    ask(qtbot, client, 4)
    with qtbot.waitSignal(client.recognized, timeout=PATIENCE_MS):
        client.open_weights(Path("other.safetensors"))
    assert client.all("ready")[-1].weights_file == "other.safetensors"
    assert client.answers == [4, 4] and len(fake.journal("pid")) == 1
    os.kill(fake.journal("pid")[0], 9)
    with qtbot.waitSignal(client.recognized, timeout=PATIENCE_MS):
        pass
    assert fake.journal("weights") == ["net.safetensors", "other.safetensors"]


def test_other_weights_can_be_opened_after_the_first_ones_failed(qtbot, client_of):
    client, _ = client_of(*["dies"] * (MAX_RESTARTS + 1), "steady")
    with qtbot.waitSignal(client.failed, timeout=PATIENCE_MS):
        client.start()
    with qtbot.waitSignal(client.ready, timeout=PATIENCE_MS):
        client.open_weights(Path("other.safetensors"))
    assert client.all("ready")[0].weights_file == "other.safetensors"


def test_other_weights_can_be_opened_while_the_first_ones_load(qtbot, client_of):
    client, fake = client_of("mute", "steady")
    client.start()
    with qtbot.waitSignal(client.ready, timeout=PATIENCE_MS):
        client.open_weights(Path("other.safetensors"))
    assert fake.journal("weights")[-1] == "other.safetensors"
    assert client.all("ready")[0].weights_file == "other.safetensors"


def test_unusable_weights_opened_while_the_first_ones_load_give_way_to_those(qtbot, client_of):
    client, _ = client_of("fails")
    client.start()
    with qtbot.waitSignals([client.refused, client.ready], timeout=PATIENCE_MS):
        client.open_weights(Path("bad.safetensors"))
    assert client.all("ready")[-1].weights_file == "net.safetensors"


def test_what_is_asked_while_weights_are_opened_may_take_as_long_as_those(qtbot, client_of, monkeypatch):
    client, fake = client_of("slow-open")
    started(qtbot, client)
    monkeypatch.setattr(client_module, "ANSWER_TIMEOUT_MS", 1)
    client.open_weights(Path("other.safetensors"))
    client.recognize(numbered_digit(2))
    qtbot.waitUntil(lambda: fake.journal("opened") == ["other.safetensors"], timeout=PATIENCE_MS)
    monkeypatch.setattr(client_module, "ANSWER_TIMEOUT_MS", PATIENCE_MS)
    fake.open_gate()
    qtbot.waitUntil(lambda: client.answers == [2], timeout=PATIENCE_MS)
    assert client.all("interrupted") == []


def test_weights_that_never_open_are_not_waited_for_forever_though_an_answer_came(qtbot, client_of, monkeypatch):
    client, fake = client_of("mute-open", "steady")
    started(qtbot, client)
    client.interrupted.connect(lambda: monkeypatch.setattr(client_module, "START_TIMEOUT_MS", PATIENCE_MS))
    monkeypatch.setattr(client_module, "START_TIMEOUT_MS", 500)
    client.recognize(numbered_digit(1))
    client.open_weights(Path("other.safetensors"))
    with qtbot.waitSignals([client.interrupted, client.ready], timeout=PATIENCE_MS):
        pass
    assert fake.journal("weights") == ["net.safetensors"] * 2


@pytest.mark.parametrize("behaviour", ["steady", "slow", "deaf", "mute"])
def test_closing_leaves_no_process(qtbot, client_of, monkeypatch, behaviour):
    monkeypatch.setattr(client_module, "_ENDING_TIMEOUT_MS", PATIENCE_MS if behaviour == "steady" else 100)
    client, fake = client_of(behaviour)
    client.recognize(numbered_digit(1))
    client.start()
    at = "pid" if behaviour == "mute" else "asked"
    qtbot.waitUntil(lambda: len(fake.journal(at)) == 1, timeout=PATIENCE_MS)
    (pid,) = fake.journal("pid")
    assert is_alive(pid)
    said = client.names
    client.close()
    assert not is_alive(pid) and not client.is_ready
    # What ended on purpose is not started again.
    qtbot.wait(1)
    assert client.names == said
    client.close()


def test_closing_while_it_is_about_to_be_started_again_starts_nothing(qtbot, client_of, monkeypatch):
    monkeypatch.setattr(client_module, "RESTART_PAUSE_MS", PATIENCE_MS)
    client, fake = client_of("dies")
    with qtbot.waitSignal(client.interrupted, timeout=PATIENCE_MS):
        client.start()
    client.close()
    assert client.names == ["loading_started", "interrupted"] and len(fake.journal("pid")) == 1


def test_the_real_recogniser_answers_through_the_pipe(qtbot, recognizer):
    client = Watched(shipped_weights(), "cpu", command=recognizer_command)
    digit = np.random.default_rng(0).random((28, 28), dtype=np.float32)
    client.recognize(digit)
    with qtbot.waitSignal(client.recognized, timeout=5 * PATIENCE_MS):
        client.start()
    client.close()
    assert client.all("ready") == [recognizer.facts]
    (answer,) = client.all("recognized")
    assert np.allclose(answer.logits, recognizer.recognize(digit).logits, atol=1e-5)
