"""What goes through the pipe between the window and the process that teaches.

Cut into messages as the recogniser's (engine/messages.py). The window asks, one thing at a time:

    teach {"weights", "net", "drawings", "without_replay"}   -> progress ..., then taught
    keep  {"overruled", "folder"}                            -> kept

and may end the process at any time: nothing is written but the version's file, beside and moved
into place. Either answer may be "refused" with a message in its place. Needs neither torch nor Qt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np

from digitpad.core.constants import FIELD, NON_DIGIT
from digitpad.engine.fields import Fields
from digitpad.engine.messages import Content, ProtocolError
from digitpad.teaching.figures import MOST_PICTURES, Figure, Measure, Table, Turned

TEACH, KEEP = "teach", "keep"
PROGRESS, TAUGHT, KEPT = "progress", "taught", "kept"
_LONGEST_PATH = 4_000
_MOST = 1 << 31


class Stage(str, Enum):
    """What the process is at: it loads PyTorch and the digits to replay, draws those, reads them
    once, teaches."""

    LOADING = "loading"
    DRAWING = "drawing"
    READING = "reading"
    TEACHING = "teaching"


@dataclass(frozen=True)
class TeachingRequest:
    """weights and net: the network, as open_weights takes them. drawings: the collection's file.
    without_replay: the lesson in which all else is forgotten."""

    weights: Path
    net: str
    drawings: Path
    without_replay: bool = False


@dataclass(frozen=True, eq=False)
class TaughtAnswer:
    """The table, how many drawings were taught, how many of them could not be read, and how long it
    took in seconds."""

    table: Table
    taught: int
    left_out: int
    seconds: float


def encode_request(asked: TeachingRequest) -> Content:
    """A request to teach."""
    return {
        "weights": str(asked.weights),
        "net": asked.net,
        "drawings": str(asked.drawings),
        "without_replay": asked.without_replay,
    }, b""


def decode_request(fields: Fields) -> TeachingRequest:
    """A request to teach; raises ProtocolError where it is none."""
    asked = TeachingRequest(
        Path(fields.text("weights", _LONGEST_PATH, is_path=True)),
        fields.text("net", _LONGEST_PATH, is_path=True),
        Path(fields.text("drawings", _LONGEST_PATH, is_path=True)),
        fields.flag("without_replay"),
    )
    fields.end()
    return asked


def encode_progress(stage: Stage, share: float) -> Content:
    """How far it is: share in [0, 1] of a stage."""
    return {"stage": stage.value, "share": min(max(share, 0.0), 1.0)}, b""


def decode_progress(fields: Fields) -> tuple[Stage, float]:
    """What encode_progress gave; raises ProtocolError."""
    found = fields.choice("stage", Stage), fields.number("share", 0, 1)
    fields.end()
    return found


def encode_taught(answer: TaughtAnswer) -> Content:
    """A table with its pictures."""
    table = answer.table
    every = [turned for one in table.figures for turned in (one.turned_right, one.turned_wrong)]
    content = {
        "figures": [_figure_fields(figure) for figure in table.figures],
        "temperature": table.temperature,
        "threshold": table.threshold,
        "taught": answer.taught,
        "left_out": answer.left_out,
        "seconds": answer.seconds,
    }
    return content, b"".join(turned.digits.tobytes() for turned in every)


def decode_taught(fields: Fields, body: bytes) -> TaughtAnswer:
    """What encode_taught gave; raises ProtocolError where a count, a label or the number of
    pictures makes no sense."""
    at, figures = 0, []
    view = np.frombuffer(body, np.uint8)
    for part in fields.objects("figures", len(Measure), "a figure"):
        measure = part.choice("measure", Measure)
        n, before, after, won, lost = (
            part.integer(name, 0, _MOST) for name in ("n", "before", "after", "won", "lost")
        )
        if max(before, after, won + lost) > n or after - before != won - lost:
            raise part.wrong("counts")
        turned = []
        for name, most in (("turned_right", won), ("turned_wrong", lost)):
            rows = [_labels(part, f"{name}_{each}") for each in ("labels", "before", "after")]
            count = len(rows[0])
            if count != min(most, MOST_PICTURES) or any(len(row) != count for row in rows):
                raise part.wrong(name)
            size = count * FIELD * FIELD
            if at + size > len(view):
                raise ProtocolError("a table is not as expected: it lacks pictures")
            digits = view[at : at + size].reshape(count, FIELD, FIELD)
            at += size
            turned.append(Turned(digits, *rows))
        part.end()
        figures.append(Figure(measure, n, before, after, won, lost, *turned))
    if at != len(view) or [one.measure for one in figures] != _in_order(figures):
        raise ProtocolError("a table is not as expected: its pictures or its order")
    if not figures or figures[0].measure is not Measure.OWN:
        raise ProtocolError("a table is not as expected: it has no figure of the drawings taught")
    answer = TaughtAnswer(
        Table(
            tuple(figures),
            fields.number_or_none("temperature"),
            fields.number_or_none("threshold"),
        ),
        fields.integer("taught", 0, _MOST),
        fields.integer("left_out", 0, _MOST),
        fields.number("seconds", 0, 1e9),
    )
    fields.end()
    return answer


def encode_keep(overruled: bool, folder: Path | None) -> Content:
    """A request to keep what was taught; folder: the user's own for None."""
    return {"overruled": overruled, "folder": "" if folder is None else str(folder)}, b""


def decode_keep(fields: Fields) -> tuple[bool, Path | None]:
    """What encode_keep gave; raises ProtocolError."""
    overruled = fields.flag("overruled")
    folder = fields.text("folder", _LONGEST_PATH, is_path=True)
    fields.end()
    return overruled, Path(folder) if folder else None


def encode_kept(path: Path) -> Content:
    """Where a version was written."""
    return {"path": str(path)}, b""


def decode_kept(fields: Fields) -> Path:
    """What encode_kept gave; raises ProtocolError."""
    path = Path(fields.text("path", _LONGEST_PATH, is_path=True))
    fields.end()
    return path


def _figure_fields(figure: Figure) -> dict[str, object]:
    found: dict[str, object] = {"measure": figure.measure.value}
    found |= {name: getattr(figure, name) for name in ("n", "before", "after", "won", "lost")}
    for name in ("turned_right", "turned_wrong"):
        turned: Turned = getattr(figure, name)
        for each in ("labels", "before", "after"):
            found[f"{name}_{each}"] = getattr(turned, each).tolist()
    return found


def _labels(part: Fields, name: str) -> np.ndarray:
    return np.array(part.integers(name, MOST_PICTURES, NON_DIGIT, 9), np.int64)


def _in_order(figures: Sequence[Figure]) -> list[Measure]:
    there = {figure.measure for figure in figures}
    return [measure for measure in Measure if measure in there]
