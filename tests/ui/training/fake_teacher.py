"""A process that stands in for the one that teaches: it answers as told, without PyTorch.

    python -c "from tests... "    # started by command_of(behaviour)

behaviour: "worth it", "forgets", "refuses", "dies", "lies" or "silent".
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np

from digitpad.core.processes import python_code
from digitpad.engine.fields import Fields
from digitpad.engine.messages import REFUSED, Message, MessageReader, encode
from digitpad.teaching.figures import Answers, Figure, Measure, Table, figure_of
from digitpad.teaching.messages import (
    KEPT,
    PROGRESS,
    TAUGHT,
    TEACH,
    Stage,
    TaughtAnswer,
    decode_keep,
    decode_request,
    encode_kept,
    encode_progress,
    encode_taught,
)

_HERE = Path(__file__).resolve().parents[3]


def command_of(behaviour: str) -> list[str]:
    """The command that starts it."""
    return python_code(
        f"import sys; sys.path.insert(0, {str(_HERE)!r})\n"
        f"from tests.ui.training.fake_teacher import main; main({behaviour!r})"
    )


def figure(measure: Measure, n: int, won: int, lost: int) -> Figure:
    """Of n digits labelled 1, the first won and the last lost."""
    labels, before, after = (np.ones(n, np.int64) for _ in range(3))
    before[:won] = 7
    after[n - lost :] = 7
    digits = np.zeros((n, 28, 28), np.uint8)
    digits[:, 4:24, 12:16] = 255
    accepted = np.ones(n, bool)
    return figure_of(measure, digits, labels, Answers(before, accepted), Answers(after, accepted))


def table(is_worth_it: bool) -> Table:
    """Three drawings learned; MNIST kept, or forgotten."""
    return Table(
        (
            figure(Measure.OWN, 3, 3, 0),
            figure(Measure.MNIST, 3_000, 2, 1 if is_worth_it else 70),
            figure(Measure.OTHERS, 3_000, 5, 4),
            figure(Measure.NON_DIGITS, 1_500, 1, 1),
        )
    )


def main(behaviour: str) -> None:
    """Answer until the input ends."""
    reader = MessageReader()
    while chunk := os.read(0, 1 << 16):
        for message in reader.feed(chunk):
            _answer(behaviour, message)


def _answer(behaviour: str, message: Message) -> None:
    def say(kind: str, content: object, more: bool = False) -> None:
        os.write(1, encode(kind, message.request, content, more=more))  # type: ignore[arg-type]

    fields = Fields(message.content, "a request")
    if message.kind != TEACH:
        overruled, _folder = decode_keep(fields)
        say(KEPT, encode_kept(Path(f"/versions/{'overruled' if overruled else 'kept'}")))
        return
    asked = decode_request(fields)
    for share in (0.3, 0.6):
        say(PROGRESS, encode_progress(Stage.TEACHING, share), more=True)
    if behaviour == "dies":
        print("it fell over", file=sys.stderr)
        os._exit(3)
    if behaviour == "lies":
        os.write(1, b"nonsense")
    elif behaviour == "refuses":
        say(REFUSED, ({"message": "There is no labelled drawing to teach"}, b""))
    elif behaviour != "silent":
        is_worth_it = behaviour == "worth it" and not asked.without_replay
        say(TAUGHT, encode_taught(TaughtAnswer(table(is_worth_it), 3, 0, 0.9)))
