"""Where the numbers of a traced pass come from: which layers feed which, and how their units lie
over each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import torch

from digitpad.core.geometry import Geometry, Pair
from digitpad.nets.files.operations import (
    ARITHMETIC,
    NORMS,
    PADDINGS,
    PLACED,
    POOLING_ARGUMENTS,
    POOLINGS,
    PRODUCT_ARGUMENTS,
    TRANSPOSED_ARGUMENTS,
    UPSAMPLING_ARGUMENTS,
)
from digitpad.nets.files.traced_layer import (
    OTHER_ACTIVATIONS,
    OUR_ACTIVATIONS,
    TracedFeed,
    TracedLayer,
    TracedOperation,
)
from digitpad.nets.files.watching import tensors_in

# Each number of what these give comes from the numbers in the same place.
_IN_PLACE = {
    *ARITHMETIC,
    *OUR_ACTIVATIONS,
    *OTHER_ACTIVATIONS,
    *("batch_norm", "dropout", "dropout2d", "feature_dropout", "alpha_dropout", "identity"),
    *("contiguous", "clone", "detach", "to", "float", "type_as", "abs", "exp", "sqrt", "pow"),
    *("maximum", "minimum", "multiply", "subtract", "clip", "isub", "itruediv"),
}
_RESHAPES = ("view", "reshape", "flatten", "squeeze", "unsqueeze", "repeat", "expand", "getitem")
_JOINS = ("cat", "concat", "concatenate")


@dataclass(frozen=True)
class _Place:
    """Where a tensor's numbers come from: a layer's maps, moved down and to the right by offset;
    None where a number may come from any of them. is_joined: its maps are not the layer's own, in
    their order."""

    layer: TracedLayer
    offset: Pair | None
    is_joined: bool = False


class TracedPlaces:
    """Follows the tensors of one pass, and tells each layer what feeds it."""

    def __init__(self, x: torch.Tensor, origin: TracedLayer) -> None:
        self._of: dict[int, tuple[_Place, ...]] = {id(x): (_Place(origin, (0, 0)),)}

    def note(
        self,
        name: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        outputs: list[torch.Tensor],
        layer: TracedLayer,
    ) -> None:
        """An operation was done, and what it gave belongs to a layer, which it may begin."""
        begins = not layer.operations and not layer.is_input
        layer.operations.append(TracedOperation(name, args, kwargs, outputs[0]))
        inputs = [one for one in tensors_in((args, kwargs)) if id(one) in self._of]
        follow = self._begun if begins else self._passed_on
        try:
            places = follow(name, args, kwargs, inputs, outputs[0], layer)
        except (IndexError, KeyError, TypeError, ValueError):
            # Asked for in a way that is not known here: a number may come from anywhere.
            layer.feeds.clear()
            layer.is_spread = True
            places = (_Place(layer, None),)
        for one in outputs:
            self._of[id(one)] = places

    def _begun(
        self,
        name: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        inputs: list[torch.Tensor],
        output: torch.Tensor,
        layer: TracedLayer,
    ) -> tuple[_Place, ...]:
        """A layer begins: what it is given feeds it."""
        geometry, same_map = _geometry(name, args, kwargs, inputs, output)
        for one in inputs:
            for place in self._of[id(one)]:
                moved = None
                if geometry is not None and place.offset is not None and one is inputs[0]:
                    moved = _padded(geometry, place.offset)
                layer.feeds.append(TracedFeed(place.layer, moved, same_map and not place.is_joined))
        return (_Place(layer, (0, 0)),)

    def _passed_on(
        self,
        name: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        inputs: list[torch.Tensor],
        output: torch.Tensor,
        layer: TracedLayer,
    ) -> tuple[_Place, ...]:
        """A layer, or the network's input, goes on: where the numbers come from then."""
        found = [place for one in inputs for place in self._of[id(one)]]
        if name in PADDINGS:
            return self._moved(found, _offset_of(args, kwargs, output))
        if name in _JOINS:
            if layer.output is output:
                # Convolutions whose maps are joined are one layer.
                for place in found:
                    if place.layer is not layer:
                        layer.feeds += place.layer.feeds
                return (_Place(layer, (0, 0)),)
            is_same = all(one.shape[2:] == output.shape[2:] for one in inputs)
            is_maps = output.ndim == 4 and is_same
            return self._moved(found, (0, 0) if is_maps else None, is_joined=True)
        if name in _RESHAPES:
            before = inputs[0]
            is_same = before.ndim == output.ndim == 4 and before.shape[2:] == output.shape[2:]
            is_same = is_same or before.shape == output.shape
            is_joined = before.shape[1:2] != output.shape[1:2]
            return self._moved(found, (0, 0) if is_same else None, is_joined)
        own = [place for place in found if place.layer is layer]
        if name in NORMS and not _is_of_the_map_alone(name, args, kwargs):
            layer.is_spread = True
        elif name not in _IN_PLACE and name not in NORMS:
            return self._moved(found, None)
        if layer.is_input:
            return tuple(found)
        if output.numel() != layer.output.numel():
            # No activations of the layer, but of several: as maps that are scaled by what is made
            # of all of them.
            return tuple(
                place if one.shape == output.shape else replace(place, offset=None)
                for one in inputs
                for place in self._of[id(one)]
            )
        layer.is_spread |= any(place.offset != (0, 0) for place in own)
        for one in inputs:
            is_same = one.shape == output.shape
            for place in self._of[id(one)]:
                if place.layer is not layer:
                    lies = is_same and place.offset == (0, 0)
                    layer.feeds.append(
                        TracedFeed(
                            place.layer,
                            Geometry() if lies else None,
                            lies and not place.is_joined,
                        )
                    )
        return (_Place(layer, (0, 0)),)

    @staticmethod
    def _moved(
        places: Iterable[_Place], offset: Pair | None, is_joined: bool = False
    ) -> tuple[_Place, ...]:
        found = []
        for place in places:
            known = offset is not None and place.offset is not None
            moved = None
            if known and offset is not None and place.offset is not None:
                moved = place.offset[0] + offset[0], place.offset[1] + offset[1]
            found.append(_Place(place.layer, moved, place.is_joined or is_joined))
        return tuple(found)


