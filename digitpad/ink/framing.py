"""Ink becomes a picture of a data set: each set's own way of laying things in the 28 x 28 field.

A network reads best what lies in its field as its training pictures do. Digits of MNIST's kind lie
in a box of 20 x 20 about their centre of mass (digitpad.ink.normalize). Clothes and cursive
characters reach from edge to edge; put into MNIST's box they are another size, and most are
misread.
"""

from __future__ import annotations

import numpy as np

from digitpad.ink.normalize import FIELD, Frame, ink_box, normalize_framed


def framed(ink: np.ndarray, fills_field: bool) -> tuple[np.ndarray, Frame | None]:
    """The picture that a network of a data set reads, and where its field lies over the ink.

    ink: uint8 (H, W), 0 = paper, 255 = ink, of any size. Returns float32 (28, 28) in [0, 1]; empty
    ink gives zeros and no frame. Test images of clothes, stretched over the whole sheet, come back
    as they are, but for two in a hundred.
    """
    return _filling(ink) if fills_field else normalize_framed(ink)


def _filling(ink: np.ndarray) -> tuple[np.ndarray, Frame | None]:
    """The box around the ink as large as the field allows, in the middle by whole pixels, its greys
    as they are.

    After Xiao, Rasul and Vollgraf, "Fashion-MNIST" (2017), section 2, without their sharpening. Ink
    smaller than the field is not enlarged.
    """
    box = ink_box(ink)
    if box is None:
        return np.zeros((FIELD, FIELD), np.float32), None
    left, top, right, bottom = box
    height, width = bottom - top, right - left
    side = max(height, width, FIELD)
    pixel = side / FIELD
    first_row = top - _margin(height, side) * pixel
    first_column = left - _margin(width, side) * pixel
    rows = _averaged_rows(ink, first_row, pixel)
    digit = _averaged_rows(rows.T, first_column, pixel).T / 255
    return digit.clip(0, 1).astype(np.float32), Frame(first_column, first_row, pixel)


def _margin(extent: int, side: int) -> int:
    """The field's whole pixels before ink of that extent, of a side that fills the field. Where
    the middle lies between two pixels the larger margin goes first, as in nearly all of
    Fashion-MNIST's pictures."""
    return (FIELD * (side - extent) + side) // (2 * side)


def _averaged_rows(sheet: np.ndarray, first: float, pixel: float) -> np.ndarray:
    """28 rows, each the mean over ``pixel`` rows of a sheet from the row ``first`` on: float64 (28,
    columns).

    Beyond the sheet there is no ink.
    """
    sums = np.zeros((len(sheet) + 2, sheet.shape[1]))
    np.cumsum(sheet, axis=0, dtype=np.float64, out=sums[1:-1])
    sums[-1] = sums[-2]
    edges = (first + pixel * np.arange(FIELD + 1)).clip(0, len(sheet))
    whole = edges.astype(np.intp)
    at_edges = sums[whole] + (edges - whole)[:, None] * (sums[whole + 1] - sums[whole])
    return np.diff(at_edges, axis=0) / pixel
