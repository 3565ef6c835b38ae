"""The window's side of the recogniser, with recognisers that are slow, die, babble or never
start."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from digitpad.core.paths import shipped_weights
from digitpad.core.results import ReaderKind
from digitpad.engine import conversation as conversation_module
from digitpad.engine import process as process_module
from digitpad.engine.client import RecognizerClient
from digitpad.engine.launching import recognizer_command
from digitpad.engine.opening import NetworkChoice
from digitpad.engine.process import MAX_RESTARTS
from digitpad.engine.requests import OPEN, READ_BATCH
from tests.fake_recognizer import ECHO, info
from tests.support import PATIENCE_MS, is_alive, numbered_digit


class Watched(RecognizerClient):
    """A client that notes all it says.

    said: (signal's name, what it carried), oldest first.
    """

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self.said: list[tuple[str, object]] = []
        for name in (
            "ready",
            "recognized",
            "second_ready",
            "second_recognized",
            "refused",
            "interrupted",
            "failed",
            "batch_refused",
        ):
            getattr(self, name).connect(lambda value, name=name: self.said.append((name, value)))
        for name in ("loading_started", "batch_finished"):
            getattr(self, name).connect(lambda name=name: self.said.append((name, None)))
        self.batch_read.connect(lambda *read: self.said.append(("batch_read", read)))

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
    """Make a client whose recogniser behaves so; it is closed at the end, and no process of it
    may be left."""
    monkeypatch.setattr(process_module, "RESTART_PAUSE_MS", 1)
    made = []

    def make(
        *behaviours: str, weights: str = "net.safetensors", fallback: Path | None = None
    ) -> tuple:
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
    assert client.names == [
        "loading_started",
        "ready",
        "interrupted",
        "loading_started",
        "ready",
        "recognized",
    ]
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
def test_one_that_never_starts_is_tried_so_many_times_and_no_more(
    qtbot, client_of, monkeypatch, behaviour
):
    # A start is no steady time, however long it took.
    monkeypatch.setattr(process_module, "_STEADY_MS", -1)
    client, fake = client_of(behaviour)
    with qtbot.waitSignal(client.failed, timeout=PATIENCE_MS) as blocker:
        client.start()
    assert len(fake.journal("pid")) == MAX_RESTARTS + 1 == client.names.count("loading_started")
    assert f"stopped {MAX_RESTARTS + 1} times" in blocker.args[0]
    if behaviour == "dies":
        assert "status 3 (out of luck)" in blocker.args[0]


def test_one_that_dies_again_and_again_is_not_given_up_and_no_drawing_is_lost(qtbot, client_of):
    deaths = MAX_RESTARTS + 3
    client, fake = client_of(*["dies-asked"] * deaths, "steady")
    started(qtbot, client)
    ask(qtbot, client, 3)
    assert fake.journal("asked") == [3] * (deaths + 1)
    assert client.all("failed") == [] and client.answers == [3]


def test_killed_while_it_loads_after_it_has_worked_it_is_not_given_up(qtbot, client_of):
    client, fake = client_of("steady", *["dies"] * (MAX_RESTARTS + 2), "steady")
    started(qtbot, client)
    os.kill(fake.journal("pid")[0], 9)
    client.recognize(numbered_digit(6))
    with qtbot.waitSignal(client.recognized, timeout=PATIENCE_MS):
        pass
    assert client.all("failed") == [] and client.answers == [6]


def test_a_drawing_wakes_one_that_was_given_up(qtbot, client_of, monkeypatch):
    monkeypatch.setattr(process_module, "WAKING_PAUSE_MS", 1)
    client, fake = client_of(*["dies"] * (MAX_RESTARTS + 1), "steady")
    with qtbot.waitSignal(client.failed, timeout=PATIENCE_MS):
        client.start()
    qtbot.wait(50)
    assert len(fake.journal("pid")) == MAX_RESTARTS + 1
    ask(qtbot, client, 4)
    assert client.answers == [4]


def test_a_drawing_cuts_a_long_pause_short(qtbot, client_of, monkeypatch):
    monkeypatch.setattr(process_module, "RESTART_PAUSE_MS", 10 * PATIENCE_MS)
    monkeypatch.setattr(process_module, "LONGEST_PAUSE_MS", 10 * PATIENCE_MS)
    monkeypatch.setattr(process_module, "WAKING_PAUSE_MS", 1)
    client, _ = client_of("dies", "steady")
    with qtbot.waitSignal(client.interrupted, timeout=PATIENCE_MS):
        client.start()
    ask(qtbot, client, 4)
    assert client.answers == [4]


def test_after_its_end_a_drawing_wakes_nothing(qtbot, client_of, monkeypatch):
    monkeypatch.setattr(process_module, "WAKING_PAUSE_MS", 1)
    client, fake = client_of("steady")
    started(qtbot, client)
    client.close()
    client.recognize(numbered_digit(1))
    qtbot.wait(50)
    assert len(fake.journal("pid")) == 1


def test_pauses_grow_up_to_a_longest_until_it_was_steady(qtbot, client_of, monkeypatch):
    monkeypatch.setattr(process_module, "LONGEST_PAUSE_MS", 10)
    client, _ = client_of(*["dies-asked"] * 6, "steady")
    pauses: list[int] = []
    client.interrupted.connect(lambda: pauses.append(client._process._pause.interval()))
    # It is steady once, after its fourth death.
    client.interrupted.connect(
        lambda: monkeypatch.setattr(
            process_module, "_STEADY_MS", -1 if len(pauses) == 5 else PATIENCE_MS
        )
    )
    started(qtbot, client)
    ask(qtbot, client, 3)
    assert pauses == [1, 2, 4, 8, 10, 1]


def test_after_a_silence_the_pause_does_not_grow(qtbot, client_of, monkeypatch):
    monkeypatch.setattr(conversation_module, "ANSWER_TIMEOUT_MS", 50)
    client, _ = client_of(*["mute-asked"] * 3, "steady")
    pauses: list[int] = []
    client.interrupted.connect(lambda: pauses.append(client._process._pause.interval()))
    client.interrupted.connect(
        lambda: monkeypatch.setattr(
            conversation_module, "ANSWER_TIMEOUT_MS", PATIENCE_MS if len(pauses) == 3 else 50
        )
    )
    started(qtbot, client)
    ask(qtbot, client, 3)
    assert pauses == [1, 1, 1]


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
    assert (
        "no message" in client.all("interrupted")[0]
        or "no question" in client.all("interrupted")[0]
    )


@pytest.mark.parametrize(
    ("behaviour", "limit"), [("mute", "START_TIMEOUT_MS"), ("mute-asked", "ANSWER_TIMEOUT_MS")]
)
def test_one_that_says_nothing_is_replaced(qtbot, client_of, monkeypatch, behaviour, limit):
    client, _ = client_of(behaviour, "steady")
    client.interrupted.connect(lambda: monkeypatch.setattr(conversation_module, limit, PATIENCE_MS))
    monkeypatch.setattr(conversation_module, limit, 50)
    client.recognize(numbered_digit(2))
    with qtbot.waitSignal(client.recognized, timeout=PATIENCE_MS):
        client.start()
    assert client.all("interrupted") == ["the recogniser is started again: it gave no answer"]
    assert client.answers == [2]


def test_a_program_that_is_not_there_fails_at_once(qtbot):
    client = Watched(Path("a"), "cpu", command=lambda weights, device, net: ["/no/such/program"])
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
        client.open_network(Path("bad.safetensors"))
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
        client.open_network(Path("other.safetensors"))
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
        client.open_network(Path("other.safetensors"))
    assert client.all("ready")[0].weights_file == "other.safetensors"


def test_other_weights_can_be_opened_while_the_first_ones_load(qtbot, client_of):
    client, fake = client_of("mute", "steady")
    client.start()
    with qtbot.waitSignal(client.ready, timeout=PATIENCE_MS):
        client.open_network(Path("other.safetensors"))
    assert fake.journal("weights")[-1] == "other.safetensors"
    assert client.all("ready")[0].weights_file == "other.safetensors"


def test_unusable_weights_opened_while_the_first_ones_load_give_way_to_those(qtbot, client_of):
    client, _ = client_of("fails")
    client.start()
    with qtbot.waitSignals([client.refused, client.ready], timeout=PATIENCE_MS):
        client.open_network(Path("bad.safetensors"))
    assert client.all("ready")[-1].weights_file == "net.safetensors"


def test_what_is_asked_while_weights_are_opened_may_take_as_long_as_those(
    qtbot, client_of, monkeypatch
):
    client, fake = client_of("slow-open")
    started(qtbot, client)
    monkeypatch.setattr(conversation_module, "ANSWER_TIMEOUT_MS", 1)
    client.open_network(Path("other.safetensors"))
    client.recognize(numbered_digit(2))
    qtbot.waitUntil(lambda: fake.journal("opened") == ["other.safetensors"], timeout=PATIENCE_MS)
    monkeypatch.setattr(conversation_module, "ANSWER_TIMEOUT_MS", PATIENCE_MS)
    fake.open_gate()
    qtbot.waitUntil(lambda: client.answers == [2], timeout=PATIENCE_MS)
    assert client.all("interrupted") == []


def test_weights_that_never_open_are_not_waited_for_forever_though_an_answer_came(
    qtbot, client_of, monkeypatch
):
    client, fake = client_of("mute-open", "steady")
    started(qtbot, client)
    client.interrupted.connect(
        lambda: monkeypatch.setattr(conversation_module, "START_TIMEOUT_MS", PATIENCE_MS)
    )
    monkeypatch.setattr(conversation_module, "START_TIMEOUT_MS", 500)
    client.recognize(numbered_digit(1))
    client.open_network(Path("other.safetensors"))
    with qtbot.waitSignals([client.interrupted, client.ready], timeout=PATIENCE_MS):
        pass
    assert fake.journal("weights") == ["net.safetensors"] * 2


@pytest.mark.parametrize("behaviour", ["steady", "slow", "deaf", "mute"])
def test_closing_leaves_no_process(qtbot, client_of, monkeypatch, behaviour):
    monkeypatch.setattr(
        process_module, "_ENDING_TIMEOUT_MS", PATIENCE_MS if behaviour == "steady" else 100
    )
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


def test_closing_while_it_is_about_to_be_started_again_starts_nothing(
    qtbot, client_of, monkeypatch
):
    monkeypatch.setattr(process_module, "RESTART_PAUSE_MS", PATIENCE_MS)
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
    (told,) = client.all("ready")
    assert told == replace(
        recognizer.info, reader=ReaderKind.NUMPY, device_report=("cpu: taken, numpy",)
    )
    (answer,) = client.all("recognized")
    assert np.allclose(answer.logits, recognizer.recognize(digit).logits, atol=1e-5)


def test_what_takes_torch_waits_for_it_while_digits_are_read(qtbot, client_of):
    client, fake = client_of("puts-off")
    started(qtbot, client)
    told, awaited, echoes = [], [], []
    client.taken_over.connect(lambda role, info: told.append((role, info.device)))
    client.awaiting.connect(awaited.append)
    with qtbot.waitSignal(client.awaiting, timeout=PATIENCE_MS):
        client.ask(ECHO, 7.0, echoes.append)
    assert awaited == ["An echo takes it"] and not echoes
    client.recognize(numbered_digit(3))
    qtbot.waitUntil(lambda: echoes == [7.0], timeout=PATIENCE_MS)
    assert client.answers == [3] and told == [("network", "cuda")] and awaited[1:] == [""]
    assert fake.journal("echo") == [7.0, 7.0] and client.names.count("ready") == 1


def test_another_network_is_not_taken_over(qtbot, client_of):
    client, _ = client_of("takes-another-over", "steady")
    started(qtbot, client)
    with qtbot.waitSignal(client.interrupted, timeout=PATIENCE_MS) as said:
        client.recognize(numbered_digit(3))
    assert "taken over" in said.args[0]


def open_second(qtbot, client: RecognizerClient, weights: str = "second.safetensors") -> None:
    with qtbot.waitSignal(client.second_ready, timeout=PATIENCE_MS):
        client.open_second(Path(weights))


def ask_both(qtbot, client: RecognizerClient, number: int) -> None:
    with qtbot.waitSignals([client.recognized, client.second_recognized], timeout=PATIENCE_MS):
        client.recognize(numbered_digit(number))


def test_a_second_reads_every_digit_right_after_the_network(qtbot, client_of):
    client, fake = client_of("steady")
    started(qtbot, client)
    ask(qtbot, client, 1)
    with qtbot.waitSignal(client.second_recognized, timeout=PATIENCE_MS):
        client.open_second(Path("second.safetensors"), "lenet5-max")
    ask_both(qtbot, client, 5)
    assert (
        client.all("second_ready")[0].weights_file == "second.safetensors"
        and fake.journal("net")[-1] == "lenet5-max"
    )
    assert [(name, heard.answer) for name, heard in client.said if name.endswith("recognized")] == [
        ("recognized", 1),
        ("recognized", 1),
        ("second_recognized", 2),
        ("recognized", 5),
        ("second_recognized", 6),
    ]


def test_a_second_asked_for_at_the_start_comes_once_the_network_has_loaded(qtbot, client_of):
    client, fake = client_of("steady")
    client.open_second(Path("second.safetensors"))
    with qtbot.waitSignal(client.second_ready, timeout=PATIENCE_MS):
        client.start()
    assert client.names == ["loading_started", "ready", "second_ready"]
    assert fake.journal("second") == ["second.safetensors"]


def test_a_closed_second_answers_no_more_not_even_what_is_under_way(qtbot, client_of):
    client, fake = client_of("slow")
    started(qtbot, client)
    open_second(qtbot, client)
    client.recognize(numbered_digit(1))
    qtbot.waitUntil(lambda: fake.journal("asked") == [1], timeout=PATIENCE_MS)
    client.close_second()
    fake.open_gate()
    ask(qtbot, client, 2)
    ask(qtbot, client, 3)
    assert client.all("second_recognized") == [] and fake.journal("second") == [
        "second.safetensors",
        None,
    ]


def test_a_second_closed_while_it_is_opened_is_not_heard_of(qtbot, client_of):
    client, fake = client_of("slow-open")
    started(qtbot, client)
    client.open_second(Path("second.safetensors"))
    client.close_second()
    fake.open_gate()
    ask(qtbot, client, 2)
    assert client.names == ["loading_started", "ready", "recognized"]


def test_a_second_that_is_refused_leaves_both_networks_as_they_were(qtbot, client_of):
    client, _ = client_of("steady")
    started(qtbot, client)
    open_second(qtbot, client)
    with qtbot.waitSignal(client.refused, timeout=PATIENCE_MS) as blocker:
        client.open_second(Path("bad.safetensors"))
    assert blocker.args == ["bad.safetensors is no good"]
    ask_both(qtbot, client, 4)
    assert client.all("second_recognized")[-1].answer == 5


def test_network_and_second_come_back_when_the_process_dies(qtbot, client_of):
    client, fake = client_of("steady")
    started(qtbot, client)
    open_second(qtbot, client)
    with qtbot.waitSignal(client.ready, timeout=PATIENCE_MS):
        client.open_network(Path("other.safetensors"), "lenet5-max")
    ask_both(qtbot, client, 3)
    os.kill(fake.journal("pid")[0], 9)
    with qtbot.waitSignals(
        [client.recognized, client.second_ready, client.second_recognized], timeout=PATIENCE_MS
    ):
        pass
    assert fake.journal("weights") == ["net.safetensors", "other.safetensors"]
    assert fake.journal("net")[-2:] == ["lenet5-max", ""]
    assert fake.journal("second") == ["second.safetensors"] * 2 and client.all("refused") == []
    assert client.all("second_recognized")[-1].answer == 4


def test_a_second_that_ends_the_process_is_not_tried_again(qtbot, client_of):
    client, fake = client_of("dies-second network", "steady")
    started(qtbot, client)
    with qtbot.waitSignal(client.ready, timeout=PATIENCE_MS):
        client.open_second(Path("second.safetensors"))
    ask(qtbot, client, 4)
    assert "second.safetensors could not be opened beside" in client.all("refused")[0]
    assert fake.journal("second") == ["second.safetensors"] and client.all("second_ready") == []


def batch_of(n: int) -> np.ndarray:
    """Digits that a fake recogniser reads as 1, 2, 3, ..., 9, 0, 1 ..."""
    digits = np.zeros((n, 28, 28), np.uint8)
    digits[:, 0, 0] = np.arange(1, n + 1) % 10
    return digits


def read_in_turn(n: int) -> list[int]:
    return [number % 10 for number in range(1, n + 1)]


def chunks(client: Watched) -> list[int]:
    """The answers that came back, in the order of the digits; checks that no chunk is missing."""
    found: list[int] = []
    for first, probabilities, accepted in client.all("batch_read"):
        assert (
            first == len(found)
            and probabilities.shape == (len(accepted), 10)
            and accepted.dtype == bool
        )
        found += probabilities.argmax(axis=1).tolist()
    return found


def test_batch_of_are_read_in_order_and_the_end_is_told(qtbot, client_of):
    client, fake = client_of("steady")
    client.read_batch(batch_of(230))
    with qtbot.waitSignal(client.batch_finished, timeout=PATIENCE_MS):
        client.start()
    assert chunks(client) == read_in_turn(230) and client.names[-1] == "batch_finished"
    assert sum(fake.journal("batch")) == 230 and len(fake.journal("batch")) > 1


def test_no_digits_are_read_at_once(qtbot, client_of):
    client, fake = client_of("steady")
    started(qtbot, client)
    client.read_batch(batch_of(0))
    assert client.names[-1] == "batch_finished"
    ask(qtbot, client, 2)
    assert fake.journal("batch") == []


def test_what_are_no_digits_are_not_sent(qtbot, client_of):
    client, _ = client_of("steady")
    for wrong in (np.zeros((3, 28, 28), np.float32), np.zeros((28, 28), np.uint8)):
        with pytest.raises(ValueError, match=r"uint8 \(n, 28, 28\)"):
            client.read_batch(wrong)


def test_a_drawing_goes_before_what_is_left_of_a_batch(qtbot, client_of):
    client, fake = client_of("slow")
    started(qtbot, client)
    client.read_batch(batch_of(200))
    qtbot.waitUntil(lambda: len(fake.journal("batch")) == 1, timeout=PATIENCE_MS)
    client.recognize(numbered_digit(6))
    fake.open_gate()
    with qtbot.waitSignal(client.batch_finished, timeout=PATIENCE_MS):
        pass
    assert client.names[2:4] == ["batch_read", "recognized"] and client.answers == [6]
    assert chunks(client) == read_in_turn(200)


def test_a_stopped_batch_is_not_heard_of_again(qtbot, client_of):
    client, fake = client_of("slow")
    started(qtbot, client)
    client.read_batch(batch_of(200))
    qtbot.waitUntil(lambda: len(fake.journal("batch")) == 1, timeout=PATIENCE_MS)
    client.stop_batch()
    fake.open_gate()
    ask(qtbot, client, 6)
    assert (
        client.names == ["loading_started", "ready", "recognized"]
        and len(fake.journal("batch")) == 1
    )


def test_a_new_batch_takes_the_place_of_the_old(qtbot, client_of):
    client, fake = client_of("slow")
    started(qtbot, client)
    client.read_batch(batch_of(200)[::-1])
    qtbot.waitUntil(lambda: len(fake.journal("batch")) == 1, timeout=PATIENCE_MS)
    client.read_batch(batch_of(70))
    fake.open_gate()
    with qtbot.waitSignal(client.batch_finished, timeout=PATIENCE_MS):
        pass
    assert chunks(client) == read_in_turn(70) and client.names.count("batch_finished") == 1


def test_another_network_drops_what_is_left_of_a_batch(qtbot, client_of):
    client, fake = client_of("slow")
    started(qtbot, client)
    client.read_batch(batch_of(200))
    qtbot.waitUntil(lambda: len(fake.journal("batch")) == 1, timeout=PATIENCE_MS)
    client.open_network(Path("other.safetensors"))
    fake.open_gate()
    with qtbot.waitSignal(client.ready, timeout=PATIENCE_MS):
        pass
    ask(qtbot, client, 1)
    assert (
        client.names.count("batch_read") == len(fake.journal("batch")) == 1
        and "batch_finished" not in client.names
    )


def test_a_network_that_is_refused_drops_nothing_of_a_batch(qtbot, client_of):
    client, fake = client_of("slow")
    started(qtbot, client)
    client.read_batch(batch_of(120))
    qtbot.waitUntil(lambda: len(fake.journal("batch")) == 1, timeout=PATIENCE_MS)
    client.open_network(Path("bad.safetensors"))
    fake.open_gate()
    with qtbot.waitSignals([client.refused, client.batch_finished], timeout=PATIENCE_MS):
        pass
    assert chunks(client) == read_in_turn(120)


def test_a_batch_goes_on_where_it_was_when_the_process_dies(qtbot, client_of):
    client, fake = client_of("dies-batch", "steady")
    client.read_batch(batch_of(120))
    with qtbot.waitSignal(client.batch_finished, timeout=PATIENCE_MS):
        client.start()
    assert chunks(client) == read_in_turn(120) and len(fake.journal("pid")) == 2


def test_one_that_answers_fewer_than_were_asked_is_replaced(qtbot, client_of):
    client, _ = client_of("counts-wrong", "steady")
    client.read_batch(batch_of(120))
    with qtbot.waitSignal(client.batch_finished, timeout=PATIENCE_MS):
        client.start()
    assert (
        chunks(client) == read_in_turn(120)
        and "answer is not as expected" in client.all("interrupted")[0]
    )


def test_a_batch_that_ends_the_process_again_and_again_is_given_up_and_nothing_else(
    qtbot, client_of
):
    client, fake = client_of("dies-batch")
    client.read_batch(batch_of(120))
    with qtbot.waitSignal(client.batch_refused, timeout=PATIENCE_MS) as blocker:
        client.start()
    assert "ended 5 times over it: it ended with status 3" in blocker.args[0]
    ask(qtbot, client, 2)
    assert client.all("batch_read") == [] and client.answers == [2]
    assert fake.journal("batch") == [4] * 5 and client.all("failed") == []


def test_a_batch_that_is_refused_is_said_to_be_so_and_not_heard_of_again(qtbot, client_of):
    client, _ = client_of("refuses-batch")
    started(qtbot, client)
    with qtbot.waitSignal(client.batch_refused, timeout=PATIENCE_MS) as blocker:
        client.read_batch(batch_of(120))
    assert blocker.args == ["too much"]
    ask(qtbot, client, 2)
    ask(qtbot, client, 3)
    assert len(client.all("batch_refused")) == 1 and client.all("refused") == []


def test_a_digit_that_is_refused_is_said_to_be_so(qtbot, client_of):
    client, _ = client_of("refuses")
    started(qtbot, client)
    with qtbot.waitSignal(client.refused, timeout=PATIENCE_MS) as blocker:
        client.recognize(numbered_digit(1))
    assert blocker.args == ["not today"] and client.all("interrupted") == []


# Any other request: ECHO stands for one that was added.


def test_whatever_has_a_row_is_asked_and_answered(qtbot, client_of):
    client, _ = client_of("steady")
    heard: list[float] = []
    client.ask(ECHO, 2.5, heard.append)
    client.start()
    qtbot.waitUntil(lambda: heard == [2.5], timeout=PATIENCE_MS)
    with pytest.raises(ValueError, match="read batch is asked by a method of its own"):
        client.ask(READ_BATCH, batch_of(1), heard.append)


def test_drawings_go_first_then_the_newest_of_each_kind_then_a_batch(qtbot, client_of):
    client, fake = client_of("slow")
    started(qtbot, client)
    client.read_batch(batch_of(8))
    qtbot.waitUntil(lambda: len(fake.journal("batch")) == 1, timeout=PATIENCE_MS)
    heard: list[float] = []
    client.ask(ECHO, 1, heard.append)
    client.ask(ECHO, 2, heard.append)
    client.recognize(numbered_digit(6))
    client.recognized.connect(lambda: heard.append(-6))
    client.batch_finished.connect(lambda: heard.append(-100))
    fake.open_gate()
    qtbot.waitUntil(lambda: -100 in heard, timeout=PATIENCE_MS)
    assert heard == [-6, 2, -100] and fake.journal("echo") == [2]


def test_an_answer_that_a_newer_request_replaces_is_not_heard_of(qtbot, client_of):
    client, fake = client_of("slow")
    started(qtbot, client)
    heard: list[float] = []
    client.ask(ECHO, 1, heard.append)
    qtbot.waitUntil(lambda: fake.journal("echo") == [1], timeout=PATIENCE_MS)
    client.ask(ECHO, 2, heard.append)
    fake.open_gate()
    qtbot.waitUntil(lambda: heard == [2], timeout=PATIENCE_MS)


def test_another_network_drops_what_was_asked_of_the_one_before(qtbot, client_of):
    client, fake = client_of("slow")
    started(qtbot, client)
    heard: list[float] = []
    client.recognize(numbered_digit(1))
    client.ask(ECHO, 1, heard.append)
    client.open_network(Path("other.safetensors"))
    with qtbot.waitSignals([client.ready, client.recognized], timeout=PATIENCE_MS):
        fake.open_gate()
    ask(qtbot, client, 2)
    assert heard == [] and fake.journal("echo") == []


def test_what_ends_the_process_again_and_again_is_refused(qtbot, client_of):
    client, fake = client_of("dies-echo")
    started(qtbot, client)
    why: list[str] = []
    client.ask(ECHO, 1, lambda _: None, why.append)
    qtbot.waitUntil(lambda: len(why) == 1, timeout=PATIENCE_MS)
    assert "ended 5 times over it" in why[0] and fake.journal("echo") == [1] * 5


# What a recogniser says is checked.


@pytest.mark.parametrize(
    "change",
    [
        {"title": 7},
        {"classes": []},
        {"classes": ["0"] * 100_000},
        {"tutorial": None},
        {"side": -28},
        {"title": "x" * 1_000_000},
        {"notes": [[["deep"]]]},
        {"layers": []},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_description_that_is_not_as_expected_has_it_started_again(qtbot, client_of, change):
    client, fake = client_of("lies", "steady")
    fields, _ = OPEN.encode_answer(info("net.safetensors"))
    (fake.folder / "lie").write_text(json.dumps({**fields, **change}))
    client.recognize(numbered_digit(2))
    with qtbot.waitSignal(client.recognized, timeout=PATIENCE_MS):
        client.start()
    (said,) = client.all("interrupted")
    assert "what the recogniser says is not as expected" in said or "no message" in said
    assert "\n" not in said and client.answers == [2]


def test_an_answer_that_is_not_as_expected_has_it_started_again(qtbot, client_of):
    client, fake = client_of("lies-asked", "steady")
    (fake.folder / "lie").write_text('{"milliseconds": NaN, "rejection": null}')
    client.recognize(numbered_digit(2))
    with qtbot.waitSignal(client.recognized, timeout=PATIENCE_MS):
        client.start()
    assert "an answer is not as expected" in client.all("interrupted")[0]
    assert client.answers == [2]


def test_one_that_answers_twice_is_replaced(qtbot, client_of):
    client, _ = client_of("repeats", "steady")
    started(qtbot, client)
    client.recognize(numbered_digit(2))
    with qtbot.waitSignal(client.interrupted, timeout=PATIENCE_MS) as blocker:
        pass
    assert "of a network that was not asked" in blocker.args[0]
    with qtbot.waitSignal(client.recognized, timeout=PATIENCE_MS):
        pass
    assert set(client.answers) == {2}


def test_a_file_is_looked_into_and_nothing_changes(qtbot, client_of):
    client, _ = client_of("steady")
    client.start()
    qtbot.waitUntil(lambda: client.is_ready, timeout=PATIENCE_MS)
    found: list[str] = []
    refused: list[str] = []
    for name in ("a", "bad"):
        choice = NetworkChoice(Path(name))
        client.examine(choice, lambda told: found.append(told.title), refused.append)
        qtbot.waitUntil(lambda: bool(refused or found), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: bool(refused), timeout=PATIENCE_MS)
    assert found == ["a"] and refused == ["bad is no good"]
    assert client.names.count("ready") == 1 and "refused" not in client.names


def test_only_the_newest_examination_is_heard_of_and_none_that_was_stopped(qtbot, client_of):
    client, fake = client_of("steady")
    client.start()
    qtbot.waitUntil(lambda: client.is_ready, timeout=PATIENCE_MS)
    found: list[str] = []
    for name in ("a", "b", "c"):
        choice = NetworkChoice(Path(name))
        client.examine(choice, lambda told: found.append(told.title), found.append)
        if name == "b":
            client.stop_examining()
    qtbot.waitUntil(lambda: bool(found), timeout=PATIENCE_MS)
    assert found == ["c"] and fake.journal("examined") == ["a", "b", "c"]


@pytest.mark.parametrize("behaviour", ["dies-examine", "dies-open"])
def test_a_file_that_ends_the_recogniser_is_said_to_and_not_asked_for_again(
    qtbot, client_of, behaviour
):
    client, fake = client_of(behaviour, "steady")
    client.start()
    qtbot.waitUntil(lambda: client.is_ready, timeout=PATIENCE_MS)
    refused: list[str] = []
    if behaviour == "dies-examine":
        client.examine(NetworkChoice(Path("a")), lambda told: None, refused.append)
    else:
        client.refused.connect(refused.append)
        client.open_network(Path("a"))
    qtbot.waitUntil(lambda: client.names.count("ready") == 2, timeout=PATIENCE_MS)
    (why,) = refused
    assert why.startswith("a could not be ") and "ended with status 3" in why
    assert fake.journal("weights")[-1] != "a" and len(fake.journal("examined")) <= 1
