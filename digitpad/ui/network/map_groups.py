"""How large the maps of each layer are drawn: convolutions with the layers that sample them down
beside them, none larger than what comes before it in the network."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from digitpad.core.results import LayerInfo, LayerKind
from digitpad.ui.network.packing import FRAME, LARGEST_CELL, Packing

LEGIBLE_SIDE = 20
"""Of a map, in units of the window."""

_COMFORTABLE_SIDE = 96
_BEYOND_WEIGHT = 0.3
_BESIDE_WEIGHT = 0.35
_HIDDEN_WEIGHT, _HIDDEN_PENALTY, _RAGGED_WEIGHT = 1.0, 0.8, 1.4
_ILLEGIBLE_PENALTY = 0.7
_POINTED_WEIGHT, _POINTED_CELL = 0.5, 5
_ACROSS = (1, 2, 3, 4, 5, 6, 8, 12, 16, 24, 32, 48)
_MOST_TOGETHER = 3

Group = tuple[LayerInfo, ...]
"""A layer of maps, and those that are drawn beside it because each of their maps is made from the
one map of it that has the same number."""


@dataclass(frozen=True)
class Look:
    """What drawing costs, in device pixels. unit: of the window; gap: between maps; legible: the
    least side of a map in which something is seen."""

    unit: float
    gap: int
    legible: int


@dataclass(frozen=True)
class SizedGroup:
    """How a group is drawn. packings: of its layers, all in rows of one height, so that each map
    stands beside the one that it is made from. widths: of the layers' blocks in device pixels;
    height: of the rows that are seen."""

    packings: tuple[Packing, ...]
    widths: tuple[int, ...]
    height: int
    merit: float


def groups_of(layers: Sequence[LayerInfo]) -> list[Group]:
    """Layers of maps in groups, in the order of the computation."""
    groups: list[Group] = []
    for layer in layers:
        if len(layer.shape) != 3:
            continue
        if groups and len(groups[-1]) < _MOST_TOGETHER and _is_made_from(layer, groups[-1][-1]):
            groups[-1] += (layer,)
        else:
            groups.append((layer,))
    return groups


def _is_made_from(layer: LayerInfo, before: LayerInfo) -> bool:
    """Whether each map is made from the one map of the layer before that has its number."""
    if layer.shape[0] != before.shape[0] or layer.shape[1] > before.shape[1]:
        return False
    if layer.feeds:
        return layer.feeds[0].layer == before.name and layer.feeds[0].same_map
    return layer.layer_kind is not LayerKind.CONVOLUTION


def across_options(group: Group) -> list[int]:
    """How many maps in a row are tried."""
    return [across for across in _ACROSS if across <= group[0].shape[0]]


def cells_of(
    groups: Sequence[Group],
    heights: Sequence[int],
    across: Sequence[int],
    caps: Sequence[int],
    look: Look,
) -> list[list[int]] | None:
    """The sides of the squares of each layer of each group, in device pixels, in rows of ``across``
    maps each, no map's side above its group's cap; None where that cannot be.

    heights: of each group's room, in device pixels. All maps are seen where they stay legible, else
    as many rows as fit. A map is never drawn larger than one of as many squares, or more, before
    it.
    """
    wanted = []
    for group, height, number, cap in zip(groups, heights, across, caps, strict=True):
        count, rows, columns = group[0].shape
        longest = rows if rows > columns else columns
        fitting = ((height - 2 * FRAME + look.gap) // -(-count // number) - look.gap) // rows
        # More than legible only where all maps are seen.
        legible = -(-look.legible // longest)
        wanted.append(min(max(fitting, legible), cap // longest, LARGEST_CELL))
    found = []
    limit, limited = max(caps), 0
    for place, group in enumerate(groups):
        longest = max(group[0].shape[1:])
        cell = wanted[place]
        if limited >= longest:
            cell = min(cell, limit // longest)
        if cell < 1:
            return None
        next_longest = next_side = 0
        if place + 1 < len(groups):
            next_longest = max(groups[place + 1][0].shape[1:])
            next_side = wanted[place + 1] * next_longest
        cells = [cell]
        side = cell * longest
        for layer in group[1:]:
            longest = max(layer.shape[1:])
            # As large as what it is made from, square by square; larger where it would be
            # illegible, or the next layer would have to be smaller for it.
            least = -(-look.legible // longest)
            if longest >= next_longest:
                least = max(least, -(-next_side // longest))
            cells.append(min(max(cells[-1], least), side // longest))
            side = cells[-1] * longest
        limit, limited = side, longest
        found.append(cells)
    return found


def widths_of(group: Group, across: int, cells: Sequence[int], look: Look) -> list[int]:
    """How wide the blocks of a group's layers are, in device pixels."""
    return [
        across * layer.shape[2] * cell + look.gap * (across - 1) + 2 * FRAME
        for layer, cell in zip(group, cells, strict=True)
    ]


def sized(
    group: Group, height: int, across: int, cells: Sequence[int], look: Look
) -> SizedGroup | None:
    """A group drawn so; None where no row of it fits."""
    count = group[0].shape[0]
    highest = max(layer.shape[1] * cell for layer, cell in zip(group, cells, strict=True))
    pitch = highest + look.gap
    needed = -(-count // across)
    down = min(needed, (height - 2 * FRAME + look.gap) // pitch)
    if down < 1:
        return None
    shown = min(count, across * down)
    merit = _HIDDEN_WEIGHT * math.log(shown / count) - _HIDDEN_PENALTY * (shown < count)
    merit -= _RAGGED_WEIGHT * (1 - shown / (across * down))
    packings = []
    for layer, cell in zip(group, cells, strict=True):
        _, rows, columns = layer.shape
        value = _worth(max(rows, columns) * cell, look) + _pointed(cell, look)
        merit += value if layer is group[0] else _BESIDE_WEIGHT * value
        packings.append(Packing(across, down, cell, pitch, (highest - rows * cell) // 2))
    widths = tuple(widths_of(group, across, cells, look))
    return SizedGroup(tuple(packings), widths, down * pitch - look.gap + 2 * FRAME, merit)


@lru_cache(maxsize=4096)
def _pointed(cell: int, look: Look) -> float:
    """What squares are worth that can be pointed at, one by one."""
    return _POINTED_WEIGHT * math.log(min(cell, _POINTED_CELL * look.unit))


@lru_cache(maxsize=4096)
def _worth(side: int, look: Look) -> float:
    """What maps of a side are worth: beyond the comfortable one more adds little."""
    size, comfortable = math.log(side), math.log(_COMFORTABLE_SIDE * look.unit)
    worth = min(size, comfortable) + _BEYOND_WEIGHT * max(size - comfortable, 0.0)
    return worth if side >= look.legible else worth - _ILLEGIBLE_PENALTY
