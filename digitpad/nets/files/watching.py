"""What a network gives for its input, and which of it is its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

_SOFTMAXES = ("softmax", "log_softmax")
_SIGMOIDS = ("sigmoid", "hardsigmoid")
_LAYOUTS = ("squeeze", "unsqueeze", "view", "reshape", "flatten", "contiguous", "permute")
_USUAL_CLASSES = 10


class Ending(Enum):
    """What a network's outputs are, by how it ends. LOGITS: plain numbers, or what went into its
    softmax; SIGMOIDS: a number in [0, 1] of its own for each class; PROBABILITIES: numbers in [0,
    1] that add up to 1, made in another way than by a softmax that was seen."""

    LOGITS = "logits"
    SIGMOIDS = "sigmoids"
    PROBABILITIES = "probabilities"


@dataclass(frozen=True)
class Outputs:
    """What a network gave that is its answer: values, (n, classes); source: the tensor that the
    watch knows, of which values are another layout; ending: LOGITS or SIGMOIDS."""

    values: torch.Tensor
    source: torch.Tensor
    ending: Ending


class Watch(TorchFunctionMode):
    """Sees every operation of a forward pass, and remembers which tensors a softmax made of
    which logits, and which a sigmoid made."""

    def __init__(self) -> None:
        super().__init__()
        # By the id of what was given, which is kept so that the id stays its own.
        self._softmaxes: dict[int, tuple[torch.Tensor, torch.Tensor]] = {}
        self._sigmoids: dict[int, torch.Tensor] = {}

    def __torch_function__(
        self,
        func: Any,
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        given = func(*args, **(kwargs or {}))
        name = getattr(func, "__name__", "").strip("_")
        if name in _SOFTMAXES and args and isinstance(args[0], torch.Tensor):
            self._softmaxes[id(given)] = (given, args[0])
        elif name in _SIGMOIDS:
            self._sigmoids[id(given)] = given
        elif args and (name in _LAYOUTS or (name == "getitem" and _takes_all(args[1:]))):
            self._pass_on(args[0], given)
        self.see(name, args, kwargs or {}, given)
        return given

    def _pass_on(self, before: object, given: object) -> None:
        """What only lays a softmax's or a sigmoid's numbers out anew is still one's."""
        if not isinstance(given, torch.Tensor) or given is before:
            return
        if id(before) in self._softmaxes:
            logits = self._softmaxes[id(before)][1]
            if given.numel() == logits.numel():
                self._softmaxes[id(given)] = (given, logits)
        elif id(before) in self._sigmoids and given.numel() == self._sigmoids[id(before)].numel():
            self._sigmoids[id(given)] = given

    def see(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], given: Any) -> None:
        """An operation was done."""

    def outputs(
        self, given: Any, n: int, classes: int = 0, place: int | None = None
    ) -> Outputs | None:
        """Of the tensors (n, classes) that a network gave, the one as wide as there are classes, or
        what went into the softmax that made it; None where there is none.

        classes: how many there are, 0 where that is not known: then one of ten is taken, or else
        the first of all. place: which of all tensors it is, counted from 0, where that was said.
        Tensors laid out otherwise, as (classes,) for n of 1 and (n, classes, 1, 1), are among them.
        """
        found = self._fitting(given, n, classes)
        if place is not None:
            found = [one for one in _laid_out(given, n) if one[0] == place]
        if not found:
            return None
        _, one, values = found[0]
        if id(one) in self._softmaxes:
            logits = self._softmaxes[id(one)][1]
            return Outputs(logits.reshape(values.shape), logits, Ending.LOGITS)
        ending = Ending.SIGMOIDS if id(one) in self._sigmoids else Ending.LOGITS
        return Outputs(values, one, ending)

    def choices(self, given: Any, n: int, classes: int = 0) -> list[tuple[int, int]]:
        """The outputs that may be the answer alike, those that are logits and the softmax of them
        taken for one: of each its place, as outputs() takes it, and its width."""
        found = self._fitting(given, n, classes)
        alike = [one for one in found if one[2].shape == found[0][2].shape]
        if alike and alike[0][2].shape[1] not in (classes, _USUAL_CLASSES):
            alike = found
        by_source = {
            id(self._softmaxes[id(one)][1] if id(one) in self._softmaxes else one): (
                place,
                values.shape[1],
            )
            for place, one, values in reversed(alike)
        }
        return sorted(by_source.values())

    def _fitting(
        self, given: Any, n: int, classes: int
    ) -> list[tuple[int, torch.Tensor, torch.Tensor]]:
        """The tensors that may be the answer, the likeliest first: their places, they, and they as
        (n, classes)."""
        found = _laid_out(given, n)
        if classes:
            found = [one for one in found if one[2].shape[1] == classes]
        return sorted(found, key=lambda one: one[2].shape[1] != _USUAL_CLASSES)


def _laid_out(given: Any, n: int) -> list[tuple[int, torch.Tensor, torch.Tensor]]:
    """The tensors that a network gave as rows of classes: of each its place among all, it, and it
    as (n, classes)."""
    tensors = tensors_in(given.values() if isinstance(given, dict) else given)
    rows = ((place, one, rows_of(one, n)) for place, one in enumerate(tensors))
    return [(place, one, values) for place, one, values in rows if values is not None]


def _takes_all(indices: tuple[Any, ...]) -> bool:
    """Whether an index leaves all numbers in their order: x[..., None], x[:, :, None]."""
    parts = indices[0] if indices and isinstance(indices[0], tuple) else indices
    return all(
        part is None or part is Ellipsis or (isinstance(part, slice) and part == slice(None))
        for part in parts
    )


def rows_of(one: torch.Tensor, n: int) -> torch.Tensor | None:
    """A tensor as (n, classes), of which it may be another layout with dimensions of 1; None where
    it is not. There are at least two classes."""
    if not one.is_floating_point() or one.numel() < 2 * n or one.numel() % n:
        return None
    wide = [size for size in one.shape if size != 1]
    if wide != ([one.numel()] if n == 1 else [n, one.numel() // n]):
        return None
    return one.reshape(n, -1)


def tensors_in(given: Any) -> Iterator[torch.Tensor]:
    """The tensors in what an operation or a network takes or gives."""
    if isinstance(given, torch.Tensor):
        yield given
    elif isinstance(given, dict):
        yield from tensors_in(tuple(given.values()))
    elif isinstance(given, list | tuple) or type(given).__name__ == "dict_values":
        for one in given:
            yield from tensors_in(one)
