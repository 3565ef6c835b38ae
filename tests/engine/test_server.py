from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from digitpad.core.paths import shipped_weights
from digitpad.core.processes import python_command
from digitpad.core.results import NetworkInfo, Rejection, RejectionReason
from digitpad.engine.fields import Fields
from digitpad.engine.handlers import HANDLERS
from digitpad.engine.messages import NETWORK, SECOND, Message, MessageReader, encode
from digitpad.engine.opening import NetworkChoice
from digitpad.engine.requests import CLOSE, OPEN, READ_BATCH, RECOGNIZE, Request
from digitpad.engine.server import Server
from digitpad.nets.digit_reader import DigitReader
from digitpad.nets.files.weights_file import save_weights
from digitpad.nets.modules import build
from digitpad.nets.plain_reader import PlainReader
from digitpad.nets.recognizer import Recognizer


class Chunks(io.BytesIO):
    """A pipe that takes a few bytes at a time."""

    def write(self, content) -> int:
        return super().write(bytes(content[:1000]))


@pytest.fixture(autouse=True)
def _keep_threads():
    threads = torch.get_num_threads()
    yield
    torch.set_num_threads(threads)


def served(weights: Path, requests: bytes) -> tuple[int, list[Message]]:
    """The exit status and the replies of a server that is asked all this."""
    replies = Chunks()
    status = Server(weights, "cpu", replies).run(io.BytesIO(requests))
    return status, list(MessageReader().feed(replies.getvalue()))


def ask(row: Request[Any, Any], request: int, asked: Any, role: str = NETWORK) -> bytes:
    return encode(row.name, request, row.encode(asked), role)


def digit(request: int, digit: np.ndarray) -> bytes:
    return ask(RECOGNIZE, request, digit)


def opening(request: int, weights: Path, role: str = NETWORK, net: str = "") -> bytes:
    return ask(OPEN, request, NetworkChoice(weights, net), role)


def answer(row: Request[Any, Any], message: Message, info: NetworkInfo, asked: Any = None) -> Any:
    """What a reply says, read as the window reads it."""
    assert message.kind == row.name
    return row.decode_answer(Fields(message.content, "it"), message.body, asked, info)


def kinds(replies: list[Message]) -> list[str]:
    return [message.kind for message in replies]


DIGIT = np.random.default_rng(0).random((28, 28), dtype=np.float32)


def test_it_says_that_it_is_ready_answers_each_request_and_ends_with_its_input():
    status, replies = served(shipped_weights(), digit(3, DIGIT) + digit(9, DIGIT * 0))
    assert status == 0
    assert kinds(replies) == ["open", "recognize", "recognize"], replies[1].content
    assert [message.request for message in replies] == [0, 3, 9]
    reader = PlainReader(shipped_weights())
    assert answer(OPEN, replies[0], reader.info) == reader.info
    recognition = answer(RECOGNIZE, replies[1], reader.info)
    expected = reader.recognize(DIGIT)
    assert np.allclose(recognition.logits, expected.logits, atol=1e-5)
    assert recognition.activations.keys() == {layer.name for layer in reader.info.layers}
    assert all(
        np.allclose(recognition.activations[name], array, atol=1e-5)
        for name, array in expected.activations.items()
    )
    empty = answer(RECOGNIZE, replies[2], reader.info)
    assert empty.rejection == Rejection(RejectionReason.NOTHING_DRAWN)


def test_weights_that_cannot_be_used_end_it_with_the_reason(tmp_path):
    status, replies = served(tmp_path / "none.safetensors", digit(1, DIGIT))
    assert status == 1 and kinds(replies) == ["failed"]
    assert "none.safetensors does not exist" in replies[0].content["message"]


def test_weights_refused_later_leave_the_network_that_was_there(tmp_path):
    (tmp_path / "bad.safetensors").write_bytes(b"no weights")
    asked = opening(1, tmp_path / "bad.safetensors") + digit(2, DIGIT)
    status, replies = served(shipped_weights(), asked)
    assert status == 0
    assert kinds(replies) == ["open", "refused", "recognize"]
    assert replies[1].request == 1 and "bad.safetensors" in replies[1].content["message"]


def test_other_weights_are_opened():
    asked = opening(1, shipped_weights()) + digit(2, DIGIT)
    assert kinds(served(shipped_weights(), asked)[1]) == ["open", "open", "recognize"]


def test_a_batch_gets_the_answers_that_each_digit_gets_alone():
    digits = np.random.default_rng(1).integers(0, 256, (7, 28, 28), dtype=np.uint8)
    digits[3] = 0
    status, replies = served(shipped_weights(), ask(READ_BATCH, 4, digits))
    assert status == 0 and kinds(replies) == ["open", "read batch"]
    reader = Recognizer(shipped_weights(), "cpu")
    found = answer(READ_BATCH, replies[1], reader.info, digits)
    alone = [reader.recognize(one.astype(np.float32) / 255) for one in digits]
    expected = [one.probabilities for one in alone]
    assert replies[1].request == 4 and np.allclose(found.probabilities, expected, atol=1e-5)
    assert found.accepted.tolist() == [one.accepted for one in alone] and not found.accepted[3]


