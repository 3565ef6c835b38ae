"""A server whose digits are read without PyTorch until something takes it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest
import torch

from digitpad.core.paths import shipped_weights
from digitpad.core.processes import python_command
from digitpad.core.results import ReaderKind
from digitpad.engine import server as server_module
from digitpad.engine import torch_loading
from digitpad.engine.descriptions import decode_info
from digitpad.engine.explanations import WHY
from digitpad.engine.fields import Fields
from digitpad.engine.messages import NETWORK, SECOND, Message, MessageReader, encode
from digitpad.engine.opening import NetworkChoice
from digitpad.engine.requests import CLOSE, EXAMINE, OPEN, RECOGNIZE, Request
from digitpad.engine.server import Server
from digitpad.explain.questions import Part, WhyQuestion
from digitpad.nets.modules import build

DIGIT = np.random.default_rng(0).random((28, 28), dtype=np.float32)


class Talk:
    """A server in a thread, and what goes to and fro."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back = to, back
        self._reader = MessageReader()
        self._waiting: list[Message] = []
        self._number = 0

    def ask(self, row: Request[Any, Any], asked: Any, role: str = NETWORK) -> int:
        self._number += 1
        os.write(self._to, encode(row.name, self._number, row.encode(asked), role))
        return self._number

    def hear(self) -> Message:
        while not self._waiting:
            self._waiting += self._reader.feed(os.read(self._back, 1 << 20))
        return self._waiting.pop(0)

    def ask_why(self) -> int:
        return self.ask(WHY.row, Part(WhyQuestion(DIGIT, 1, 2), 0, 1))

    def hear_until(self, kind: str) -> list[str]:
        kinds = [self.hear().kind]
        while kinds[-1] != kind:
            kinds.append(self.hear().kind)
        return kinds


@contextmanager
def talking(device: str = "cpu", weights: Path | None = None) -> Iterator[Talk]:
    """A server of the shipped network that has said that it is there."""
    threads = torch.get_num_threads()
    asked, to = os.pipe()
    back, said = os.pipe()
    with (
        os.fdopen(asked, "rb", buffering=0) as requests,
        os.fdopen(said, "wb", buffering=0) as replies,
    ):
        server = Server(weights or shipped_weights(), device, replies)
        running = Thread(target=server.run, args=(requests,))
        running.start()
        try:
            yield Talk(to, back)
        finally:
            os.close(to)
            running.join()
            os.close(back)
            torch.set_num_threads(threads)


@pytest.fixture
def foreign(tmp_path) -> Path:
    """Weights that are matched, which takes PyTorch."""
    path = tmp_path / "net.pth"
    torch.save(build("lenet5-1998").state_dict(), path)
    path.with_name("net.pth.json").write_text('{"mean": 0.5, "std": 0.5}')
    return path


def test_why_waits_for_torch_which_then_takes_over(recognizer):
    with talking() as talk:
        first = talk.hear()
        info = decode_info(Fields(first.content, "it"), b"")
        assert (first.kind, info.reader) == ("open", ReaderKind.NUMPY)
        number = talk.ask_why()
        later = talk.hear()
        assert (later.kind, later.request) == ("later", number)
        talk.ask(RECOGNIZE, DIGIT)
        kinds, told = [], None
        while "go on" not in kinds or "recognize" not in kinds:
            message = talk.hear()
            kinds.append(message.kind)
            if message.kind == "taken over":
                told = decode_info(Fields(message.content, "it"), b"")
        assert sorted(kinds) == ["go on", "recognize", "taken over"]
        # How many threads torch has is its process's.
        assert told == replace(recognizer.info, device_report=told.device_report)
        number = talk.ask_why()
        answered = talk.hear()
        assert (answered.kind, answered.request) == (WHY.row.name, number)


