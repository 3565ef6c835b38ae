"""Faults of the recogniser's process, one after the other: what the window's side loses.

    python benchmarks/faults.py [--kills 200] [--stops 10] [--lies 200] [--minutes 10] [--seed 0]

While a pen draws, the recogniser is killed at random moments, half of them while it loads, and
stopped (SIGSTOP); then another one takes its place, whose messages are odd; then all is well for
some minutes of drawing and batches of changing size, and the memory of both processes is looked at.
Everything goes through the client that the window uses, the odd messages through the window itself.

Prints what was tried, whether the newest drawing was answered in the end, the longest that a
drawing waited, and what fell. Exits with 1 where anything did: a drawing without an answer, a
client that gave up, an exception, a window that stood still, memory that grew by more than 150 MB.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import random
import signal
import struct
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication

from digitpad.app import make_application
from digitpad.core.paths import shipped_weights
from digitpad.core.results import NetworkInfo, Recognition
from digitpad.engine import conversation as conversation_module
from digitpad.engine import process as process_module
from digitpad.engine.client import RecognizerClient
from digitpad.engine.messages import MessageReader, encode
from digitpad.engine.requests import OPEN, RECOGNIZE
from digitpad.ink.pipeline import framed
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.ui.pad.pad_model import PadModel
from digitpad.ui.shell.main_window import MainWindow

LONGEST_WAIT_S = 120.0
LONGEST_STANDSTILL_S = 2.0
MOST_GROWTH_BYTES = 150 << 20
KILLS_IN_A_BURST = 10
_LENGTHS = struct.Struct("<II")


class Falls:
    """What fell, among it every exception that nothing caught."""

    def __init__(self) -> None:
        self.found: list[str] = []
        sys.excepthook = self._take

    def add(self, what: str) -> None:
        self.found.append(what)
        print(f"    fell: {what}", flush=True)

    def _take(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            os._exit(130)
        self.add(f"{kind.__name__}: {str(error)[:150]}")


class Pen:
    """Draws without an end, has every state of the drawing read, and knows when it was."""

    def __init__(self, falls: Falls, rng: random.Random) -> None:
        self._falls = falls
        self._rng = rng
        self._pad = PadModel()
        self._asked_at = self.answered_at = 0.0
        self.answers = 0
        self.longest_wait_s = 0.0
        self.client = RecognizerClient(shipped_weights(), "cpu")
        self.client.recognized.connect(self._on_answer)
        self.client.failed.connect(lambda why: falls.add(f"it gave up: {why[:150]}"))
        self.info: NetworkInfo | None = None
        self.recognition: Recognition | None = None
        self.client.ready.connect(lambda info: setattr(self, "info", info))

    def pid(self) -> int:
        """The recogniser's process, or 0 where there is none."""
        running = [int(child.processId()) for child in self.client.findChildren(QProcess)]
        return max(running, default=0)

    def draw(self, seconds: float) -> None:
        """Draw so long, a point every ten milliseconds or so."""
        ends = time.perf_counter() + seconds
        x, y = self._rng.uniform(20, 260), self._rng.uniform(20, 260)
        self._pad.begin("pen", x, y, 0.5, False)
        while True:
            x, y = x + self._rng.gauss(0, 9), y + self._rng.gauss(0, 9)
            self._pad.move("pen", x, y, self._rng.random())
            self._ask()
            events(0.01)
            if time.perf_counter() > ends:
                break
        self._pad.end("pen", x, y, None)
        if len(self._pad.drawing) >= 4:
            self._pad.clear()
            self._pad.begin("pen", 140, 140, 0.5, False)
            self._pad.end("pen", 140, 200, 0.5)
        self._ask()

    def wait(self, what: str) -> float:
        """Wait for the newest drawing's answer; returns how long it took."""
        began = time.perf_counter()
        is_there = until(lambda: self.answered_at >= self._asked_at, LONGEST_WAIT_S)
        if not is_there:
            self._falls.add(f"{what}: the newest drawing had no answer in {LONGEST_WAIT_S:.0f} s")
        waited = time.perf_counter() - began
        self.longest_wait_s = max(self.longest_wait_s, waited)
        return waited

    def _ask(self) -> None:
        self._asked_at = time.perf_counter()
        self.client.recognize(framed(self._pad.ink)[0])

    def _on_answer(self, recognition: Recognition) -> None:
        # Only a digit that is still the newest is answered.
        self.answered_at = time.perf_counter()
        self.answers += 1
        self.recognition = recognition


