"""Where the layers of units lie: one under another, or side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence

from digitpad.core.results import LayerInfo, LayerKind
from digitpad.ui.network.packing import FRAME, LARGEST_UNIT, unit_grid
from digitpad.ui.network.room import Box, Room

NAMED_ROWS = 12
"""As many outputs stand one under another with their names; more stand in a block."""

_NAMED_ROW, _LEAST_ROW = 17, 11
_GAP = 22
_CHARACTER = 84, 7, 12
_LEAST_SQUARES = 12
_MISFIT = 6.0


def unit_rows(layer: LayerInfo, last: LayerInfo) -> int | None:
    """In how many rows a layer's units stand whatever the room: 84 as the figure of 1998 has them,
    and where the last layer holds them against its characters of 7 x 12 squares, as those; None:
    as suits."""
    count, low, high = _CHARACTER
    if layer.shape != (count,):
        return None
    return high if last.layer_kind is LayerKind.DISTANCES else low


def stacked(
    layers: Sequence[LayerInfo], room: Room, left: float, top: float, width: float, height: float
) -> tuple[float, dict[str, Box]]:
    """What layers of units one under another are worth, the larger their squares the more, and
    where each lies; below zero where they do not fit."""
    gap = _GAP * room.unit
    free = height - room.title * len(layers) - gap * (len(layers) - 1)
    named = 0.0
    last = layers[-1]
    if last.shape[0] <= NAMED_ROWS and len(layers) > 1:
        # Room for the outputs' names where that leaves the most of it to the others.
        row = min(_NAMED_ROW * room.unit, 0.42 * free / last.shape[0])
        named = row * last.shape[0] if row >= _LEAST_ROW * room.unit else 0.0
    weights = [
        0.0 if named and layer is last else math.sqrt(layer.shape[0]) + 3 for layer in layers
    ]
    total = sum(weights)
    merit, boxes, at = 0.0, {}, top
    for layer, weight in zip(layers, weights, strict=True):
        each = named if not weight else max(1.0, (free - named) * weight / total)
        worth, needed = (0.0, each) if not weight else _block(layer, last, room, width, each)
        merit += worth
        boxes[layer.name] = (left, at, width, room.title + min(each, needed))
        at += room.title + min(each, needed) + gap
    return merit + (0.8 if named else 0.0), boxes


def beside(layers: Sequence[LayerInfo], room: Room, top: float) -> tuple[float, dict[str, Box]]:
    """The same of layers side by side over the whole width, from top to the foot."""
    gap = _GAP * room.unit
    weights = [math.sqrt(layer.shape[0]) + 12 for layer in layers]
    free = room.width - gap * (len(layers) - 1)
    merit, boxes, at = 0.0, {}, 0.0
    for layer, weight in zip(layers, weights, strict=True):
        width = free * weight / sum(weights)
        merit += _block(layer, layers[-1], room, width, room.height - top - room.title)[0]
        boxes[layer.name] = (at, top, width, room.height - top)
        at += width + gap
    return merit, boxes


def _block(
    layer: LayerInfo, last: LayerInfo, room: Room, width: float, height: float
) -> tuple[float, float]:
    """What a block of units is worth in a box, and how high it is."""
    largest = max(1, round(LARGEST_UNIT * room.unit * room.ratio))
    wide, high = room.device(width), room.device(height)
    standing = unit_rows(layer, last)
    rows, columns, cell = unit_grid(layer.shape[0], wide, high, largest, standing)
    fits = columns * cell + 2 * FRAME <= wide and rows * cell + 2 * FRAME <= high
    if not fits or height < _LEAST_SQUARES * room.unit:
        return -_MISFIT, max(height, 1.0)
    return 0.4 * math.log(cell), (rows * cell + 2 * FRAME + 1) / room.ratio
