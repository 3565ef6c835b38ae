"""A recogniser without a network, for the tests of who asks it.

    fake_recognizer.py FOLDER WEIGHTS NET BEHAVIOUR

What happens is noted in FOLDER/journal, a JSON object a line. It reads a digit as ten times its
first pixel, and refuses weights whose name holds "bad"; a second network reads one more. The digits
of a batch it reads as their first pixels modulo ten. A request of the tests' own, ECHO, is answered
with what was asked.

steady: answers at once.      slow: answers when FOLDER/gate is there; slow-open: opens then.
dies, dies-asked, dies-examine, dies-open, dies-second network, dies-batch, dies-echo: ends with
status 3 at its start, or when asked so.
babbles, babbles-asked: writes what is no message.
misnumbers: answers a question that was not asked.    counts-wrong: answers too few of a batch.
repeats: answers twice.            refuses: refuses to read a digit.    refuses-batch: or a batch.
puts-off: says of an echo that it takes PyTorch, which has taken over once a digit was answered.
takes-another-over: says then that PyTorch took over another network.
mute, mute-asked, mute-open: says nothing at its start, when asked, when told to open weights.
deaf: goes on when its input has ended.
fails: says why it cannot go on, where its weights' name holds "bad".
lies: describes its network as FOLDER/lie says, the content of a message as JSON; lies-asked:
answers a digit so.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from digitpad.core.results import NetworkInfo, Recognition
from digitpad.engine.descriptions import encode_info
from digitpad.engine.fields import Fields, bytes_of, floats
from digitpad.engine.messages import (
    FAILED,
    GO_ON,
    LATER,
    NETWORK,
    REFUSED,
    SECOND,
    TAKEN_OVER,
    Content,
    Message,
    MessageReader,
    encode,
)
from digitpad.engine.opening import NetworkChoice
from digitpad.engine.registry import REQUESTS
from digitpad.engine.requests import (
    CLOSE,
    EXAMINE,
    OPEN,
    READ_BATCH,
    READ_DRAWINGS,
    READ_PARTS,
    READ_PICTURES,
    RECOGNIZE,
    BatchAnswer,
    Request,
    Turn,
)
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.nets.spec.opening_questions import Examination, Question

CLASSES = 10


def _encode_echo(number: float) -> Content:
    return {"text": "echo"}, bytes_of([number])


def _decode_echo(fields: Fields, body: bytes, *context: object) -> float:
    fields.text("text")
    fields.end()
    return float(floats(body, ((1,),), "an echo")[0][0])


ECHO: Request[float, float] = Request(
    "echo", Turn.SOON, _encode_echo, _decode_echo, _encode_echo, _decode_echo
)
"""Gives back a number: a request as one adds it."""


class Fake:
    """Answers as its behaviour says."""

    def __init__(self, folder: str, weights: str, net: str, behaviour: str) -> None:
        self.folder = Path(folder)
        self.weights = weights
        self.net = net
        self.behaviour = behaviour
        self.has_second = self.has_torch = False

    def note(self, **entry: object) -> None:
        with (self.folder / "journal").open("a") as stream:
            stream.write(json.dumps(entry) + "\n")

    def say(self, message: bytes) -> None:
        sys.stdout.buffer.write(message)
        sys.stdout.buffer.flush()

    def reply(
        self,
        row: Request[Any, Any],
        request: int,
        answer: Any,
        role: str = NETWORK,
        more: bool = False,
    ) -> None:
        self.say(encode(row.name, request, row.encode_answer(answer), role, more))

    def refuse(self, request: int, role: str, message: str) -> None:
        self.say(encode(REFUSED, request, ({"message": message}, b""), role))

    def wait_for_gate(self) -> None:
        while not (self.folder / "gate").exists():
            time.sleep(0.005)

    def run(self) -> int:
        self.note(pid=os.getpid())
        self.note(weights=self.weights, net=self.net)
        if self.behaviour == "dies":
            print("out of luck", file=sys.stderr)
            return 3
        if self.behaviour == "babbles":
            self.say(b"Downloading 3% of something ...\n")
        elif self.behaviour == "fails" and "bad" in self.weights:
            self.say(encode(FAILED, 0, ({"message": f"{self.weights} is no good"}, b"")))
            return 1
        elif self.behaviour == "lies":
            self.say(encode(OPEN.name, 0, (json.loads((self.folder / "lie").read_text()), b"")))
        elif self.behaviour != "mute":
            self.reply(OPEN, 0, info(self.weights))
        reader = MessageReader()
        while chunk := os.read(0, 1 << 16):
            for message in reader.feed(chunk):
                row = ECHO if message.kind == ECHO.name else REQUESTS[message.kind]
                asked = row.decode(Fields(message.content, "a request"), message.body)
                if not self.answer(row, message, asked):
                    return 3
        while self.behaviour == "deaf":
            time.sleep(0.1)
        return 0

    def answer(self, row: Request[Any, Any], message: Message, asked: Any) -> bool:
        """Whether it lives on."""
        if row is OPEN:
            return self.open(asked, message)
        if row is EXAMINE:
            return self.examine(asked, message.request)
        if row is CLOSE:
            self.note(second=None)
            self.has_second = False
            self.reply(row, message.request, None, SECOND)
            return True
        if row in (READ_BATCH, READ_PARTS, READ_PICTURES, READ_DRAWINGS):
            return self.read_batch(row, asked, message.request)
        if row is ECHO:
            self.note(echo=asked)
            if self.behaviour == "slow":
                self.wait_for_gate()
            if self.behaviour == "puts-off" and not self.has_torch:
                self.say(encode(LATER, message.request, ({"message": "An echo takes it"}, b"")))
                return True
            if self.behaviour != "dies-echo":
                self.reply(row, message.request, asked)
            return self.behaviour != "dies-echo"
        return self.recognize(asked, message.request)

    def open(self, choice: NetworkChoice, message: Message) -> bool:
        is_second = message.role == SECOND
        weights = str(choice.weights)
        self.note(**{"second" if is_second else "opened": weights}, net=choice.net)
        if is_second and self.behaviour == "dies-second network":
            return False
        if self.behaviour == "dies-open":
            return False
        if self.behaviour == "mute-open":
            return True
        if self.behaviour == "slow-open":
            self.wait_for_gate()
        if "bad" in weights:
            self.refuse(message.request, message.role, f"{weights} is no good")
        else:
            self.has_second = self.has_second or is_second
            self.reply(OPEN, message.request, info(weights), message.role)
        return True

    def examine(self, choice: NetworkChoice, request: int) -> bool:
        weights = str(choice.weights)
        self.note(examined=weights)
        if self.behaviour == "dies-examine":
            return False
        if "bad" in weights:
            self.refuse(request, NETWORK, f"{weights} is no good")
        else:
            self.reply(EXAMINE, request, Examination(Question.NOTHING, title=weights))
        return True

    def read_batch(
        self, row: Request[Any, Any], digits: npt.NDArray[np.uint8], request: int
    ) -> bool:
        self.note(batch=len(digits))
        if self.behaviour == "dies-batch":
            return False
        if self.behaviour == "refuses-batch":
            self.refuse(request, NETWORK, "too much")
            return True
        if self.behaviour == "slow":
            self.wait_for_gate()
        firsts = digits[: len(digits) - (self.behaviour == "counts-wrong"), 0, 0]
        shares = np.eye(CLASSES, dtype=np.float32)[firsts % CLASSES]
        self.reply(row, request, BatchAnswer(shares, firsts > 0))
        return True

    def recognize(self, digit: npt.NDArray[np.float32], request: int) -> bool:
        number = round(float(digit[0, 0]) * 10)
        self.note(asked=number)
        if self.behaviour == "dies-asked":
            return False
        if self.behaviour == "mute-asked":
            return True
        if self.behaviour == "slow":
            self.wait_for_gate()
        if self.behaviour == "babbles-asked":
            self.say(b"7, I think\n")
        if self.behaviour == "refuses":
            self.refuse(request, NETWORK, "not today")
            return True
        if self.behaviour == "lies-asked":
            fields = json.loads((self.folder / "lie").read_text())
            self.say(encode(RECOGNIZE.name, request, (fields, b"")))
            return True
        request += 100 if self.behaviour == "misnumbers" else 0
        for _ in range(1 + (self.behaviour == "repeats")):
            more = self.has_second or self.behaviour == "repeats"
            self.reply(RECOGNIZE, request, answer(number), more=more)
        if self.has_second:
            self.reply(RECOGNIZE, request, answer(number + 1), SECOND)
        if self.behaviour in ("puts-off", "takes-another-over") and not self.has_torch:
            self.has_torch = True
            told = replace(info(self.weights), device="cuda")
            if self.behaviour == "takes-another-over":
                told = replace(told, layers=NETWORKS["lenet5-relu"].layer_infos)
            self.say(encode(TAKEN_OVER, 0, encode_info(told)))
            self.say(encode(GO_ON, 0))
        return True


def info(weights: str) -> NetworkInfo:
    """A LeNet-5 of these weights."""
    layers = NETWORKS["lenet5"].layer_infos
    return NetworkInfo(
        "lenet5", "LeNet-5", tuple("0123456789"), 61_706, layers, weights, "cpu", ("cpu: taken",)
    )


def answer(number: int) -> Recognition:
    """That a digit is this number."""
    logits = np.zeros(CLASSES, np.float32)
    logits[number] = 5
    shares = np.exp(logits) / np.exp(logits).sum()
    activations = {
        layer.name: np.zeros(layer.shape, np.float32) for layer in NETWORKS["lenet5"].layer_infos
    }
    return Recognition(logits, shares, activations, milliseconds=0.5)


if __name__ == "__main__":
    sys.exit(Fake(*sys.argv[1:]).run())
