"""The list of the files of a person's own that were opened, kept from one start to the next; needs
neither torch nor Qt."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digitpad.core.errors import DigitpadError
from digitpad.core.files import read_limited, write_beside
from digitpad.core.paths import user_folder
from digitpad.nets.spec.catalogue import own_class

MOST_OPENED = 50
_LIMIT_BYTES = 1024 * 1024
_LONGEST_PATH, _LONGEST_TITLE = 8192, 500
_MOST_PARAMETERS = 10**12


@dataclass(frozen=True)
class OpenedFile:
    """A file that was opened. weights: absolute; net: as open_weights takes it; title and
    parameters: of its network."""

    weights: Path
    net: str
    title: str
    parameters: int

    @property
    def program(self) -> Path | None:
        """The Python file that makes its network, where one does."""
        try:
            own = own_class(self.net)
        except DigitpadError:
            return None
        return None if own is None else own[0]

    @property
    def missing(self) -> Path | None:
        """The file of it that is not there any more; None where all are."""
        for path in (self.weights, self.program):
            if path is not None and not _is_there(path):
                return path
        return None


class OpenedList:
    """The list as it stands in the user's folder; it is read anew whenever it is asked for, since
    another window may have written it."""

    def read(self) -> list[OpenedFile]:
        """Those that were opened, the newest first, at most MOST_OPENED; what makes no sense in the
        list is left out."""
        try:
            held: Any = json.loads(read_limited(_place(), _LIMIT_BYTES))
        except (DigitpadError, ValueError, RecursionError):
            return []
        entries = held.get("opened", []) if isinstance(held, dict) else []
        found = [_entry(one) for one in entries] if isinstance(entries, list) else []
        return [one for one in found if one is not None][:MOST_OPENED]

    def add(self, file: OpenedFile) -> None:
        """Put a file at the head of the list; raises DigitpadError where the user's folder cannot
        be written."""
        self._write([file, *self._without(file)][:MOST_OPENED])

    def remove(self, file: OpenedFile) -> None:
        """Take a file off the list; it stays where it is. Raises DigitpadError as add does."""
        self._write(self._without(file))

    def _without(self, file: OpenedFile) -> list[OpenedFile]:
        is_it = file.weights, file.net
        return [one for one in self.read() if (one.weights, one.net) != is_it]

    def _write(self, files: Sequence[OpenedFile]) -> None:
        entries = [
            {
                "weights": str(one.weights),
                "net": one.net,
                "title": one.title,
                "parameters": one.parameters,
            }
            for one in files
        ]
        # Names of files may hold bytes that are no text, which JSON's escapes carry.
        write_beside(_place(), json.dumps({"opened": entries}, indent=1).encode())


def _entry(held: object) -> OpenedFile | None:
    if not isinstance(held, dict):
        return None
    weights, net, title = (_text(held.get(name)) for name in ("weights", "net", "title"))
    parameters = held.get("parameters")
    if not weights or net is None or title is None or not Path(weights).is_absolute():
        return None
    if not isinstance(parameters, int) or not 0 <= parameters <= _MOST_PARAMETERS:
        return None
    return OpenedFile(Path(weights), net, _shown(title[:_LONGEST_TITLE]), int(parameters))


def _text(held: object) -> str | None:
    is_text = isinstance(held, str) and len(held) <= _LONGEST_PATH and "\0" not in held
    return str(held) if is_text else None


def _shown(title: str) -> str:
    """A title as it can be shown."""
    return title.encode(errors="replace").decode()


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _place() -> Path:
    return user_folder() / "opened.json"
