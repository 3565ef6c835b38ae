"""Files of data sets, unpacked within limits and compared with the originals."""

from __future__ import annotations

import bz2
import gzip
import io
import zlib
from pathlib import Path

from digitpad.core.errors import DigitpadError
from digitpad.core.files import read_limited
from digitpad.core.languages import _
from digitpad.datasets.registry import DATASETS, DataFile

LIMIT_BYTES = 256 * 1024 * 1024  # EMNIST's largest file has 188,160,016


def unpacked(path: Path, of: DataFile | None = None, limit_bytes: int = LIMIT_BYTES) -> bytes:
    """The content of a file, which may be packed by gzip or bzip2.

    of: the file that it has to be the original of. Raises DigitpadError where it cannot be read or
    unpacked, is larger than limit_bytes, packed or not, or is not the original.
    """
    path = Path(path)
    stored = read_limited(path, limit_bytes)
    content = stored
    opened: gzip.GzipFile | bz2.BZ2File | None = None
    if stored[:2] == b"\x1f\x8b":
        opened = gzip.GzipFile(fileobj=io.BytesIO(stored))
    elif stored[:3] == b"BZh":
        opened = bz2.BZ2File(io.BytesIO(stored))
    if opened is not None:
        try:
            with opened:
                content = opened.read(limit_bytes + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise DigitpadError(
                _("{path} cannot be unpacked ({error}); get it again").format(
                    path=path, error=error
                )
            ) from error
        if len(content) > limit_bytes:
            raise DigitpadError(
                _("{path} unpacks to more than the {limit_bytes:,} bytes that are read").format(
                    path=path, limit_bytes=limit_bytes
                )
            )
    if of is not None:
        _check(path, of, stored, content)
    return content


def _check(path: Path, of: DataFile, stored: bytes, content: bytes) -> None:
    """Raise DigitpadError unless a file is, as far as that is known, the original of a data set."""
    if of.md5 or (of.packed_md5 and content is not stored):
        wanted, found = (of.md5, _md5(content)) if of.md5 else (of.packed_md5, _md5(stored))
        if found != wanted:
            title = next(entry.title for entry in DATASETS.values() if of in entry.files)
            raise DigitpadError(
                _(
                    "{path} is not {title}'s original (its md5 is not {wanted}); get it again"
                ).format(path=path, title=title, wanted=wanted)
            )
        return
    # Three data sets give their files the same names.
    digest = _md5(content)
    for entry in DATASETS.values():
        if digest in {file.md5 for file in entry.files}:
            raise DigitpadError(
                _("{path} is {title}'s; name the folder of the right data set").format(
                    path=path, title=entry.title
                )
            )


def _md5(content: bytes) -> str:
    import hashlib  # here, so that the window opens sooner

    return hashlib.md5(content, usedforsecurity=False).hexdigest()
