"""A recogniser without a network, for the tests of who asks it.

    fake_recognizer.py FOLDER WEIGHTS NET BEHAVIOUR

What happens is noted in FOLDER/journal, a JSON object a line. It reads a digit as ten times its
first pixel, and refuses weights whose name holds "bad"; a second network reads one more. Many
digits it reads as their first pixels.

steady: answers at once.           slow: answers when FOLDER/gate is there; slow-open: opens weights then.
dies, dies-asked, dies-second network, dies-many: ends with status 3 at its start, or when asked so.
babbles, babbles-asked: writes what is no message.
misnumbers: answers a question that was not asked.    counts-wrong: answers fewer of many than were asked.
mute, mute-asked, mute-open: says nothing at its start, when asked, when told to open weights.
deaf: goes on when its input has ended.
fails: says why it cannot go on, where its weights' name holds "bad".
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import numpy as np

from digitpad.core.results import NetworkInfo, Recognition
from digitpad.engine.messages import (
    MessageReader,
    decode_digit,
    decode_many_request,
    encode,
    encode_many,
    encode_ready,
    encode_recognition,
)
from digitpad.nets.spec.catalogue import NETWORKS


def main() -> int:
    folder, weights, net, behaviour = sys.argv[1:]
    second_network = False

    def note(**entry: object) -> None:
        with (Path(folder) / "journal").open("a") as stream:
            stream.write(json.dumps(entry) + "\n")

    def say(message: bytes) -> None:
        sys.stdout.buffer.write(message)
        sys.stdout.buffer.flush()

    note(pid=os.getpid())
    note(weights=weights, net=net)
    if behaviour == "dies":
        print("out of luck", file=sys.stderr)
        return 3
    if behaviour == "babbles":
        say(b"Downloading 3% of something ...\n")
    elif behaviour == "fails" and "bad" in weights:
        say(encode({"kind": "failed", "message": f"{weights} is no good"}))
        return 1
    elif behaviour != "mute":
        say(encode_ready(info(weights)))
    reader = MessageReader()
    while chunk := os.read(0, 1 << 16):
        for header, body in reader.feed(chunk):
            if header["kind"] == "open":
                is_second = header["role"] == "second"
                note(**{"second" if is_second else "opened": header["weights"]}, net=header["net"])
                if is_second and behaviour == "dies-second network":
                    return 3
                if behaviour == "mute-open":
                    continue
                if behaviour == "slow-open":
                    wait_for_gate(folder)
                if "bad" in header["weights"]:
                    message = f"{header['weights']} is no good"
                    say(encode({"kind": "refused", "role": header["role"], "message": message}))
                else:
                    second_network = second_network or is_second
                    say(encode_ready(info(header["weights"]), header["role"]))
                continue
            if header["kind"] == "close second":
                note(second=None)
                second_network = False
                continue
            if header["kind"] == "read many":
                many = decode_many_request(body)
                note(many=len(many))
                if behaviour == "dies-many":
                    return 3
                if behaviour == "slow":
                    wait_for_gate(folder)
                firsts = many[: len(many) - (behaviour == "counts-wrong"), 0, 0].astype(np.float32)
                say(
                    encode_many(
                        header["request"], np.repeat(firsts[:, None], 10, axis=1), firsts > 0
                    )
                )
                continue
            number = round(float(decode_digit(body)[0, 0]) * 10)
            note(asked=number)
            if behaviour == "dies-asked":
                return 3
            if behaviour == "mute-asked":
                continue
            if behaviour == "slow":
                wait_for_gate(folder)
            if behaviour == "babbles-asked":
                say(b"7, I think\n")
            request = header["request"] + (100 if behaviour == "misnumbers" else 0)
            say(encode_recognition(request, answer(number), more=second_network))
            if second_network:
                say(encode_recognition(request, answer(number + 1), "second"))
    while behaviour == "deaf":
        time.sleep(0.1)
    return 0


def wait_for_gate(folder: str) -> None:
    while not (Path(folder) / "gate").exists():
        time.sleep(0.005)


def info(weights: str) -> NetworkInfo:
    layers = NETWORKS["lenet5"].layer_infos
    return NetworkInfo(
        "lenet5", "LeNet-5", tuple("0123456789"), 61_706, layers, weights, "cpu", ("cpu: taken",)
    )


def answer(number: int) -> Recognition:
    logits = np.zeros(10, np.float32)
    logits[number] = 5
    shares = np.exp(logits) / np.exp(logits).sum()
    activations = {
        layer.name: np.zeros(layer.shape, np.float32) for layer in NETWORKS["lenet5"].layer_infos
    }
    return Recognition(logits, shares, activations, milliseconds=0.5)


if __name__ == "__main__":
    sys.exit(main())
