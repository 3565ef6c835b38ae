"""Where each layer of a network lies: the search for the layout that shows any network best in a
given box."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from types import MappingProxyType

import numpy as np

from digitpad.core.results import LayerInfo, LayerKind
from digitpad.ui.network.packing import (
    FRAME,
    LARGEST_UNIT,
    Front,
    Tiles,
    front,
    front_of,
    unit_grid,
)

_COLUMN_GAP = 22
_ROW_GAP = 10
_SPARE_GAP = 40
_LEAST_COLUMN = 138
_SHARES = (0.5, 0.62, 0.7)
_POOLING_WEIGHT = 0.35
_BESIDE_PENALTY = 0.3
_DROPPED_PENALTY = 20.0
_FOOT_SHARE, _FOOT_HEIGHT = 0.2, 108
_SIDE_SHARES = (0.2,)
# Room for the name and the legend of a layer at the right.
_LEAST_SIDE = 122
_TABLE_CELL = 7
_LEAST_SQUARES = 24

Box = tuple[float, float, float, float]
"""Left, top, width and height in the widget's pixels."""

TABLE = "connections of "
"""Before a layer's name: the key of the box in which its table of connections lies."""


@dataclass(frozen=True)
class Room:
    """The box to fill, width x height pixels, of a screen with ``ratio`` device pixels to the
    pixel; title: the height of a panel's title. unit: how much larger than the smallest
    comfortable size texts and gaps are."""

    width: float
    height: float
    unit: float = 1.0
    ratio: float = 1.0
    title: float = 24.0

    def device(self, length: float) -> int:
        """Whole device pixels within a length."""
        return max(0, math.floor(length * self.ratio + 1e-6))


@dataclass
class _Plan:
    merit: float
    boxes: dict[str, Box] = field(default_factory=dict)


def tiles_of(layer: LayerInfo, unit: float) -> Tiles:
    """A layer of maps as what is packed; unit: device pixels in a unit of the window."""
    count, rows, columns = layer.shape
    gap = max(2, round((6 if rows > 6 else 4) * unit)) if count > 1 else 0
    return Tiles(count, rows, columns, gap, unit)


def columns_of(layers: Sequence[LayerInfo]) -> list[list[LayerInfo]]:
    """Layers of maps in columns: a convolution, and beneath it what it is sampled down to, at
    most two layers more."""
    columns: list[list[LayerInfo]] = []
    for layer in layers:
        if len(layer.shape) == 3:
            continues = (
                columns and columns[-1][-1].shape[0] == layer.shape[0] and len(columns[-1]) < 3
            )
            if continues:
                columns[-1].append(layer)
            else:
                columns.append([layer])
    return columns


@lru_cache(maxsize=64)
def lay_out(layers: tuple[LayerInfo, ...], room: Room) -> Mapping[str, Box]:
    """A box for each layer by name, and for tables of connections by TABLE + name where there is
    room for them; nothing overlaps.

    Tried are columns in one to three decks, pooling beneath its convolution or beside it, the
    layers of units at the foot or at the right; the layout whose squares are largest and hide least
    is taken. It is searched for once only, so that going back to a network is quick.
    """
    columns = columns_of(layers)
    vectors = [layer for layer in layers if len(layer.shape) == 1]
    if not columns:
        return _stacked(vectors, room, 0, 0, room.width, room.height)[1]
    groupings = [columns]
    if any(len(column) > 1 for column in columns):
        groupings.append([[layer] for column in columns for layer in column])
    sides: list[float | None] = [None, *_SIDE_SHARES] if vectors else [None]
    best = _Plan(-math.inf)
    for grouping, side in product(groupings, sides):
        for decks in range(1, min(3, len(grouping)) + 1):
            plan = _plan(grouping, vectors, room, side, decks)
            if grouping is not columns:
                plan.merit -= _BESIDE_PENALTY
            if plan.merit > best.merit:
                best = plan
    return MappingProxyType(best.boxes)


