"""Connected parts of a mask, found row by row, and windows that run over a picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Box = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels, right and bottom excluded."""


@dataclass(frozen=True, eq=False)
class Parts:
    """The 8-connected parts of a mask.

    labels: int32 (h, w), 0 outside the mask, 1 to n within its parts in the order of their first
    pixels. sizes: int64 (n,), pixels of each. boxes: int64 (n, 4), left, top, right and bottom of
    each, right and bottom excluded.
    """

    labels: np.ndarray
    sizes: np.ndarray
    boxes: np.ndarray

    def __len__(self) -> int:
        return len(self.sizes)

    def mask(self, chosen: np.ndarray) -> np.ndarray:
        """bool (h, w): where the parts lie that are chosen, bool (n,)."""
        return np.concatenate([[False], chosen])[self.labels]

    def sums(self, values: np.ndarray) -> np.ndarray:
        """The sum of values, float (h, w), over each part: float64 (n,)."""
        return np.bincount(self.labels.ravel(), values.ravel(), len(self) + 1)[1:]


def connected(mask: np.ndarray) -> Parts:
    """The connected parts of a mask, bool (h, w); an empty mask has none.

    Runs of pixels in each row are joined with those they touch in the next row, and labels pass
    along these joints by pointer jumping (Shiloach and Vishkin, "An O(log n) parallel connectivity
    algorithm", 1982), so that a spiral takes no longer than a blot.
    """
    height, width = mask.shape
    row = width + 1
    # A pixel that is not there before each row and after the last one.
    flat = np.zeros(height * row + 1, bool)
    flat[1:].reshape(height, row)[:, :width] = mask
    steps = np.flatnonzero(flat[1:] != flat[:-1])
    starts, ends = steps[::2], steps[1::2]
    count = len(starts)
    labels = np.zeros((height, width), np.int32)
    if count == 0:
        return Parts(labels, np.zeros(0, np.int64), np.zeros((0, 4), np.int64))
    first = np.searchsorted(ends, starts + row, "left")
    last = np.searchsorted(starts, ends + row, "right")
    touching = np.maximum(last - first, 0)
    above = np.repeat(np.arange(count), touching)
    nth = np.arange(len(above)) - np.repeat(np.cumsum(touching) - touching, touching)
    below = np.repeat(first, touching) + nth
    root = _joined(count, above, below)
    names = (np.cumsum(root == np.arange(count)) - 1)[root]
    lengths = ends - starts
    number = int(names.max()) + 1
    sizes = np.bincount(names, lengths, number).astype(np.int64)
    boxes = np.empty((number, 4), np.int64)
    boxes[:, :2], boxes[:, 2:] = max(height, width), 0
    rows, left = np.divmod(starts, row)
    np.minimum.at(boxes[:, 0], names, left)
    np.minimum.at(boxes[:, 1], names, rows)
    np.maximum.at(boxes[:, 2], names, left + lengths)
    np.maximum.at(boxes[:, 3], names, rows + 1)
    labels[mask] = np.repeat(names + 1, lengths)
    return Parts(labels, sizes, boxes)


def _joined(count: int, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The least number that each of ``count`` things is joined with, by pairs of numbers."""
    root = np.arange(count)
    while True:
        a, b = root[first], root[second]
        apart = a != b
        if not apart.any():
            return root
        low, high = np.minimum(a, b)[apart], np.maximum(a, b)[apart]
        np.minimum.at(root, high, low)
        while True:
            further = root[root]
            if (further == root).all():
                break
            root = further


def highest(levels: np.ndarray, window: int, axes: tuple[int, ...] = (0, 1)) -> np.ndarray:
    """The highest level in a window around each pixel, along the axes; beyond the edge there is
    nothing.

    levels: any real type or bool, of any number of axes. window: odd, in pixels; a window longer
    than the picture sees all of it. Each length is made of two overlapping ones half as long, so
    the time grows with the window's logarithm.
    """
    kind = levels.dtype
    least = {"f": -np.inf, "b": False}.get(kind.kind)
    least = np.iinfo(kind).min if least is None else least
    for axis in axes:
        size = levels.shape[axis]
        half = min(window // 2, size - 1)
        if half <= 0:
            continue
        # Slices cost a small picture less than moveaxis, pad and concatenate.
        before = (slice(None),) * axis
        run = np.full(
            [length + 2 * half * (at == axis) for at, length in enumerate(levels.shape)],
            least,
            kind,
        )
        inside = (*before, slice(half, half + size))
        run[inside] = levels
        length, wanted = 1, 2 * half + 1
        while length < wanted:
            step = min(length, wanted - length)
            left, right = (*before, slice(-step)), (*before, slice(step, None))
            run = np.maximum(run[left], run[right])
            length += step
        levels = run
    return levels


def lowest(levels: np.ndarray, window: int, axes: tuple[int, ...] = (0, 1)) -> np.ndarray:
    """The lowest level in a window around each pixel, as ``highest`` gives the highest; levels are
    floats."""
    return -highest(-levels, window, axes)


def closed(levels: np.ndarray, window: int, axes: tuple[int, ...] = (0, 1)) -> np.ndarray:
    """The closing of levels, floats: the lowest, in a window around each pixel, of the highest."""
    return lowest(highest(levels, window, axes), window, axes)


def grown(mask: np.ndarray, by: int) -> np.ndarray:
    """The mask, bool (h, w), and all pixels within a square of so many pixels around it."""
    return highest(mask, 2 * by + 1)
