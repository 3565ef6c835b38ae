"""Whether tensors from a file are those that a module wants, and what is said where they are
not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import torch
from torch import nn

from digitpad.core.errors import DigitpadError

Shape = tuple[int, ...]

_MOST_TOLD = 6
_CONVERTED = (torch.float16, torch.bfloat16, torch.float64)


def match_state_dict(
    path: Path, wanted: Mapping[str, torch.Tensor], tensors: Mapping[str, torch.Tensor], whose: str
) -> tuple[dict[str, torch.Tensor], tuple[str, ...]]:
    """A file's tensors as the module whose state_dict is wanted takes them, and what was done to
    them, in words.

    Floating-point numbers of another precision are converted, which is said. Raises DigitpadError,
    naming what does not fit, where a tensor is missing, too many, of another shape or type, sparse,
    or not finite.
    """
    misfits = compare(shapes(wanted), shapes(tensors))
    if misfits:
        raise DigitpadError(f"{path} does not fit {whose}: {listed(misfits)}")
    converted: set[torch.dtype] = set()
    found = {}
    for name, wish in wanted.items():
        check_numbers(path, name, tensors[name], wish.dtype)
        if tensors[name].dtype != wish.dtype:
            converted.add(tensors[name].dtype)
        found[name] = tensors[name].to(wish.dtype, copy=True).contiguous()
    kinds = " and ".join(sorted(_dtype(dtype) for dtype in converted))
    return found, (
        f"The file's numbers are {kinds}; they are computed with as float32.",
    ) if kinds else ()


def check_numbers(path: Path, name: str, tensor: torch.Tensor, dtype: torch.dtype) -> None:
    """Raise DigitpadError, by the name that a tensor has in its file, where it is not made of
    plain finite numbers that can be computed with as dtype."""
    if type(tensor) not in (torch.Tensor, nn.Parameter) or tensor.layout is not torch.strided:
        raise DigitpadError(
            f"{path}: {name[:60]} is sparse or of a special kind; save it as {name[:60]}.to_dense()"
        )
    if tensor.device.type != "cpu" or tensor.is_quantized:
        raise DigitpadError(
            f"{path}: {name[:60]} holds no plain numbers; save the weights before they are "
            "quantized"
        )
    if tensor.dtype != dtype and (tensor.dtype not in _CONVERTED or dtype != torch.float32):
        raise DigitpadError(
            f"{path}: {name[:60]} is {_dtype(tensor.dtype)}, not {_dtype(dtype)}; save it as that"
        )
    # What is finite in another precision may not be in this one.
    if dtype.is_floating_point and not bool(tensor.to(dtype).isfinite().all()):
        raise DigitpadError(
            f"{path}: {name[:60]} has values that are not finite; take another file"
        )


def shapes(tensors: Mapping[str, torch.Tensor]) -> dict[str, Shape]:
    """The shape of each tensor by its name."""
    return {
        name: tuple(tensor.shape) if not tensor.is_nested else ()
        for name, tensor in tensors.items()
    }


def compare(wanted: Mapping[str, Shape], found: Mapping[str, Shape]) -> list[str]:
    """What does not fit, layer by layer; empty where all does."""
    misfits = []
    for name, shape in wanted.items():
        if name not in found:
            misfits.append(f"{name[:60]} {shape} is missing")
        elif found[name] != shape:
            misfits.append(f"{name[:60]} is {found[name]} where {shape} is needed")
    return misfits + [
        f"{name[:60]} {shape} is too many" for name, shape in found.items() if name not in wanted
    ]


def listed(misfits: Iterable[str]) -> str:
    """Them in one line of limited length."""
    every = [misfit[:160] for misfit in misfits]
    more = f"; and {len(every) - _MOST_TOLD} more" if len(every) > _MOST_TOLD else ""
    return "; ".join(every[:_MOST_TOLD]) + more


def _dtype(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")
