"""Ink is told from paper by how far it stands out from the paper around it, on every ground alike.

The paper's light is what a closing leaves: each pixel takes the darkest of the brightest levels
around it (Serra, "Image Analysis and Mathematical Morphology", 1982). Strokes are narrower than its
window and vanish; slow light, hard shadows and the edge of a table are wider and stay, edges and
all. What the picture then lacks of its paper is ink and noise; the noise is measured where there is
no ink, and ink is what rises above it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from digitpad.ink.parts import closed, connected

SMALL_SIDE = 64
"""Pictures of at most this side, in pixels, were made small by someone: their greys are kept."""

_COARSE_SIDE = 40
_MEDIANS = 14
_SIGN_SIDE = 64
_SIGN_WINDOWS = (0.06, 0.10, 0.17, 0.30)
_FIT_SIDE = 96
# Over a 24th of a picture light falls by more than the noise in a coarse copy.
_LAGS = 24
# A closing must be wider than the thickest stroke, and narrower than the shadows it has to follow.
# In small pictures strokes are as wide as a fifth of the side.
_WINDOW = 0.30
_SMALL_WINDOW = 0.50
# Light falls off by a share, so ink on dim paper is as many times darker as on bright paper. On a
# dark ground it is nearly a difference, since the ground's own light is lost in noise and glare.
_DARK_GROUND = 120.0
# A picture of one row or column says nothing of the other terms: they stay 0.
_RIDGE = 1e-9 * np.eye(5)


@dataclass(frozen=True, eq=False)
class Contrast:
    """What stands out from the paper.

    levels: float32 (h, w), how far each pixel is from its paper towards ink, in grey levels as they
    would be on paper of middling light; below 0 where it is farther from ink than the paper.
    noise: the standard deviation of levels on paper. light_ink: whether the ink is lighter than its
    ground. gain: float (h, w), what the picture's own levels were multiplied by.
    """

    levels: np.ndarray
    noise: float
    light_ink: bool
    gain: np.ndarray


def contrast_of(
    grey: np.ndarray, light_ink: bool | None = None, window_share: float | None = None
) -> Contrast:
    """What stands out from its paper in a picture.

    grey: float32 (h, w), 0 to 255, at least one pixel. light_ink: whether ink is lighter than its
    ground, where that is known; None finds out.
    """
    if light_ink is None:
        light_ink = is_light_ink(grey)
    # From here on ink is darker than paper: on a dark ground everything is turned over.
    seen = -grey if light_ink else grey
    surface = _light_surface(seen)
    flat = seen - surface
    grain = _grain(flat)
    calm = blurred(flat) if grain > 0.4 and min(flat.shape) > SMALL_SIDE else flat
    window = closing_window(grey.shape, window_share)
    paper = closed(calm, window)
    lacking = paper - flat
    # A closing rides on the crests of the noise, by as much everywhere.
    # Paper is at least two thirds of most pictures, and half of those cut close to the digit.
    step = _step(grey)
    middle = quantile(lacking[::step, ::step], 0.35)
    lacking -= middle
    light = np.abs(paper - middle + surface)
    if light_ink:
        light = light + _DARK_GROUND
    light = np.maximum(light, 12.0)
    gain = float(np.mean(light)) / light
    lacking *= gain
    noise = _noise(lacking[::step, ::step])
    return Contrast(lacking, min(noise, 4.0 * grain + 0.25), light_ink, gain)


def closing_window(shape: tuple[int, ...], share: float | None = None) -> int:
    """The side of the closing's window for a picture of this shape, odd, in pixels."""
    short = min(shape)
    if share is None:
        share = np.interp(short, [SMALL_SIDE, 2 * SMALL_SIDE], [_SMALL_WINDOW, _WINDOW])
    return 2 * max(1, int(share * short / 2)) + 1


