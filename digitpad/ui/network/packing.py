"""How equal squares or pictures are packed into a box: the largest that fit, or as many as stay
legible."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

FRAME = 1
"""The line around each picture, in device pixels."""

MAP_GAP = 4
"""Between maps, in units of the window."""

LARGEST_CELL = 60
LARGEST_UNIT = 15
"""A layer of units needs no larger squares to be seen, in units of the window."""

_LEGIBLE_SIDE, _LEGIBLE_CELL = 20, 4
_MOST_ACROSS = 64
# What a way is worth, as the logarithm of the pictures' side: sides beyond the comfortable one add
# little, and pictures that are not seen cost as much as sides smaller by the same factor.
_COMFORTABLE_SIDE, _BEYOND_WEIGHT = 96, 0.3
_HIDDEN_WEIGHT, _HIDDEN_PENALTY = 1.0, 0.8
_RAGGED_WEIGHT = 1.4
_ILLEGIBLE_PENALTY = 0.7


@dataclass(frozen=True)
class Tiles:
    """What is packed: ``count`` pictures of rows x columns squares, ``gap`` device pixels apart.
    unit: device pixels in a unit of the window."""

    count: int
    rows: int
    columns: int
    gap: int
    unit: float

    def width(self, across: int, cell: int) -> int:
        """How wide ``across`` pictures are with squares of ``cell`` device pixels."""
        return across * self.columns * cell + self.gap * (across - 1) + 2 * FRAME

    def height(self, down: int, cell: int) -> int:
        """How high ``down`` of them are."""
        return down * self.rows * cell + self.gap * (down - 1) + 2 * FRAME


@dataclass(frozen=True)
class Packing:
    """A way to lie in a box: pictures in a row, rows that are seen, and the side of a square in
    device pixels. pitch: from row to row, where that is more than picture and gap; lead: before the
    first row, likewise."""

    across: int
    down: int
    cell: int
    pitch: int = 0
    lead: int = 0


@lru_cache(maxsize=4096)
def _ways(
    tiles: Tiles, height: int, across: int | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(across, cell) of every way that fits the height, with widths and merits: int (n, 2), int
    (n,), float (n,)."""
    most = min(tiles.count, _MOST_ACROSS)
    in_row = np.arange(1, most + 1)[:, None] if across is None else np.array([[across]])
    cell = np.arange(1, LARGEST_CELL)[None, :]
    needed = -(-tiles.count // in_row)
    fitting = (height - 2 * FRAME + tiles.gap) // (tiles.rows * cell + tiles.gap)
    down = np.minimum(needed, fitting)
    shown = np.minimum(tiles.count, down * in_row)
    widths = in_row * tiles.columns * cell + tiles.gap * (in_row - 1) + 2 * FRAME
    side = max(tiles.rows, tiles.columns) * cell
    comfortable = np.log(_COMFORTABLE_SIDE * tiles.unit)
    merits = np.log(side)
    merits = np.minimum(merits, comfortable) + _BEYOND_WEIGHT * np.maximum(merits - comfortable, 0)
    merits = (
        merits
        + _HIDDEN_WEIGHT * np.log(np.maximum(shown, 1) / tiles.count)
        - _HIDDEN_PENALTY * (shown < tiles.count)
    )
    merits = merits - _RAGGED_WEIGHT * (1 - shown / np.maximum(1, in_row * down))
    is_legible = (side >= _LEGIBLE_SIDE * tiles.unit) | (cell >= _LEGIBLE_CELL * tiles.unit)
    merits = np.where(is_legible, merits, merits - _ILLEGIBLE_PENALTY)
    valid = down >= 1
    ways = np.stack(np.broadcast_arrays(in_row, cell), axis=-1)[valid]
    return ways, np.broadcast_to(widths, valid.shape)[valid], merits[valid]


def pack(tiles: Tiles, width: int, height: int, across: int | None = None) -> Packing:
    """The best way to lie in a box of device pixels; across: pictures in a row, where that is
    given.

    Where nothing fits, one row of the smallest squares, which reaches over the box.
    """
    ways, widths, merits = _ways(tiles, height, across)
    fitting = np.flatnonzero(widths <= width)
    if not len(fitting):
        return Packing(
            across or max(1, min(tiles.count, width // (tiles.columns + tiles.gap))), 1, 1
        )
    in_row, cell = (int(number) for number in ways[fitting[np.argmax(merits[fitting])]])
    down = min(
        -(-tiles.count // in_row),
        (height - 2 * FRAME + tiles.gap) // (tiles.rows * cell + tiles.gap),
    )
    return Packing(in_row, int(down), cell)


@lru_cache(maxsize=4096)
def unit_grid(
    count: int, width: int, height: int, largest: int, rows: int | None = None
) -> tuple[int, int, int]:
    """How ``count`` units lie in a box of device pixels: rows, columns, and the side of a square,
    at most ``largest``.

    Full rows are preferred to ragged ones, and wide blocks to high ones. rows: where that is given.
    """
    best, best_merit = (1, count, 1), -math.inf
    for down in range(1, math.isqrt(count) + 1) if rows is None else (rows,):
        columns = math.ceil(count / down)
        cell = min((width - 2 * FRAME) // columns, (height - 2 * FRAME) // down, largest)
        if cell < 1 or (down - 1) * columns >= count:
            continue
        # A block five times as wide as high is as good as one a tenth smaller.
        merit = (
            math.log(cell)
            - (0.2 if down * columns != count else 0.0)
            - 0.03 * abs(columns / down - 3)
        )
        if merit > best_merit:
            best, best_merit = (down, columns, cell), merit
    return best
