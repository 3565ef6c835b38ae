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
from digitpad.ink.rasterize import InkSurface, rasterize, smooth_line

STEPS = 41
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
_LONGEST = 30.0
_WIDENS = 0.1

TOLERANCE = 0.25
"""In pad units: a fortieth of a pixel of the digit, or less."""


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
    """The digits of a question, from first on, last excluded: the first value of each sweep, then
    the second of each, so that parts of the question take equally long."""
    marks = question.marks
    sheet = rasterize(marks)
    held, lines = hold(sheet, fills_field), _lines(marks)
    box = ink_box(sheet)
    values = {kind: values_of(kind, marks) for kind in question.kinds}

    def one(item: int) -> tuple[Digit, Frame | None]:
        step, number = divmod(item, len(question.kinds))
        kind = question.kinds[number]
        value = float(values[kind][step])
        if held is None or box is None or step == STEPS // 2:
            return framed(sheet, fills_field)
        if kind not in ON_PAD:
            frame = _moved(held, kind, value)
            # The ink alone, without the paper around it, takes a third of the time.
            near = replace(frame, left=frame.left - box[0], top=frame.top - box[1])
            ink = sheet[box[1] : box[3], box[0] : box[2]]
            return replace(held, frame=near).digit(ink), frame
        if lines is None:
            return framed(_resampled(kind, value, sheet, box), fills_field)
        return framed(_redrawn(kind, value, lines, box, _pen_width(marks)), fills_field)

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
        part = readings[number :: len(question.kinds)]
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


def _matrix(kind: SweepKind, value: float, box: tuple[int, int, int, int]) -> Floats:
    """How points about the ink's middle are moved, so that they fit the pad; size makes no
    difference to what is read."""
    turn = np.radians(value)
    if kind is SweepKind.ROTATION:
        # Rows go down: to the right is clockwise.
        matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    else:
        matrix = np.array([[1.0, -value], [0.0, 1.0]])
    extent = np.abs(matrix) @ (np.array([box[2] - box[0], box[3] - box[1]]) / 2)
    found: Floats = matrix * min(1.0, _ROOM * PAD_SIZE / 2 / max(float(extent.max()), 1e-9))
    return found


def _middle(box: tuple[int, int, int, int]) -> Floats:
    return np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])


def _lines(marks: Sequence[Mark]) -> list[tuple[Stroke, Floats]] | None:
    """Each stroke with the vertices of its curve that shape it; None where there is a picture."""
    strokes = [mark for mark in marks if isinstance(mark, Stroke)]
    if len(strokes) < len(marks):
        return None
    return [(stroke, simplified(smooth_line(stroke), stroke.width)) for stroke in strokes]


def simplified(line: Floats, width: float) -> Floats:
    """A line's vertices, float64 (m, 3), without those that lie within TOLERANCE of the straight
    way between others, in place and in half the pen's width; a pen reports many such."""
    shape = line * np.array([1.0, 1.0, 0.5 * width])
    kept, start = [0], 0
    while start < len(line) - 1:
        end = start + 1
        while end + 1 < len(line) and _is_straight(shape[start : end + 2]):
            end += 1
        kept.append(end)
        start = end
    found: Floats = line[kept]
    return found


def _is_straight(shape: Floats) -> bool:
    """Whether vertices lie along the straight way from the first to the last."""
    first, way = shape[0], shape[-1] - shape[0]
    square = float(way @ way)
    # A capsule that widens fast is no union of the discs along it.
    is_even = abs(way[2]) <= _WIDENS * float(np.hypot(way[0], way[1]))
    if not 0 < square <= _LONGEST**2 or not is_even:
        return False
    along = ((shape[1:-1] - first) @ way / square).clip(0, 1)
    off = shape[1:-1] - first - along[:, None] * way
    return bool((np.square(off).sum(axis=1) <= TOLERANCE**2).all())


def _redrawn(
    kind: SweepKind,
    value: float,
    lines: Sequence[tuple[Stroke, Floats]],
    box: tuple[int, int, int, int],
    pen_width: float,
) -> Ink:
    """The ink of strokes that were changed on the pad, drawn anew; a changed drawing comes to the
    pad's middle, its pen's width as its size."""
    surface = InkSurface()
    if kind is SweepKind.PEN_WIDTH:
        for stroke, line in lines:
            factor = 1.0 if stroke.erases else value / pen_width
            surface.draw_along(replace(stroke, width=stroke.width * factor), line)
        return surface.ink
    matrix, middle = _matrix(kind, value, box), _middle(box)
    size = float(np.sqrt(abs(np.linalg.det(matrix))))
    for stroke, line in lines:
        moved = line.copy()
        moved[:, :2] = (line[:, :2] - middle) @ matrix.T + PAD_SIZE / 2
        surface.draw_along(replace(stroke, width=stroke.width * size), moved)
    return surface.ink


def _resampled(kind: SweepKind, value: float, sheet: Ink, box: tuple[int, int, int, int]) -> Ink:
    """The ink of a drawing with a picture in it that was changed on the pad, bilinear; the pen's
    width of a picture stays as it is."""
    if kind is SweepKind.PEN_WIDTH:
        return sheet
    side = len(sheet)
    matrix, middle = _matrix(kind, value, box), _middle(box)
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