def is_light_ink(grey: np.ndarray) -> bool:
    """Whether what is drawn is lighter than its ground: float32 (h, w), 0 to 255.

    Ink is less than its ground in any stretch of half a picture's side, so the median there is
    ground, also within the panel of a figure. What differs from that median and is narrow as well
    is ink: the stronger sign wins, over windows of four sizes, where the narrow ones count for more
    since a patch of light or shade fills only the widest.
    """
    coarse = shrunk(grey, _SIGN_SIDE)
    apart = _median_around(grey, coarse.shape) - coarse
    # Turned over, the light ones are the dark ones: both signs in one go.
    seen = np.stack([coarse, -coarse])
    apart = np.stack([apart, -apart])
    windows = [closing_window(coarse.shape, share) for share in _SIGN_WINDOWS]
    # In a small picture several are the same.
    distinct = sorted(set(windows))
    standing = [np.minimum(closed(seen, window, (1, 2)) - seen, apart) for window in distinct]
    energies = _energies(np.concatenate(standing)).reshape(-1, 2)
    energies = energies[[distinct.index(window) for window in windows]]
    return bool((energies[:, 0] - energies[:, 1]) @ (1 / np.array(_SIGN_WINDOWS)) < 0)


def _median_around(grey: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """The median of half a picture's side around each pixel of a coarse copy of this shape: float32
    of that shape, from about _MEDIANS places a side since it changes slowly."""
    small = shrunk(grey, _COARSE_SIDE)
    half = max(1, min(small.shape) // 4)
    around = np.pad(small, half, mode="symmetric" if min(small.shape) > half else "edge")
    windows = np.lib.stride_tricks.sliding_window_view(around, (2 * half + 1, 2 * half + 1))
    step = max(1, max(small.shape) // _MEDIANS)
    first, last = (min(step // 2, size - 1) for size in small.shape)
    windows = windows[first::step, last::step]
    levels = windows.reshape(*windows.shape[:2], -1)
    middle = levels.shape[-1] // 2
    median = np.partition(levels, middle, axis=-1)[..., middle]
    rows, columns = (
        np.minimum(np.arange(size) * count // size, count - 1)
        for size, count in zip(shape, median.shape, strict=True)
    )
    return median[rows[:, None], columns]


def _energies(apart: np.ndarray) -> np.ndarray:
    """Of each of n layers, float (n, h, w), the sum of squares of what stands out: float64 (n,).

    What hangs in from the picture's edge counts little, since it may be the end of a shadow or of a
    table.
    """
    count, height, width = apart.shape
    # One above the other with a row between, their parts are found together.
    tall = np.zeros((count, height + 1, width), apart.dtype)
    tall[:, :height] = apart
    parts = connected((tall > 3.0).reshape(-1, width))
    left, top, right, bottom = parts.boxes.T
    layer, top = np.divmod(top, height + 1)
    at_edge = (left == 0) | (top == 0) | (right == width) | (bottom % (height + 1) == height)
    squares = parts.sums(tall.reshape(-1, width).astype(np.float64) ** 2)
    return np.bincount(layer, squares * np.where(at_edge, 0.2, 1.0), count)


def shrunk(levels: np.ndarray, side: int) -> np.ndarray:
    """Levels, float (h, w), each pixel the mean of a block, so that the longer side is about
    ``side``; what is no larger comes back as it is."""
    step = max(levels.shape) // side
    if step <= 1:
        return levels
    rows, columns = np.arange(0, levels.shape[0], step), np.arange(0, levels.shape[1], step)
    sums = np.add.reduceat(np.add.reduceat(levels, rows, axis=0), columns, axis=1)
    counts = np.outer(
        np.diff(rows, append=levels.shape[0]), np.diff(columns, append=levels.shape[1])
    )
    return (sums / counts).astype(levels.dtype)


def _step(grey: np.ndarray) -> int:
    """Every so many pixels are enough to know the noise by."""
    return max(1, min(grey.shape) // 200)


def _noise(lacking: np.ndarray) -> float:
    """The standard deviation on paper: from the half that is nearer to the brightest, since ink is
    on the other side."""
    below = -lacking[lacking < 0]
    both = np.abs(lacking)
    spread = 1.4826 * quantile(both, 0.5)
    return min(spread, 1.4826 * quantile(below, 0.5)) if len(below) > 50 else spread


def _grain(levels: np.ndarray) -> float:
    """How far neighbours are apart, the median, in grey levels: noise, since edges are few."""
    rows = levels[:: _step(levels)]
    return quantile(np.abs(rows[:, 1:] - rows[:, :-1]), 0.5) if levels.shape[1] > 1 else 0.0


def quantile(values: np.ndarray, share: float) -> float:
    """What a share of values, float of any shape with at least one, lies below, between two by
    linear interpolation: as np.quantile, which takes longer for few."""
    place = share * (values.size - 1)
    below = int(place)
    above = min(below + 1, values.size - 1)
    low, high = np.partition(values, (below, above), axis=None)[[below, above]].tolist()
    return float(low + (high - low) * (place - below))


def blurred(levels: np.ndarray) -> np.ndarray:
    """The mean of 3 × 3 pixels, weighed 1, 2, 1 both ways, twice."""
    for axis in (0, 1, 0, 1):
        padded = np.pad(levels, [(1, 1) if a == axis else (0, 0) for a in (0, 1)], mode="edge")
        parts = np.moveaxis(padded, axis, 0)
        levels = np.moveaxis((parts[:-2] + parts[2:]) * 0.25 + parts[1:-1] * 0.5, 0, axis)
    return levels


def _light_surface(seen: np.ndarray) -> np.ndarray:
    """The slow fall of the light: float32, (h, w), or (1, 1) where the paper is even to a level.

    A quadratic surface by its slopes: least squares through the steps between neighbours in what a
    closing leaves of a coarse copy, steps far off weighing ever less. By its levels a hard shadow,
    which is half of the picture, would bend it; by its steps only the shadow's edge is far off.
    Without it the closing would be too bright in a picture's dim corners, where its window has
    nothing darker to choose from.
    """
    coarse = shrunk(seen, _FIT_SIDE).astype(np.float64)
    coarse = closed(coarse, closing_window(coarse.shape))
    lag = max(1, min(coarse.shape) // _LAGS)
    terms = _step_terms(*coarse.shape, lag)
    steps = _steps(coarse, lag)
    weights = np.ones_like(steps)
    fit = np.zeros(5)
    for _ in range(8):
        weighted = terms * weights[:, None]
        before, fit = fit, np.linalg.solve(weighted.T @ terms + _RIDGE, weighted.T @ steps)
        if np.abs(fit - before).max() < 0.01:
            break
        apart = np.abs(steps - terms @ fit)
        # The fourth power by hand: numpy's takes ten times as long.
        near = np.square(np.square(apart / (2.0 * quantile(apart, 0.5) + 0.05)))
        weights = 1.0 / (1.0 + near)
    height, width = seen.shape
    y, x = (
        np.linspace(-1, 1, side, dtype=np.float32)[:, None] if side > 1 else np.zeros((1, 1))
        for side in (height, width)
    )
    b, c, d, e, f = (np.float32(term) for term in fit)
    x = x.T
    along, down = b * x + d * x * x, c * y + f * y * y
    if float(np.ptp(along) + np.ptp(down) + 2 * abs(e)) < 3.0:
        return np.zeros((1, 1), np.float32)
    return (along + down + e * x * y).astype(np.float32)


def _steps(levels: np.ndarray, lag: int) -> np.ndarray:
    """How far levels, (h, w) or (h, w, k), rise over so many pixels, to the right and then
    downwards: (n,) or (n, k)."""
    across, down = levels[:, lag:] - levels[:, :-lag], levels[lag:] - levels[:-lag]
    return np.concatenate(
        [across.reshape(-1, *levels.shape[2:]), down.reshape(-1, *levels.shape[2:])]
    )


@lru_cache(16)
def _step_terms(height: int, width: int, lag: int) -> np.ndarray:
    """The steps of x, y, x x, x y and y y, x and y from -1 to 1, as _steps() gives them: float64
    (n, 5)."""
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    if height == 1:
        y = np.zeros_like(y)
    if width == 1:
        x = np.zeros_like(x)
    return _steps(np.stack([x, y, x * x, x * y, y * y], axis=-1), lag)
