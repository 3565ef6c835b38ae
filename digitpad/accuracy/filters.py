"""What corruptions are made of: blurring, sampling between pixels, straight lines; for many
pictures at once."""

from __future__ import annotations

import math

import numpy as np


def blurred(pictures: np.ndarray, sigma: float) -> np.ndarray:
    """Pictures float32 (n, h, w) under a Gaussian of this spread in pixels; beyond an edge its
    pixels go on."""
    margin = math.ceil(3 * sigma)
    kernel = np.exp(-0.5 * (np.arange(-margin, margin + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    for axis in (1, 2):
        margins = [(0, 0), (0, 0), (0, 0)]
        margins[axis] = (margin, margin)
        padded = np.pad(pictures, margins, mode="edge")
        length = pictures.shape[axis]
        parts = (
            padded.take(range(i, i + length), axis) * np.float32(weight)
            for i, weight in enumerate(kernel)
        )
        pictures = np.add.reduce(list(parts), dtype=np.float32)
    return pictures


def sampled(pictures: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Pictures float32 (n, h, w) looked up between their pixels, bilinearly; zero outside.

    rows, columns: float (n or 1, h, w), for each pixel of what is returned where to look, in pixels
    from the centre of the first one.
    """
    n, height, width = pictures.shape
    padded = np.pad(pictures, ((0, 0), (1, 2), (1, 2)))
    rows = np.clip(rows, -1, height) + 1
    columns = np.clip(columns, -1, width) + 1
    top, left = rows.astype(np.intp), columns.astype(np.intp)
    down, right = (rows - top).astype(np.float32), (columns - left).astype(np.float32)
    each = np.arange(n)[:, None, None]
    upper = padded[each, top, left] * (1 - right) + padded[each, top, left + 1] * right
    lower = padded[each, top + 1, left] * (1 - right) + padded[each, top + 1, left + 1] * right
    return upper * (1 - down) + lower * down


def line_ink(starts: np.ndarray, ends: np.ndarray, side: int, half_width: float) -> np.ndarray:
    """The ink of one straight line a picture, float32 (n, side, side) in [0, 1].

    starts, ends: float (n, 2), row and column in pixels; half_width: from the line's middle to its
    edge, which is anti-aliased.
    """
    rows, columns = np.mgrid[:side, :side].astype(np.float32)
    row, column = starts.astype(np.float32).T[:, :, None, None]
    down, right = (ends - starts).astype(np.float32).T[:, :, None, None]
    down_from, right_from = rows - row, columns - column
    along = np.clip(
        (down_from * down + right_from * right) / np.maximum(down * down + right * right, 1e-9),
        0,
        1,
    )
    distance = np.hypot(down_from - along * down, right_from - along * right)
    coverage: np.ndarray = np.clip(half_width + 0.5 - distance, 0, 1)
    return coverage
