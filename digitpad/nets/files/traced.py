"""Any module as a network that shows its layers."""

from __future__ import annotations

import torch
from torch import nn

from digitpad.core.errors import DigitpadError
from digitpad.core.results import LayerInfo
from digitpad.nets.files.own_module import brief, limited, quiet
from digitpad.nets.files.traced_layer import layer_activation, layer_infos_of
from digitpad.nets.files.tracing import Tracer, Watch
from digitpad.nets.inputs import InputForm

_SIDES = (28, 32)


class TracedNetwork(nn.Module):
    """A module of a reader's own, its layers found by tracing; offers what DeclaredNetwork offers.

    It takes (n, 1, 28, 28), or else (n, 1, 32, 32), to which a digit is then resized. The logits
    are the first tensor (n, classes) that it gives, or what goes into the softmax that gives it.
    One that reads a batch otherwise than its digits one by one is asked one by one.
    """

    def __init__(self, module: nn.Module, name: str) -> None:
        """Raises DigitpadError where no forward pass leads to such a tensor, or its layers
        change between digits."""
        super().__init__()
        self.module = module.eval()
        self.name = self.title = name
        side, self._info = self._trace()
        self.form = InputForm(side, "same" if side == _SIDES[0] else "resize", 0.0, 1.0)
        self._one_by_one = not self._takes_batches()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Logits (n, classes) of x (n, 1, side, side); n may be 0."""
        if not len(x):
            return x.new_empty((0, *self._info[-1].shape))
        if self._one_by_one:
            return torch.cat([self._logits(Watch(), one) for one in torch.split(x, 1)])
        return self._logits(Watch(), x)

    def activations(self, x: torch.Tensor) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        """As DeclaredNetwork.activations; n must be 1 for a module that does not take batches."""
        tracer = Tracer(x)
        logits = self._logits(tracer, x)
        layers = [layer_activation(layer.output) for layer in tracer.layers_until(logits)]
        if [tuple(layer.shape[1:]) for layer in layers] != [info.shape for info in self._info]:
            raise DigitpadError(
                f"{self.name} has other layers for one digit than for another; they cannot be shown"
            )
        return logits, {info.name: layer for info, layer in zip(self._info, layers, strict=True)}

    def layer_infos(self) -> tuple[LayerInfo, ...]:
        """Each layer's kind, shape, parameters and receptive field, in the order of the forward
        pass."""
        return self._info

    def _logits(self, watch: Watch, x: torch.Tensor) -> torch.Tensor:
        with quiet(), watch:
            given = self.module(x)
        logits = watch.logits(given, len(x))
        if logits is None:
            raise DigitpadError(
                f"{self.name} gives {_described(given)} for an input of {_times(x)}, not a tensor "
                "(1, classes)"
            )
        return logits

    def _trace(self) -> tuple[int, tuple[LayerInfo, ...]]:
        """The side of its input and what is told of its layers."""
        first: BaseException | None = None
        for side in _SIDES:
            x = torch.rand(1, 1, side, side, generator=torch.Generator().manual_seed(0))
            tracer = Tracer(x)
            try:
                with limited(f"one forward pass of {self.name}"), torch.inference_mode():
                    logits = self._logits(tracer, x)
            except (DigitpadError, KeyboardInterrupt):
                raise
            except BaseException as error:
                first = first or error
                continue
            return side, layer_infos_of(tracer.layers_until(logits), side)
        assert first is not None
        raise DigitpadError(
            f"{self.name} fails on an input of 1 × 1 × 28 × 28 ({brief(first)}), and on one of 1 × "
            "1 × 32 × 32; have its forward take one of these"
        ) from first

    def _takes_batches(self) -> bool:
        x = torch.rand(
            2, 1, self.form.side, self.form.side, generator=torch.Generator().manual_seed(1)
        )
        with torch.inference_mode():
            alone = torch.cat([self._logits(Watch(), one) for one in torch.split(x, 1)])
            try:
                with limited(f"a batch read by {self.name}"):
                    together = self._logits(Watch(), x)
                return torch.allclose(together, alone, rtol=1e-3, atol=1e-4)
            except Exception:
                return False


def _described(given: object) -> str:
    if isinstance(given, torch.Tensor):
        return f"a tensor {tuple(given.shape)}"
    return f"a {type(given).__name__}"


def _times(x: torch.Tensor) -> str:
    return " × ".join(str(side) for side in x.shape)
