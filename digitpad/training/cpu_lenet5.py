"""LeNet-5's training step made for CPU cores: the same function and gradients to rounding, about
twice as fast.

PyTorch's CPU kernels are slow where LeNet-5 spends its time: tanh, averages of 2 × 2 and
convolutions with one or six channels. Here tanh is a scaled sigmoid, S2 and S4 are matrix products
or sums of contiguous pieces, C1 is a matrix product over blocks of 4 × 4 outputs, and the gradient
of C3's kernels is itself a forward convolution.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import nn

from digitpad.nets.modules import DeclaredNetwork

_BLOCK = 4  # C1 is computed in blocks of 4 × 4 outputs, each of which sees 8 × 8 inputs
_BLOCKS = 7  # a side of C1 is seven blocks


class CpuLeNet5(nn.Module):
    """A LeNet-5 seen through the faster forward pass; its parameters are the network's own."""

    def __init__(self, network: DeclaredNetwork) -> None:
        """network: a "lenet5", on the CPU."""
        super().__init__()
        self.network = network
        # In a list, since they belong to the network and not to this module too.
        self._layers: list[Any] = [
            network.get_submodule(name) for name in ("C1", "C3", "C5", "F6", "output")
        ]
        # Plain tensors, not buffers: they never leave the CPU and are no part of the network.
        self._spread = _spread()
        self._average = _average(10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Logits (n, 10) of x float32 (n, 1, 28, 28), as the network itself would give them."""
        c1, c3_layer, c5_layer, f6, output = self._layers
        s2 = self._first_maps(x, c1)  # (n, 6, 14, 14)
        c3 = _Convolution.apply(s2, c3_layer.weight, c3_layer.bias)  # (n, 16, 10, 10)
        s4 = _TanhRowAverage.apply(c3, self._average)  # (n, 16, 5, 5)
        c5 = _Tanh.apply(F.linear(s4.flatten(1), c5_layer.weight.flatten(1), c5_layer.bias))
        logits: torch.Tensor = output(_Tanh.apply(f6(c5)))
        return logits

    def _first_maps(self, x: torch.Tensor, layer: Any) -> torch.Tensor:
        """S2's maps (n, 6, 14, 14) of x (n, 1, 28, 28): C1 as one matrix product over blocks."""
        n, side = len(x), _BLOCK + 4
        padded = F.pad(x[:, 0], (2, 2, 2, 2))
        seen = (
            padded.unfold(1, side, _BLOCK).unfold(2, side, _BLOCK).reshape(n * _BLOCKS**2, side**2)
        )
        kernels = (layer.weight.view(6, 25) @ self._spread).view(6, side**2, _BLOCK**2)
        kernels = kernels.permute(1, 2, 0).reshape(side**2, _BLOCK**2 * 6)
        c1 = torch.addmm(layer.bias.repeat(_BLOCK**2), seen, kernels)
        # (n · 49, 2 · 2 · 6): the place in the block, then the map
        s2 = _TanhBlockAverage.apply(c1)
        s2 = s2.view(n, _BLOCKS, _BLOCKS, 2, 2, 6).permute(0, 5, 1, 3, 2, 4)
        maps: torch.Tensor = s2.reshape(n, 6, 2 * _BLOCKS, 2 * _BLOCKS)
        return maps


def fast_cpu_variant(network: nn.Module, device: torch.device) -> nn.Module:
    """What to train: the network seen through a faster forward pass where there is one for the
    device, or itself."""
    if device.type == "cpu" and isinstance(network, DeclaredNetwork) and network.name == "lenet5":
        return CpuLeNet5(network)
    return network


def _spread() -> torch.Tensor:
    """(25, 64 · 16): puts each weight of a 5 × 5 kernel where it belongs among a block's inputs and
    outputs.

    A block's outputs are ordered so that the four that S2 averages are 0, 4, 8 and 12 places apart.
    """
    side = _BLOCK + 4
    spread = torch.zeros(25, side**2, _BLOCK**2)
    for y in range(_BLOCK):
        for x in range(_BLOCK):
            output = ((y % 2) * 2 + x % 2) * 4 + (y // 2) * 2 + x // 2
            for weight in range(25):
                spread[weight, (y + weight // 5) * side + x + weight % 5, output] = 1
    return spread.view(25, -1)


def _average(width: int) -> torch.Tensor:
    """(2 · width, width / 2): two rows of a map, one after the other, become one row of averages
    of 2 × 2."""
    columns = torch.eye(width // 2).repeat_interleave(2, 0) / 4
    return torch.cat([columns, columns])


def _tanh(x: torch.Tensor) -> torch.Tensor:
    """tanh(x) = 2 sigmoid(2x) - 1: the sigmoid is the one that is vectorised well. Off by 1e-7 at
    most."""
    return x.mul(2).sigmoid_().mul_(2).sub_(1)


class _Tanh(torch.autograd.Function):
    """tanh by the sigmoid."""

    @staticmethod
    def forward(ctx: Any, x: torch.Tensor) -> torch.Tensor:
        y = _tanh(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx: Any, gradient: torch.Tensor) -> torch.Tensor:
        (y,) = ctx.saved_tensors
        to_input: torch.Tensor = torch.ops.aten.tanh_backward(gradient, y)
        return to_input


class _TanhBlockAverage(torch.autograd.Function):
    """tanh, then the mean of four pieces of a row: (m, 4 · k) becomes (m, k)."""

    @staticmethod
    def forward(ctx: Any, x: torch.Tensor) -> torch.Tensor:
        y = _tanh(x)
        ctx.save_for_backward(y)
        return y.view(len(y), 4, -1).mean(1)

    @staticmethod
    def backward(ctx: Any, gradient: torch.Tensor) -> torch.Tensor:
        (y,) = ctx.saved_tensors
        spread = (gradient / 4)[:, None].expand(-1, 4, -1).reshape(y.shape)
        to_input: torch.Tensor = torch.ops.aten.tanh_backward(spread, y)
        return to_input


class _TanhRowAverage(torch.autograd.Function):
    """tanh, then averages of 2 × 2 by a matrix: (n, c, h, w) becomes (n, c, h / 2, w / 2)."""

    @staticmethod
    def forward(ctx: Any, x: torch.Tensor, average: torch.Tensor) -> torch.Tensor:
        y = _tanh(x)
        ctx.save_for_backward(y, average)
        n, maps, height, width = x.shape
        return (y.view(-1, 2 * width) @ average).view(n, maps, height // 2, width // 2)

    @staticmethod
    def backward(ctx: Any, gradient: torch.Tensor) -> tuple[torch.Tensor, None]:
        y, average = ctx.saved_tensors
        spread = (gradient.reshape(-1, average.shape[1]) @ average.T).view(y.shape)
        return torch.ops.aten.tanh_backward(spread, y), None


class _Convolution(torch.autograd.Function):
    """A convolution without padding, whose kernels' gradient is the input convolved with the
    gradient."""

    @staticmethod
    def forward(
        ctx: Any, x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor
    ) -> torch.Tensor:
        ctx.save_for_backward(x, weight)
        return F.conv2d(x, weight, bias)

    @staticmethod
    def backward(
        ctx: Any, gradient: torch.Tensor
    ) -> tuple[torch.Tensor | None, torch.Tensor, torch.Tensor]:
        x, weight = ctx.saved_tensors
        to_input = torch.ops.aten.convolution_backward(
            gradient,
            x,
            weight,
            None,
            [1, 1],
            [0, 0],
            [1, 1],
            False,
            [0, 0],
            1,
            [True, False, False],
        )[0]
        to_weight = F.conv2d(x.transpose(0, 1), gradient.transpose(0, 1)).transpose(0, 1)
        return to_input, to_weight, gradient.sum((0, 2, 3))