def _plan(
    columns: list[list[LayerInfo]],
    vectors: list[LayerInfo],
    room: Room,
    side: float | None,
    decks: int,
) -> _Plan:
    """The best layout with this many decks, the units at the foot (side: None) or at the right."""
    gap, column_gap = _ROW_GAP * room.unit, _COLUMN_GAP * room.unit
    width, height = room.width, room.height
    if vectors and side is None:
        height -= min(_FOOT_SHARE * room.height, _FOOT_HEIGHT * room.unit) + room.title + gap
    elif vectors:
        width -= max(side * room.width, _LEAST_SIDE * room.unit) + column_gap  # type: ignore[operator]
    deck_height = (height - (decks - 1) * gap) / decks
    per_deck = -(-len(columns) // decks)
    plan = _Plan(0.0)
    lefts: list[float] = []
    bottom = 0.0
    for deck in range(decks):
        members = columns[deck * per_deck : (deck + 1) * per_deck]
        if not members:
            return _Plan(-math.inf)
        found = max(
            (_deck(members, room, bottom, width, deck_height, share) for share in _SHARES),
            key=lambda each: each.merit,
        )
        plan.merit += found.merit
        plan.boxes |= found.boxes
        lefts = [found.boxes[column[0].name][0] for column in members]
        bottom += deck_height + gap
    if vectors and side is None:
        merit, boxes = _beside(vectors, room, height + gap, lefts)
    elif vectors:
        merit, boxes = _stacked(
            vectors, room, width + column_gap, 0, room.width - width - column_gap, room.height
        )
    else:
        merit, boxes = 0.0, {}
    plan.merit += merit
    plan.boxes |= boxes
    return plan


def _deck(
    columns: list[list[LayerInfo]],
    room: Room,
    top: float,
    width: float,
    height: float,
    share: float,
) -> _Plan:
    """One row of columns: first layers of ``share`` of the height, what is beneath them in the
    rest."""
    gap = _ROW_GAP * room.unit
    column_gap = _COLUMN_GAP * room.unit
    lower_count = max(len(column) for column in columns) - 1
    squares = height - room.title * (1 + lower_count) - gap * lower_count
    upper = squares * share if lower_count else squares
    fronts = [_column_front(column, room, upper, height) for column in columns]
    available = room.device(width - column_gap * (len(columns) - 1))
    widths = _share_out(fronts, available)
    if widths is None:
        even = [room.device((width - column_gap * (len(columns) - 1)) / len(columns))] * len(
            columns
        )
        merit, taken = -50.0, even
    else:
        merit, taken = widths
    dropped = sum(
        bool(column[0].connections) and not _table_height(column, room, height)
        for column in columns
    )
    plan = _Plan(merit - _DROPPED_PENALTY * dropped)
    spare = max(0.0, width - sum(taken) / room.ratio - column_gap * (len(columns) - 1))
    between = column_gap + (
        min(spare / (len(columns) - 1), 2 * column_gap) if len(columns) > 1 else 0.0
    )
    left = 0.0
    for column, device_width in zip(columns, taken, strict=True):
        column_width = device_width / room.ratio
        _place_column(plan.boxes, column, room, (left, top, column_width, height), upper)
        left += column_width + between
    return plan


def _table_height(column: list[LayerInfo], room: Room, height: float) -> float:
    """How high the table of a column's sparse connections is, with its title and the gap above; 0
    where there is none, or no room for it in a column of that height."""
    if not column[0].connections:
        return 0.0
    seen = 1 + max(max(row) for row in column[0].connections)
    table = room.title + (seen * _TABLE_CELL + _ROW_GAP) * room.unit
    layers = len(column) * (room.title + _LEAST_SQUARES * room.unit)
    gaps = (len(column) - 1) * _ROW_GAP * room.unit
    return table if table + layers + gaps <= height else 0.0


def _heights(column: list[LayerInfo], room: Room, upper: float, height: float) -> list[float]:
    """How high each layer's squares may be, titles left out."""
    gap = _ROW_GAP * room.unit
    table = _table_height(column, room, height)
    if len(column) == 1:
        return [height - room.title - table]
    below = height - room.title - upper - table
    each = below / (len(column) - 1) - room.title - gap
    return [upper, *[max(1.0, each)] * (len(column) - 1)]


def _column_front(column: list[LayerInfo], room: Room, upper: float, height: float) -> Front:
    """What more width brings to a column."""
    unit = room.unit * room.ratio
    fronts = [
        front(tiles_of(layer, unit), room.device(each))
        for layer, each in zip(column, _heights(column, room, upper, height), strict=True)
    ]
    least = room.device(_LEAST_COLUMN * room.unit)
    # np.unique would import numpy.ma, which the window has no other use for as it starts.
    widths = np.sort(np.concatenate([each.widths for each in fronts]).clip(min=least))
    widths = widths[np.diff(widths, prepend=widths[0] - 1) > 0]
    merits = np.sum(
        [
            each.merit_at(widths)
            * (1.0 if layer.layer_kind is LayerKind.CONVOLUTION else _POOLING_WEIGHT)
            for layer, each in zip(column, fronts, strict=True)
        ],
        axis=0,
    )
    fitting = np.isfinite(merits)
    return front_of(widths[fitting], merits[fitting])[0]


def _share_out(fronts: list[Front], available: int) -> tuple[float, list[int]] | None:
    """The merit and the widths that make the best of what is available, or None where the
    columns do not fit."""
    whole, chosen = Front(np.zeros(1, np.int64), np.zeros(1)), np.zeros((1, 0), np.int64)
    for each in fronts:
        widths = (whole.widths[:, None] + each.widths[None, :]).ravel()
        merits = (whole.merits[:, None] + each.merits[None, :]).ravel()
        own = np.tile(each.widths, len(whole.widths))
        before = np.repeat(np.arange(len(whole.widths)), len(each.widths))
        fitting = np.flatnonzero(widths <= available)
        if not len(fitting):
            return None
        whole, kept = front_of(widths[fitting], merits[fitting])
        kept = fitting[kept]
        chosen = np.column_stack([chosen[before[kept]], own[kept]])
    return float(whole.merits[-1]), [int(width) for width in chosen[-1]]


def _place_column(
    boxes: dict[str, Box], column: list[LayerInfo], room: Room, box: Box, upper: float
) -> None:
    """Put a column's layers, and its table of connections, into a box, one beneath another."""
    left, top, width, height = box
    gap = _ROW_GAP * room.unit
    at = top
    for row, (layer, each) in enumerate(
        zip(column, _heights(column, room, upper, height), strict=True)
    ):
        boxes[layer.name] = (left, at, width, room.title + each)
        at += room.title + each + gap
        if row == 0 and len(column) > 1:
            at = top + room.title + upper + gap
    if table := _table_height(column, room, height):
        boxes[TABLE + column[0].name] = (left, top + height - table + gap, width, table - gap)


def _units_merit(layer: LayerInfo, room: Room, width: float, height: float) -> float:
    """What a block of units is worth in a box: the larger its squares the more; below zero where
    they do not fit."""
    largest = max(1, round(LARGEST_UNIT * room.unit * room.ratio))
    rows, columns, cell = unit_grid(
        layer.shape[0], room.device(width), room.device(height), largest
    )
    fits = columns * cell + 2 * FRAME <= room.device(
        width
    ) and rows * cell + 2 * FRAME <= room.device(height)
    return 0.4 * math.log(cell) if fits else -3.0


def _beside(
    vectors: list[LayerInfo], room: Room, top: float, lefts: list[float]
) -> tuple[float, dict[str, Box]]:
    """Layers of units side by side at the foot, under the columns where these are as many."""
    gap = _COLUMN_GAP * room.unit
    if len(vectors) != len(lefts):
        step = (room.width + gap) / len(vectors)
        lefts = [step * index for index in range(len(vectors))]
    ends = [*[left - gap for left in lefts[1:]], room.width]
    boxes = {
        layer.name: (left, top, end - left, room.height - top)
        for layer, left, end in zip(vectors, lefts, ends, strict=True)
    }
    merit = sum(
        _units_merit(layer, room, boxes[layer.name][2], room.height - top - room.title)
        for layer in vectors
    )
    return merit, boxes


def _stacked(
    vectors: list[LayerInfo], room: Room, left: float, top: float, width: float, height: float
) -> tuple[float, dict[str, Box]]:
    """Layers of units one above another."""
    gap = 2 * _ROW_GAP * room.unit
    each = (height - gap * (len(vectors) - 1)) / max(1, len(vectors))
    boxes = {
        layer.name: (left, top + (each + gap) * row, width, each)
        for row, layer in enumerate(vectors)
    }
    return sum(_units_merit(layer, room, width, each - room.title) for layer in vectors), boxes
