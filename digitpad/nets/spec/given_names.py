"""Names that a person gave to networks of their own: taught ones and trained ones.

They lie in a file beside the weights, not in them: drawings, and versions that were taught from a
network, know it by the digest of its file, which a name must not change. Needs neither torch nor
Qt.
"""

from __future__ import annotations

import json
from pathlib import Path

from digitpad.core.errors import DigitpadError
from digitpad.core.files import read_limited, write_beside
from digitpad.core.languages import _
from digitpad.core.paths import user_folder

NAMES_FILE = "names.json"
LONGEST_NAME = 60
_MOST_NAMES = 1_000
_LIMIT_BYTES = 1 << 20
_FOLDERS = ("weights", "versions")


def can_be_named(weights: Path) -> bool:
    """Whether a weights file is a person's own, trained or taught here, in whose folder names are
    kept."""
    folders = [user_folder() / name for name in _FOLDERS]
    try:
        return weights.parent in folders or weights.resolve().parent in map(Path.resolve, folders)
    except (OSError, RuntimeError):
        return False


def given_names(folder: Path) -> dict[str, str]:
    """The names of a folder's weights by the names of their files; what makes no sense in the file
    of names is left out, and there are none where it cannot be read."""
    try:
        held = json.loads(read_limited(folder / NAMES_FILE, _LIMIT_BYTES))
    except (DigitpadError, ValueError, RecursionError):
        return {}
    names = held.get("names") if isinstance(held, dict) else None
    if not isinstance(names, dict):
        return {}
    found = [(file, name) for file, name in names.items() if _is_name(name)]
    return dict(found[:_MOST_NAMES])


def given_name(weights: Path) -> str:
    """The name of a network of the person's own; "" where it has none, or is none of them."""
    return given_names(weights.parent).get(weights.name, "") if can_be_named(weights) else ""


def give_name(weights: Path, text: str) -> str:
    """Name a network anew, as checked_name has it, which is returned; "" takes its name away.

    Raises DigitpadError where that is no name, or it cannot be written.
    """
    name = checked_name(text)
    names = given_names(weights.parent)
    names.pop(weights.name, None)
    if name:
        # The newest first: what is too much goes at the end.
        names = {weights.name: name, **names}
    held = {"format": "digitpad-names", "version": 1, "names": names}
    write_beside(weights.parent / NAMES_FILE, json.dumps(held, indent=1).encode())
    return name


def checked_name(text: str) -> str:
    """A name without the spaces around it; raises DigitpadError where it is too long or has what
    cannot be shown."""
    name = " ".join(text.split())
    if len(name) > LONGEST_NAME:
        raise DigitpadError(
            _("a name has at most {most} letters; this one has {n}").format(
                most=LONGEST_NAME, n=len(name)
            )
        )
    if not name.isprintable():
        raise DigitpadError(_("a name holds letters alone, nothing that cannot be shown"))
    return name


def _is_name(held: object) -> bool:
    if not isinstance(held, str):
        return False
    try:
        return bool(held) and checked_name(held) == held
    except DigitpadError:
        return False
