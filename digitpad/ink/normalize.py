"""Ink becomes a digit: MNIST's own geometry, step by step.

After the reconstruction of MNIST's preprocessing by Yadav and Bottou, "Cold Case: The Lost MNIST
Digits" (2019), whose pixels lie within 3/255 of MNIST's. A network that learned MNIST reads best
what was prepared in exactly this way; half a pixel more or less of the centre of mass costs up to a
point of accuracy.

One departure: at most one row and one column of ink leave the 28x28 field, as the tips of a few of
MNIST's own 7s do. A drawing with nearly all its ink at one end would otherwise lose the other end.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from digitpad.core.constants import FIELD as FIELD

BOX = 20
_SMALLEST_SIDE = 10


def ink_box(ink: np.ndarray) -> tuple[int, int, int, int] | None:
    """The tight box around all ink: left, top, right, bottom in pixels, right and bottom
    excluded; None without ink."""
    rows = np.flatnonzero(ink.any(axis=1))
    if len(rows) == 0:
        return None
    columns = np.flatnonzero(ink.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


@dataclass(frozen=True)
class Frame:
    """Where the 28x28 field of a digit lies over the ink it came from.

    left, top: the field's corner; pixel: the side of one of its pixels; all in pixels of the ink.
    """

    left: float
    top: float
    pixel: float

    def on_ink(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """Where a box of the field, (left, top, right, bottom) in its pixels, lies on the ink:
        (left, top, width, height)."""
        left, top, right, bottom = (edge * self.pixel for edge in box)
        return self.left + left, self.top + top, right - left, bottom - top


def normalize(ink: np.ndarray) -> np.ndarray:
    """The digit that the network reads.

    ink: uint8 (H, W), 0 = paper, 255 = ink, of any size. Returns float32 (28, 28) in [0, 1]; empty
    ink gives zeros. Its peak is 1 and its centre of mass, counted from pixel centres at +0.5, lies
    in (14, 15] both ways, unless ink leaves the field for that, which is at most one row and one
    column.
    """
    return normalize_framed(ink)[0]


def normalize_framed(ink: np.ndarray) -> tuple[np.ndarray, Frame | None]:
    """The digit, as normalize gives it, and where its field lies over the ink; empty ink has no
    frame."""
    digit = np.zeros((FIELD, FIELD), dtype=np.float32)
    box = ink_box(ink)
    if box is None:
        return digit, None
    left, top, right, bottom = box
    height, width = bottom - top, right - left
    side = max(height, width, _SMALLEST_SIDE)
    # The square around the box; at the sheet's edge it starts at the edge.
    above = min(top, int((side - height) / 2))
    beside = min(left, int((side - width) / 2))
    crop = np.zeros((side, side), dtype=np.uint8)
    crop[above : above + height, beside : beside + width] = ink[top:bottom, left:right]
    small = _averaged(crop)
    row, column = (_paste_at(small, axis) for axis in (0, 1))
    # The 20x20 box may reach over the field's edge.
    around = np.zeros((FIELD + 2 * BOX, FIELD + 2 * BOX), dtype=np.float32)
    around[BOX + row : 2 * BOX + row, BOX + column : 2 * BOX + column] = small / np.float32(255)
    digit[:] = around[BOX : BOX + FIELD, BOX : BOX + FIELD]
    pixel = side / BOX
    return digit, Frame(left - beside - column * pixel, top - above - row * pixel, pixel)


def normalize_in(ink: np.ndarray, frame: Frame, peak: float = 1.0) -> np.ndarray:
    """The digit that ink makes in a frame that is given, as where some of a drawing was taken away
    and the rest is held in its place.

    ink: uint8 (H, W); peak: what is taken for full ink, in (0, 1], as peak_in gives it. Returns
    float32 (28, 28) in [0, 1], in steps of 1 / 255; what lies beyond the field is cut off. In its
    own frame, with its own peak, ink gives what normalize_framed makes of it, to within a step.
    """
    levels = np.floor(255.0 * _sampled(ink, frame) / peak + 0.5).clip(0, 255)
    return (levels / 255).astype(np.float32)


def peak_in(ink: np.ndarray, frame: Frame) -> float:
    """What normalize_framed takes for full ink: the most that a pixel of the frame holds, in [0,
    1]; 1 where it holds none."""
    return min(1.0, float(_sampled(ink, frame).max())) or 1.0


def _sampled(ink: np.ndarray, frame: Frame) -> np.ndarray:
    """The mean ink of each pixel of a frame: float64 (28, 28) in [0, 1]."""
    rows = averaged_rows(ink, frame.top, frame.pixel, FIELD)
    return averaged_rows(rows.T, frame.left, frame.pixel, FIELD).T / 255.0


def _averaged(crop: np.ndarray) -> np.ndarray:
    """A square of ink, uint8, as 20x20 pixels, its peak 255: float32 of whole numbers."""
    while len(crop) < BOX:
        crop = crop.repeat(2, axis=0).repeat(2, axis=1)
    step = len(crop) / BOX
    rows = averaged_rows(crop, 0.0, step, BOX)
    small = averaged_rows(rows.T, 0.0, step, BOX).T / 255.0
    small = np.floor(255.0 * small / min(1.0, float(small.max())) + 0.5)
    return small.clip(0, 255).astype(np.float32)


def averaged_rows(sheet: np.ndarray, first: float, height: float, count: int) -> np.ndarray:
    """Rows of a sheet averaged down (or up) to ``count`` rows, each the mean over ``height`` rows
    of the sheet, from the row ``first`` on, which may lie between two and beyond the sheet.

    sheet: (rows, columns) of any numbers; beyond it there is no ink. Returns float64
    (count, columns).

    Differences of running sums, taken between rows where a share ends there: the same as the
    product with a matrix of overlap weights, without a matrix product, whose threads stand in each
    other's way on a busy machine.
    """
    # Whole numbers are summed as such: it is as exact, and a few times as fast.
    number = np.int32 if sheet.dtype == np.uint8 else np.float64
    sums = np.zeros((len(sheet) + 2, sheet.shape[1]), number)
    np.cumsum(sheet, axis=0, dtype=number, out=sums[1:-1])
    sums[-1] = sums[-2]
    edges = (first + height * np.arange(count + 1)).clip(0, len(sheet))
    whole = edges.astype(np.intp)
    part = (edges - whole)[:, None]
    at_edges = sums[whole] + part * (sums[whole + 1] - sums[whole])
    return np.diff(at_edges, axis=0) / height


def _paste_at(small: np.ndarray, axis: int) -> int:
    """Where the 20x20 box starts in the field along an axis, in pixels: its centre of mass comes to
    rest at 14.5, by whole pixels, and no more than its outermost line leaves the field."""
    profile = small.sum(axis=1 - axis, dtype=np.float64)
    centre = float(profile @ (np.arange(BOX) + 0.5)) / float(profile.sum())
    inked = np.flatnonzero(profile)
    return min(max(math.floor(15 - centre), -int(inked[0]) - 1), FIELD - int(inked[-1]))
