"""Weights on disk: safetensors with a record of how they were made.

The record (the file's metadata, all strings): network, classes ("0,1,...,9"), mean, std, datasets,
validation_accuracy, validation_n, test_accuracy, test_n, seed, epochs, torch, device, seconds,
date, command, and what calibrates the answers (temperature ...). Accuracies are shares in [0, 1].

A file from outside is hostile until checked: the header is parsed here, within limits, and nothing
is ever unpickled. Reading the record needs no torch.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from digitpad.core.errors import DigitpadError
from digitpad.core.files import read_limited

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
    """The record of a weights file; empty where the file has none, as those that torch.save wrote.

    Raises DigitpadError where the file is missing, damaged or larger than FILE_LIMIT_BYTES.
    """
    path = Path(path)
    return {} if is_torch_file(path) else read_checked(path)[0]


def is_torch_file(path: Path) -> bool:
    """Whether a file begins as those that torch.save writes (nets/files/torch_file.py reads
    them); raises DigitpadError where it cannot be read or is larger than FILE_LIMIT_BYTES."""
    start = read_limited(path, FILE_LIMIT_BYTES)[:8]
    # A header of 640 bytes begins as a pickle does, which no header of safetensors that makes sense
    # does in 8 bytes.
    return start[:2] == b"PK" or (
        start[:1] == b"\x80" and int.from_bytes(start, "little") > HEADER_LIMIT_BYTES
    )


def read_checked(path: Path) -> tuple[dict[str, str], bytes]:
    """The record and the whole content of a safetensors file, whose header and layout make
    sense."""
    content = read_limited(path, FILE_LIMIT_BYTES)
    header = _parse_header(path, content)
    metadata = header.pop("__metadata__", {})
    if not isinstance(metadata, dict) or not all(
        isinstance(value, str) for value in metadata.values()
    ):
        raise _damaged(path, "its record is not text")
    length = int.from_bytes(content[:8], "little")
    _check_layout(path, header, len(content) - 8 - length)
    return metadata, content


def _parse_header(path: Path, content: bytes) -> dict[str, Any]:
    length = int.from_bytes(content[:8], "little")
    if len(content) < 10 or not 2 <= length <= HEADER_LIMIT_BYTES or length > len(content) - 8:
        raise _damaged(path, "its header's length is wrong")
    try:
        header = json.loads(
            content[8 : 8 + length].decode("utf-8"),
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
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
            if any(
                type(number) is not int or not 0 <= number <= FILE_LIMIT_BYTES for number in numbers
            ):
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
    return DigitpadError(
        f"{path} is not a safetensors file or is damaged ({why}); get the file again"
    )
