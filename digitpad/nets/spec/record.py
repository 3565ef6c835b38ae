"""The record of a weights file, read without its weights; nothing here needs torch.

A file from outside is hostile until checked: the header of a safetensors file is parsed here,
within limits, and nothing is ever unpickled.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from digitpad.core.errors import DigitpadError
from digitpad.core.files import open_limited
from digitpad.core.languages import _
from digitpad.core.weights_record import WeightsRecord as WeightsRecord
from digitpad.nets.spec.file_kinds import LOOKED_AT_BYTES, check_kind

FILE_LIMIT_BYTES = 256 * 1024 * 1024
HEADER_LIMIT_BYTES = 1024 * 1024
_MOST_TENSORS = 10_000
_MOST_DIMENSIONS = 8
_LENGTH_BYTES = 8
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


def read_record(path: Path) -> WeightsRecord:
    """The record of a weights file, from its header alone; it tells nothing where the file has
    none, as those that torch.save wrote.

    Raises DigitpadError where the file is missing, of another kind (which is named), damaged by
    what its header and size say, larger than FILE_LIMIT_BYTES, or has a record that
    WeightsRecord.from_metadata refuses.
    """
    path = Path(path)
    return WeightsRecord.from_metadata(read_metadata(path), path)


def read_metadata(path: Path) -> dict[str, str]:
    """The record of a weights file as the texts that it holds, from its header alone; empty where
    the file has none. Raises DigitpadError as read_record does, but for what the record holds."""
    with open_limited(path, FILE_LIMIT_BYTES) as (stream, size):
        start = stream.read(LOOKED_AT_BYTES)
        if is_torch_content(start):
            return {}
        check_kind(path, start)
        length = min(_LENGTH_BYTES + _header_bytes(start), HEADER_LIMIT_BYTES)
        start += stream.read(max(0, length - len(start)))
    return parse_header(path, start, size)


def is_torch_content(content: bytes) -> bool:
    """Whether content, or its first eight bytes, begins as what torch.save writes."""
    start = content[:_LENGTH_BYTES]
    # A header of 640 bytes begins as a pickle does, which no header of safetensors that makes sense
    # does in 8 bytes.
    return start[:2] == b"PK" or (
        start[:1] == b"\x80" and int.from_bytes(start, "little") > HEADER_LIMIT_BYTES
    )


def parse_header(path: Path, start: bytes, size: int) -> dict[str, str]:
    """The texts of a safetensors file's record.

    start: the file's beginning, at least to the end of its header; size: of the whole file in
    bytes. Raises DigitpadError where the header or the layout that it tells makes no sense, or does
    not fill the file.
    """
    header = _parse_json(path, start, size)
    metadata = header.pop("__metadata__", {})
    if not isinstance(metadata, dict) or not all(
        isinstance(value, str) for value in metadata.values()
    ):
        raise _damaged(path, _("its record is not text"))
    _check_layout(path, header, size - _LENGTH_BYTES - _header_bytes(start))
    return metadata


def _header_bytes(start: bytes) -> int:
    return int.from_bytes(start[:_LENGTH_BYTES], "little")


def _parse_json(path: Path, start: bytes, size: int) -> dict[str, Any]:
    length = _header_bytes(start)
    if size < 10 or not 2 <= length <= HEADER_LIMIT_BYTES or length > size - _LENGTH_BYTES:
        raise _damaged(path, _("its header's length is wrong"))
    try:
        header = json.loads(
            start[_LENGTH_BYTES : _LENGTH_BYTES + length].decode("utf-8"),
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
        )
    except (ValueError, RecursionError) as error:
        raise _damaged(path, _("its header is not JSON")) from error
    if not isinstance(header, dict):
        raise _damaged(path, _("its header is not a JSON object"))
    return header


def _check_layout(path: Path, header: dict[str, Any], body_bytes: int) -> None:
    """safetensors' own rule: the tensors fill the body with no gap and no overlap."""
    if len(header) > _MOST_TENSORS:
        raise _damaged(
            path,
            _("it has {n:,} tensors, more than {most_tensors:,}").format(
                n=len(header), most_tensors=_MOST_TENSORS
            ),
        )
    position = 0
    for begin, end in sorted(_span(path, name, entry) for name, entry in header.items()):
        if begin != position:
            raise _damaged(path, _("its tensors overlap or leave gaps"))
        position = end
    if position != body_bytes:
        raise _damaged(
            path,
            _("it should have {position:,} bytes of weights and has {body_bytes:,}").format(
                position=position, body_bytes=body_bytes
            ),
        )


def _span(path: Path, name: str, entry: Any) -> tuple[int, int]:
    """Where a tensor begins and ends in the body, by its entry in the header, which has to fit its
    shape and type."""
    try:
        shape, (begin, end) = entry["shape"], entry["data_offsets"]
        # Before anything is computed with it: a product of 100,000 numbers takes seconds.
        if len(shape) > _MOST_DIMENSIONS:
            raise _damaged(
                path,
                _("{name!r} has more than {most_dimensions} dimensions").format(
                    name=name[:40], most_dimensions=_MOST_DIMENSIONS
                ),
            )
        numbers = [*shape, begin, end]
        if any(
            type(number) is not int or not 0 <= number <= FILE_LIMIT_BYTES for number in numbers
        ):
            raise ValueError
        fits = end - begin == math.prod(shape) * _DTYPE_BYTES[entry["dtype"]]
    except (KeyError, TypeError, ValueError):
        raise _damaged(
            path, _("what it says of {name!r} makes no sense").format(name=name[:40])
        ) from None
    if not fits:
        raise _damaged(
            path, _("{name!r} has another size than its shape says").format(name=name[:40])
        )
    return begin, end


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(_("a name stands twice"))
    return found


def _no_constant(name: str) -> float:
    raise ValueError(_("{name} is not JSON").format(name=name))


def _damaged(path: Path, why: str) -> DigitpadError:
    return DigitpadError(
        _("{path} is not a safetensors file or is damaged ({why}); get the file again").format(
            path=path, why=why
        )
    )
