"""Ink becomes a picture of the whole pad, for data sets whose pictures fill their field, as clothes do."""

from __future__ import annotations

import numpy as np

from digitpad.ink.normalize import FIELD, Frame


def whole_field(ink: np.ndarray) -> tuple[np.ndarray, Frame | None]:
    """The pad averaged to 28 x 28, nothing moved or enlarged, and the frame of that field over the ink.

    ink: uint8 (H, H), 0 = paper, 255 = ink, H a multiple of 28. Returns float32 (28, 28) in [0, 1]; a picture of 28 x 28
    that fills the pad comes out as it went in. Empty ink gives zeros and no frame. Raises ValueError for another shape.
    """
    side = len(ink)
    if ink.ndim != 2 or ink.shape[1] != side or side % FIELD or not side:
        raise ValueError(f"the pad has to be square, its side a multiple of {FIELD}, not {ink.shape}")
    pixel = side // FIELD
    blocks = ink.reshape(FIELD, pixel, FIELD, pixel)
    digit = (blocks.mean(axis=(1, 3), dtype=np.float32) / np.float32(255)).astype(np.float32)
    return digit, Frame(0.0, 0.0, float(pixel)) if ink.any() else None
