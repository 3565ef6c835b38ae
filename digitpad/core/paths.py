"""Where Digitpad's own files are, in a checkout and installed from a wheel."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _

PACKAGE = Path(__file__).resolve().parents[1]
"""The folder of the package."""


def _shipped(name: str) -> Path | None:
    # A wheel carries weights/ and the icon inside the package; a checkout has them beside it.
    for folder in (PACKAGE, PACKAGE.parent):
        if (folder / name).exists():
            return folder / name
    return None


def shipped_weights(network: str = "lenet5") -> Path:
    """The weights file that comes with Digitpad for a network; raises DigitpadError where there
    is none."""
    found = _shipped(f"weights/{network}.safetensors")
    if found is None:
        raise DigitpadError(
            _(
                "the weights weights/{network}.safetensors are missing; make them with: "
                "python train.py --net {network}, or name others with --weights FILE"
            ).format(network=network)
        )
    return found


def shipped_film(network: str = "lenet5") -> Path | None:
    """The folder of the snapshots of a network's training that comes with Digitpad, or None where
    this installation has none."""
    return _shipped(f"weights/film/{network}")


def shipped_asset(name: str) -> Path | None:
    """A file of assets/, such as "icon.svg" or "mnist", or None where this installation does not
    have it."""
    return _shipped(f"assets/{name}")


def cache_folder() -> Path:
    """The folder for what can be made anew at any time; it may not exist yet."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("digitpad", appauthor=False))


def user_folder() -> Path:
    """The folder for what belongs to this user (downloads, trained weights); it may not exist
    yet."""
    import platformdirs

    return Path(platformdirs.user_data_dir("digitpad", appauthor=False))


def config_folder() -> Path:
    """The folder for what this user has set; it may not exist yet. Raises DigitpadError where the
    system knows no home folder."""
    if sys.platform.startswith("linux"):
        return _of_desktop("XDG_CONFIG_HOME", ".config")
    import platformdirs

    return _absolute(platformdirs.user_config_dir("digitpad", appauthor=False))


def state_folder() -> Path:
    """The folder for what one run leaves for the next, such as the log; it may not exist yet.
    Raises DigitpadError where the system knows no home folder."""
    if sys.platform.startswith("linux"):
        return _of_desktop("XDG_STATE_HOME", ".local/state")
    import platformdirs

    return _absolute(platformdirs.user_state_dir("digitpad", appauthor=False))


def shortened(text: str) -> str:
    """A text in which the person's home folder is "~", so that it can be shown to others."""
    home = os.path.expanduser("~")  # noqa: PTH111  # gives "~" itself where there is no home
    if len(home) < 2:
        return text
    # Not of a folder that only begins so.
    return re.sub(rf"{re.escape(home)}(?![\w.-])", "~", text)


def _of_desktop(variable: str, in_home: str) -> Path:
    """What platformdirs says too, which takes longer to load than all else that is remembered; the
    window's start waits for it. Folders that are not absolute are ignored, as the XDG Base
    Directory Specification has it."""
    said = os.environ.get(variable, "").strip()
    base = said if os.path.isabs(said) else os.path.expanduser(f"~/{in_home}")  # noqa: PTH111, PTH117
    return _absolute(os.path.join(base, "digitpad"))  # noqa: PTH118


def _absolute(folder: str) -> Path:
    path = Path(folder)
    if not path.is_absolute():
        raise DigitpadError(_("the system knows no home folder; set HOME to one"))
    return path


def collection_path() -> Path:
    """The file of the person's own drawings; it may not exist yet."""
    return user_folder() / "drawings.db"
