"""What a drawing is read as while it is turned, sheared, shifted, resized or its pen changes.

On the pad shift and size change nothing, since a drawing is normalised: those two are made in the
field of 28 x 28.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from digitpad.explain.changed_digits import ChangedDigits, Digit, HeldFrame, Ink, hold
from digitpad.explain.limits import reason_against
from digitpad.explain.questions import SweepQuestion
from digitpad.explain.results import Floats, NoReason, Readings, Sweep, SweepKind
from digitpad.ink.drawing import PAD_SIZE, Mark, Stroke
from digitpad.ink.normalize import FIELD, Frame, ink_box
from digitpad.ink.pipeline import framed
from digitpad.ink.rasterize import rasterize

STEPS = 49
"""Values of each sweep; the drawing as it is lies in their middle."""

ON_PAD = (SweepKind.ROTATION, SweepKind.PEN_WIDTH, SweepKind.SHEAR)

_RANGES = {
    SweepKind.ROTATION: (-60.0, 60.0),
    SweepKind.SHEAR: (-1.0, 1.0),
    SweepKind.SHIFT_X: (-6.0, 6.0),
    SweepKind.SHIFT_Y: (-6.0, 6.0),
}
_WIDER = 3.0
_LARGER = 1.6
_ROOM = 0.96


def values_of(kind: SweepKind, marks: Sequence[Mark]) -> Floats:
    """The values of a sweep, float64 (STEPS,), from low to high; widths are in pad units, those of
    the strokes' widest pen."""
    if kind in _RANGES:
        return np.linspace(*_RANGES[kind], STEPS)
    most = _WIDER if kind is SweepKind.PEN_WIDTH else _LARGER
    factors = most ** np.linspace(-1.0, 1.0, STEPS)
    return factors * _pen_width(marks) if kind is SweepKind.PEN_WIDTH else factors


def count_of(question: SweepQuestion) -> int:
    """How many digits are read for a question."""
    return STEPS * len(question.kinds)


def digits_of(
    question: SweepQuestion, first: int, last: int, fills_field: bool = False
) -> ChangedDigits:
    """The digits of a question, from first on, last excluded, sweep by sweep."""
    sheet = rasterize(question.marks)
    held = hold(sheet, fills_field)

    def one(item: int) -> tuple[Digit, Frame | None]:
        kind = question.kinds[item // STEPS]
        value = float(values_of(kind, question.marks)[item % STEPS])
        if held is None or item % STEPS == STEPS // 2:
            return framed(sheet, fills_field)
        if kind not in ON_PAD:
            frame = _moved(held, kind, value)
            return replace(held, frame=frame).digit(sheet), frame
        return framed(_ink(kind, value, question.marks, sheet), fills_field)

    return ChangedDigits.of(one(item) for item in range(first, min(last, count_of(question))))


def refusal(question: SweepQuestion) -> tuple[Sweep, ...] | None:
    """The answer to a question that nothing need be read for, since there is no explanation."""
    reason = reason_against(question.marks)
    if reason is None:
        return None
    none = Readings.none()
    return tuple(Sweep(kind, np.zeros(0), 0, none, (), reason) for kind in question.kinds)


def assemble(question: SweepQuestion, readings: Readings) -> tuple[Sweep, ...]:
    """The answer to a question, once all its digits were read: a sweep for each kind."""
    found = []
    for number, kind in enumerate(question.kinds):
        part = readings[number * STEPS : (number + 1) * STEPS]
        reason = None
        if kind is SweepKind.PEN_WIDTH and not _are_strokes(question.marks):
            reason = NoReason.NO_STROKES
        elif not part.is_finite:
            reason = NoReason.NOT_FINITE
        values = values_of(kind, question.marks)
        found.append(Sweep(kind, values, STEPS // 2, part, part.flips(), reason))
    return tuple(found)


def _are_strokes(marks: Sequence[Mark]) -> bool:
    return all(isinstance(mark, Stroke) for mark in marks)


def _pen_width(marks: Sequence[Mark]) -> float:
    widths = [mark.width for mark in marks if isinstance(mark, Stroke) and not mark.erases]
    return max(widths, default=1.0)


def _moved(held: HeldFrame, kind: SweepKind, value: float) -> Frame:
    """The frame in which the ink lies shifted, or larger about the field's middle."""
    frame = held.frame
    if kind is SweepKind.SHIFT_X:
        return replace(frame, left=frame.left - value * frame.pixel)
    if kind is SweepKind.SHIFT_Y:
        return replace(frame, top=frame.top - value * frame.pixel)
    pixel = frame.pixel / value
    room = (frame.pixel - pixel) * FIELD / 2
    return Frame(frame.left + room, frame.top + room, pixel)


def _ink(kind: SweepKind, value: float, marks: Sequence[Mark], sheet: Ink) -> Ink:
    """The ink of a drawing that was changed on the pad."""
    if kind is SweepKind.PEN_WIDTH:
        factor = value / _pen_width(marks)
        return rasterize(
            replace(mark, width=mark.width * factor)
            if isinstance(mark, Stroke) and not mark.erases
            else mark
            for mark in marks
        )
    if kind is SweepKind.ROTATION:
        turn = np.radians(value)
        # Rows of y go down: to the right is clockwise.
        matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    else:
        matrix = np.array([[1.0, -value], [0.0, 1.0]])
    box = ink_box(sheet)
    assert box is not None
    matrix = matrix * min(1.0, _fitting(box, matrix))
    middle = np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])
    if _are_strokes(marks):
        return rasterize(_changed(mark, matrix, middle) for mark in marks)
    return _resampled(sheet, matrix, middle)


def _fitting(box: tuple[int, int, int, int], matrix: Floats) -> float:
    """How large what was in a box may stay once it is changed, so that it fits the pad; size makes
    no difference to what is read."""
    half = np.array([box[2] - box[0], box[3] - box[1]]) / 2
    extent = np.abs(matrix) @ half
    return float(_ROOM * PAD_SIZE / 2 / max(extent.max(), 1e-9))


def _changed(mark: Mark, matrix: Floats, middle: Floats) -> Stroke:
    """A stroke that was changed about the ink's middle, which comes to the pad's; its width as its
    size."""
    assert isinstance(mark, Stroke)
    points = mark.points.copy()
    points[:, :2] = (points[:, :2] - middle) @ matrix.T + PAD_SIZE / 2
    size = float(np.sqrt(abs(np.linalg.det(matrix))))
    return replace(mark, points=points, width=mark.width * size)


def _resampled(sheet: Ink, matrix: Floats, middle: Floats) -> Ink:
    """Ink that was changed about its middle, which comes to the pad's; bilinear."""
    side = len(sheet)
    rows, columns = np.mgrid[0:side, 0:side].astype(np.float64) + 0.5
    from_middle = np.stack([columns - side / 2, rows - side / 2], axis=-1)
    source = from_middle @ np.linalg.inv(matrix).T + middle - 0.5
    low = np.floor(source).astype(np.intp)
    share = source - low
    padded = np.pad(sheet, 1).astype(np.float64)
    x, y = (low[..., axis].clip(-1, side - 1) + 1 for axis in (0, 1))
    is_inside = ((low >= -1) & (low < side)).all(axis=-1)
    across, down = share[..., 0], share[..., 1]
    found = (1 - down) * ((1 - across) * padded[y, x] + across * padded[y, x + 1]) + down * (
        (1 - across) * padded[y + 1, x] + across * padded[y + 1, x + 1]
    )
    return np.where(is_inside, found + 0.5, 0).astype(np.uint8)
