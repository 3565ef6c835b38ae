"""How the units of a layer lie over those of the layers that feed it."""

from __future__ import annotations

from dataclasses import dataclass

Pair = tuple[int, int]
"""A number for rows and one for columns."""


@dataclass(frozen=True)
class Geometry:
    """Which rows and columns of a map a unit sees, as torch.nn.Conv2d and ConvTranspose2d have it.

    kernel, stride, padding (above and left) and dilation: for rows, and for columns. The unit in
    row i sees rows i * stride - padding + k * dilation, k from 0 to kernel - 1. is_transposed: it
    is the other way round: row j of what feeds it is seen by units in rows j * stride - padding + k
    * dilation; upsampling by a whole factor is of this form too. Rows that are not there are
    padding, or nothing.
    """

    kernel: Pair = (1, 1)
    stride: Pair = (1, 1)
    padding: Pair = (0, 0)
    dilation: Pair = (1, 1)
    is_transposed: bool = False

    def span(self, axis: int, first: int, last: int) -> tuple[int, int]:
        """The first and the last row (axis 0) or column (axis 1) that units from first to last
        see, before they are cut to those that there are; nothing where the last comes before the
        first."""
        stride, padding = self.stride[axis], self.padding[axis]
        extent = (self.kernel[axis] - 1) * self.dilation[axis]
        if self.is_transposed:
            return -((extent - first - padding) // stride), (last + padding) // stride
        return first * stride - padding, last * stride - padding + extent


@dataclass(frozen=True)
class Feed:
    """That a layer takes the activations of another.

    layer: its name, "" for the network's input. geometry: which of its units one unit sees; None
    where it may see all. same_map: of its maps only the one with the unit's own number, as in
    pooling; otherwise all, or those that LayerInfo.connections names.
    """

    layer: str
    geometry: Geometry | None = None
    same_map: bool = False