def events(seconds: float) -> None:
    """Let Qt work for so long."""
    ends = time.perf_counter() + seconds
    while True:
        QApplication.processEvents()
        if time.perf_counter() >= ends:
            return
        time.sleep(0.001)


def until(is_so: Callable[[], bool], seconds: float) -> bool:
    """Let Qt work until something is so; whether it came to be."""
    ends = time.perf_counter() + seconds
    while not is_so():
        if time.perf_counter() > ends:
            return False
        events(0.005)
    return True


def kill_it(pen: Pen, kills: int, rng: random.Random) -> None:
    """Kill it so many times in bursts, every second time after it could read again."""
    waits: list[float] = []
    for number in range(kills):
        if number % 2:
            until(lambda: pen.client.is_ready, LONGEST_WAIT_S)
            pen.draw(rng.uniform(0, 0.3))
        else:
            pen.draw(rng.uniform(0, 1.5))
        until(lambda: pen.pid() > 0, LONGEST_WAIT_S)
        if pen.pid() > 0:
            os.kill(pen.pid(), signal.SIGKILL)
        if number % KILLS_IN_A_BURST == KILLS_IN_A_BURST - 1 or number == kills - 1:
            pen.draw(0.1)
            waits.append(pen.wait(f"kill {number + 1}"))
            print(f"  {number + 1} kills, answered after {waits[-1]:.1f} s", flush=True)
    print(f"killed {kills} times: after the last of a burst {told(waits)}")


def stop_it(pen: Pen, stops: int, rng: random.Random) -> None:
    """Stop it so many times while it can read."""
    waits: list[float] = []
    for number in range(stops):
        until(lambda: pen.client.is_ready, LONGEST_WAIT_S)
        pen.draw(rng.uniform(0, 0.3))
        os.kill(pen.pid(), signal.SIGSTOP)
        began = time.perf_counter()
        pen.draw(0.5)
        pen.wait(f"stop {number + 1}")
        waits.append(time.perf_counter() - began)
    print(f"stopped {stops} times: {told(waits)}")


def told(waits: Sequence[float]) -> str:
    """Waits in words."""
    if not waits:
        return "none"
    return f"answered after {np.median(waits):.1f} s in the middle, {max(waits):.1f} s at most"


# Odd messages.

ODD: list[Any] = [
    None,
    True,
    -1,
    0,
    1e308,
    float("nan"),
    float("inf"),
    10**30,
    2**31,
    "",
    "²",
    "\0",
    "\udcff",
    "x" * 200_000,
    "9" * 5_000,
    [],
    {},
    [[]] * 1_000,
    [0] * 100_000,
    json.loads("[" * 200 + "]" * 200),
]


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to everything that lies in a value of JSON."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    found: list[tuple[Any, ...]] = []
    for key, part in inner if isinstance(value, dict | list) else ():
        found += [(*path, key), *paths(part, (*path, key))]
    return found


def parts(message: bytes) -> tuple[dict[str, Any], bytearray]:
    """A message's header and body."""
    header_bytes, _ = _LENGTHS.unpack_from(message, 4)
    return json.loads(message[12 : 12 + header_bytes]), bytearray(message[12 + header_bytes :])


def joined(header: dict[str, Any], body: bytes | bytearray) -> bytes:
    """The message of these, whatever they hold."""
    encoded = json.dumps(header).encode()
    return b"DGTP" + _LENGTHS.pack(len(encoded), len(body)) + encoded + body


