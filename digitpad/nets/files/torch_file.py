"""Weights that torch.save wrote, out of files that are hostile until checked.

Only tensors in plain containers are unpickled (weights_only), from content of limited size; nothing
in the file is run.
"""

from __future__ import annotations

import io
import pickle
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import torch

from digitpad.core.errors import DigitpadError
from digitpad.nets.files.pickle_check import UnsafePickleError, check_pickles
from digitpad.nets.spec.record import FILE_LIMIT_BYTES

_ADVICE = "save its weights alone: torch.save(model.state_dict(), 'weights.pth')"
_MOST_TENSORS = 2000
# What wrappers put before the names of all layers: DataParallel and torch.compile.
_PREFIXES = ("module.", "_orig_mod.")


def parse_torch_file(path: Path, content: bytes) -> dict[str, torch.Tensor]:
    """The state_dict in the whole content of a file: its tensors by name, in its order, on the CPU.

    A checkpoint, a dictionary in which one state_dict lies among other things, gives that one;
    prefixes that wrappers put before all names are taken off. path is only named in errors. Raises
    DigitpadError where the content is damaged, unpacks to more than FILE_LIMIT_BYTES, holds
    anything that would have to be run, or holds no weights or several.
    """
    _check_archive(path, content)
    _check_pickles(path, content)
    held = _unpickle(path, content)
    found = list(_state_dicts(held))
    if not found:
        raise DigitpadError(f"{path} holds no weights but {_kind(held)}; {_ADVICE}")
    if len(found) > 1:
        names = ", ".join(repr(name[:40]) for name, _ in found[:4])
        raise DigitpadError(
            f"{path} holds several sets of weights ({names}); save one of them alone"
        )
    tensors = {name: tensor.detach() for name, tensor in found[0][1].items()}
    if len(tensors) > _MOST_TENSORS:
        raise DigitpadError(
            f"{path} holds {len(tensors):,} tensors, more than the {_MOST_TENSORS:,} that are read"
        )
    for prefix in _PREFIXES:
        if all(name.startswith(prefix) for name in tensors):
            tensors = {name.removeprefix(prefix): tensor for name, tensor in tensors.items()}
    return tensors


def _check_archive(path: Path, content: bytes) -> None:
    """Refuse archives that would unpack to more than they are, and those that hold a program."""
    if content[:2] != b"PK":
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except Exception as error:
        # As below: zipfile tells of damage in many ways too.
        raise _damaged(path) from error
    if sum(entry.file_size for entry in entries) > FILE_LIMIT_BYTES:
        raise DigitpadError(
            f"{path} unpacks to more than the {FILE_LIMIT_BYTES:,} bytes that are read"
        )
    if any(entry.filename.endswith("constants.pkl") for entry in entries):
        raise DigitpadError(f"{path} is a TorchScript program; {_ADVICE}")


def _check_pickles(path: Path, content: bytes) -> None:
    """Refuse what would take too long or too much memory to unpickle, and what is no pickle."""
    try:
        check_pickles(content)
    except UnsafePickleError as error:
        raise DigitpadError(f"{path} cannot be opened: {error}; {_ADVICE}") from error
    except Exception as error:
        # As below: zipfile tells of damage in many ways too.
        raise _damaged(path) from error


class _NumpyType:
    """What stands in for a NumPy type in a file: its name alone, so that nothing of NumPy is
    made."""

    def __init__(self, name: str, *_: object) -> None:
        self.name = str(name)

    def __setstate__(self, state: object) -> None:
        """Byte order and the like, which a number beside the weights does not need."""


def _numpy_number(*_: object) -> float:
    """What stands in for a NumPy number beside the weights, such as the best accuracy so far."""
    return 0.0


_STAND_INS: list[Any] = [
    (_NumpyType, "numpy.dtype"),
    (_numpy_number, "numpy.core.multiarray.scalar"),
    (_numpy_number, "numpy._core.multiarray.scalar"),
    _NumpyType,
]


def _unpickle(path: Path, content: bytes) -> Any:
    try:
        with warnings.catch_warnings():
            # PyTorch remarks on sparse tensors and old files; those that matter are refused below.
            warnings.simplefilter("ignore")
            with torch.serialization.safe_globals(_STAND_INS):
                return torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        foreign = re.search(r"GLOBAL ([\w.]+)", str(error))
        if foreign is None:
            raise _damaged(path) from error
        raise DigitpadError(
            f"{path} holds more than weights ({foreign[1][:60]}: a whole module, or an object of a "
            f"program), which would have to be run to be opened; {_ADVICE}"
        ) from error
    except Exception as error:
        # A damaged file fails in many ways: RuntimeError, EOFError, IndexError, KeyError,
        # struct.error ...
        raise _damaged(path) from error


def _state_dicts(held: Any) -> Iterator[tuple[str, Mapping[str, torch.Tensor]]]:
    if _is_state_dict(held):
        yield "", held
    elif isinstance(held, Mapping):
        for name, value in held.items():
            if _is_state_dict(value):
                yield str(name), value


def _is_state_dict(held: Any) -> bool:
    return (
        isinstance(held, Mapping)
        and len(held) > 0
        and all(
            isinstance(name, str) and isinstance(value, torch.Tensor)
            for name, value in held.items()
        )
    )


def _kind(held: Any) -> str:
    if isinstance(held, torch.Tensor):
        return "a single tensor"
    named = (
        f" of {', '.join(str(name)[:20] for name in list(held)[:4])}"
        if isinstance(held, dict) and held
        else ""
    )
    return f"a {type(held).__name__}{named}"


def _damaged(path: Path) -> DigitpadError:
    return DigitpadError(f"{path} is damaged or cut short; save it or get it again")
