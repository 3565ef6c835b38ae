"""Whether tensors from a file are those that a module wants, and what is said where they are
not.

Programs wrap the same weights: DataParallel, torch.compile and Lightning put their own words before
all names, profilers leave counters beside them. What wraps them is taken off where, and only where,
the names do not fit as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import torch
from torch import nn

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _

Shape = tuple[int, ...]

_MOST_TOLD = 6
_CONVERTED = (torch.float16, torch.bfloat16, torch.float64)
# What thop, ptflops and SWA's averaging count beside the weights.
_COUNTERS = {"total_ops", "total_params", "__flops__", "__params__", "n_averaged"}
_BATCHES = "num_batches_tracked"
_MOST_FORMS = 40


def match_state_dict(
    path: Path, wanted: Mapping[str, torch.Tensor], tensors: Mapping[str, torch.Tensor], whose: str
) -> tuple[dict[str, torch.Tensor], tuple[str, ...]]:
    """A file's tensors as the module whose state_dict is wanted takes them, and what was done to
    them, in words.

    What wraps the names is taken off, and counters are left out or filled in, as fitting_form does.
    Floating-point numbers of another precision are converted, which is said. Raises DigitpadError,
    naming what does not fit, where a tensor is missing, too many, of another shape or type, sparse,
    or not finite.
    """
    form = fitting_form(shapes(wanted), shapes(tensors))
    if form is None:
        misfits = _fewest_misfits(shapes(wanted), shapes(tensors))
        raise DigitpadError(
            _("{path} does not fit {whose}: {misfits}").format(
                path=path, whose=whose, misfits=listed(misfits)
            )
        )
    converted: set[torch.dtype] = set()
    found = {}
    for name, wish in wanted.items():
        if name not in form:
            found[name] = torch.zeros_like(wish, device="cpu")
            continue
        tensor = tensors[form[name]]
        check_numbers(path, form[name], tensor, wish.dtype)
        if tensor.dtype != wish.dtype:
            converted.add(tensor.dtype)
        found[name] = tensor.to(wish.dtype, copy=True).contiguous()
    notes = []
    if converted:
        kinds = _(" and ").join(sorted(_dtype(dtype) for dtype in converted))
        notes.append(
            _("The file's numbers are {kinds}; they are computed with as float32.").format(
                kinds=kinds
            )
        )
    unused = [name for name in tensors if name not in form.values() and not is_counter(name)]
    if unused:
        notes.append(
            _("The file holds more than this network, which is not used: {names}.").format(
                names=listed(unused)
            )
        )
    return found, tuple(notes)


def fitting_form(wanted: Mapping[str, Shape], found: Mapping[str, Shape]) -> dict[str, str] | None:
    """The file's name of each tensor by the name that a module has for it; None where none of the
    forms in which the file may name them fits.

    Tried are the names as they are, without what all of them (or those of a part) begin with, and
    with what all of the module's begin with. Counters in the file are left out; where a batch
    normalization's count of batches is missing, its name is.
    """
    for form in name_forms(found):
        for own in _with_wrapping_of(wanted, form):
            named = {
                name: theirs
                for name, theirs in own.items()
                if name in wanted or not is_counter(name)
            }
            missing = wanted.keys() - named.keys()
            if all(_last(name) == _BATCHES for name in missing) and all(
                wanted.get(name) == found[theirs] for name, theirs in named.items()
            ):
                return named
    return None


def name_forms(names: Iterable[str], with_parts: bool = True) -> Iterator[dict[str, str]]:
    """The file's names by what they may be called without what wraps them, the names as they are
    first; with_parts: also those of each part of the file alone."""
    waiting = [{name: name for name in names}]
    for _form in range(_MOST_FORMS):
        if not waiting:
            return
        form = waiting.pop(0)
        yield form
        parts: dict[str, dict[str, str]] = {}
        for name, theirs in form.items():
            first, dot, rest = name.partition(".")
            if dot and not is_counter(name):
                parts.setdefault(first, {})[rest] = theirs
        weights = sum(not is_counter(name) for name in form)
        waiting += [part for part in parts.values() if with_parts or len(part) == weights]


def _with_wrapping_of(wanted: Mapping[str, Shape], form: dict[str, str]) -> list[dict[str, str]]:
    """A form as it is, and with what all names of the module begin with, where they do."""
    firsts = {name.partition(".")[0] for name in wanted}
    if len(firsts) != 1 or not all("." in name for name in wanted):
        return [form]
    (first,) = firsts
    return [form, {f"{first}.{name}": theirs for name, theirs in form.items()}]


def _fewest_misfits(wanted: Mapping[str, Shape], found: Mapping[str, Shape]) -> list[str]:
    """What does not fit in the form of the names that comes nearest."""
    needed = {name: shape for name, shape in wanted.items() if _last(name) != _BATCHES}
    every = [
        compare(
            needed,
            {
                name: found[theirs]
                for name, theirs in form.items()
                if name in needed or not is_counter(name)
            },
        )
        for form in name_forms(found, with_parts=False)
    ]
    return min(every, key=len)


def is_counter(name: str) -> bool:
    """Whether a name is that of a profiler's or an average's counter, or of a count of batches."""
    return _last(name) in _COUNTERS or _last(name) == _BATCHES


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def check_numbers(path: Path, name: str, tensor: torch.Tensor, dtype: torch.dtype) -> None:
    """Raise DigitpadError, by the name that a tensor has in its file, where it is not made of
    plain finite numbers that can be computed with as dtype."""
    if type(tensor) not in (torch.Tensor, nn.Parameter) or tensor.layout is not torch.strided:
        raise DigitpadError(
            _("{path}: {name} is sparse or of a special kind; save it as {name}.to_dense()").format(
                path=path, name=name[:60]
            )
        )
    if tensor.device.type != "cpu" or tensor.is_quantized:
        raise DigitpadError(
            _(
                "{path}: {name} holds no plain numbers; save the weights before they are quantized"
            ).format(path=path, name=name[:60])
        )
    if tensor.dtype != dtype and (tensor.dtype not in _CONVERTED or dtype != torch.float32):
        raise DigitpadError(
            _("{path}: {name} is {dtype}, not {wanted}; save it as that").format(
                path=path, name=name[:60], dtype=_dtype(tensor.dtype), wanted=_dtype(dtype)
            )
        )
    # What is finite in another precision may not be in this one.
    if dtype.is_floating_point and not bool(tensor.to(dtype).isfinite().all()):
        raise DigitpadError(
            _("{path}: {name} has values that are not finite; take another file").format(
                path=path, name=name[:60]
            )
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
            misfits.append(_("{name} {shape} is missing").format(name=name[:60], shape=shape))
        elif found[name] != shape:
            misfits.append(
                _("{name} is {found} where {shape} is needed").format(
                    name=name[:60], found=found[name], shape=shape
                )
            )
    return misfits + [
        _("{name} {shape} is too many").format(name=name[:60], shape=shape)
        for name, shape in found.items()
        if name not in wanted
    ]


def listed(misfits: Iterable[str]) -> str:
    """Them in one line of limited length."""
    every = [misfit[:160] for misfit in misfits]
    more = _("; and {n} more").format(n=len(every) - _MOST_TOLD) if len(every) > _MOST_TOLD else ""
    return _("; ").join(every[:_MOST_TOLD]) + more


def _dtype(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")
