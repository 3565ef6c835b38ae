"""The fifteen corruptions of MNIST-C, made anew: digits as noise, optics, weather and mishaps leave
them.

After Mu and Gilmer, "MNIST-C: A Robustness Benchmark for Computer Vision" (2019): the same fifteen,
each at the one strength that their set has. Written anew, so the figures are near those on their
files and not the same. Departures:

- Nothing is rounded to bytes, and each corruption draws its chance from the seed.
- glass_blur looks pixels up at a neighbour's place where the original swaps pairs of pixels one
  after the other.
- motion_blur sums ten shifted copies under half a Gaussian.
- fog is a sum of seven layers of smooth noise, each finer than the one before and weaker, where the
  original subdivides a square.
- dotted_line and zigzag are anti-aliased lines of even width where the original lets them fade from
  the middle.
- canny_edges is digitpad.accuracy.edges.
"""

from __future__ import annotations

from collections.abc import Callable
from zlib import crc32

import numpy as np

from digitpad.accuracy.edges import edges
from digitpad.accuracy.filters import blurred, line_ink, sampled

_CHUNK = 500
_SIDE = 28
_MIDDLE = (_SIDE - 1) / 2
_LINE_HALF_WIDTH = 0.75


def corrupted(name: str, digits: np.ndarray, seed: int) -> np.ndarray:
    """Digits float32 (n, 28, 28) in [0, 1] under one corruption of CORRUPTIONS: the same shape and
    range.

    The same seed gives the same again. Raises KeyError for another name and ValueError for another
    shape; no digits give none.
    """
    corrupt = CORRUPTIONS[name]
    if np.ndim(digits) != 3 or np.shape(digits)[1:] != (_SIDE, _SIDE):
        raise ValueError(f"digits are (n, 28, 28), not {np.shape(digits)}")
    parts = [np.empty((0, _SIDE, _SIDE), np.float32)]
    for start in range(0, len(digits), _CHUNK):
        rng = np.random.default_rng([seed, crc32(name.encode()), start])
        part = np.asarray(digits[start : start + _CHUNK], np.float32)
        parts.append(np.clip(corrupt(part, rng), 0, 1).astype(np.float32))
    return np.concatenate(parts)