def test_batches_of_any_size_come_to_torch_as_powers_of_two(monkeypatch, recognizer):
    sizes: list[int] = []
    for reader, expected in ((recognizer, [1, 4, 4, 8, 128]), (PlainReader(shipped_weights()), [])):
        read = type(reader).logits
        monkeypatch.setattr(
            reader,
            "logits",
            lambda given, r=reader, read=read: sizes.append(len(given)) or read(r, given),
        )
        del sizes[:]
        for count in (1, 3, 4, 5, 100):
            digits = np.zeros((count, 28, 28), np.uint8)
            answered = HANDLERS[READ_BATCH.name]({NETWORK: reader}, NETWORK, digits)
            assert len(answered.accepted) == count
        assert sizes == (expected or [1, 3, 4, 5, 100])


def test_a_second_answers_after_the_network_until_it_is_closed(tmp_path):
    other = tmp_path / "other.safetensors"
    save_weights(other, build("lenet5-relu").state_dict(), {"network": "lenet5-relu"})
    asked = opening(1, other, SECOND) + digit(2, DIGIT)
    asked += opening(3, tmp_path / "none", SECOND) + digit(4, DIGIT)
    asked += ask(CLOSE, 5, None, SECOND) + digit(6, DIGIT) + ask(CLOSE, 7, None, SECOND)
    status, replies = served(shipped_weights(), asked)
    assert status == 0
    assert [(one.kind, one.request, one.role, one.more) for one in replies] == [
        ("open", 0, "network", False),
        ("open", 1, "second", False),
        ("recognize", 2, "network", True),
        ("recognize", 2, "second", False),
        ("refused", 3, "second", False),
        ("recognize", 4, "network", True),
        ("recognize", 4, "second", False),
        ("close", 5, "second", False),
        ("recognize", 6, "network", False),
        ("close", 7, "second", False),
    ]
    reader = Recognizer(other, "cpu")
    second = answer(RECOGNIZE, replies[3], reader.info)
    assert np.allclose(second.logits, reader.recognize(DIGIT).logits, atol=1e-5)


@pytest.mark.parametrize(
    ("requests", "why"),
    [
        (ask(CLOSE, 1, None, NETWORK), "cannot be closed"),
        (ask(READ_BATCH, 1, np.zeros((1, 28, 28), np.uint8), SECOND), "no second network is open"),
    ],
)
def test_what_cannot_be_done_is_refused_and_all_else_goes_on(requests, why):
    status, replies = served(shipped_weights(), requests + digit(2, DIGIT))
    assert status == 0 and kinds(replies) == ["open", "refused", "recognize"]
    assert why in replies[1].content["message"]


def test_a_network_that_fails_at_a_digit_refuses_it_in_a_line(monkeypatch):
    read = DigitReader.recognize

    def recognize(self: DigitReader, given: np.ndarray) -> Any:
        if given.any():
            raise RuntimeError("out of memory\nat 0x7f")
        return read(self, given)

    monkeypatch.setattr(DigitReader, "recognize", recognize)
    status, replies = served(shipped_weights(), digit(1, DIGIT) + digit(2, DIGIT * 0))
    assert status == 0 and kinds(replies) == ["open", "refused", "recognize"]
    said = replies[1].content["message"]
    assert said == "the network could not be used: RuntimeError: out of memory"


def test_a_network_that_the_window_would_not_take_is_refused_in_a_line(tmp_path, monkeypatch):
    monkeypatch.setattr("digitpad.engine.descriptions._MOST_UNITS", 100)
    status, replies = served(shipped_weights(), b"")
    assert status == 1 and kinds(replies) == ["failed"]
    said = replies[0].content["message"]
    assert (
        "this network cannot be shown" in said and "a layer is not as expected: its shape" in said
    )


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"7\n",
        encode("sing", 1),
        encode("recognize", 1, ({}, b"123")),
        encode("recognize", 1, ({"size": 28}, DIGIT.tobytes())),
        encode("open", 1),
        encode("open", 1, ({"weights": "a", "net": 7}, b"")),
        encode("open", 1, ({"weights": "a" * 9000, "net": ""}, b"")),
        encode("close", 1, ({"why": ""}, b"")),
        encode("close", 1, ({}, b"why")),
        encode("read batch", 1, ({}, bytes(784 * 513))),
        encode("read batch", 1, ({}, bytes(785))),
        encode("read batch", 1),
        encode("refused", 1),
        digit(1, DIGIT * np.nan),
    ],
    ids=repr,
)
def test_a_request_in_a_wrong_form_ends_it_with_the_reason(request_bytes):
    status, replies = served(shipped_weights(), request_bytes)
    assert status == 1
    assert kinds(replies) == ["open", "failed"]
    assert "in a wrong form" in replies[-1].content["message"]


def test_the_process_keeps_its_output_for_messages_whatever_is_printed(tmp_path):
    """Started as the window starts it, with a library that prints on both channels."""
    (tmp_path / "sitecustomize.py").write_text(
        "import atexit, os; atexit.register(os.write, 1, b'Goodbye!')"
    )
    run = subprocess.run(
        python_command(
            "digitpad", "recognizer", "--weights", str(shipped_weights()), "--device", "cpu"
        ),
        input=digit(5, DIGIT),
        capture_output=True,
        env={"PYTHONPATH": str(tmp_path), "PATH": "", "HOME": str(tmp_path)},
        timeout=300,
    )
    assert run.returncode == 0, run.stderr.decode()
    assert kinds(list(MessageReader().feed(run.stdout))) == ["open", "recognize"]
    assert b"Goodbye!" in run.stderr
