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
from pathlib import Path
from typing import Any

import torch

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.nets.files.pickle_check import UnsafePickleError, check_pickles
from digitpad.nets.files.weight_sets import find_sets, parse_arrays
from digitpad.nets.spec.file_kinds import SAVE_STATE_DICT, check_archive_kind
from digitpad.nets.spec.record import FILE_LIMIT_BYTES


def _advice() -> str:
    """What to do with a file that holds more than weights."""
    return _("save its weights alone: {save}").format(save=SAVE_STATE_DICT)


def parse_torch_file(path: Path, content: bytes) -> dict[str, dict[str, torch.Tensor]]:
    """The sets of weights in the whole content of a file, by name: of each the tensors by theirs,
    in the file's order, on the CPU.

    A state_dict alone is the only one, named ""; in a checkpoint, a dictionary in which they lie
    among other things, each has its key there ("model_ema", "state.model"). Arrays of an .npz file
    are one set. path is only named in errors. Raises DigitpadError where the content is of another
    kind or damaged, unpacks to more than FILE_LIMIT_BYTES, holds anything that would have to be
    run, or holds no weights.
    """
    if _check_archive(path, content):
        return {"": parse_arrays(path, content)}
    _check_pickles(path, content)
    held = _unpickle(path, content)
    sets = find_sets(held)
    if not sets:
        raise DigitpadError(
            _("{path} holds no weights but {kind}; {advice}").format(
                path=path, kind=_kind(held), advice=_advice()
            )
        )
    return sets


def _check_archive(path: Path, content: bytes) -> bool:
    """Refuse archives that would unpack to more than they are, and those that hold a program;
    whether this one holds NumPy's arrays."""
    if content[:2] != b"PK":
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except Exception as error:
        # As below: zipfile tells of damage in many ways too.
        raise _damaged(path) from error
    if sum(entry.file_size for entry in entries) > FILE_LIMIT_BYTES:
        raise DigitpadError(
            _("{path} unpacks to more than the {file_limit_bytes:,} bytes that are read").format(
                path=path, file_limit_bytes=FILE_LIMIT_BYTES
            )
        )
    names = [entry.filename for entry in entries]
    check_archive_kind(path, names)
    return bool(names) and all(name.endswith(".npy") for name in names)


def _check_pickles(path: Path, content: bytes) -> None:
    """Refuse what would take too long or too much memory to unpickle, and what is no pickle."""
    try:
        check_pickles(content)
    except UnsafePickleError as error:
        raise DigitpadError(
            _("{path} cannot be opened: {error}; {advice}").format(
                path=path, error=error, advice=_advice()
            )
        ) from error
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
            _(
                "{path} holds more than weights ({foreign}: a whole module, or an object "
                "of a program), which would have to be run to be opened; {advice} where it "
                "was made, or in a Python that has its class: "
                "torch.save(torch.load({name!r}, weights_only=False).state_dict(), "
                "'weights.pth')"
            ).format(path=path, foreign=foreign[1][:60], advice=_advice(), name=path.name)
        ) from error
    except Exception as error:
        # A damaged file fails in many ways: RuntimeError, EOFError, IndexError, KeyError,
        # struct.error ...
        raise _damaged(path) from error


def _kind(held: Any) -> str:
    if isinstance(held, torch.Tensor):
        return _("a single tensor")
    if isinstance(held, dict) and held:
        names = ", ".join(str(name)[:20] for name in list(held)[:4])
        return _("a {kind} of {names}").format(kind=type(held).__name__, names=names)
    return _("a {kind}").format(kind=type(held).__name__)


def _damaged(path: Path) -> DigitpadError:
    return DigitpadError(
        _("{path} is damaged or cut short; save it or get it again").format(path=path)
    )