def _shot_noise(digits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    # So little light that a white pixel counts three photons.
    return rng.poisson(digits * 3) / 3


def _impulse_noise(digits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    chance = rng.random(digits.shape)
    return np.where(chance < 0.085, 0.0, np.where(chance < 0.17, 1.0, digits))


def _glass_blur(digits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    digits = blurred(digits, 0.7)
    rows, columns = np.mgrid[:_SIDE, :_SIDE]
    each = np.arange(len(digits))[:, None, None]
    for _ in range(2):
        moved = rng.integers(0, 2, digits.shape)
        row_steps, column_steps = (moved * rng.integers(-1, 2, digits.shape) for _ in range(2))
        digits = digits[
            each,
            np.clip(rows + row_steps, 0, _SIDE - 1),
            np.clip(columns + column_steps, 0, _SIDE - 1),
        ]
    return blurred(digits, 0.7)


def _motion_blur(digits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    angle = np.radians(rng.uniform(-45, 45, (len(digits), 1, 1)))
    rows, columns = np.mgrid[:_SIDE, :_SIDE]
    weights = np.exp(-0.5 * (np.arange(10) / 3.0) ** 2)
    weights /= weights.sum()
    copies = (
        weight * sampled(digits, rows + step * np.sin(angle), columns + step * np.cos(angle))
        for step, weight in enumerate(weights)
    )
    total: np.ndarray = np.sum(list(copies), axis=0)
    return total


def _shear(digits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    amount = 0.4 * _signs(rng, len(digits))
    return _affine(digits, 1.0, amount, 0.0, 1.0)


def _scale(digits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return _affine(digits, 1 / 0.7, 0.0, 0.0, 1 / 0.7)


def _rotate(digits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    angle = 0.4 * _signs(rng, len(digits))  # radians: 23 degrees
    return _affine(digits, np.cos(angle), np.sin(angle), -np.sin(angle), np.cos(angle))


def _brightness(digits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return digits + 0.5


def _translate(digits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    rows, columns = np.mgrid[:_SIDE, :_SIDE]
    return sampled(
        digits, rows + 3 * _signs(rng, len(digits)), columns + 3 * _signs(rng, len(digits))
    )


def _stripe(digits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    # The outer quarters are inverted; the middle is left.
    striped = 1 - digits
    striped[:, :, 7:21] = digits[:, :, 7:21]
    return striped


def _fog(digits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    fog = np.zeros(digits.shape, np.float32)
    whole = 0.0
    for octave, cell in enumerate((128, 64, 32, 16, 8, 4, 2)):
        strength = 1.4**-octave
        fog += strength * _smooth_noise(rng, len(digits), cell)
        whole += strength
    # The mean of seven layers hardly ever comes near 0 or 1.
    fog = np.clip(2 * fog / whole - 0.5, 0, 1)
    peak = digits.max(axis=(1, 2), keepdims=True)
    fogged: np.ndarray = (digits + 3.0 * fog) * peak / (peak + 3.0)
    return fogged


def _spatter(digits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    # Dark mud: it hides ink and leaves a quarter of its own.
    wet = blurred(rng.normal(0.65, 0.3, digits.shape).astype(np.float32), 1.0) > 0.65
    mud = blurred(wet.astype(np.float32), 1.5)
    mud[mud < 0.8] = 0
    splashed: np.ndarray = digits * (1 - mud) + 0.25 * mud
    return splashed


def _dotted_line(digits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    first, last = rng.integers(0, 27, (2, len(digits)))
    starts = np.stack([first, np.zeros_like(first)], axis=1)
    ends = np.stack([last, np.full_like(last, 27)], axis=1)
    line = line_ink(starts, ends, _SIDE, _LINE_HALF_WIDTH)
    line[:, :, np.arange(_SIDE) // 2 % 2 == 0] = 0
    crossed: np.ndarray = digits + line
    return crossed


def _zigzag(digits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    first = rng.integers(0, 27, len(digits))
    slope = rng.integers(-5, 5, len(digits)) / 23
    columns = np.arange(2, 26, 2)
    # Teeth two pixels high, up and down by turns, on the way from one side to the other.
    teeth = np.where(np.arange(len(columns)) % 2, 2.0, -2.0)
    teeth[0] = 0.0
    rows = first[:, None] + slope[:, None] * (columns - columns[0]) + teeth
    points = np.stack(np.broadcast_arrays(rows, columns), axis=-1)
    for i in range(len(columns) - 1):
        digits = np.maximum(
            digits, line_ink(points[:, i], points[:, i + 1], _SIDE, _LINE_HALF_WIDTH)
        )
    return digits


def _canny_edges(digits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return edges(digits)


def _signs(rng: np.random.Generator, n: int) -> np.ndarray:
    return rng.choice((-1.0, 1.0), (n, 1, 1))


def _affine(
    digits: np.ndarray,
    x_of_x: np.ndarray | float,
    x_of_y: np.ndarray | float,
    y_of_x: np.ndarray | float,
    y_of_y: np.ndarray | float,
) -> np.ndarray:
    """Each pixel looked up at the matrix times its place, counted from the middle."""
    y, x = np.mgrid[:_SIDE, :_SIDE] - _MIDDLE
    shape = (len(digits), _SIDE, _SIDE)
    rows = np.broadcast_to(y_of_x * x + y_of_y * y + _MIDDLE, shape)
    columns = np.broadcast_to(x_of_x * x + x_of_y * y + _MIDDLE, shape)
    return sampled(digits, rows, columns)


def _smooth_noise(rng: np.random.Generator, n: int, cell: int) -> np.ndarray:
    """Noise in [0, 1] that turns within a cell's pixels: float32 (n, 28, 28), anywhere on its
    grid."""
    knots = rng.random((n, _SIDE // cell + 3, _SIDE // cell + 3), np.float32)
    rows, columns = np.mgrid[:_SIDE, :_SIDE][:, None] / cell + rng.random((2, n, 1, 1))
    ease = (rows % 1, columns % 1)
    down, right = (part * part * (3 - 2 * part) for part in ease)
    return sampled(knots, rows - rows % 1 + down, columns - columns % 1 + right)


CORRUPTIONS: dict[str, Callable[[np.ndarray, np.random.Generator], np.ndarray]] = {
    "shot_noise": _shot_noise,
    "impulse_noise": _impulse_noise,
    "glass_blur": _glass_blur,
    "motion_blur": _motion_blur,
    "shear": _shear,
    "scale": _scale,
    "rotate": _rotate,
    "brightness": _brightness,
    "translate": _translate,
    "stripe": _stripe,
    "fog": _fog,
    "spatter": _spatter,
    "dotted_line": _dotted_line,
    "zigzag": _zigzag,
    "canny_edges": _canny_edges,
}
"""The fifteen by their names in MNIST-C, in its order."""

MOVED = ("shear", "scale", "rotate", "translate")
"""Those that move or bend the digit and leave its ink: the pad's normalisation sees them too."""
