"""Where each layer of a network lies: from left to right in the order of the computation, as large
as a given box allows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

from digitpad.core.results import LayerInfo, LayerKind
from digitpad.ui.network.map_groups import (
    LEGIBLE_SIDE,
    Group,
    Look,
    SizedGroup,
    groups_of,
)
from digitpad.ui.network.map_search import best_sizes
from digitpad.ui.network.packing import MAP_GAP, Packing
from digitpad.ui.network.room import Box, Room
from digitpad.ui.network.vector_layout import beside, stacked

_DECK_GAP = 17
_MOST_WORDS = 150
_GAPS = (15, 8)
_NARROW = 470
_MOST_GAP = 2.4
_LEAST_WIDTH, _LEAST_BESIDE, _LEAST_UNBOUNDED = 92, 66, 96
# Small letters do not shrink as much as the unit.
_LEAST_PIXELS = 83
_LEAST_SIDE = 116
_FOOT_SHARE, _FOOT_HEIGHT = 0.22, 108
_TABLE_CELL, _TABLE_WIDTH, _LEAST_SQUARES = 7, 130, 24
_DECK_PENALTY, _FOOT_PENALTY, _DROPPED_PENALTY = 0.5, 1.2, 20.0
_MOST_DECKS = 3
_LOW = 260
_TOO_NARROW = 40.0

TABLE = "connections of "
"""Before a layer's name: the key of the box in which its table of connections lies."""


@dataclass(frozen=True)
class Operation:
    """Where it stands what a layer does. layer: its name; box: in the gap before it; is_upright:
    the words run from the foot up, in a gap between columns."""

    layer: str
    box: Box
    is_upright: bool


@dataclass(frozen=True)
class Layout:
    """A network's layout.

    boxes: of each layer by name, title included, and of tables of connections by TABLE + name where
    there is room for them; none overlap. packings: of layers of maps, how their maps lie under the
    title. operations: between the layers, as far as there is room. groups: which layers of maps
    stand side by side, row by row.
    """

    boxes: Mapping[str, Box]
    packings: Mapping[str, Packing]
    operations: tuple[Operation, ...]
    groups: tuple[tuple[str, ...], ...]


@dataclass
class _Plan:
    merit: float
    boxes: dict[str, Box] = field(default_factory=dict)
    packings: dict[str, Packing] = field(default_factory=dict)
    gap: float = 0.0


@dataclass(frozen=True)
class _Deck:
    """A row of groups: their places among all, and its box."""

    members: tuple[int, ...]
    top: float
    width: float
    height: float


