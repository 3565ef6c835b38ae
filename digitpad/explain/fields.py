"""Receptive fields of any unit on every layer before it and on the digit, from the layers'
geometry alone: nobody has to be asked."""

from __future__ import annotations

import math
from collections.abc import Sequence

from digitpad.core.constants import FIELD
from digitpad.core.geometry import Feed
from digitpad.core.results import LayerInfo, Unit
from digitpad.explain.field_box import FieldBox

INPUT = ""
"""What the network's input is called among the layers."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


def fields_of(unit: Unit, layers: Sequence[LayerInfo], side: int) -> dict[str, FieldBox]:
    """What a unit sees of each layer before it, and of the input, by their names.

    layers: all of the network, in the order of the forward pass; side: of its input. A layer that
    the unit does not see is not among them. Dilated kernels are framed with the gaps between.
    Where it is not known what feeds a layer, only the input has a field, as LayerInfo.field tells.
    """
    known = {layer.name: layer for layer in layers}
    found: dict[str, FieldBox] = {}
    seen = {
        unit.layer.name: FieldBox(unit.row, unit.column, unit.row + 1, unit.column + 1, (unit.map,))
    }
    place = next(
        (number for number, one in enumerate(layers) if one.name == unit.layer.name), len(layers)
    )
    for layer in (unit.layer, *reversed(layers[:place])):
        box = seen.get(layer.name)
        if box is None:
            continue
        if layer is not unit.layer:
            found[layer.name] = box
        if not layer.feeds:
            _add(seen, INPUT, _told(layer, box, side))
        for number, feed in enumerate(layer.feeds):
            source = known.get(feed.layer)
            shape = (1, side, side) if source is None else source.shape
            connections = layer.connections if number == 0 else ()
            inner = _through(feed, box, shape, connections)
            if inner is not None:
                _add(seen, feed.layer, inner)
    if INPUT in seen:
        found[INPUT] = seen[INPUT]
    return found


def on_digit(box: FieldBox, side: int, fit: str) -> Box | None:
    """Which pixels of the digit of 28 x 28 a box of the network's input is made of: left, top,
    right, bottom, right and bottom excluded; None where it holds only the paper around the digit.

    side and fit: of the input, as NetworkInfo has them.
    """
    left, right = _digit_span(box.left, box.right, side, fit)
    top, bottom = _digit_span(box.top, box.bottom, side, fit)
    return (left, top, right, bottom) if left < right and top < bottom else None


def _told(layer: LayerInfo, box: FieldBox, side: int) -> FieldBox:
    """The input's box of a layer of which it is not known what feeds it."""
    left, top, _, _ = layer.field(box.top, box.left, side)
    _, _, right, bottom = layer.field(box.bottom - 1, box.right - 1, side)
    return FieldBox(max(0, top), max(0, left), min(side, bottom), min(side, right))


def _through(
    feed: Feed,
    box: FieldBox,
    shape: tuple[int, ...],
    connections: tuple[tuple[int, ...], ...],
) -> FieldBox | None:
    """What of a layer of this shape is seen by the units of a box of a layer that it feeds; None
    where nothing is."""
    maps = box.maps if feed.same_map else _joined(box.maps, connections)
    if len(shape) == 1:
        return FieldBox(0, 0, 1, 1, maps)
    if feed.geometry is None:
        return FieldBox(0, 0, shape[1], shape[2], maps)
    top, last_row = feed.geometry.span(0, box.top, box.bottom - 1)
    left, last_column = feed.geometry.span(1, box.left, box.right - 1)
    top, bottom = max(0, top), min(shape[1], last_row + 1)
    left, right = max(0, left), min(shape[2], last_column + 1)
    return FieldBox(top, left, bottom, right, maps) if top < bottom and left < right else None


def _joined(
    maps: tuple[int, ...] | None, connections: tuple[tuple[int, ...], ...]
) -> tuple[int, ...] | None:
    """The maps that some maps see, None for all."""
    if not connections:
        return None
    rows = connections if maps is None else [connections[one] for one in maps]
    return tuple(sorted(set().union(*rows)))


def _add(seen: dict[str, FieldBox], name: str, box: FieldBox) -> None:
    """A layer is seen on one more way: the box around both."""
    other = seen.get(name)
    if other is None:
        seen[name] = box
        return
    maps = (
        None if other.maps is None or box.maps is None else tuple(sorted({*other.maps, *box.maps}))
    )
    seen[name] = FieldBox(
        min(other.top, box.top),
        min(other.left, box.left),
        max(other.bottom, box.bottom),
        max(other.right, box.right),
        maps,
    )


def _digit_span(first: int, end: int, side: int, fit: str) -> tuple[int, int]:
    """The digit's pixels from and to, that input pixels from first to end are made of."""
    if fit != "resize":
        paper = (side - FIELD) // 2
        return max(0, first - paper), min(FIELD, end - paper)
    scale = FIELD / side
    if side < FIELD:
        # Each pixel is a weighted mean of those within scale of its middle.
        low = (first + 0.5) * scale - scale
        high = (end - 0.5) * scale + scale
        return max(0, math.floor(low + 0.5)), min(FIELD, math.floor(high + 0.5))
    low, high = (first + 0.5) * scale - 0.5, (end - 0.5) * scale - 0.5
    return max(0, math.floor(low)), min(FIELD, math.floor(max(0.0, high)) + 2)
