"""Where Digitpad's own files are, in a checkout and installed from a wheel."""

from __future__ import annotations

from pathlib import Path

from digitpad.core.errors import DigitpadError

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
            f"the weights weights/{network}.safetensors are missing; make them with: "
            f"python train.py --net {network}, or name others with --weights FILE"
        )
    return found


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