def pair(size: Any) -> Pair:
    """A size that PyTorch takes as one number or two, as two."""
    if isinstance(size, int):
        return size, size
    sides = [int(side) for side in size]
    return (sides[0], sides[-1])


def named_arguments(
    names: tuple[str, ...], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> dict[str, Any]:
    """An operation's arguments by name."""
    return {**dict(zip(names, args, strict=False)), **kwargs}


def _geometry(
    name: str,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    inputs: list[torch.Tensor],
    output: torch.Tensor,
) -> tuple[Geometry | None, bool]:
    """How the units of the layer that an operation begins lie over what it is given, None where
    each may see all; and whether each map sees the one of its own number alone."""
    before = inputs[0]
    if before.ndim != 4 or output.ndim != 4:
        return None, False
    if name == "conv2d":
        named = named_arguments(PRODUCT_ARGUMENTS, args, kwargs)
        kernel, dilation = pair(named["weight"].shape[2:]), pair(named.get("dilation", 1))
        return Geometry(
            kernel, pair(named.get("stride", 1)), _padding(named, kernel, dilation), dilation
        ), False
    if name in POOLINGS:
        # An average has no dilation.
        names = (*POOLING_ARGUMENTS, *(("dilation",) if "max" in name else ()))
        return _pooling(name, named_arguments(names, args, kwargs), before, output)
    if name == "conv_transpose2d":
        named = named_arguments(TRANSPOSED_ARGUMENTS, args, kwargs)
        return Geometry(
            pair(named["weight"].shape[2:]),
            pair(named.get("stride", 1)),
            pair(named.get("padding", 0)),
            pair(named.get("dilation", 1)),
            is_transposed=True,
        ), False
    if name in PLACED:
        named = named_arguments(UPSAMPLING_ARGUMENTS, args, kwargs)
        return _upsampling(named, before, output), True
    return None, False


def _pooling(
    name: str, named: dict[str, Any], before: torch.Tensor, output: torch.Tensor
) -> tuple[Geometry | None, bool]:
    if "adaptive" in name:
        steps = []
        for size, count in zip(before.shape[2:], output.shape[2:], strict=True):
            if size % count:
                return None, True
            steps.append(size // count)
        return Geometry(pair(steps), pair(steps)), True
    kernel = pair(named["kernel_size"])
    stride = named.get("stride")
    dilation = named.get("dilation", 1)
    return Geometry(
        kernel,
        kernel if stride is None or stride == [] else pair(stride),
        pair(named.get("padding", 0)),
        pair(dilation),
    ), True


def _upsampling(
    named: dict[str, Any], before: torch.Tensor, output: torch.Tensor
) -> Geometry | None:
    """Of a whole factor: each unit sees the one that it lies over, and with a smooth mode the one
    on each side."""
    factors = []
    for size, count in zip(before.shape[2:], output.shape[2:], strict=True):
        if count % size:
            return None
        factors.append(count // size)
    rows, columns = factors
    mode = named.get("mode", "nearest")
    if mode in ("nearest", "nearest-exact"):
        return Geometry((rows, columns), (rows, columns), is_transposed=True)
    if mode != "bilinear" or named.get("align_corners"):
        return None
    return Geometry((3 * rows, 3 * columns), (rows, columns), (rows, columns), is_transposed=True)


def _padding(named: dict[str, Any], kernel: Pair, dilation: Pair) -> Pair:
    padding = named.get("padding", 0)
    if isinstance(padding, str):
        if padding != "same":
            return 0, 0
        extents = [(size - 1) * step // 2 for size, step in zip(kernel, dilation, strict=True)]
        return extents[0], extents[1]
    return pair(padding)


def _padded(geometry: Geometry, offset: Pair) -> Geometry | None:
    """The geometry over maps that lie so far down and to the right in what is given."""
    if offset == (0, 0):
        return geometry
    if geometry.is_transposed:
        return None
    rows, columns = geometry.padding[0] + offset[0], geometry.padding[1] + offset[1]
    return Geometry(geometry.kernel, geometry.stride, (rows, columns), geometry.dilation)


def _offset_of(args: tuple[Any, ...], kwargs: dict[str, Any], output: torch.Tensor) -> Pair | None:
    """How far padding moves maps down and to the right; None where it does more than pad them with
    one value."""
    pads = kwargs.get("pad", args[1] if len(args) > 1 else ())
    mode = kwargs.get("mode", args[2] if len(args) > 2 else "constant")
    if mode != "constant" or output.ndim != 4 or len(pads) not in (2, 4):
        return None
    return (int(pads[2]) if len(pads) == 4 else 0), int(pads[0])


def _is_of_the_map_alone(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Whether a normalisation takes numbers that were kept, not those of all other units."""
    is_training = kwargs.get("training", args[5] if len(args) > 5 else False)
    return name == "batch_norm" and not is_training
