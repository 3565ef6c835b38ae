"""How long explanations take: frames and traces in the window's process, all else through the
recogniser's pipe.

    python benchmarks/explaining.py [--drawings 40] [--weights FILE] [--seed 0]

Draws generated digits, asks the real recogniser about each, and prints medians and 99th
percentiles, with a recognition in the same run to hold them against. "A drawing behind ..." is how
long the answer to a drawing takes that comes while such an explanation is under way. Every process
of ours has one thread.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

if not os.environ.get("DISPLAY") and sys.platform.startswith("linux"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from digitpad.app import make_application

application = make_application()

import numpy as np
from PySide6.QtCore import QEventLoop

from digitpad.core.paths import shipped_weights
from digitpad.core.results import NetworkInfo, Recognition, Unit
from digitpad.engine.client import RecognizerClient
from digitpad.engine.explanations import (
    HISTORY,
    LAYER_WEIGHTS,
    NORMALISATION,
    PIECES,
    SWEEPS,
    WHY,
)
from digitpad.explain.fields import fields_of
from digitpad.explain.inputs import activations_of
from digitpad.explain.questions import (
    HistoryQuestion,
    NormalisationQuestion,
    PiecesQuestion,
    SweepQuestion,
    WeightsQuestion,
    WhyQuestion,
)
from digitpad.explain.traces import trace_unit
from digitpad.handwriting.pen_styles import shipped_styles
from digitpad.ink.drawing import Stroke
from digitpad.ink.pipeline import drawing_to_digit

AIMS_MS = {"why": 60, "pieces": 150, "history": 250, "sweeps": 400, "trace": 16, "frames": 16}
_UNITS = 20


class Desk:
    """Asks a recogniser, waits for the answer, and keeps how long each kind took, in
    milliseconds."""

    def __init__(self, weights: Path) -> None:
        self.client = RecognizerClient(weights, "cpu")
        self.times: dict[str, list[float]] = {}
        self._loop = QEventLoop()
        self.info: NetworkInfo = self._wait(
            lambda told: (self.client.ready.connect(told), self.client.start())
        )

    def _wait(self, ask: Callable[[Callable[[object], None]], object]) -> object:
        """What is told once something was asked."""
        found: list[object] = []

        def told(answer: object) -> None:
            found.append(answer)
            self._loop.quit()

        ask(told)
        if not found:
            self._loop.exec()
        return found[0]

    def timed(self, name: str, ask: Callable[[Callable[[object], None]], object]) -> object:
        """Ask, wait, and keep how long it took."""
        started = time.perf_counter()
        answer = self._wait(ask)
        self.times.setdefault(name, []).append((time.perf_counter() - started) * 1000)
        return answer

    def recognize(self, digit: np.ndarray, name: str = "recognition") -> Recognition:
        client = self.client

        def ask(told: Callable[[object], None]) -> None:
            client.recognized.connect(told)
            client.recognize(digit)

        try:
            return self.timed(name, ask)
        finally:
            client.recognized.disconnect()


def measure(desk: Desk, marks: tuple[Stroke, ...], rng: np.random.Generator) -> None:
    digit = drawing_to_digit(marks)
    read = desk.recognize(digit)
    first, second = read.ranking[:2]
    explain = desk.client.explanations.ask
    asked = {
        "why": (WHY, WhyQuestion(digit, first, second)),
        "why, random weights": (WHY, WhyQuestion(digit, first, second, True)),
        "pieces": (PIECES, PiecesQuestion(marks)),
        "history": (HISTORY, HistoryQuestion(marks)),
        "sweeps": (SWEEPS, SweepQuestion(marks)),
    }
    for name, (parted, question) in asked.items():
        desk.timed(name, lambda told, p=parted, q=question: explain(p, q, told))
    desk.timed(
        "normalisation",
        lambda told: desk.client.ask(NORMALISATION, NormalisationQuestion(marks), told),
    )
    for name in ("why", "sweeps"):
        parted, question = asked[name]
        explain(parted, question, lambda _: None)
        # It is under way by now; the drawing waits for the part that is.
        application.processEvents()
        desk.recognize(digit, f"a drawing behind {name}")
        desk.client.explanations.stop(parted)
    _units(desk, read, digit, rng)


def _units(desk: Desk, read: Recognition, digit: np.ndarray, rng: np.random.Generator) -> None:
    """Frames and traces of some units, in this process."""
    for _ in range(_UNITS):
        layer = desk.info.layers[int(rng.integers(len(desk.info.layers)))]
        place = [int(rng.integers(side)) for side in layer.shape]
        unit = Unit(layer, *place)
        weights = desk.timed(
            "weights of a unit",
            lambda told, u=unit: desk.client.ask(
                LAYER_WEIGHTS, WeightsQuestion(u.layer.name, u.map), told
            ),
        )
        for name, work in (
            ("frames", lambda u=unit: fields_of(u, desk.info.layers, desk.info.side)),
            (
                "trace",
                lambda u=unit, w=weights: trace_unit(
                    u, w, activations_of(read, digit, desk.info, w)
                ),
            ),
        ):
            started = time.perf_counter()
            work()
            desk.times.setdefault(name, []).append((time.perf_counter() - started) * 1000)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--drawings", type=int, default=40)
    parser.add_argument("--weights", type=Path, default=None)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    rng = np.random.default_rng(given.seed)
    styles = shipped_styles()
    desk = Desk(given.weights or shipped_weights())
    try:
        for number in range(given.drawings + 1):
            measure(desk, tuple(styles.draw_digit(rng, number % 10).strokes), rng)
            if not number:
                desk.times.clear()  # the first of each kind is slower
    finally:
        desk.client.close()
    print(f"{desk.info.title}, {given.drawings} drawings, seed {given.seed}; milliseconds")
    print(f"{'':28} {'median':>8} {'99th':>8}   aim")
    for name, times in desk.times.items():
        middle, high = np.percentile(times, [50, 99])
        print(f"{name:28} {middle:8.2f} {high:8.2f}   {AIMS_MS.get(name, '')}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
