"""Whether a process still holds a file of its own, whatever ended it."""

from __future__ import annotations

import contextlib
import sys
from typing import BinaryIO

_FAR = 1 << 40
"""Where the locked byte lies on Windows, whose locks keep others from reading what they cover."""


def try_lock(stream: BinaryIO) -> bool:
    """Lock an open file until it is closed or the process ends, however it ends; returns False
    where another one holds it. Where a file system knows no locks it is taken to be free."""
    if sys.platform == "win32":
        import msvcrt

        at = stream.tell()
        stream.seek(_FAR)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            with contextlib.suppress(OSError):
                stream.seek(at)
        return True
    import fcntl

    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
