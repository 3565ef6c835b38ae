"""A file of weights alone, without the class of its network: which plain rows of layers have its
shapes, and which of those reads test images.

The shapes say what is convolved and what is connected, but not what comes between: activation,
pooling and padding. For the commonest networks there are few ways that fit, and only one of them
reads.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path

import torch
from torch import nn

from digitpad.core.constants import FIELD
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.datasets import DATASETS
from digitpad.nets.files.feeding import Reading, data_sets_of, read_most
from digitpad.nets.files.matching import check_numbers, is_counter
from digitpad.nets.inputs import InputForm
from digitpad.nets.spec.opening_questions import FeedingTrial, Option
from digitpad.nets.spec.plain_row import ACTIVATIONS, PLACES, POOLINGS, PlainRow

_SIDES = (28, 32)
_MOST_LAYERS, _MOST_CONVOLUTIONS, _LARGEST_KERNEL = 12, 6, 9
_MOST_TRIED, _MOST_OFFERED = 24, 4
_MOST_NUMBERS = 20_000_000
_LEAST_ACCURACY, _ALIKE = 0.5, 0.03
_BUDGET_S = 4.0
_ACTIVATIONS: dict[str, type[nn.Module]] = {
    "relu": nn.ReLU,
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
}
_POOLINGS: dict[str, type[nn.Module]] = {"max": nn.MaxPool2d, "average": nn.AvgPool2d}


@dataclass(frozen=True)
class _Weights:
    """The tensors of a row in their order: weight and bias, or None, of each layer."""

    layers: tuple[tuple[torch.Tensor, torch.Tensor | None], ...]

    @property
    def convolutions(self) -> int:
        return sum(weight.ndim == 4 for weight, _ in self.layers)


def is_row(tensors: Mapping[str, torch.Tensor]) -> bool:
    """Whether tensors may be those of a plain row of layers that reads one channel."""
    return any(True for _ in _rows(tensors))


def row_module(path: Path, row: PlainRow, tensors: Mapping[str, torch.Tensor]) -> nn.Module:
    """The network of a row with these weights; raises DigitpadError, naming path, where they are
    not of that row, or no finite plain numbers."""
    if row not in _rows(tensors):
        raise DigitpadError(
            _("{path} holds no weights of a row of layers with {words}").format(
                path=path, words=row.words
            )
        )
    for name, tensor in tensors.items():
        if not is_counter(name):
            check_numbers(path, name, tensor, torch.float32)
    weights = _in_order(tensors)
    assert weights is not None
    return _built(row, weights)


def likely_rows(
    tensors: Mapping[str, torch.Tensor], datasets: Sequence[str] = ()
) -> tuple[Option, ...]:
    """The rows with which tensors read the most test images, the best first; none where none of
    them reads half, or no test images are here. datasets: the only ones to try, if any."""
    weights = _in_order(tensors)
    numbers = sum(one.numel() for one in tensors.values() if not one.is_nested)
    if weights is None or numbers > _MOST_NUMBERS:
        return ()
    rows = list(_rows(tensors))[:_MOST_TRIED]
    for dataset in data_sets_of(weights.layers[-1][0].shape[0]):
        if datasets and dataset not in datasets:
            continue
        good: list[tuple[Reading, PlainRow]] = []
        until = time.monotonic() + _BUDGET_S
        for row in rows:
            one = read_most(_built(row, weights), _form(row), dataset)
            if one is not None and one.trial.accuracy >= _LEAST_ACCURACY:
                good.append((one, row))
            if time.monotonic() > until:
                break  # of a large network the commonest rows have to do
        if good:
            most = max(one.trial.accuracy for one, _ in good)
            # What reads about as much is told apart by how sure it is of what is right.
            good.sort(
                key=lambda one: (
                    (0.0, one[0].loss)
                    if one[0].trial.accuracy >= most - _ALIKE
                    else (1.0, -one[0].trial.accuracy)
                )
            )
            return tuple(_option(one.trial, row) for one, row in good[:_MOST_OFFERED])
    return ()


def _form(row: PlainRow) -> InputForm:
    return InputForm(row.side, "same" if row.side == FIELD else "resize", 0.0, 1.0)


def _option(trial: FeedingTrial, row: PlainRow) -> Option:
    about = _(
        "reads {accuracy:.0f} % of {n} labelled test images of {title}, fed as {words}"
    ).format(
        accuracy=trial.accuracy * 100,
        n=trial.n,
        title=DATASETS[trial.dataset].title,
        words=trial.words,
    )
    return Option(row.net, row.title, about)


def _in_order(tensors: Mapping[str, torch.Tensor]) -> _Weights | None:
    """The layers of a row; None where the tensors are not those of one: convolutions first, then
    fully connected layers, each of which takes what the one before gives."""
    waiting = [one for name, one in tensors.items() if not is_counter(name)]
    layers: list[tuple[torch.Tensor, torch.Tensor | None]] = []
    while waiting:
        weight = waiting.pop(0)
        if weight.is_nested or weight.ndim not in (2, 4) or len(layers) == _MOST_LAYERS:
            return None
        has_bias = bool(waiting) and waiting[0].shape == weight.shape[:1]
        layers.append((weight, waiting.pop(0) if has_bias else None))
    kinds = [weight.ndim for weight, _ in layers]
    convolutions = kinds.count(4)
    if kinds != [4] * convolutions + [2] * (len(kinds) - convolutions):
        return None
    if not len(kinds) - convolutions > 0 or convolutions > _MOST_CONVOLUTIONS:
        return None
    chains = [*layers[:convolutions]], [*layers[convolutions:]]
    for chain in chains:
        for (before, _bias), (after, _after_bias) in pairwise(chain):
            if before.shape[0] != after.shape[1]:
                return None
    if convolutions and layers[0][0].shape[1] != 1:
        return None
    squares = all(weight.shape[2] == weight.shape[3] <= _LARGEST_KERNEL for weight, _ in chains[0])
    return _Weights(tuple(layers)) if squares and layers[-1][0].shape[0] > 1 else None


def _rows(tensors: Mapping[str, torch.Tensor]) -> Iterator[PlainRow]:
    """The rows that have the shapes of tensors, the commonest first."""
    weights = _in_order(tensors)
    if weights is None:
        return
    kernels = [weight.shape[2] for weight, _ in weights.layers[: weights.convolutions]]
    first = weights.layers[weights.convolutions][0].shape[1]
    maps = weights.layers[weights.convolutions - 1][0].shape[0] if kernels else 1
    ways = [sorted({0, kernel // 2}) if kernel % 2 else [0] for kernel in kernels]
    geometries = [
        (place, side, paddings)
        for side in _SIDES
        for place in (PLACES if kernels else ("none",))
        for paddings in product(*ways)
        if _side_after(side, kernels, paddings, place) ** 2 * maps == first
        and not (place == "last" and len(kernels) == 1)
    ]
    for place, side, paddings in geometries:
        for activation in ACTIVATIONS:
            for pooling in POOLINGS if place != "none" else POOLINGS[:1]:
                yield PlainRow(activation, pooling, place, side, paddings)


def _side_after(side: int, kernels: list[int], paddings: tuple[int, ...], place: str) -> int:
    """The side of the last feature maps; 0 where there are none."""
    for number, (kernel, padding) in enumerate(zip(kernels, paddings, strict=True), 1):
        side = max(0, side + 2 * padding - kernel + 1)
        if place == "every" or (place == "last" and number == len(kernels)):
            side //= 2
    return side


def _built(row: PlainRow, weights: _Weights) -> nn.Module:
    """A row with its weights."""
    parts: list[nn.Module] = []
    count = weights.convolutions
    for number, (weight, bias) in enumerate(weights.layers, 1):
        layer: nn.Conv2d | nn.Linear
        if weight.ndim == 4:
            out, into, kernel, _ = weight.shape
            layer = nn.Conv2d(
                into, out, kernel, padding=row.paddings[number - 1], bias=bias is not None
            )
        else:
            if number == count + 1:
                parts.append(nn.Flatten())
            layer = nn.Linear(weight.shape[1], weight.shape[0], bias=bias is not None)
        with torch.no_grad():
            layer.weight.copy_(weight)
            if bias is not None and layer.bias is not None:
                layer.bias.copy_(bias)
        parts.append(layer)
        if number < len(weights.layers):
            parts.append(_ACTIVATIONS[row.activation]())
        is_pooled = row.place == "every" or (row.place == "last" and number == count)
        if weight.ndim == 4 and is_pooled:
            parts.append(_POOLINGS[row.pooling](2))
    return nn.Sequential(*parts).eval()
