"""How a layer's units are computed, with its weights where they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.core.results import LayerInfo, LayerKind
from digitpad.explain.results import LayerWeights, NoReason, WeightStep
from digitpad.nets.inputs import InputForm

MOST_NUMBERS = 1 << 20
"""How many numbers the weights of a layer may have that are told whole: 4 MB."""

_NO_KERNELS = np.zeros((0, 0, 0, 0), np.float32)


Kernels = Callable[[slice], npt.NDArray[np.float32]]
"""Gives the kernels of some maps, (maps, inputs, height, width)."""


@dataclass(frozen=True, eq=False)
class LayerPlan:
    """How a layer's units are computed.

    kind, source, counts_padding, reason and operation: as LayerWeights has them. kernels: gives
    those of some maps, (maps, inputs, height, width); None of a pooling. steps: with the numbers of
    all maps. groups: for each map the number of the kernel that it shares, None where each has its
    own.
    """

    kind: LayerKind
    source: str
    kernels: Kernels | None = None
    steps: tuple[WeightStep, ...] = ()
    groups: tuple[int, ...] | None = None
    counts_padding: bool = True
    reason: NoReason | None = None
    operation: str = ""

    def weights(self, info: LayerInfo, form: InputForm, maps: slice) -> LayerWeights:
        """The weights of some maps of the layer; a reason where they are too many."""
        found = LayerWeights(
            layer=info.name,
            kind=self.kind,
            source=self.source,
            first=maps.start,
            kernels=_NO_KERNELS,
            groups=np.zeros(0, np.int64),
            steps=(),
            mean=form.mean,
            std=form.std,
            counts_padding=self.counts_padding,
            reason=self.reason,
            operation=self.operation,
        )
        if self.reason is not None:
            return found
        kernels, groups = _NO_KERNELS, found.groups
        if self.kernels is not None:
            one = self.kernels(slice(maps.start, maps.start + 1)).size
            if one * (maps.stop - maps.start) > MOST_NUMBERS and maps.stop > maps.start + 1:
                return replace(found, reason=NoReason.TOO_LARGE)
            kernels = self.kernels(maps)
            all_groups = range(info.shape[0]) if self.groups is None else self.groups
            groups = np.array(all_groups[maps], np.int64)
        return replace(
            found,
            kernels=kernels,
            groups=groups,
            steps=tuple(
                replace(step, factor=step.factor[maps], shift=step.shift[maps])
                for step in self.steps
            ),
        )


def asked_maps(
    network: str, infos: tuple[LayerInfo, ...], layer: str, map_: int | None
) -> tuple[int, slice]:
    """A layer's place among a network's, by its name, and those of its maps that are asked for,
    one or all; raises DigitpadError for a layer or a map that is not there."""
    place = next((number for number, one in enumerate(infos) if one.name == layer), None)
    if place is None:
        raise DigitpadError(
            _("{name} has no layer {layer!r}").format(name=network, layer=layer[:40])
        )
    count = infos[place].shape[0]
    if map_ is not None and not 0 <= map_ < count:
        raise DigitpadError(
            _("{layer} has maps from 1 to {count}, not {map}").format(
                layer=layer, count=count, map=map_ + 1
            )
        )
    return place, slice(0, count) if map_ is None else slice(map_, map_ + 1)