@lru_cache(maxsize=64)
def lay_out(layers: tuple[LayerInfo, ...], room: Room) -> Layout:
    """The best layout of a network's layers in a room.

    Tried are the layers of maps in one or more decks, and the layers of units at the right, in one
    column or several, or at the foot; of these the layout whose squares are largest and hide least
    is taken. It is searched for once only, so that going back to a network is quick.
    """
    groups = groups_of(layers)
    vectors = [layer for layer in layers if len(layer.shape) == 1]
    if not groups:
        plan = _vectors_alone(vectors, room)
    else:
        plan = _Plan(-math.inf)
        for columns in _side_columns(len(vectors), room):
            for decks in range(1, min(max(_MOST_DECKS, len(groups) // 4), len(groups)) + 1):
                tried = _plan(groups, vectors, room, columns, decks)
                if tried.merit > plan.merit:
                    plan = tried
    names = tuple(tuple(layer.name for layer in group) for group in groups)
    return Layout(
        MappingProxyType(plan.boxes),
        MappingProxyType(plan.packings),
        _operations(layers, plan, room),
        names,
    )


def _side_columns(vectors: int, room: Room) -> tuple[int, ...]:
    """In how many columns at the right layers of units are tried; 0: at the foot."""
    if not vectors:
        return (1,)
    is_low = room.height < _LOW * room.unit
    return tuple(range(1, vectors + 1)) if is_low else (1, *((2,) if vectors > 3 else ()), 0)


def _vectors_alone(vectors: Sequence[LayerInfo], room: Room) -> _Plan:
    """Layers of units without any of maps."""
    if not vectors:
        return _Plan(0.0)
    merit, boxes = beside(vectors, room, 0.0)
    other, stack = stacked(vectors, room, 0.0, 0.0, room.width, room.height)
    return _Plan(max(merit, other), stack if other >= merit else boxes)


def _plan(
    groups: list[Group],
    vectors: list[LayerInfo],
    room: Room,
    columns: int,
    decks: int,
) -> _Plan:
    """The best layout with this many decks, the units in so many columns at the right; 0: at the
    foot."""
    gap = _GAPS[room.width < _NARROW * room.unit] * room.unit
    deck_gap = _DECK_GAP * room.unit
    width, height = room.width, room.height
    if vectors and columns:
        side = _LEAST_SIDE * room.unit
        width -= columns * (side + gap)
    elif vectors:
        height -= min(_FOOT_SHARE * room.height, _FOOT_HEIGHT * room.unit) + room.title + deck_gap
    deck_height = (height - (decks - 1) * deck_gap) / decks
    if width < _TOO_NARROW * room.unit or deck_height < room.title + _LEAST_SQUARES * room.unit / 2:
        # Nothing better may be found, and all has to lie somewhere.
        width, deck_height = max(width, 1.0), max(deck_height, 1.0)
    rows = [
        _Deck(members, number * (deck_height + deck_gap), width, deck_height)
        for number, members in enumerate(_split(groups, decks))
    ]
    plan = _maps(groups, rows, room, gap)
    plan.gap = gap
    plan.merit -= _DECK_PENALTY * (decks - 1)
    if not vectors:
        return plan
    if not columns:
        merit, boxes = beside(vectors, room, height + deck_gap)
        plan.merit += merit - _FOOT_PENALTY
    else:
        merit, boxes = _columns(vectors, room, columns, gap)
        plan.merit += merit - _FOOT_PENALTY * (columns - 1)
    plan.boxes |= boxes
    return plan


def _columns(
    vectors: list[LayerInfo], room: Room, columns: int, gap: float
) -> tuple[float, dict[str, Box]]:
    """Layers of units in columns at the right, the last of them at the edge."""
    side = _LEAST_SIDE * room.unit
    each = math.ceil(len(vectors) / columns)
    merit = 0.0
    boxes: dict[str, Box] = {}
    for column in range(columns):
        members = vectors[column * each : (column + 1) * each]
        if members:
            left = room.width - (columns - column) * (side + gap) + gap
            worth, found = stacked(members, room, left, 0.0, side, room.height)
            merit += worth
            boxes |= found
    return merit, boxes


def _split(groups: list[Group], decks: int) -> list[tuple[int, ...]]:
    """Groups in decks, in order, with about as many layers in each."""
    total = sum(len(group) for group in groups)
    found: list[list[int]] = [[] for _ in range(decks)]
    before = 0
    for place, group in enumerate(groups):
        deck = min(decks - 1, before * decks // total)
        # No deck stays empty.
        deck = max(deck, decks - (len(groups) - place))
        found[deck].append(place)
        before += len(group)
    return [tuple(one) for one in found if one]


def _maps(groups: list[Group], decks: list[_Deck], room: Room, gap: float) -> _Plan:
    """The best sizes of all maps."""
    unit = room.unit * room.ratio
    look = Look(unit, max(2, round(MAP_GAP * unit)), math.ceil(LEGIBLE_SIDE * unit))
    heights, tables, dropped = [], [], 0
    for deck in decks:
        for place in deck.members:
            table = _table_height(groups[place], room, deck.height)
            dropped += bool(groups[place][0].connections) and not table
            tables.append(table)
            heights.append(room.device(deck.height - room.title - table))
    least = [[room.device(_least(layer, room)) for layer in group] for group in groups]

    rooms = [
        (
            deck.members,
            room.device(deck.width - gap * (sum(len(groups[at]) for at in deck.members) - 1)),
        )
        for deck in decks
    ]
    chosen = best_sizes(groups, heights, rooms, least, look)
    if chosen is None:
        # Titles give way first, then everything lies as small as it can.
        least = [[1 for _ in group] for group in groups]
        chosen = best_sizes(groups, heights, rooms, least, look)
    if chosen is None:
        return _crammed(groups, decks, room, gap)
    merit = sum(one.merit for one in chosen) - _DROPPED_PENALTY * dropped
    if all(low == 1 for each in least for low in each):
        merit -= 2.0
    plan = _Plan(merit)
    for deck in decks:
        _place(plan, groups, deck, chosen, tables, least, room, gap)
    return plan


def _least(layer: LayerInfo, room: Room) -> float:
    """How wide a layer's title is at least, which names the range of its colours where the layer
    before it does not."""
    if layer.low is None or layer.high is None:
        return _LEAST_UNBOUNDED * room.unit
    is_first = layer.layer_kind is LayerKind.CONVOLUTION
    if is_first:
        return max(_LEAST_WIDTH * room.unit, _LEAST_PIXELS)
    return _LEAST_BESIDE * room.unit


def _table_height(group: Group, room: Room, height: float) -> float:
    """How high the table of a group's sparse connections is, with its title and the gap above; 0
    where there is none, or no room for it."""
    connections = group[0].connections
    if not connections:
        return 0.0
    seen = 1 + max(max(row, default=0) for row in connections)
    table = room.title + (seen * _TABLE_CELL + _DECK_GAP) * room.unit
    return table if table + room.title + _LEAST_SQUARES * room.unit <= height else 0.0


def _place(
    plan: _Plan,
    groups: list[Group],
    deck: _Deck,
    chosen: list[SizedGroup],
    tables: list[float],
    least: list[list[int]],
    room: Room,
    gap: float,
) -> None:
    """Put a deck's layers into their places from left to right, and tables under theirs."""
    widths = [
        [one / room.ratio for one in map(max, chosen[place].widths, least[place])]
        for place in deck.members
    ]
    count = sum(map(len, widths))
    spare = deck.width - sum(map(sum, widths)) - gap * (count - 1)
    between = gap + (min(max(spare, 0.0) / (count - 1), (_MOST_GAP - 1) * gap) if count > 1 else 0)
    left = 0.0
    for place, wide in zip(deck.members, widths, strict=True):
        group, own = groups[place], chosen[place]
        start = left
        height = own.height / room.ratio
        for layer, width, packing in zip(group, wide, own.packings, strict=True):
            plan.boxes[layer.name] = (left, deck.top, width, room.title + height)
            plan.packings[layer.name] = packing
            left += width + between
        if tables[place]:
            inner = tables[place] - _DECK_GAP * room.unit
            top = deck.top + room.title + height + _DECK_GAP * room.unit
            across = max(left - between - start, min(_TABLE_WIDTH * room.unit, deck.width - start))
            plan.boxes[TABLE + group[0].name] = (start, top, across, inner)


def _crammed(groups: list[Group], decks: list[_Deck], room: Room, gap: float) -> _Plan:
    """Every layer has an even share of its deck where nothing else fits; its maps may be cut."""
    plan = _Plan(-100.0)
    for deck in decks:
        layers = [layer for place in deck.members for layer in groups[place]]
        each = max(1.0, (deck.width - gap * (len(layers) - 1)) / len(layers))
        for number, layer in enumerate(layers):
            plan.boxes[layer.name] = (number * (each + gap), deck.top, each, deck.height)
    return plan


def _operations(layers: Sequence[LayerInfo], plan: _Plan, room: Room) -> tuple[Operation, ...]:
    """Where it stands what each layer does: in the gap before it, or over it where it begins a
    deck, if that is wide enough."""
    found = []
    least, line = _GAPS[0] * room.unit * 0.7, _DECK_GAP * room.unit
    for before, layer in pairwise(layers):
        if before.name not in plan.boxes or layer.name not in plan.boxes:
            continue
        left, top, width, height = plan.boxes[before.name]
        own = plan.boxes[layer.name]
        if own[0] - (left + width) >= least and own[1] < top + height and top < own[1] + own[3]:
            upper = max(top, own[1]) + room.title
            box = (left + width, upper, own[0] - left - width, top + height - upper)
            found.append(Operation(layer.name, box, True))
        elif own[0] == left and own[1] - (top + height) >= least:
            across = max(own[2], min(_MOST_WORDS * room.unit, room.width - own[0]))
            box = (left, top + height, across, own[1] - top - height)
            if any(_meet(box, other) for other in plan.boxes.values()):
                box = (left, top + height, own[2], own[1] - top - height)
            found.append(Operation(layer.name, box, False))
        elif own[0] < left and own[1] >= line:
            across = min(_MOST_WORDS * room.unit, room.width - own[0])
            box = (own[0], own[1] - line, across, line)
            if not any(_meet(box, other) for other in plan.boxes.values()):
                found.append(Operation(layer.name, box, False))
    return tuple(one for one in found if one.box[3] > 0)


def _meet(box: Box, other: Box) -> bool:
    """Whether two boxes have more than an edge in common."""
    return all(
        box[axis] + 0.01 < other[axis] + other[axis + 2]
        and other[axis] + 0.01 < box[axis] + box[axis + 2]
        for axis in (0, 1)
    )
