"""Half-written files that a killed run left beside the whole ones."""

from __future__ import annotations

import re
import stat
import time
from pathlib import Path

_QUIET_S = 10.0
"""A file that was written to more lately may still be in the making."""


def sweep(folder: Path, names: tuple[str, ...] | None = None) -> list[Path]:
    """Remove what core.files.write_beside left unfinished in folder, and give what was removed.

    names: only what was to become a file of these names; None takes any. Only ordinary files are
    removed that have not been written to for ten seconds; a folder that is missing has none.
    """
    wanted = "|".join(re.escape(name) for name in names) if names is not None else ".+"
    pattern = re.compile(rf"\.(?:{wanted})\.[a-z0-9_]{{8}}\.part")
    removed = []
    try:
        found = [path for path in folder.iterdir() if pattern.fullmatch(path.name)]
    except OSError:
        return []
    for path in found:
        try:
            status = path.lstat()
            if stat.S_ISREG(status.st_mode) and time.time() - status.st_mtime > _QUIET_S:
                path.unlink()
                removed.append(path)
        except OSError:
            continue
    return removed
