"""Weights on disk: safetensors with a record of how they were made.

The record (the file's metadata, all strings): network, classes ("0,1,...,9"), mean, std, datasets,
validation_accuracy, validation_n, test_accuracy, test_n, seed, epochs, torch, device, seconds, date, command,
and what calibrates the answers (temperature ...). Accuracies are shares in [0, 1].

A file from outside is hostile until checked: the header is parsed here, within limits, and nothing is ever
unpickled. Reading the record needs no torch.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digitpad.errors import DigitpadError
from digitpad.files import read_limited, write_beside

if TYPE_CHECKING:
    import torch
    from torch import nn

FILE_LIMIT_BYTES = 256 * 1024 * 1024
HEADER_LIMIT_BYTES = 1024 * 1024
_DTYPE_BYTES = {
    "F64": 8,
    "I64": 8,
    "F32": 4,
    "I32": 4,
    "F16": 2,
    "BF16": 2,
    "I16": 2,
    "I8": 1,
    "U8": 1,
    "BOOL": 1,
}


def read_metadata(path: Path) -> dict[str, str]:
    """The record of a weights file; empty where the file has none.

    Raises DigitpadError where the file is missing, not safetensors, damaged or larger than FILE_LIMIT_BYTES.
    """
    return _read(Path(path))[0]


def save_weights(path: Path, state_dict: dict[str, torch.Tensor], metadata: dict[str, str]) -> None:
    """Write tensors and their record, beside and moved into place; the tensors are taken to the CPU first."""
    from safetensors.torch import save

    tensors = {name: tensor.detach().cpu().contiguous() for name, tensor in state_dict.items()}
    write_beside(Path(path), save(tensors, metadata={key: str(value) for key, value in metadata.items()}))


def load_weights(path: Path, module: nn.Module) -> dict[str, str]:
    """Put a file's weights into module and give the file's record.

    module.name is the network that the record must name. Raises DigitpadError, naming what does not fit,
    where the file belongs to another network, lacks or adds a tensor, or has one of another shape or type
    or with values that are not finite; module is then as it was.
    """
    path = Path(path)
    metadata, tensors = read_weights(path)
    wanted = getattr(module, "name", None)
    if metadata.get("network") != wanted:
        found = metadata.get("network")
        what = f"belongs to the network {found[:40]!r}" if found else "does not say its network"
        raise DigitpadError(f"{path} {what}, not to {wanted!r}; name a file that was trained for it")
    own = module.state_dict()
    _check_tensors(path, own, tensors)
    module.load_state_dict(tensors)
    return metadata


def read_weights(path: Path) -> tuple[dict[str, str], dict[str, torch.Tensor]]:
    """The record and the tensors of a file, on the CPU; raises DigitpadError as read_metadata does."""
    from safetensors import SafetensorError
    from safetensors.torch import load

    path = Path(path)
    metadata, content = _read(path)
    try:
        return metadata, load(content)
    except (SafetensorError, ValueError, KeyError) as error:
        raise DigitpadError(f"{path} is not whole: {error}; get the file again") from error


def _check_tensors(path: Path, own: dict[str, torch.Tensor], tensors: dict[str, torch.Tensor]) -> None:
    missing, surplus = sorted(own.keys() - tensors.keys()), sorted(tensors.keys() - own.keys())
    if missing:
        raise DigitpadError(f"{path} lacks the weights {_names(missing)}; it was made for another network")
    if surplus:
        raise DigitpadError(f"{path} has unknown weights, {_names(surplus)}; it was made for another network")
    for name, tensor in tensors.items():
        if tensor.shape != own[name].shape:
            raise DigitpadError(
                f"{path}: {name} has the shape {tuple(tensor.shape)} where {tuple(own[name].shape)} is "
                "needed; it was made for another network"
            )
        if tensor.dtype != own[name].dtype:
            raise DigitpadError(f"{path}: {name} is {tensor.dtype}, not {own[name].dtype}; save it as that")
        if tensor.is_floating_point() and not bool(tensor.isfinite().all()):
            raise DigitpadError(f"{path}: {name} has values that are not finite; take another file")


def _names(names: list[str]) -> str:
    shown = ", ".join(name[:40] for name in names[:3])
    return shown + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _read(path: Path) -> tuple[dict[str, str], bytes]:
    content = read_limited(path, FILE_LIMIT_BYTES)
    header = _parse_header(path, content)
    metadata = header.pop("__metadata__", {})
    if not isinstance(metadata, dict) or not all(isinstance(value, str) for value in metadata.values()):
        raise _damaged(path, "its record is not text")
    length = int.from_bytes(content[:8], "little")
    _check_layout(path, header, len(content) - 8 - length)
    return metadata, content


def _parse_header(path: Path, content: bytes) -> dict[str, Any]:
    length = int.from_bytes(content[:8], "little")
    if len(content) < 10 or not 2 <= length <= HEADER_LIMIT_BYTES or length > len(content) - 8:
        # A header of 640 bytes begins as a pickle does, so this is asked only of what is no safetensors file.
        if content[:2] == b"PK" or content[:1] == b"\x80":
            raise DigitpadError(
                f"{path} is a pickle (torch.save), which can run code when opened; Digitpad reads only "
                "safetensors: train with train.py, or save with safetensors"
            )
        raise _damaged(path, "its header's length is wrong")
    try:
        header = json.loads(
            content[8 : 8 + length].decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant
        )
    except (ValueError, RecursionError) as error:
        raise _damaged(path, "its header is not JSON") from error
    if not isinstance(header, dict):
        raise _damaged(path, "its header is not a JSON object")
    return header


def _check_layout(path: Path, header: dict[str, Any], body_bytes: int) -> None:
    # safetensors' own rule: the tensors fill the body with no gap and no overlap.
    spans = []
    for name, entry in header.items():
        try:
            shape, (begin, end) = entry["shape"], entry["data_offsets"]
            numbers = [*shape, begin, end]
            if any(type(number) is not int or not 0 <= number <= FILE_LIMIT_BYTES for number in numbers):
                raise ValueError
            fits = end - begin == math.prod(shape) * _DTYPE_BYTES[entry["dtype"]]
        except (KeyError, TypeError, ValueError):
            raise _damaged(path, f"what it says of {name[:40]!r} makes no sense") from None
        if not fits:
            raise _damaged(path, f"{name[:40]!r} has another size than its shape says")
        spans.append((begin, end))
    position = 0
    for begin, end in sorted(spans):
        if begin != position:
            raise _damaged(path, "its tensors overlap or leave gaps")
        position = end
    if position != body_bytes:
        raise _damaged(path, f"it should have {position:,} bytes of weights and has {body_bytes:,}")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _damaged(path: Path, why: str) -> DigitpadError:
    return DigitpadError(f"{path} is not a safetensors file or is damaged ({why}); get the file again")
