"""A layer's activations as one indexed picture: a colour for each, a frame around each map."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor

from digitpad.ui.network.packing import FRAME, Packing, Tiles
from digitpad.ui.style.theme import Theme, diverging_table

NEUTRAL = 126
"""The colour index of zero: the middle of the diverging colours, 0 to 252."""

LINE, GROUND, UNDEFINED = 253, 254, 255
"""The colour indices of the frames, of what lies between them, and of NaN and infinity."""


@lru_cache(maxsize=4)
def activation_colours(theme: Theme) -> list[int]:
    """All 256 colours, 0xAARRGGBB: first the diverging ones, then LINE, GROUND and UNDEFINED."""
    others = (theme.line, theme.ground, theme.undefined)
    return [
        *diverging_table(theme, 2 * NEUTRAL + 1),
        *(QColor(colour).rgba() for colour in others),
    ]


def undefined_in(activation: npt.NDArray[np.float32]) -> int:
    """How many of a layer's activations are NaN or infinite."""
    if _is_finite(activation):
        return 0
    return int(activation.size - np.count_nonzero(np.isfinite(activation)))


def largest_in(activation: npt.NDArray[np.float32]) -> float:
    """The largest distance from zero among activations, NaN and infinity left out; 0 of none."""
    if not _is_finite(activation):
        activation = activation[np.isfinite(activation)]
    return max(float(activation.max(initial=0)), -float(activation.min(initial=0)))


def _is_finite(activation: npt.NDArray[np.float32]) -> bool:
    """Whether no activation is NaN or infinite; both would be among the extremes."""
    extremes = activation.min(initial=0), activation.max(initial=0)
    return all(map(math.isfinite, extremes))


def colour_indices(
    activation: npt.NDArray[np.float32], end: float, is_finite: bool | None = None
) -> npt.NDArray[np.uint8]:
    """The colour index of each activation, in their shape: 0 at -end and below it, NEUTRAL at
    zero, 2 * NEUTRAL at end and above it, UNDEFINED where it is NaN or infinite. is_finite: whether
    none is, where that is known."""
    if is_finite or (is_finite is None and _is_finite(activation)):
        numbers: npt.NDArray[np.float32] = activation.clip(-end, end)
        numbers *= np.float32(NEUTRAL / end)
        numbers += np.float32(NEUTRAL)
        np.rint(numbers, out=numbers)
        return numbers.astype(np.uint8)
    defined = np.isfinite(activation)
    indices = colour_indices(np.where(defined, activation, np.float32(0)), end, True)
    indices[~defined] = UNDEFINED
    return indices


def framed_maps(
    indices: npt.NDArray[np.uint8], tiles: Tiles, packing: Packing
) -> npt.NDArray[np.uint8]:
    """Maps of colour indices, (maps, rows, columns), with their frames as they are packed: uint8
    (height, width), a colour index for each device pixel."""
    cell, across = packing.cell, packing.across
    height, width = tiles.rows * cell, tiles.columns * cell
    down, beside = packing.pitch or height + tiles.gap, width + tiles.gap
    rows = math.ceil(len(indices) / across)
    high = down * (rows - 1) + height + 2 * FRAME
    sheet = np.full((high, tiles.width(across, cell)), GROUND, np.uint8)
    enlarged = indices.repeat(cell, axis=1).repeat(cell, axis=2)
    for place, picture in enumerate(enlarged):
        row, column = divmod(place, across)
        framed = sheet[row * down :, column * beside :][: height + 2 * FRAME, : width + 2 * FRAME]
        framed[:] = LINE
        framed[FRAME:-FRAME, FRAME:-FRAME] = picture
    return sheet
