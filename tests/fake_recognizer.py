"""A recogniser without a network, for the tests of who asks it: each time it is started it behaves as told.

    fake_recognizer.py FOLDER WEIGHTS BEHAVIOUR...

The first behaviour is for the first start, the next for the second; the last one holds on. What happens is noted in
FOLDER/journal, a JSON object a line. It reads a digit as ten times its first pixel.

steady: answers at once.           slow: answers when FOLDER/gate is there.
dies, dies-asked: ends with status 3 at its start, or when it is asked.
babbles, babbles-asked: writes what is no message.
misnumbers: answers a question that was not asked.
mute, mute-asked: says nothing.    deaf: goes on when its input has ended.
fails: says why it cannot go on, where its weights' name holds "bad".
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import numpy as np

from digitpad.engine.messages import MessageReader, decode_digit, encode, encode_ready, encode_recognition
from digitpad.nets.figures import FIGURES
from digitpad.recognition import NetworkFacts, Recognition


def main() -> int:
    folder, weights, *behaviours = sys.argv[1:]
    journal = Path(folder) / "journal"
    starts = journal.read_text().count('"pid"') if journal.exists() else 0
    behaviour = behaviours[min(starts, len(behaviours) - 1)]

    def note(**entry: object) -> None:
        with journal.open("a") as stream:
            stream.write(json.dumps(entry) + "\n")

    def say(message: bytes) -> None:
        sys.stdout.buffer.write(message)
        sys.stdout.buffer.flush()

    note(pid=os.getpid())
    note(weights=weights)
    if behaviour == "dies":
        print("out of luck", file=sys.stderr)
        return 3
    if behaviour == "babbles":
        say(b"Downloading 3% of something ...\n")
    elif behaviour == "fails" and "bad" in weights:
        say(encode({"kind": "failed", "message": f"{weights} is no good"}))
        return 1
    elif behaviour != "mute":
        say(encode_ready(facts(weights)))
    reader = MessageReader()
    while chunk := os.read(0, 1 << 16):
        for header, body in reader.feed(chunk):
            if header["kind"] == "open":
                note(opened=header["weights"])
                bad = "bad" in header["weights"]
                refusal = encode({"kind": "refused", "message": f"{header['weights']} is no good"})
                say(refusal if bad else encode_ready(facts(header["weights"])))
                continue
            number = round(float(decode_digit(body)[0, 0]) * 10)
            note(asked=number)
            if behaviour == "dies-asked":
                return 3
            if behaviour == "mute-asked":
                continue
            while behaviour == "slow" and not (Path(folder) / "gate").exists():
                time.sleep(0.005)
            if behaviour == "babbles-asked":
                say(b"7, I think\n")
            request = header["request"] + (100 if behaviour == "misnumbers" else 0)
            say(encode_recognition(request, answer(number)))
    while behaviour == "deaf":
        time.sleep(0.1)
    return 0


def facts(weights: str) -> NetworkFacts:
    layers = FIGURES["lenet5"]
    return NetworkFacts("lenet5", "LeNet-5", tuple("0123456789"), 61_706, layers, weights, "cpu", ("cpu: taken",))


def answer(number: int) -> Recognition:
    logits = np.zeros(10, np.float32)
    logits[number] = 5
    shares = np.exp(logits) / np.exp(logits).sum()
    activations = {layer.name: np.zeros(layer.shape, np.float32) for layer in FIGURES["lenet5"]}
    return Recognition(logits, shares, activations, milliseconds=0.5)


if __name__ == "__main__":
    sys.exit(main())