def test_a_file_that_takes_torch_is_opened_once_it_is_there_and_what_was_asked_then_in_its_order(
    foreign,
):
    with talking() as talk:
        talk.hear()
        numbers = [
            talk.ask(EXAMINE, NetworkChoice(shipped_weights())),
            talk.ask(OPEN, NetworkChoice(foreign), SECOND),
            talk.ask(CLOSE, None, SECOND),
            talk.ask(OPEN, NetworkChoice(shipped_weights("lenet5-relu"))),
        ]
        heard = [talk.hear() for _ in range(7)]
        assert [(one.kind, one.request) for one in heard] == [
            ("examine", numbers[0]),
            ("later", numbers[1]),
            ("taken over", 0),
            ("go on", 0),
            *zip(("open", "close", "open"), numbers[1:], strict=True),
        ]


def test_a_first_network_that_takes_torch_has_it_at_once(foreign):
    with talking(weights=foreign) as talk:
        info = decode_info(Fields(talk.hear().content, "it"), b"")
        assert info.reader is ReaderKind.TORCH and info.network == "lenet5-1998"


def test_a_gpu_that_may_be_there_is_tried_without_being_asked(monkeypatch):
    monkeypatch.setattr(server_module, "may_have_gpu", lambda: True)
    with talking("auto") as talk:
        assert talk.hear_until("go on") == ["open", "taken over", "go on"]
    with talking("cpu") as talk:
        talk.hear()
        talk.ask(RECOGNIZE, DIGIT)
        assert talk.hear().kind == "recognize"


def test_without_torch_what_takes_it_is_refused_with_how_to_get_it(monkeypatch, foreign):
    monkeypatch.setattr(server_module, "has_torch", lambda: False)
    with talking() as talk:
        talk.hear()
        talk.ask_why()
        refused = talk.hear()
        assert refused.kind == "refused" and "pip install digitpad" in refused.content["message"]
        talk.ask(OPEN, NetworkChoice(foreign))
        assert "net.pth" in talk.hear().content["message"]
    for arguments in ({"weights": foreign}, {"device": "cuda"}):
        with talking(**arguments) as talk:
            failed = talk.hear()
            assert failed.kind == "failed" and "pip install" in failed.content["message"]


def test_a_torch_that_cannot_be_loaded_is_said_and_digits_are_read_on(monkeypatch):
    def break_down(*arguments: object) -> None:
        raise OSError("libtorch.so: cannot open shared object file")

    monkeypatch.setattr(torch_loading, "OpenedNetworks", break_down)
    with talking() as talk:
        talk.hear()
        talk.ask_why()
        assert talk.hear_until("go on") == ["later", "go on"]
        talk.ask_why()
        assert "libtorch.so" in talk.hear().content["message"]
        talk.ask(RECOGNIZE, DIGIT)
        assert talk.hear().kind == "recognize"


def test_a_file_that_changed_meanwhile_is_read_on_as_it_was(tmp_path):
    path = tmp_path / "net.safetensors"
    path.write_bytes(shipped_weights().read_bytes())
    with talking(weights=path) as talk:
        talk.hear()
        path.write_bytes(shipped_weights("lenet5-relu").read_bytes())
        talk.ask_why()
        assert talk.hear_until("go on") == ["later", "go on"]
        talk.ask_why()
        refused = talk.hear()
        assert refused.kind == "refused" and "was changed" in refused.content["message"]
        talk.ask(RECOGNIZE, DIGIT)
        assert talk.hear().kind == "recognize"


def test_its_process_ends_with_its_input_while_torch_is_loaded():
    asked = encode(WHY.row.name, 1, WHY.row.encode(Part(WhyQuestion(DIGIT, 1, 2), 0, 1)))
    run = subprocess.run(
        python_command(
            "digitpad", "recognizer", "--weights", str(shipped_weights()), "--device", "cpu"
        ),
        input=asked,
        capture_output=True,
        timeout=120,
    )
    assert run.returncode == 0 and run.stderr == b""
    assert [one.kind for one in MessageReader().feed(run.stdout)] == ["open", "later"]
