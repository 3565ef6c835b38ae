"""How often a file is opened, and how much of it is read."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path

import pytest

from digitpad.core import files
from digitpad.nets.spec import record


class _Counted:
    def __init__(self, stream, reads: list[int]) -> None:
        self._stream, self._reads = stream, reads

    def read(self, size: int = -1) -> bytes:
        content = self._stream.read(size)
        self._reads[-1] += len(content)
        return content


def opened_files(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> list[int]:
    """For each time that one of these files is opened from now on, the bytes read of it so far; any
    file where none is named."""
    reads: list[int] = []
    plain = files.open_limited

    @contextmanager
    def counted(path: Path, limit_bytes: int):
        with plain(path, limit_bytes) as (stream, size):
            if paths and Path(path).resolve() not in [one.resolve() for one in paths]:
                yield stream, size
            else:
                reads.append(0)
                yield _Counted(stream, reads), size

    for module in (files, record):
        monkeypatch.setattr(module, "open_limited", counted)
    return reads
