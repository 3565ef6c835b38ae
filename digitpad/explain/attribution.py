"""Why one class leads another: integrated gradients of their margin, from blank paper, in ink.

Sundararajan, Taly and Yan, "Axiomatic Attribution for Deep Networks" (2017). The path is straight
from blank paper (ink 0, which is not 0 of the network's input) to the digit; the margin is taken of
logits, since the softmax saturates.

The path is cut into intervals, and the gradient taken at each one's midpoint. How far that misses
an interval's own share of the margin is known from the margins at its ends, so that intervals are
halved where they miss most: a network of ReLUs and maxima bends at few places of the path, which 16
even midpoints may miss by more than 1 % (measured: two digits of three), at any of their numbers.
A few intervals are looked at together, always the same, so that what is found does not hang on how
many were asked for at once.
"""

from __future__ import annotations

import copy
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from digitpad.core.constants import FIELD
from digitpad.explain.questions import INTERVALS_AT_ONCE, Part, WhyQuestion
from digitpad.explain.results import LEAST_SHARE, AttributionPart, NoReason
from digitpad.nets.inputs import InputForm
from digitpad.nets.modules import InferenceModel

_SHUFFLES_SEED = 0
_STEADY = 1e-3
_LEAST = 1e-12
# The share of the margin that may be missed, half of what is called right.
_AIM = 0.005
_BENDS = 5.0
_MOST_ROUNDS = 8
# Midpoints of a group at most, and those of a network that is slow, by its parameters.
_MOST_MIDPOINTS, _FEW_MIDPOINTS, _MANY_PARAMETERS = 96, 32, 2_000_000

_copies: weakref.WeakKeyDictionary[nn.Module, nn.Module] = weakref.WeakKeyDictionary()
_shuffled: weakref.WeakKeyDictionary[nn.Module, nn.Module] = weakref.WeakKeyDictionary()


def attribute(
    network: InferenceModel, form: InputForm, device: torch.device, part: Part[WhyQuestion]
) -> AttributionPart:
    """What a part of the path gives; its items are groups of intervals from blank paper on.

    Where there is no attribution, as of a network that cannot be differentiated, the reason says
    why; code of the reader's own may raise anything. Raises ValueError where a class is not there.
    """
    question = part.question
    if not question.digit.any():
        return _nothing(NoReason.EMPTY)
    try:
        asked = shuffled(network) if question.is_random else _differentiable(network)
        with torch.inference_mode(False), torch.enable_grad():
            return _attribute(asked, form, device, part)
    except (RuntimeError, NotImplementedError, TypeError, AttributeError):
        # What torch raises where no gradient comes through: numpy on the way, detached tensors.
        return _nothing(NoReason.NO_GRADIENT)


def shuffled(network: InferenceModel) -> InferenceModel:
    """The same network with the numbers of each of its parameters in another order: what explains
    it explains nothing (Adebayo et al., "Sanity Checks for Saliency Maps", 2018). Always the same
    of one network."""
    assert isinstance(network, nn.Module)
    found = _shuffled.get(network)
    if found is None:
        generator = torch.Generator().manual_seed(_SHUFFLES_SEED)
        found = copy.deepcopy(network).eval()
        with torch.inference_mode(False), torch.no_grad():
            for parameter in found.parameters():
                order = torch.randperm(parameter.numel(), generator=generator)
                mixed = parameter.detach().flatten()[order.to(parameter.device)]
                parameter.data = mixed.view_as(parameter).clone()
        _shuffled[network] = found
    return cast(InferenceModel, found)


def _differentiable(network: InferenceModel) -> InferenceModel:
    """The network, or a copy where its parameters were made in a pass without gradients, as lazy
    layers are: torch takes no gradients through those."""
    assert isinstance(network, nn.Module)
    if not any(one.is_inference() for one in (*network.parameters(), *network.buffers())):
        return network
    found = _copies.get(network)
    if found is None:
        with torch.inference_mode(False):
            found = _copies[network] = copy.deepcopy(network).eval()
    return cast(InferenceModel, found)


