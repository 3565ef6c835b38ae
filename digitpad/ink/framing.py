"""Ink that fills its field: how clothes and cursive characters lie in their 28 x 28 pictures.

They reach from edge to edge. Put into MNIST's box of 20 x 20 they are another size, and most are
misread.
"""

from __future__ import annotations

import numpy as np

from digitpad.ink.normalize import FIELD, Frame, averaged_rows, ink_box


def fill_field(ink: np.ndarray) -> tuple[np.ndarray, Frame | None]:
    """The box around the ink as large as the field allows, in the middle by whole pixels, its greys
    as they are, and where the field lies over the ink.

    ink: uint8 (H, W), 0 = paper, 255 = ink, of any size; smaller than the field it is not enlarged.
    Returns float32 (28, 28) in [0, 1]; empty ink gives zeros and no frame. After Xiao, Rasul and
    Vollgraf, "Fashion-MNIST" (2017), section 2, without their sharpening.
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
    rows = averaged_rows(ink, first_row, pixel, FIELD)
    digit = averaged_rows(rows.T, first_column, pixel, FIELD).T / 255
    return digit.clip(0, 1).astype(np.float32), Frame(first_column, first_row, pixel)


def _margin(extent: int, side: int) -> int:
    """The field's whole pixels before ink of that extent, of a side that fills the field. Where
    the middle lies between two pixels the larger margin goes first, as in nearly all of
    Fashion-MNIST's pictures."""
    return (FIELD * (side - extent) + side) // (2 * side)