def odd_message(good: bytes, rng: random.Random) -> bytes:
    """A message in which one thing is odd."""
    header, body = parts(good)
    how = rng.choice(["field"] * 6 + ["gone", "body", "body", "bytes"])
    if how == "body" and body:
        what = rng.choice(["cut", "more", "nan", "inf", "random"])
        at = rng.randrange(0, len(body), 4)
        if what == "cut":
            del body[at:]
        elif what == "more":
            body += bytes(at + 1)
        elif what == "random":
            body[at:] = rng.randbytes(len(body) - at)
        else:
            body[at : at + 4] = np.float32(what).tobytes()
    elif how == "bytes":
        raw = bytearray(good)
        for _ in range(3):
            raw[rng.randrange(min(200, len(raw)))] = rng.randrange(256)
        return bytes(raw)
    else:
        path = rng.choice(paths(header))
        holder = header
        for key in path[:-1]:
            holder = holder[key]
        if how == "gone":
            del holder[path[-1]]
        else:
            holder[path[-1]] = rng.choice(ODD)
    return joined(header, body)


def lie(file: Path, number: int) -> int:
    """Be a recogniser of which one message is odd: the description, or the first answer."""
    said = json.loads(file.read_text(encoding="ascii"))
    rng = random.Random(f"{said['seed']} {number}")
    info, answer = (base64.b64decode(said[name]) for name in ("info", "answer"))
    if number % 3 == 0:
        info = odd_message(info, rng)
    os.write(1, info)
    reader = MessageReader()
    while chunk := os.read(0, 1 << 16):
        for message in reader.feed(chunk):
            if message.kind != RECOGNIZE.name:
                continue
            header, body = parts(answer)
            reply = joined({**header, "request": message.request}, body)
            if number % 3:
                reply = odd_message(reply, rng)
            while reply:
                reply = reply[os.write(1, reply) :]
    return 0


def hear_lies(pen: Pen, lies: int, seed: int, falls: Falls) -> None:
    """Have the window hear so many odd messages, a recogniser each."""
    assert pen.info is not None and pen.recognition is not None
    process_module.RESTART_PAUSE_MS = process_module.WAKING_PAUSE_MS = 600_000  # none goes on
    # A description that never ends is waited for as long as a network may take to load.
    conversation_module.START_TIMEOUT_MS = 15_000
    taken = refused = 0
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "said.json"
        info = encode(OPEN.name, 0, OPEN.encode_answer(pen.info))
        answer = encode(RECOGNIZE.name, 1, RECOGNIZE.encode_answer(pen.recognition))
        said = {"seed": seed, "info": b64(info), "answer": b64(answer)}
        file.write_text(json.dumps(said), encoding="ascii")
        number = -1

        def command(weights: Path, device: str, net: str) -> list[str]:
            return [sys.executable, __file__, "--lie", str(file), str(number)]

        window, client = window_of(command)
        ends: list[str] = []
        client.recognized.connect(lambda recognition: ends.append("taken"))
        client.interrupted.connect(lambda why: ends.append("refused"))
        client.failed.connect(lambda why: ends.append("refused"))
        digit = np.zeros((28, 28), np.float32)
        digit[5:22, 13:15] = 1
        for number in range(lies):
            ends.clear()
            client.start()
            client.recognize(digit)
            began = time.perf_counter()
            while not ends and time.perf_counter() - began < 60:
                turn = time.perf_counter()
                QApplication.processEvents()
                slowest = max(slowest, time.perf_counter() - turn)
                time.sleep(0.002)
            turn = time.perf_counter()
            window.grab()
            slowest = max(slowest, time.perf_counter() - turn)
            if not ends:
                falls.add(f"odd message {number}: neither taken nor refused in 60 s")
            taken += ends[:1] == ["taken"]
            refused += ends[:1] == ["refused"]
        client.close()
        window.close()
    if slowest > LONGEST_STANDSTILL_S:
        falls.add(f"the window stood still for {slowest:.1f} s")
    print(
        f"{lies} odd messages: {refused} refused, {taken} taken since they may be so; "
        f"the window stood still for {slowest:.2f} s at most"
    )


