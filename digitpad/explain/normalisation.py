"""From the pen to 28 x 28, step by step, each step as the digit that it would have been."""

from __future__ import annotations

from collections.abc import Sequence

from digitpad.explain.changed_digits import ChangedDigits, Digit, Ink
from digitpad.explain.results import Stage
from digitpad.ink.drawing import PAD_SIZE, Mark
from digitpad.ink.normalize import BOX, FIELD, Frame, ink_box, normalize_in, peak_in
from digitpad.ink.pipeline import framed
from digitpad.ink.rasterize import rasterize


def stages_of(fills_field: bool) -> tuple[Stage, ...]:
    """The stages of a network's road, by its data set."""
    last = (Stage.FILLED,) if fills_field else (Stage.SMALL, Stage.CENTRED)
    return (Stage.PAD, Stage.BOX, *last)


def digits_of(marks: Sequence[Mark], fills_field: bool) -> ChangedDigits:
    """The digit of each stage of a drawing; of an empty one zeros without frames."""
    ink = rasterize(marks)
    return ChangedDigits.of(_digit(stage, ink, fills_field) for stage in stages_of(fills_field))


def _digit(stage: Stage, ink: Ink, fills_field: bool) -> tuple[Digit, Frame | None]:
    if stage in (Stage.CENTRED, Stage.FILLED):
        return framed(ink, fills_field)
    frame = _frame(stage, ink)
    if frame is None:
        return framed(ink, fills_field)
    return normalize_in(ink, frame, peak_in(ink, frame)), frame


def _frame(stage: Stage, ink: Ink) -> Frame | None:
    """Where the field lies at a stage before the last."""
    box = ink_box(ink)
    if box is None:
        return None
    if stage is Stage.PAD:
        return Frame(0.0, 0.0, PAD_SIZE / FIELD)
    left, top, right, bottom = box
    side = max(right - left, bottom - top)
    # The square around the ink has the ink in its middle.
    pixel = side / (FIELD if stage is Stage.BOX else BOX)
    return Frame(
        (left + right) / 2 - pixel * FIELD / 2, (top + bottom) / 2 - pixel * FIELD / 2, pixel
    )
