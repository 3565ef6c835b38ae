"""What is said of a layer, its shape and its activations, in words."""

from __future__ import annotations

import re

from digitpad.core.results import LayerInfo
from digitpad.ui.network.square_grid import Square, SquareGrid
from digitpad.ui.style.panel import signed

_WITH_SIZE = re.compile(r"(?P<name>[a-z ]+) (?P<size>\d+ × \d+)(?P<rest>((,| \().*)?)")
_SHORT_NAMES = {"average pooling": "average", "max pooling": "maximum"}


def shape_in_words(grid: SquareGrid) -> str:
    """A layer's shape, such as "6 maps, 28 × 28" or "84 units"."""
    if grid.is_maps:
        return f"{grid.maps} maps, {grid.rows} × {grid.columns}"
    return f"{grid.count} units"


def title_details(grid: SquareGrid, undefined: int, hint: str) -> list[str]:
    """What stands behind a layer's name, and shorter forms of it for narrow panels.

    undefined: how many activations are NaN or infinite, which then comes first. hint: what more
    there is to say, in place of what the wheel does.
    """
    details = _shape_details(grid, hint)
    if not undefined:
        return details
    words = undefined_in_words(undefined)
    return [f"{details[0]} · {words}", words, f"{undefined:,} NaN or ∞", *details]


def _shape_details(grid: SquareGrid, hint: str) -> list[str]:
    """The layer's shape in words, the longest first."""
    whole = shape_in_words(grid)
    if hint:
        return [f"{whole} · {hint}", hint]
    if not grid.is_maps:
        return [whole, str(grid.count)]
    shown = grid.shown
    if len(shown) == grid.maps:
        return [whole, f"{grid.maps} × {grid.rows} × {grid.columns}", f"{grid.maps} maps"]
    part = f"{shown.start + 1}–{shown.stop} of {grid.maps}"
    shape = f"{part} maps, {grid.rows} × {grid.columns}"
    return [f"{shape} · the wheel shows the others", shape, f"{part} maps", part]


def operation_in_words(layer: LayerInfo) -> list[str]:
    """What a layer does, as a figure says it, such as "5 × 5 convolution, tanh" or "2 × 2 average";
    behind it shorter forms."""
    found = _WITH_SIZE.fullmatch(layer.kind)
    words = layer.kind
    if found is not None:
        name = _SHORT_NAMES.get(found["name"], found["name"])
        words = f"{found['size']} {name}{found['rest']}"
    # Own modules' layers have the names of their code behind.
    return list(dict.fromkeys([words, words.partition(" (")[0], words.partition(",")[0]]))


def undefined_in_words(count: int) -> str:
    """How many activations are NaN or infinite, such as "2 values are NaN or infinite"; "" where
    none is."""
    if not count:
        return ""
    return f"{count:,} {'value is' if count == 1 else 'values are'} NaN or infinite"


def layer_in_words(layer: LayerInfo, undefined: int) -> str:
    """What a layer does, for its tool tip; undefined: as for title_details."""
    parts = [f"{layer.name}: {layer.kind}"]
    if undefined:
        words = undefined_in_words(undefined)
        parts.append(f"{words}; their squares have a colour outside the scale")
    return ". ".join([*parts, "A click here, or Enter, shows it large"])


def unit_in_words(layer: LayerInfo, grid: SquareGrid, unit: Square, value: float | None) -> str:
    """A unit's name and its value, None at rest, counted from 1 as people do."""
    index, row, column = unit
    if grid.is_maps:
        name = f"{layer.name}, map {index + 1}, row {row + 1}, column {column + 1}"
    else:
        name = f"{layer.name}, unit {row * grid.columns + column + 1}"
    return name if value is None else f"{name}: {signed(value)}"


def unit_details(grid: SquareGrid, unit: Square, value: float | None) -> list[str]:
    """What the title says of a unit that is pointed at, the longest form first: which it is, and
    its value, None at rest; counted from 1."""
    index, row, column = unit
    number = "" if value is None else signed(value)
    if not grid.is_maps:
        place = str(row * grid.columns + column + 1)
        longest = f"unit {place}"
    else:
        place = f"{index + 1} · {row + 1}, {column + 1}"
        longest = f"map {index + 1}, row {row + 1}, column {column + 1}"
    if not number:
        return [longest, place]
    return [f"{longest} = {number}", f"{place} = {number}", f"= {number}", number]