def window_of(
    command: Callable[[Path, str, str], Sequence[str]],
) -> tuple[MainWindow, RecognizerClient]:
    """A window with this recogniser, and its client."""
    client = RecognizerClient(shipped_weights(), "cpu", command=command)
    window = MainWindow(
        client,
        NETWORKS["lenet5-relu"].layer_infos,
    )
    client.setParent(window)
    window.show()
    return window, client


def b64(data: bytes) -> str:
    """Bytes as text."""
    return base64.b64encode(data).decode("ascii")


# A soak.


def soak(pen: Pen, minutes: float, rng: random.Random, falls: Falls) -> None:
    """Draw and have batches read so long; memory may not grow."""
    until(lambda: pen.client.is_ready, LONGEST_WAIT_S)
    numbers = np.random.default_rng(rng.randrange(1 << 30))
    read = batches = 0

    def count(first: int, probabilities: np.ndarray, accepted: np.ndarray) -> None:
        nonlocal read
        read += len(probabilities)

    pen.client.batch_read.connect(count)
    pen.client.interrupted.connect(lambda why: falls.add(f"soak: it ended: {why[:150]}"))
    before, answers, pid = (0, 0), pen.answers, pen.pid()
    began = time.perf_counter()
    while time.perf_counter() - began < minutes * 60:
        size = int(numbers.integers(1, 3_000))
        pen.client.read_batch(numbers.integers(0, 256, (size, 28, 28), dtype=np.uint8))
        batches += 1
        pen.draw(rng.uniform(0.2, 2))
        pen.wait("soak")
        # What is needed at all is there after the first tenth.
        if before == (0, 0) and time.perf_counter() - began > minutes * 6:
            before = (resident(os.getpid()), resident(pid))
    grown = [
        now - then for now, then in zip((resident(os.getpid()), resident(pid)), before, strict=True)
    ]
    for name, growth in zip(("this side", "the recogniser"), grown, strict=True):
        if growth > MOST_GROWTH_BYTES:
            falls.add(f"soak: {name} grew by {growth >> 20} MB")
    print(
        f"soak of {minutes:g} minutes: {pen.answers - answers:,} answers, {read:,} digits of "
        f"{batches} batches; this side grew by {grown[0] / 2**20:.0f} MB, the recogniser by "
        f"{grown[1] / 2**20:.0f} MB"
    )


def resident(pid: int) -> int:
    """How much memory a process takes, in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) << 10
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--stops", type=int, default=10)
    parser.add_argument("--lies", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=10, help="of the soak")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--lie", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.lie:
        return lie(Path(arguments.lie[0]), int(arguments.lie[1]))
    if not Path("/proc/self/status").exists():
        print("faults.py needs Linux: it looks into /proc")
        return 0
    application = make_application()
    falls, rng = Falls(), random.Random(arguments.seed)
    pen = Pen(falls, rng)
    pen.client.start()
    pen.draw(0.1)
    print(f"seed {arguments.seed}; first answer after {pen.wait('start'):.1f} s", flush=True)
    if arguments.kills:
        kill_it(pen, arguments.kills, rng)
    if arguments.stops:
        stop_it(pen, arguments.stops, rng)
    if arguments.minutes:
        soak(pen, arguments.minutes, rng, falls)
    pen.draw(0.1)
    pen.wait("end")
    print(f"the longest that a drawing waited: {pen.longest_wait_s:.1f} s", flush=True)
    pen.client.close()
    if arguments.lies:
        hear_lies(pen, arguments.lies, arguments.seed, falls)
    print(f"fallen: {len(falls.found) or 'none'}")
    application.processEvents()
    return int(bool(falls.found))


if __name__ == "__main__":
    sys.exit(main())
