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

    def outputs(self, given: Any, n: int, classes: int = 0) -> Outputs | None:
        """Of the tensors (n, classes) that a network gave, the one as wide as there are classes, or
        what went into the softmax that made it; None where there is none.

        classes: how many there are, 0 where that is not known: then one of ten is taken, or else
        the first of all. Tensors laid out otherwise, as (classes,) for n of 1 and (n, classes, 1,
        1), are among them.
        """
        found = []
        for one in tensors_in(given.values() if isinstance(given, dict) else given):
            values = rows_of(one, n)
            if values is not None:
                found.append((one, values))
        if classes:
            found = [(one, values) for one, values in found if values.shape[1] == classes]
        found.sort(key=lambda pair: pair[1].shape[1] != _USUAL_CLASSES)
        if not found:
            return None
        one, values = found[0]
        if id(one) in self._softmaxes:
            logits = self._softmaxes[id(one)][1]
            return Outputs(logits.reshape(values.shape), logits, Ending.LOGITS)
        ending = Ending.SIGMOIDS if id(one) in self._sigmoids else Ending.LOGITS
        return Outputs(values, one, ending)


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
