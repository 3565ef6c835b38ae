"""What a unit sees of a layer; alone, since the window needs it before it is painted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FieldBox:
    """What a unit sees of a layer, or of the network's input.

    top, left, bottom, right: in the layer's rows and columns, bottom and right excluded, cut to
    what there is; of a vector 0, 0, 1, 1. maps: the maps (or units of a vector) that it sees, None
    for all.
    """

    top: int
    left: int
    bottom: int
    right: int
    maps: tuple[int, ...] | None = None