@dataclass
class _Path:
    """The straight path from blank paper to a digit through a network's input.

    network: gives logits; paper, step: float32 (1, 1, side, side), where it begins and what it
    goes; first, second: the classes of the margin.
    """

    network: Callable[[torch.Tensor], torch.Tensor]
    paper: torch.Tensor
    step: torch.Tensor
    first: int
    second: int

    def margins(self, places: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The margins at places in [0, 1] of the path, float64 (n,)."""
        with torch.no_grad():
            return self._margins(self._at(places)).cpu().double().numpy()

    def gradients(self, places: npt.NDArray[np.float64]) -> torch.Tensor:
        """The margin's gradients there, by the network's input: float32 (n, 1, side, side)."""
        x = self._at(places).requires_grad_()
        (found,) = torch.autograd.grad(self._margins(x).sum(), x)
        return found

    def _at(self, places: npt.NDArray[np.float64]) -> torch.Tensor:
        shares = torch.from_numpy(places.astype(np.float32)).to(self.paper.device)
        return self.paper + shares[:, None, None, None] * self.step

    def _margins(self, x: torch.Tensor) -> torch.Tensor:
        logits = self.network(x)
        return logits[:, self.first] - logits[:, self.second]


def _attribute(
    network: InferenceModel, form: InputForm, device: torch.device, part: Part[WhyQuestion]
) -> AttributionPart:
    question = part.question
    digit = torch.from_numpy(question.digit.astype(np.float32))[None, None].to(device)
    paper = form.of(torch.zeros_like(digit))
    path = _Path(network, paper, form.of(digit) - paper, question.first, question.second)
    start = part.first * INTERVALS_AT_ONCE
    end = min(part.last * INTERVALS_AT_ONCE, question.intervals)
    edges = np.arange(start, end + 1) / question.intervals
    # The digit is read twice: a network that answers by chance is found out.
    values = path.margins(np.array([*edges, 0.0, 1.0, 1.0]))
    blank, margin, again = values[-3:]
    if not np.isfinite(values).all():
        return _nothing(NoReason.NOT_FINITE)
    if abs(margin - again) > _STEADY * max(1.0, abs(margin)):
        return _nothing(NoReason.BY_CHANCE)
    scale = max(abs(margin), LEAST_SHARE * max(abs(margin - blank), abs(blank)))
    tolerance = _AIM * scale / question.intervals
    total, midpoints = torch.zeros_like(path.step), 0
    for first in range(0, end - start, INTERVALS_AT_ONCE):
        group = slice(first, first + INTERVALS_AT_ONCE + 1)
        most = _most_midpoints(network)
        found, count = _integral(path, edges[group], values[:-3][group], tolerance, most)
        total, midpoints = total + found, midpoints + count
    # Once is enough.
    at_digit = path.gradients(np.ones(1)) if part.first == 0 else torch.zeros_like(total)
    if not bool(torch.isfinite(total).all() and torch.isfinite(at_digit).all()):
        return _nothing(NoReason.NOT_FINITE)
    fitted, on_digit = _fitted(form, digit)
    # Each input pixel's part goes to the digit's pixels as they make it up.
    parts = total * path.step
    per_ink = torch.where(fitted > _LEAST, parts / fitted.clamp_min(_LEAST), 0.0)
    missing = on_digit(at_digit / form.std) * (1 - digit)
    return AttributionPart(
        _array(on_digit(per_ink) * digit), _array(missing), float(margin), float(blank), midpoints
    )


def _most_midpoints(network: InferenceModel) -> int:
    assert isinstance(network, nn.Module)
    is_slow = sum(one.numel() for one in network.parameters()) > _MANY_PARAMETERS
    return _FEW_MIDPOINTS if is_slow else _MOST_MIDPOINTS


def _integral(
    path: _Path,
    edges: npt.NDArray[np.float64],
    values: npt.NDArray[np.float64],
    tolerance: float,
    most: int,
) -> tuple[torch.Tensor, int]:
    """The gradient's integral between the edges of some intervals, (1, 1, side, side), and at how
    many midpoints it was taken, at most so many. values: the margins at the edges. tolerance: by
    how much the gradient may miss what the margin gains in an interval, in the mean of them."""
    starts, ends = edges[:-1], edges[1:]
    low, high = values[:-1], values[1:]
    total = torch.zeros_like(path.step)
    allowed, off, count = tolerance * len(starts), 0.0, 0
    for round_ in range(_MOST_ROUNDS + 1):
        middles = (starts + ends) / 2
        gradients = path.gradients(middles)
        count += len(middles)
        widths = torch.from_numpy((ends - starts).astype(np.float32)).to(gradients.device)
        gains = (gradients * path.step).flatten(1).sum(dim=1).cpu().double().numpy()
        errors = high - low - gains * (ends - starts)
        missed = np.abs(errors)
        # The worst are halved, until the others miss no more than is allowed.
        order = np.argsort(missed, kind="stable")
        is_kept = np.zeros(len(missed), bool)
        is_kept[order] = np.cumsum(missed[order]) <= allowed / 2
        is_last = round_ == _MOST_ROUNDS or count + 2 * int((~is_kept).sum()) > most
        # Bends to either side make up for each other, as far as they are small themselves.
        is_close = abs(off + errors.sum()) <= allowed and missed.sum() <= _BENDS * allowed
        if is_last or is_close:
            is_kept[:] = True
        off += float(errors[is_kept].sum())
        kept = torch.from_numpy(is_kept).to(gradients.device)
        weighted = gradients[kept] * widths[kept, None, None, None]
        total += weighted.sum(dim=0, keepdim=True)
        if is_kept.all():
            break
        halved = ~is_kept
        between = path.margins(middles[halved])
        starts, ends = (
            np.concatenate([starts[halved], middles[halved]]),
            np.concatenate([middles[halved], ends[halved]]),
        )
        low, high = (
            np.concatenate([low[halved], between]),
            np.concatenate([between, high[halved]]),
        )
    return total, count


class _Back:
    """Brings numbers of the network's input back to the digit's pixels: the transpose of what
    brings a digit to the input's side."""

    def __init__(self, source: torch.Tensor, fitted: torch.Tensor) -> None:
        self._source, self._fitted = source, fitted

    def __call__(self, numbers: torch.Tensor) -> torch.Tensor:
        if self._fitted is self._source:
            return numbers
        (found,) = torch.autograd.grad(self._fitted, self._source, numbers, retain_graph=True)
        return found


def _fitted(form: InputForm, digit: torch.Tensor) -> tuple[torch.Tensor, _Back]:
    source = digit.clone().requires_grad_()
    fitted = form.fitted(source)
    return fitted.detach(), _Back(source, fitted)


def _nothing(reason: NoReason) -> AttributionPart:
    empty = np.zeros((FIELD, FIELD), np.float32)
    return AttributionPart(empty, empty, 0.0, 0.0, 0, reason)


def _array(values: torch.Tensor) -> npt.NDArray[np.float32]:
    found: npt.NDArray[np.float32] = values.detach()[0, 0].cpu().numpy().astype(np.float32)
    return found
