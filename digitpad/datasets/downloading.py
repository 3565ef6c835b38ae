"""Fetching a data set's files: through torchvision, with a time-out, from one mirror after the
other."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.datasets.registry import DataSet

TIMEOUT_S = 20.0
_MEMBER_LIMIT_BYTES = 256 * 1024 * 1024


def download(entry: DataSet, folder: Path) -> None:
    """Fetch the files of a data set, packed as published and compared with their digests, into a
    folder.

    Files that are there already are kept. No half-fetched file is ever seen in the folder. Raises
    DigitpadError, with what each mirror said, where a file cannot be had.
    """
    missing = [
        file
        for file in entry.files
        if not any((folder / name).exists() for name in (file.published, file.name))
    ]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        mirrors = list(entry.mirrors)
        with (
            _time_out(TIMEOUT_S),
            tempfile.TemporaryDirectory(prefix=".download-", dir=folder) as held,
        ):
            fresh = Path(held)
            if entry.archive is None:
                for file in missing:
                    _fetch(mirrors, file.published, file.packed_md5, fresh)
            else:
                _fetch(mirrors, entry.archive.name, entry.archive.md5, fresh)
                _take_out(
                    fresh / entry.archive.name,
                    entry.archive.folder,
                    [file.published for file in missing],
                )
            for file in missing:
                (fresh / file.published).replace(folder / file.published)
    except OSError as error:
        raise DigitpadError(
            _("{title} could not be downloaded ({reason})").format(
                title=entry.title, reason=_reason(error)
            )
        ) from error


def _fetch(mirrors: list[str], name: str, md5: str, folder: Path) -> None:
    """Put a file from the first mirror that has it, and has it right, into a folder; those that
    have not go last."""
    told: dict[str, None] = {}  # in order, none twice
    for mirror in tuple(mirrors):
        try:
            from torchvision.datasets.utils import (
                download_url,  # costs two seconds to import, so only here
            )

            download_url(mirror + name, str(folder), name, md5)
            return
        except Exception as error:  # torchvision raises whatever the network or the file system did
            told[f"{urlsplit(mirror).netloc}: {_reason(error)}"] = None
            mirrors.remove(mirror)
            mirrors.append(mirror)
    raise DigitpadError(
        _("{name} could not be downloaded ({told})").format(name=name, told=_("; ").join(told))
    )


def _take_out(archive: Path, inside: str, names: list[str]) -> None:
    """Put files of a zip file's folder beside it."""
    try:
        with zipfile.ZipFile(archive) as opened:
            for name in names:
                with opened.open(f"{inside}/{name}") as member:
                    content = member.read(_MEMBER_LIMIT_BYTES + 1)
                if len(content) > _MEMBER_LIMIT_BYTES:
                    raise DigitpadError(
                        _(
                            "{name} holds a {name2} of more than {member_limit_bytes:,} bytes"
                        ).format(
                            name=archive.name, name2=name, member_limit_bytes=_MEMBER_LIMIT_BYTES
                        )
                    )
                archive.with_name(name).write_bytes(content)
    except (KeyError, zipfile.BadZipFile, EOFError) as error:
        raise DigitpadError(
            _("{name} does not hold what it should ({reason})").format(
                name=archive.name, reason=_reason(error)
            )
        ) from error


@contextmanager
def _time_out(seconds: float) -> Iterator[None]:
    # torchvision sets none of its own, and a mirror that is down would be waited for without end.
    import socket  # here, so that the window opens sooner

    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(seconds)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)


def _reason(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:120]
