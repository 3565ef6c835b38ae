"""The search for the sizes of all maps, within the widths that there are."""

from __future__ import annotations

import math
from collections.abc import Sequence

from digitpad.ui.network.map_groups import (
    Group,
    Look,
    SizedGroup,
    across_options,
    cells_of,
    sized,
    widths_of,
)

_STARTS = (1, 4)


def best_sizes(
    groups: Sequence[Group],
    heights: Sequence[int],
    rooms: Sequence[tuple[Sequence[int], int]],
    least: Sequence[Sequence[int]],
    look: Look,
) -> list[SizedGroup] | None:
    """The best way to draw groups; None where they do not fit.

    heights: of each group's room. rooms: which groups share a width, by their places, and how wide
    that is. least: the least width of each layer of each group. All lengths are device pixels. The
    number of maps in a row is changed for one group after the other, from several starts, as long
    as that is better.
    """
    search = _Search(groups, heights, rooms, least, look)
    known: dict[tuple[int, ...], float] = {}

    def merit(across: tuple[int, ...]) -> float:
        if across not in known:
            known[across] = _merit(search.largest(across))
        return known[across]

    best = tuple(1 for _ in groups)
    for start in _STARTS:
        at = tuple(min(start, group[0].shape[0]) for group in groups)
        is_better = True
        while is_better:
            is_better = False
            for place, group in enumerate(groups):
                for option in across_options(group):
                    tried = (*at[:place], option, *at[place + 1 :])
                    if merit(tried) > merit(at) + 1e-9:
                        at, is_better = tried, True
        if merit(at) > merit(best):
            best = at
    return search.largest(best, is_final=True)


def _merit(found: list[SizedGroup] | None) -> float:
    return -math.inf if found is None else sum(one.merit for one in found)


class _Search:
    """The sizes for given numbers of maps in a row."""

    def __init__(
        self,
        groups: Sequence[Group],
        heights: Sequence[int],
        rooms: Sequence[tuple[Sequence[int], int]],
        least: Sequence[Sequence[int]],
        look: Look,
    ) -> None:
        self._groups, self._heights, self._rooms = groups, heights, rooms
        self._least, self._look = least, look
        self._sides = [max(group[0].shape[1:]) for group in groups]

    def largest(self, across: tuple[int, ...], is_final: bool = False) -> list[SizedGroup] | None:
        """With the largest cap on all sides that still fits, and larger ones where there is room
        left; is_final: later groups may also give room to earlier ones."""
        best = None
        low, high = max(self._sides), max(self._heights)
        while low <= high:
            cap = (low + high) // 2
            cells = self._fitting(across, [cap] * len(self._groups))
            if cells is not None:
                best, low = cells, cap + self._look.gap
            else:
                high = cap - self._look.gap
        if best is None:
            return None
        ways = [best]
        for place in range(1, len(self._groups) if is_final else 0):
            for less in (1, 2):
                caps = self._caps(best)
                smaller = (
                    max(cap - less * side, side)
                    for cap, side in zip(caps[place:], self._sides[place:], strict=True)
                )
                cells = self._fitting(across, [*caps[:place], *smaller])
                if cells is not None:
                    ways.append(cells)
        found = [self._made(across, self._grown(across, way)) for way in ways]
        return max(found, key=_merit)

    def _caps(self, cells: list[list[int]]) -> list[int]:
        """The sides that the first layers' maps have."""
        return [own[0] * side for own, side in zip(cells, self._sides, strict=True)]

    def _fitting(self, across: tuple[int, ...], caps: Sequence[int]) -> list[list[int]] | None:
        """The cells under these caps; None where they do not fit."""
        cells = cells_of(self._groups, self._heights, across, caps, self._look)
        if cells is None:
            return None
        for members, available in self._rooms:
            for place in members:
                widths = widths_of(self._groups[place], across[place], cells[place], self._look)
                available -= sum(map(max, widths, self._least[place]))
            if available < 0:
                return None
        return cells

    def _grown(self, across: tuple[int, ...], best: list[list[int]]) -> list[list[int]]:
        """Larger from the first group on, where there is room left."""
        for place in range(len(self._groups)):
            while True:
                caps = self._caps(best)
                caps[place] += self._sides[place]
                cells = self._fitting(across, caps)
                if cells is None or cells[place][0] <= best[place][0]:
                    break
                best = cells
        return best

    def _made(self, across: tuple[int, ...], best: list[list[int]]) -> list[SizedGroup] | None:
        found = []
        for group, height, number, cells in zip(
            self._groups, self._heights, across, best, strict=True
        ):
            one = sized(group, height, number, cells, self._look)
            if one is None:
                return None
            found.append(one)
        return found
