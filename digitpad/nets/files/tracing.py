"""The layers of any network, found by watching one forward pass."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from digitpad.core.results import LayerKind
from digitpad.nets.files.operations import (
    ARITHMETIC,
    JOINT_PRODUCTS,
    NORMS,
    PADDINGS,
    PLACED,
    POOLING_ARGUMENTS,
    POOLINGS,
    PRODUCT_ARGUMENTS,
    PRODUCTS,
    TRANSPOSED_ARGUMENTS,
    UNPLACED,
    UPSAMPLING_ARGUMENTS,
)
from digitpad.nets.files.traced_layer import OTHER_ACTIVATIONS, OUR_ACTIVATIONS, TracedLayer
from digitpad.nets.files.traced_places import TracedPlaces, pair
from digitpad.nets.files.watching import Outputs, Watch, tensors_in


class Tracer(Watch):
    """Groups the operations of one forward pass of x, (n, 1, side, side), into layers.

    A convolution, a pooling or a product with weights begins a layer; what follows, its activation
    function and all that only changes its layout, belongs to it. Convolutions whose maps are joined
    are one layer.
    """

    def __init__(self, x: torch.Tensor, follows: bool = True) -> None:
        """follows: tell what feeds each layer too, and keep its operations, which takes time."""
        super().__init__()
        self.part = ""
        """What the reader calls the part of the network that is at work, kept by who traces."""
        self._n = len(x)
        self._origin = TracedLayer("input", LayerKind.OTHER, x, is_input=True)
        self._places = TracedPlaces(x, self._origin) if follows else None
        self._paper: dict[int, int] = {}
        self._layers: list[TracedLayer] = []
        self._of: dict[int, TracedLayer] = {id(x): self._origin}
        self._seen_maps: dict[int, tuple[int, ...]] = {}
        # An id is a tensor's own only while the tensor is there.
        self._alive: list[object] = [x]

    def layers_until(self, outputs: Outputs) -> list[TracedLayer]:
        """The layers in their order up to the one that gave the outputs, which is made last where
        nothing known did."""
        last, values = self._of.get(id(outputs.source)), outputs.values
        if last is None or last is self._origin or last.output.numel() != values.numel():
            before = self._layers if last is None else self._layers[: self._place(last) + 1]
            return [*before, TracedLayer("output", LayerKind.OTHER, values)]
        last.output = values
        return self._layers[: self._place(last) + 1]

    def see(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], given: Any) -> None:
        """Put an operation and what it gave into the layer it belongs to, or into a new one."""
        outputs = list(tensors_in(given))
        sources = [self._of[id(one)] for one in tensors_in((args, kwargs)) if id(one) in self._of]
        if not outputs or not sources:
            return
        self._alive += [args, *outputs]
        output, newest = outputs[0], max(sources, key=self._place)
        if name in ("conv2d", "linear"):
            named = {**dict(zip(PRODUCT_ARGUMENTS, args, strict=False)), **kwargs}
            newest = (
                self._convolve(named, newest, output)
                if name == "conv2d"
                else self._connect(named, newest, output)
            )
        elif name in PRODUCTS and len(sources) == 1:
            newest = self._connect({"weight": _other(args, self._of)}, newest, output)
        elif name in POOLINGS:
            named = {**dict(zip(POOLING_ARGUMENTS, args, strict=False)), **kwargs}
            newest = self._pool(POOLINGS[name], named, newest, output, "adaptive" in name)
        elif name in PLACED:
            names = TRANSPOSED_ARGUMENTS if "transpose" in name else UPSAMPLING_ARGUMENTS
            named = {**dict(zip(names, args, strict=False)), **kwargs}
            newest = self._enlarge(name, named, newest, output)
        elif name in UNPLACED or (name in JOINT_PRODUCTS and len(sources) > 1):
            kind = UNPLACED.get(name, "product of activations")
            newest = self._begin_other(kind, newest, output, [*args, *kwargs.values()])
            newest.is_placed = False
        elif name in PADDINGS:
            self._note_paper(args, kwargs, output)
        elif newest is self._origin:
            pass
        elif name in OUR_ACTIVATIONS or name in OTHER_ACTIVATIONS:
            newest.act(name, output)
            newest.own(*(one for one in args[1:] if isinstance(one, nn.Parameter)))
        elif name in NORMS:
            newest.kind += f", {name.replace('_', ' ')}"
            newest.own(*(one for one in (*args, *kwargs.values()) if isinstance(one, nn.Parameter)))
            newest.give(output)
        elif name in ARITHMETIC and len(sources) == 1 and newest.output.shape == output.shape:
            newest.own(*(one for one in args if isinstance(one, nn.Parameter)))
            newest.give(output)
            if newest.activations:
                newest.low = newest.high = None
        elif name in ("cat", "concat", "concatenate"):
            newest = self._join(sources, newest, output)
        elif name == "getitem" and len(args) == 2:
            self._note_maps(args[0], args[1], output)
        for one in outputs:
            self._of[id(one)] = newest
        if self._places is not None:
            self._places.note(name, args, kwargs, outputs, newest)

    def _place(self, layer: TracedLayer) -> int:
        """How many layers began before this one; -1 for the input, which comes first."""
        return -1 if layer is self._origin else self._layers.index(layer)

    def _begin(
        self, kind: str, layer_kind: LayerKind, source: TracedLayer, output: torch.Tensor
    ) -> TracedLayer:
        """A new layer whose units see what those of its source see, until it is widened."""
        layer = TracedLayer(
            kind, layer_kind, output, source.receptive_field, source.start, source.stride
        )
        layer.own_name, layer.is_placed = self.part, source.is_placed
        self._layers.append(layer)
        return layer

    def _begin_other(
        self, kind: str, source: TracedLayer, output: torch.Tensor, given: list[Any]
    ) -> TracedLayer:
        """A layer of no kind of ours; its output is laid out digit by digit, which recurrent layers
        may do otherwise. given: what it was given, parameters among it."""
        n = self._n
        if len(output) != n and output.ndim > 1 and output.shape[1] == n:
            output = output.transpose(0, 1)
        elif len(output) != n and output.numel() % n == 0:
            output = output.reshape(n, -1)
        layer = self._begin(kind, LayerKind.OTHER, source, output)
        layer.own(*(one for one in tensors_in(given) if isinstance(one, nn.Parameter)))
        return layer

    def _enlarge(
        self, name: str, named: dict[str, Any], source: TracedLayer, output: torch.Tensor
    ) -> TracedLayer:
        """A layer whose maps have more units than those before: transposed convolution and
        upsampling. Neighbours are closer together then; where that is less than an input pixel, or
        no whole number of them, what units see is no longer known."""
        before, is_transposed = named["input"], name == "conv_transpose2d"
        kind = PLACED[name]
        if is_transposed:
            kernel = pair(named["weight"].shape[2:])
            kind += f" {kernel[0]} × {kernel[1]}"
            times = pair(named.get("stride", 1))
        else:
            sizes = zip(output.shape[2:], before.shape[2:], strict=True)
            scales = [after / max(1, size) for after, size in sizes]
            times = (int(scales[0]), int(scales[-1]))
            if any(scale != int(scale) for scale in scales):
                times = (0, 0)
        layer = self._begin_other(kind, source, output, list(named.values()))
        if output.ndim != 4 or times[0] != times[1] or not times[0] or layer.stride % times[0]:
            layer.is_placed = False
            return layer
        step = times[0]
        if is_transposed:
            dilation, padding = (
                pair(named.get("dilation", 1))[0],
                pair(named.get("padding", 0))[0],
            )
            reach = (max(kernel) - 1) * dilation
            layer.start += -((reach - padding) // step) * layer.stride
            layer.receptive_field += (-(-(reach + 1) // step) - 1) * layer.stride
        elif named.get("mode", "nearest") not in ("nearest", "nearest-exact"):
            layer.start -= layer.stride
            layer.receptive_field += 2 * layer.stride
        else:
            layer.low, layer.high = source.low, source.high
        layer.stride //= step
        return layer

    def _note_paper(
        self, args: tuple[Any, ...], kwargs: dict[str, Any], output: torch.Tensor
    ) -> None:
        """Maps were padded in an operation of its own: what comes next sees from further out."""
        pads = kwargs.get("pad", args[1] if len(args) > 1 else ())
        if output.ndim == 4 and isinstance(pads, list | tuple) and len(pads) >= 2:
            self._paper[id(output)] = max(int(pads[0]), int(pads[2]) if len(pads) > 2 else 0)

    def _connect(
        self, named: dict[str, Any], source: TracedLayer, output: torch.Tensor
    ) -> TracedLayer:
        """A product with weights begins a layer; named: its arguments by name."""
        layer = self._begin("fully connected", LayerKind.FULL, source, output)
        layer.own(named.get("weight"), named.get("bias"))
        return layer

    def _convolve(
        self, named: dict[str, Any], source: TracedLayer, output: torch.Tensor
    ) -> TracedLayer:
        """A convolution begins a layer; named: its arguments by name."""
        weight = named["weight"]
        kernel = pair(weight.shape[2:])
        layer = self._begin(
            f"convolution {kernel[0]} × {kernel[1]}", LayerKind.CONVOLUTION, source, output
        )
        layer.own(weight, named.get("bias"))
        self._widen(layer, kernel, named, (1, 1))
        layer.connections, layer.is_sparse = self._connections(
            named["input"], weight, int(named.get("groups", 1))
        )
        return layer

    def _pool(
        self,
        how: tuple[str, LayerKind],
        named: dict[str, Any],
        source: TracedLayer,
        output: torch.Tensor,
        is_adaptive: bool,
    ) -> TracedLayer:
        """A pooling begins a layer, of the range of its source; how: its words and kind."""
        before, after = named["input"].shape[-2:], output.shape[-2:]
        # An adaptive pooling names its output's size in place of its blocks'.
        blocks = [max(1, a // max(1, b)) for a, b in zip(before, after, strict=True)]
        size = blocks if is_adaptive else named["kernel_size"]
        kernel = pair(size)
        layer = self._begin(f"{how[0]} {kernel[0]} × {kernel[1]}", how[1], source, output)
        layer.low, layer.high = source.low, source.high
        self._widen(layer, kernel, named, kernel)
        return layer

    def _widen(
        self,
        layer: TracedLayer,
        kernel: tuple[int, int],
        named: dict[str, Any],
        own: tuple[int, int],
    ) -> None:
        """A unit sees more: the larger side, where they differ. own: the stride where none is
        given."""
        dilation, padding = max(pair(named.get("dilation", 1))), named.get("padding", 0)
        if isinstance(padding, str):
            padding = (dilation * (max(kernel) - 1)) // 2 if padding == "same" else 0
        stride = named.get("stride")
        outside = max(pair(padding)) + self._paper.get(id(named.get("input")), 0)
        layer.start -= outside * layer.stride
        layer.receptive_field += (max(kernel) - 1) * dilation * layer.stride
        layer.stride *= max(own if stride is None else pair(stride))

    def _connections(
        self, x: torch.Tensor, weight: torch.Tensor, groups: int
    ) -> tuple[list[tuple[int, ...]], bool]:
        """For each map, the maps before that it sees; and whether that is not all of them."""
        seen, maps = self._seen_maps.get(id(x), tuple(range(x.shape[1]))), len(weight)
        each = len(seen) // groups
        rows = [seen[map_ * groups // maps * each :][:each] for map_ in range(maps)]
        return rows, groups > 1 or id(x) in self._seen_maps

    def _join(
        self, sources: list[TracedLayer], newest: TracedLayer, output: torch.Tensor
    ) -> TracedLayer:
        """The maps of several convolutions are put behind one another: they become one layer."""
        parts = sorted({id(one): one for one in sources}.values(), key=self._place)
        if self._origin in parts or any(
            part.layer_kind is not LayerKind.CONVOLUTION for part in parts
        ):
            return newest
        if len({(part.stride, tuple(part.output.shape[2:])) for part in parts}) > 1:
            return newest
        first, *others = parts
        if first.output.shape[1] + sum(part.output.shape[1] for part in others) != output.shape[1]:
            return newest
        for part in others:
            first.parameters.update(part.parameters)
            first.connections += part.connections
            first.is_sparse |= part.is_sparse
            first.receptive_field, first.start = (
                max(first.receptive_field, part.receptive_field),
                min(first.start, part.start),
            )
            self._layers.remove(part)
        for at, owner in self._of.items():
            if owner in others:
                self._of[at] = first
        first.output = output
        return first

    def _note_maps(self, x: torch.Tensor, index: Any, output: torch.Tensor) -> None:
        """x[:, maps] was taken, of maps in whichever way they are named."""
        if (
            isinstance(index, tuple)
            and len(index) > 1
            and x.ndim == output.ndim == 4
            and isinstance(index[0], slice)
        ):
            maps = list(index[1]) if isinstance(index[1], tuple) else index[1]
            self._seen_maps[id(output)] = tuple(torch.arange(x.shape[1])[maps].tolist())


def _other(args: tuple[Any, ...], known: dict[int, TracedLayer]) -> object:
    """The tensor among the arguments that no layer gave: the weights of a product."""
    return next(
        (one for one in args if isinstance(one, torch.Tensor) and id(one) not in known), None
    )
