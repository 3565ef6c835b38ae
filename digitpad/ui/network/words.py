"""What is said of a layer, its shape and its activations, in words."""

from __future__ import annotations

from digitpad.core.languages import _, ngettext
from digitpad.core.results import LayerInfo
from digitpad.nets.spec.layer_words import figure_words, kind_words, layer_name
from digitpad.ui.network.square_grid import Square, SquareGrid
from digitpad.ui.style.panel import signed


def shape_in_words(grid: SquareGrid) -> str:
    """A layer's shape, such as "6 maps, 28 × 28" or "84 units"."""
    if grid.is_maps:
        return _("{maps} maps, {rows} × {columns}").format(
            maps=grid.maps, rows=grid.rows, columns=grid.columns
        )
    return _("{count} units").format(count=grid.count)


def title_details(grid: SquareGrid, undefined: int, hint: str) -> list[str]:
    """What stands behind a layer's name, and shorter forms of it for narrow panels.

    undefined: how many activations are NaN or infinite, which then comes first. hint: what more
    there is to say, in place of what the wheel does.
    """
    details = _shape_details(grid, hint)
    if not undefined:
        return details
    words = undefined_in_words(undefined)
    return [
        f"{details[0]} · {words}",
        words,
        _("{undefined:,} NaN or ∞").format(undefined=undefined),
        *details,
    ]


def _shape_details(grid: SquareGrid, hint: str) -> list[str]:
    """The layer's shape in words, the longest first."""
    whole = shape_in_words(grid)
    if hint:
        return [f"{whole} · {hint}", hint]
    if not grid.is_maps:
        return [whole, str(grid.count)]
    shown = grid.shown
    if len(shown) == grid.maps:
        return [
            whole,
            f"{grid.maps} × {grid.rows} × {grid.columns}",
            _("{maps} maps").format(maps=grid.maps),
        ]
    part = _("{start}–{stop} of {maps}").format(
        start=shown.start + 1, stop=shown.stop, maps=grid.maps
    )
    shape = _("{part} maps, {rows} × {columns}").format(
        part=part, rows=grid.rows, columns=grid.columns
    )
    return [
        _("{shape} · the wheel shows the others").format(shape=shape),
        shape,
        _("{part} maps").format(part=part),
        part,
    ]


def operation_in_words(layer: LayerInfo) -> list[str]:
    """What a layer does, as a figure says it, such as "5 × 5 convolution, tanh" or "2 × 2 average";
    behind it shorter forms."""
    return figure_words(layer.kind)


def undefined_in_words(count: int) -> str:
    """How many activations are NaN or infinite, such as "2 values are NaN or infinite"; "" where
    none is."""
    if not count:
        return ""
    return ngettext(
        "{n:,} value is NaN or infinite", "{n:,} values are NaN or infinite", count
    ).format(n=count)


def layer_in_words(layer: LayerInfo, undefined: int) -> str:
    """What a layer does, for its tool tip; undefined: as for title_details."""
    said = _("{name}: {text}").format(name=layer_name(layer.name), text=kind_words(layer.kind))
    if undefined:
        words = undefined_in_words(undefined)
        off_scale = _("{words}; their squares have a colour outside the scale").format(words=words)
        said = _("{first}. {second}").format(first=said, second=off_scale)
    return _("{first}. {second}").format(
        first=said, second=_("A click here, or Enter, shows it large")
    )


def unit_in_words(layer: LayerInfo, grid: SquareGrid, unit: Square, value: float | None) -> str:
    """A unit's name and its value, None at rest, counted from 1 as people do."""
    index, row, column = unit
    if grid.is_maps:
        name = _("{name}, map {index}, row {row}, column {column}").format(
            name=layer_name(layer.name), index=index + 1, row=row + 1, column=column + 1
        )
    else:
        name = _("{name}, unit {number}").format(
            name=layer_name(layer.name), number=row * grid.columns + column + 1
        )
    return name if value is None else _("{name}: {text}").format(name=name, text=signed(value))


def unit_details(grid: SquareGrid, unit: Square, value: float | None) -> list[str]:
    """What the title says of a unit that is pointed at, the longest form first: which it is, and
    its value, None at rest; counted from 1."""
    index, row, column = unit
    number = "" if value is None else signed(value)
    if not grid.is_maps:
        place = short = str(row * grid.columns + column + 1)
        longest = _("unit {place}").format(place=place)
    else:
        place = f"{index + 1} · {row + 1}, {column + 1}"
        short = _("map {index}, row {row}, col. {column}").format(
            index=index + 1, row=row + 1, column=column + 1
        )
        longest = _("map {index}, row {row}, column {column}").format(
            index=index + 1, row=row + 1, column=column + 1
        )
    if not number:
        return [longest, short, place]
    return [
        f"{longest} = {number}",
        f"{short} = {number}",
        f"{place} = {number}",
        f"= {number}",
        number,
    ]
