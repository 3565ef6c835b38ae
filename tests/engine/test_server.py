from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from digitpad.core.paths import shipped_weights
from digitpad.engine.messages import (
    MessageReader,
    decode_info,
    decode_many,
    decode_recognition,
    encode,
    encode_many_request,
    encode_open,
    encode_request,
)
from digitpad.engine.server import _Server
from digitpad.nets.files.weights_file import save_weights
from digitpad.nets.modules import build
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


def served(weights: Path, requests: bytes) -> tuple[int, list]:
    """The exit status and the replies of a server that is asked all this."""
    replies = Chunks()
    status = _Server(weights, "cpu", replies).run(io.BytesIO(requests))
    return status, list(MessageReader().feed(replies.getvalue()))


DIGIT = np.random.default_rng(0).random((28, 28), dtype=np.float32)


def test_it_says_that_it_is_ready_answers_each_request_and_ends_with_its_input():
    status, replies = served(
        shipped_weights(), encode_request(3, DIGIT) + encode_request(9, DIGIT * 0)
    )
    assert status == 0
    assert [header["kind"] for header, _ in replies] == ["ready", "recognition", "recognition"]
    reader = Recognizer(shipped_weights(), "cpu")
    assert decode_info(replies[0][0]) == reader.info
    number, recognition = decode_recognition(*replies[1])
    assert number == 3
    assert np.allclose(recognition.logits, reader.recognize(DIGIT).logits, atol=1e-5)
    assert recognition.activations.keys() == {layer.name for layer in reader.info.layers}
    assert not decode_recognition(*replies[2])[1].accepted


def test_weights_that_cannot_be_used_end_it_with_the_reason(tmp_path):
    status, replies = served(tmp_path / "none.safetensors", encode_request(1, DIGIT))
    assert status == 1
    assert [header["kind"] for header, _ in replies] == ["failed"]
    assert "none.safetensors does not exist" in replies[0][0]["message"]


def test_weights_refused_later_leave_the_network_that_was_there(tmp_path):
    (tmp_path / "bad.safetensors").write_bytes(b"no weights")
    asked = encode_open(tmp_path / "bad.safetensors", "", "network") + encode_request(1, DIGIT)
    status, replies = served(shipped_weights(), asked)
    assert status == 0
    assert [header["kind"] for header, _ in replies] == ["ready", "refused", "recognition"]
    assert "bad.safetensors" in replies[1][0]["message"]


def test_other_weights_are_opened():
    asked = encode_open(shipped_weights(), "", "network") + encode_request(1, DIGIT)
    assert [header["kind"] for header, _ in served(shipped_weights(), asked)[1]] == [
        "ready",
        "ready",
        "recognition",
    ]


def test_many_digits_get_the_answers_that_each_gets_alone():
    digits = np.random.default_rng(1).integers(0, 256, (7, 28, 28), dtype=np.uint8)
    digits[3] = 0
    status, replies = served(shipped_weights(), encode_many_request(4, digits))
    assert status == 0 and [header["kind"] for header, _ in replies] == ["ready", "many"]
    number, probabilities, accepted = decode_many(*replies[1])
    reader = Recognizer(shipped_weights(), "cpu")
    alone = [reader.recognize(digit.astype(np.float32) / 255) for digit in digits]
    assert number == 4 and np.allclose(
        probabilities, [one.probabilities for one in alone], atol=1e-5
    )
    assert accepted.tolist() == [one.accepted for one in alone] and not accepted[3]


def test_a_second_answers_after_the_network_until_it_is_closed(tmp_path):
    other = tmp_path / "other.safetensors"
    save_weights(other, build("lenet5-relu").state_dict(), {"network": "lenet5-relu"})
    asked = encode_open(other, "", "second") + encode_request(1, DIGIT)
    asked += encode_open(tmp_path / "none", "", "second") + encode_request(2, DIGIT)
    asked += (
        encode({"kind": "close second"})
        + encode_request(3, DIGIT)
        + encode({"kind": "close second"})
    )
    status, replies = served(shipped_weights(), asked)
    assert status == 0
    assert [(header["kind"], header["role"], header.get("more")) for header, _ in replies] == [
        ("ready", "network", None),
        ("ready", "second", None),
        ("recognition", "network", True),
        ("recognition", "second", False),
        ("refused", "second", None),
        ("recognition", "network", True),
        ("recognition", "second", False),
        ("recognition", "network", False),
    ]
    number, answer = decode_recognition(*replies[3])
    assert number == 1 and np.allclose(
        answer.logits, Recognizer(other, "cpu").recognize(DIGIT).logits, atol=1e-5
    )


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"7\n",
        encode({"kind": "sing"}),
        encode({"kind": "recognize", "request": 1}, b"123"),
        encode({"kind": "recognize"}, DIGIT.tobytes()),
        encode({"kind": "open"}),
        encode({"kind": "open", "role": "judge", "weights": "a", "net": ""}),
        encode({"kind": "open", "role": "second", "weights": "a", "net": 7}),
        encode({"kind": "read many", "request": 1}, bytes(784 * 501)),
        encode({"kind": "read many", "request": 1}, bytes(785)),
        encode({"kind": "read many", "request": 1}),
        encode({"kind": "read many"}, bytes(784)),
        encode_request(1, DIGIT * np.nan),
    ],
)
def test_a_request_in_a_wrong_form_ends_it_with_the_reason(request_bytes):
    status, replies = served(shipped_weights(), request_bytes)
    assert status == 1
    assert [header["kind"] for header, _ in replies] == ["ready", "failed"]
    assert "in a wrong form" in replies[-1][0]["message"]


def test_the_process_keeps_its_output_for_messages_whatever_is_printed(tmp_path):
    """Started as the window starts it, with a library that prints on both channels."""
    (tmp_path / "sitecustomize.py").write_text(
        "import atexit, os; atexit.register(os.write, 1, b'Goodbye!')"
    )
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "digitpad",
            "recognizer",
            "--weights",
            str(shipped_weights()),
            "--device",
            "cpu",
        ],
        input=encode_request(5, DIGIT),
        capture_output=True,
        env={"PYTHONPATH": str(tmp_path), "PATH": "", "HOME": str(tmp_path)},
        timeout=300,
    )
    assert run.returncode == 0, run.stderr.decode()
    kinds = [header["kind"] for header, _ in MessageReader().feed(run.stdout)]
    assert kinds == ["ready", "recognition"]
    assert b"Goodbye!" in run.stderr
