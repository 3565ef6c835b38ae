"""The edges of a picture.

After Canny, "A Computational Approach to Edge Detection" (1986): smoothing, gradient, thinning, two
thresholds. A departure: thinning compares with the nearest of eight neighbours where others
interpolate between two.
"""

from __future__ import annotations

import numpy as np

from digitpad.accuracy.filters import blurred

SIGMA = 1.0
LOW, HIGH = 0.1, 0.2
"""Of the gradient as Sobel's operator gives it, unscaled, for ink in [0, 1]."""

_STEPS = ((0, 1), (1, 1), (1, 0), (1, -1))


def edges(digits: np.ndarray) -> np.ndarray:
    """The edges of digits float32 (n, h, w) in [0, 1]: the same shape, 1 on an edge and 0
    elsewhere."""
    smooth = blurred(digits, SIGMA)
    down, right = _sobel(smooth), _sobel(smooth.transpose(0, 2, 1)).transpose(0, 2, 1)
    strength = np.hypot(down, right)
    # Which of the four lines through a pixel the gradient runs along: 0 level, 1 falling, 2
    # upright, 3 rising.
    line = np.round(np.arctan2(down, right) / (np.pi / 4)).astype(int) % 4
    thin = np.zeros(digits.shape, bool)
    for i, (row, column) in enumerate(_STEPS):
        before, after = _shifted(strength, row, column), _shifted(strength, -row, -column)
        # On a plateau of two pixels one of them stays.
        thin |= (line == i) & (strength > before) & (strength >= after)
    weak = thin & (strength >= LOW)
    kept = thin & (strength >= HIGH)
    while True:
        grown = kept.copy()
        for row, column in (*_STEPS, *((-row, -column) for row, column in _STEPS)):
            grown |= _shifted(kept, row, column)
        grown &= weak
        if (grown == kept).all():
            found: np.ndarray = kept.astype(np.float32)
            return found
        kept = grown


def _sobel(pictures: np.ndarray) -> np.ndarray:
    """The slope downwards, smoothed across."""
    padded = np.pad(pictures, ((0, 0), (1, 1), (1, 1)), mode="edge")
    slope = padded[:, 2:] - padded[:, :-2]
    smoothed: np.ndarray = slope[:, :, :-2] + 2 * slope[:, :, 1:-1] + slope[:, :, 2:]
    return smoothed


def _shifted(pictures: np.ndarray, row: int, column: int) -> np.ndarray:
    """Each pixel takes its neighbour's value, (row, column) back; zero where there is none."""
    height, width = pictures.shape[1:]
    padded = np.pad(pictures, ((0, 0), (1, 1), (1, 1)))
    return padded[:, 1 - row : 1 - row + height, 1 - column : 1 - column + width]
