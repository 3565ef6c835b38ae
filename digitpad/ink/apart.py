"""Digits that stand apart on the pad: where each lies, and what is left where one is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from digitpad.ink.drawing import PAD_SIZE, Mark, PlacedPicture, Stroke
from digitpad.ink.normalize import ink_box
from digitpad.ink.pipeline import framed
from digitpad.ink.rasterize import rasterize
from digitpad.ink.segmentation import segment_masks

# Strokes alone may miss a soft edge that another stroke lies over.
_LIKE = 96


@dataclass(frozen=True, eq=False)
class PadPart:
    """One of several digits on the pad, as they seem.

    box: left, top, right and bottom in pad units. digit: float32 (28, 28) in [0, 1], as the network
    reads it alone. alone: the marks that put it on the pad without the others.
    """

    box: tuple[float, float, float, float]
    digit: np.ndarray
    alone: Callable[[], list[Mark]]


def parts_of_drawing(marks: Sequence[Mark], ink: np.ndarray) -> tuple[PadPart, ...]:
    """The digits that stand apart in a drawing, in reading order; none where it is one digit, or
    empty.

    marks: of the drawing. ink: what they leave on the pad, uint8 (280, 280), 255 = ink.
    """
    masks = segment_masks(ink)
    if len(masks) < 2:
        return ()
    return tuple(_part(tuple(marks), ink, mask) for mask in masks)


def _part(marks: tuple[Mark, ...], ink: np.ndarray, mask: np.ndarray) -> PadPart:
    own = np.where(mask, ink, 0).astype(np.uint8)
    left, top, right, bottom = ink_box(own) or (0, 0, 0, 0)
    return PadPart(
        (left, top, right, bottom), framed(own)[0], lambda: marks_of_part(marks, own, mask)
    )


def marks_of_part(marks: Sequence[Mark], own: np.ndarray, mask: np.ndarray) -> list[Mark]:
    """The strokes that make one part of a drawing, where they make just that; else its ink as a
    picture in its place.

    own: the part's ink, uint8 (280, 280). mask: where it lies, bool (280, 280).
    """
    kept: list[Mark] = [mark for mark in marks if _belongs(mark, mask)]
    apart = np.abs(rasterize(kept).astype(np.int16) - own) if kept else own
    if int(apart.max(initial=0)) <= _LIKE:
        return kept
    return [PlacedPicture(own, 0.0, 0.0, float(PAD_SIZE), float(PAD_SIZE))]


def _belongs(mark: Mark, mask: np.ndarray) -> bool:
    """Whether most of what a stroke has on the pad lies in a mask; the eraser belongs to all."""
    if isinstance(mark, PlacedPicture):
        return True
    if mark.erases:
        return True
    return _share_in(mark, mask) > 0.5


def _share_in(stroke: Stroke, mask: np.ndarray) -> float:
    at = np.floor(stroke.points[:, :2]).astype(int)
    at = at[((at >= 0) & (at < PAD_SIZE)).all(axis=1)]
    return float(mask[at[:, 1], at[:, 0]].mean()) if len(at) else 0.0
