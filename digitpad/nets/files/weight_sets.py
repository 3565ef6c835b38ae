"""The sets of weights in what a file holds: a state_dict alone, those of a checkpoint, the
arrays of an .npz file."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _, ngettext
from digitpad.nets.spec.opening_questions import Option, Question, UndecidedError

MOST_TENSORS = 2000
_MOST_SETS = 20
_DEEPEST = 4
_LONGEST_HEADER = 10_000

Tensors = dict[str, torch.Tensor]


def find_sets(held: Any) -> dict[str, Tensors]:
    """The sets of weights in what was unpickled, by their keys joined with points; a state_dict
    alone is named "".

    A set is a dictionary of tensors by text, at least one of them with a dimension. Plain numbers,
    texts and the like among them are no weights and left out, but only where no dictionary of
    tensors alone is found.
    """
    return _sets_in(held, is_strict=True) or _sets_in(held, is_strict=False)


def _sets_in(held: Any, is_strict: bool) -> dict[str, Tensors]:
    found: dict[str, Tensors] = {}

    def look(value: Any, name: str, depth: int) -> None:
        if not isinstance(value, Mapping) or len(found) >= _MOST_SETS:
            return
        tensors = {
            key: one.detach()
            for key, one in value.items()
            if isinstance(key, str) and isinstance(one, torch.Tensor)
        }
        if tensors and (len(tensors) == len(value) if is_strict else _are_weights(tensors)):
            found[name] = tensors
        elif depth < _DEEPEST:
            for key, one in value.items():
                if isinstance(key, str):
                    look(one, f"{name}.{key}" if name else key, depth + 1)

    look(held, "", 0)
    return found


def _are_weights(tensors: Tensors) -> bool:
    return any(not one.is_nested and one.ndim for one in tensors.values())


def one_set(
    path: Path,
    sets: Mapping[str, Tensors],
    wished: str,
    fits: Callable[[Tensors], bool],
) -> Tensors:
    """The one of a file's sets that is wished for, by name; where none is, the only one, or the
    only one that fits.

    Raises DigitpadError, naming all, where none has that name, where several may be meant (an
    UndecidedError), and where there are more than MOST_TENSORS tensors in it.
    """
    names = ", ".join(repr(name[:40]) for name in list(sets)[:8])
    if wished and wished not in sets:
        said = (
            _("{path} has no set of weights {wished!r}; it holds {names}")
            if list(sets) != [""]
            else _("{path} has no set of weights {wished!r}; it is one set of weights alone")
        )
        raise DigitpadError(said.format(path=path, wished=wished[:40], names=names))
    chosen = [wished] if wished else list(sets)
    if len(chosen) > 1:
        chosen = [name for name in sets if fits(sets[name])] or chosen
    if len(chosen) > 1:
        each = _(" or ").join(f"--set {name[:40]}" for name in chosen[:8])
        raise UndecidedError(
            _(
                "{path} holds several sets of weights ({names}); say which is to be read "
                "with: {each}"
            ).format(path=path, names=names, each=each),
            Question.SET,
            tuple(Option(name, name[:60], _size_words(sets[name])) for name in chosen),
            _("The file holds several sets of weights."),
        )
    tensors = sets[chosen[0]]
    if len(tensors) > MOST_TENSORS:
        raise DigitpadError(
            _("{path} holds {n:,} tensors, more than the {most_tensors:,} that are read").format(
                path=path, n=len(tensors), most_tensors=MOST_TENSORS
            )
        )
    return tensors


def _size_words(tensors: Tensors) -> str:
    numbers = sum(one.numel() for one in tensors.values() if not one.is_nested)
    count = len(tensors)
    return ngettext(
        "{n:,} tensor, {numbers:,} numbers", "{n:,} tensors, {numbers:,} numbers", count
    ).format(n=count, numbers=numbers)


def parse_arrays(path: Path, content: bytes) -> Tensors:
    """The tensors in the whole content of an .npz file, by the names of its arrays.

    Nothing is unpickled. Raises DigitpadError where an array is damaged or no plain numbers, or
    where there are more than MOST_TENSORS. The archive's size must have been checked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_TENSORS:
                raise DigitpadError(
                    _(
                        "{path} holds {n:,} arrays, more than the {most_tensors:,} that are read"
                    ).format(path=path, n=len(entries), most_tensors=MOST_TENSORS)
                )
            return {
                entry.filename.removesuffix(".npy"): torch.from_numpy(
                    _array(path, entry.filename, archive.read(entry))
                )
                for entry in entries
            }
    except DigitpadError:
        raise
    except Exception as error:
        # zipfile and NumPy tell of damage in many ways.
        raise DigitpadError(
            _("{path} is damaged or cut short; save it or get it again").format(path=path)
        ) from error


def _array(path: Path, name: str, content: bytes) -> np.ndarray:
    """One array of an .npz file, checked against its header before anything is made of it."""
    stream = io.BytesIO(content)
    version = np.lib.format.read_magic(stream)
    read = (
        np.lib.format.read_array_header_1_0
        if version == (1, 0)
        else np.lib.format.read_array_header_2_0
    )
    shape, is_fortran, dtype = read(stream, max_header_size=_LONGEST_HEADER)
    if dtype.kind not in "fiu" or dtype.itemsize > 8:
        raise DigitpadError(
            _("{path}: {name} holds {dtype}, no plain numbers; save it as float32").format(
                path=path, name=name[:60], dtype=str(dtype)[:20]
            )
        )
    if math.prod(shape) * dtype.itemsize != len(content) - stream.tell() or len(shape) > 8:
        raise ValueError("an array is not as long as it says")
    array = np.frombuffer(content, dtype, offset=stream.tell())
    array = array.reshape(shape, order="F" if is_fortran else "C")
    # torch has no types of another byte order, and of unsigned numbers only the smallest.
    kind = {"f": f"f{dtype.itemsize}", "i": f"i{dtype.itemsize}", "u": "i8"}[dtype.kind]
    return np.ascontiguousarray(array.astype(kind)).reshape(shape)
