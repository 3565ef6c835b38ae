"""A drawing replayed along its length: what it is read as while it grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digitpad.explain.changed_digits import ChangedDigits
from digitpad.explain.limits import reason_against
from digitpad.explain.questions import HistoryQuestion
from digitpad.explain.results import Floats, History, NoReason, Readings
from digitpad.ink.drawing import Mark, Stroke
from digitpad.ink.pipeline import framed
from digitpad.ink.rasterize import InkSurface

MOST_STEPS = 96


@dataclass(frozen=True, eq=False)
class _Timeline:
    """Where each mark begins and ends along a drawing's length, float64 (n,) each; a picture and a
    dot have no length."""

    starts: Floats
    ends: Floats

    @property
    def length(self) -> float:
        return float(self.ends[-1]) if len(self.ends) else 0.0


def _timeline(marks: Sequence[Mark]) -> _Timeline:
    lengths = np.array([_legs(mark).sum() for mark in marks], np.float64)
    ends = np.cumsum(lengths)
    return _Timeline(ends - lengths, ends)


def _legs(mark: Mark) -> Floats:
    """The lengths between a stroke's points; none of a picture."""
    if not isinstance(mark, Stroke):
        return np.zeros(0)
    legs = np.diff(mark.points[:, :2].astype(np.float64), axis=0)
    return np.hypot(legs[:, 0], legs[:, 1])


def length_of(marks: Sequence[Mark]) -> float:
    """How much was drawn, in pad units along all strokes."""
    return _timeline(marks).length


def marks_until(marks: Sequence[Mark], length: float) -> tuple[Mark, ...]:
    """What was on the pad when so much was drawn: whole marks, and the last as far as it came; at
    a length of 0 the first point, or the picture, that came first."""
    timeline = _timeline(marks)
    found: list[Mark] = []
    for mark, start, end in zip(marks, timeline.starts, timeline.ends, strict=True):
        if end <= length:
            found.append(mark)
            continue
        if isinstance(mark, Stroke) and (start < length or not found):
            found.append(_begun(mark, length - float(start)))
        break
    return tuple(found)


def _begun(stroke: Stroke, length: float) -> Stroke:
    """A stroke as far as it came along its points; the last lies on the way to the next."""
    arc = np.concatenate([[0.0], np.cumsum(_legs(stroke))])
    whole = int(np.searchsorted(arc, length, "right"))
    points = stroke.points[:whole]
    if whole < len(arc) and length > arc[whole - 1]:
        share = (length - arc[whole - 1]) / (arc[whole] - arc[whole - 1])
        here, there = stroke.points[whole - 1], stroke.points[whole]
        points = np.concatenate([points, (here + share * (there - here))[None]])
    return Stroke(points.astype(np.float32), stroke.width, stroke.erases)


def lengths_of(question: HistoryQuestion) -> Floats:
    """The lengths of a question's steps, float64 (n,), evenly spaced; the last is the whole."""
    steps = min(max(question.steps, 2), MOST_STEPS)
    return np.linspace(0.0, length_of(question.marks), steps + 1)[1:]


def digits_of(
    question: HistoryQuestion, first: int, last: int, fills_field: bool = False
) -> ChangedDigits:
    """The digits of a question's steps, from first on, last excluded."""
    timeline, sheet = _timeline(question.marks), InkSurface()
    found, whole = [], 0
    for length in lengths_of(question)[first:last]:
        while whole < len(question.marks) and timeline.ends[whole] <= length:
            sheet.draw(question.marks[whole])
            whole += 1
        ink = sheet.ink
        if whole < len(question.marks) and timeline.starts[whole] < length:
            mark = question.marks[whole]
            assert isinstance(mark, Stroke)
            # What is finished stays; the stroke that grows is drawn anew over it.
            growing = InkSurface()
            growing.ink[:] = ink
            growing.draw(_begun(mark, float(length - timeline.starts[whole])))
            ink = growing.ink
        found.append(framed(ink, fills_field))
    return ChangedDigits.of(found)


def refusal(question: HistoryQuestion) -> History | None:
    """The answer to a question that nothing need be read for, since there is no explanation."""
    reason = reason_against(question.marks, needs_strokes=True)
    if reason is None and length_of(question.marks) == 0:
        reason = NoReason.TOO_LITTLE
    if reason is None:
        return None
    none, readings = np.zeros(0), Readings.none()
    places = np.zeros(0, np.int64)
    return History(none, places, readings, np.zeros((0, 0)), none, (), reason)


def assemble(question: HistoryQuestion, readings: Readings, temperature: float) -> History:
    """The answer to a question, once all its digits were read. temperature: what the network's
    logits are divided by."""
    marks = question.marks
    lengths, timeline = lengths_of(question), _timeline(marks)
    strokes = [isinstance(mark, Stroke) for mark in marks]
    places = np.searchsorted(timeline.ends, lengths - 1e-9).clip(0, max(0, len(marks) - 1))
    # A dot, or a picture, is no end of a line.
    lifts = np.array(
        [
            end
            for end, start, is_stroke in zip(
                timeline.ends[:-1], timeline.starts[:-1], strokes[:-1], strict=True
            )
            if is_stroke and end > start
        ],
        np.float64,
    )
    return History(
        lengths,
        places.astype(np.int64),
        readings,
        log_odds(readings.logits, temperature),
        lifts,
        readings.flips(),
        None if readings.is_finite else NoReason.NOT_FINITE,
    )


def log_odds(logits: npt.NDArray[np.float32], temperature: float) -> Floats:
    """log p / (1 - p) of the softmax of logits (n, c) divided by a temperature: float64 (n, c),
    without the limits of probabilities that are rounded to 1."""
    scaled = logits.astype(np.float64) / temperature
    classes = scaled.shape[1]
    found = np.empty_like(scaled)
    with np.errstate(all="ignore"):
        for one in range(classes):
            others = np.delete(scaled, one, axis=1)
            peak = others.max(axis=1)
            found[:, one] = (
                scaled[:, one] - peak - np.log(np.exp(others - peak[:, None]).sum(axis=1))
            )
    return found
