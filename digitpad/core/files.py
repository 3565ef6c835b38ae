"""Reading files from outside within limits, and writing our own so that a half-written one is
never seen."""

from __future__ import annotations

import contextlib
import glob
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import N_, _

_LEFT_BEHIND_S = 3_600.0
"""No file of ours takes an hour to write."""


_SYSTEMS = (
    N_("No such file or directory"),
    N_("Permission denied"),
    N_("Operation not permitted"),
    N_("No space left on device"),
    N_("Disk quota exceeded"),
    N_("Read-only file system"),
    N_("Not a directory"),
    N_("Is a directory"),
    N_("File exists"),
    N_("File name too long"),
    N_("File too large"),
    N_("Input/output error"),
    N_("Too many open files"),
    N_("Too many levels of symbolic links"),
)
"""What the system says in English whatever the language, marked to be translated."""


def why_not(error: Exception) -> str:
    """What the system says of an error, in the language that was chosen."""
    said: str | None = getattr(error, "strerror", None)
    return _(said) if said else str(error)


@contextmanager
def open_limited(path: Path, limit_bytes: int) -> Iterator[tuple[BinaryIO, int]]:
    """An ordinary file of at most limit_bytes, open to be read, and its size in bytes.

    Raises DigitpadError where the path is missing, a directory, not an ordinary file, unreadable,
    empty or larger, and where reading it fails while it is open.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise DigitpadError(_("{path} is a directory; name a file in it").format(path=path))
        if not path.exists():
            raise DigitpadError(_("{path} does not exist; check the name").format(path=path))
        if not path.is_file():
            raise DigitpadError(_("{path} is not an ordinary file").format(path=path))
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            if size > limit_bytes:
                raise DigitpadError(
                    _(
                        "{path} has {size:,} bytes, more than the {limit_bytes:,} that are read"
                    ).format(path=path, size=size, limit_bytes=limit_bytes)
                )
            if not size:
                raise DigitpadError(_("{path} is empty").format(path=path))
            yield stream, size
    except (OSError, ValueError) as error:
        raise DigitpadError(
            _("{path} cannot be read: {why}").format(path=path, why=why_not(error))
        ) from error


def read_limited(path: Path, limit_bytes: int) -> bytes:
    """The whole content of an ordinary file of at most limit_bytes; raises DigitpadError as
    open_limited does."""
    with open_limited(path, limit_bytes) as (stream, size):
        return stream.read(size)


def digest_of(path: Path, is_wanted: Callable[[], bool] = lambda: True) -> str:
    """The SHA-256 of a file's content, 64 hexadecimal digits: which weights they were.

    is_wanted: asked between parts of it; a slow disk is read no further where it is not. Raises
    DigitpadError where it cannot be read, or is not wanted any more.
    """
    import hashlib  # which few need, and which takes a moment

    digest = hashlib.sha256()
    try:
        with Path(path).open("rb") as stream:
            while part := stream.read(1 << 20):
                digest.update(part)
                if not is_wanted():
                    raise DigitpadError(_("{path} is not read any further").format(path=path))
    except (OSError, ValueError) as error:
        raise DigitpadError(
            _("{path} cannot be read: {why}").format(path=path, why=why_not(error))
        ) from error
    return digest.hexdigest()


def write_beside(path: Path, content: bytes, make_folder: bool = True) -> None:
    """Write content to a temporary file next to path and move it into place.

    make_folder: whether the folder is made where it is missing. A link is followed: what it points
    to is replaced, and the link stays. What a kill left of earlier temporary files of the same name
    is swept away. Raises DigitpadError where the place cannot be written or holds anything but an
    ordinary file, such as a device or a pipe; what stood at path before is then still there, whole.
    """
    path = Path(path)
    temporary = None
    try:
        if path.is_symlink():
            path = path.resolve()
        if path.is_dir():
            raise DigitpadError(_("{path} is a directory; name a file in it").format(path=path))
        if path.exists() and not path.is_file():
            raise DigitpadError(
                _("{path} is not an ordinary file; choose another place").format(path=path)
            )
        if make_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp makes private files; ours are as readable as any file the person writes.
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
        temporary = None
    except OSError as error:
        raise DigitpadError(
            _("{path} cannot be written: {why}; choose another place").format(
                path=path, why=why_not(error)
            )
        ) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def free_name(path: Path) -> Path:
    """path, or where something is there one that is numbered, with the same ending: for what is set
    aside, which must not take the place of what was set aside before."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def _sweep(path: Path) -> None:
    """Take away temporary files that a kill left beside path: old ones, since another process may
    be writing a new one."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.part"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _LEFT_BEHIND_S:
                left.unlink()
