"""Putting trained weights where they belong, and nothing better in their way."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import torch

from digitpad.core.errors import DigitpadError
from digitpad.core.files import why_not
from digitpad.core.languages import _
from digitpad.core.paths import PACKAGE, user_folder
from digitpad.nets.files.weights_file import save_weights
from digitpad.nets.spec.record import read_metadata


def default_out(name: str) -> Path:
    """Where a run's weights go unless told: under their name in weights/ of a checkout, else in
    the user's own folder."""
    checkout = PACKAGE.parent
    folder = checkout / "weights" if (checkout / "train.py").exists() else user_folder() / "weights"
    return folder / f"{name}.safetensors"


def check_place(out: Path) -> None:
    """Raise DigitpadError, before hours of training, where nothing could be written to out after
    them."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DigitpadError(
            _("{parent} cannot be made: {why}; choose another --out").format(
                parent=out.parent, why=why_not(error)
            )
        ) from error
    if out.is_dir():
        raise DigitpadError(_("{out} is a directory; name a file in it with --out").format(out=out))
    if not os.access(out.parent, os.W_OK):
        raise DigitpadError(
            _("{parent} cannot be written to; choose another --out").format(parent=out.parent)
        )


def check_room(folder: Path, needed_bytes: int) -> None:
    """Raise DigitpadError where a folder's disk has no room for so much."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return  # what cannot be told is seen when it is written
    if free < needed_bytes:
        raise DigitpadError(
            _(
                "{folder} has room for {megabytes} MB, and training needs {needed} MB "
                "there for its weights and checkpoints; make room or choose another --out"
            ).format(folder=folder, megabytes=_megabytes(free), needed=_megabytes(needed_bytes))
        )


def place_weights(
    out: Path, weights: dict[str, torch.Tensor], metadata: dict[str, str], replace: bool
) -> tuple[Path, str]:
    """Write weights to out, or next to it where what stands there is better; the place taken, and
    why.

    A file is replaced (also without replace) only if it belongs to the same network and data set
    and its recorded accuracy on as many validation digits is no higher; where digits were held back
    for neither, nothing says which is better. Raises DigitpadError where it cannot be written.
    """
    reason = "" if replace else _reason_to_spare(out, metadata)
    taken = _free_name(out) if reason else out
    save_weights(taken, weights, metadata)
    return taken, reason


def rescue_weights(out: Path, weights: dict[str, torch.Tensor], metadata: dict[str, str]) -> Path:
    """Write weights under out's name in another folder, where out's has no room any more: the
    user's own, the home folder, or the one for temporary files; gives the place taken.

    Raises DigitpadError where none of them can be written.
    """
    for folder in _other_folders(out):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            place = folder / out.name
            place = _free_name(place) if place.exists() else place
            save_weights(place, weights, metadata)
        except (DigitpadError, OSError):
            continue
        return place
    raise DigitpadError(_("{out} cannot be written, and no other folder either").format(out=out))


def _other_folders(out: Path) -> Iterator[Path]:
    """Folders to try in turn."""
    yield from (user_folder() / "weights", Path.home(), Path(tempfile.gettempdir()))


def _reason_to_spare(out: Path, metadata: dict[str, str]) -> str:
    """Why a file at out is not replaced, in words; "" where it is, or where there is none."""
    if not out.exists():
        return ""
    try:
        old = read_metadata(out)
    except DigitpadError:
        return _("{out} is not a weights file").format(out=out)
    if any(old.get(name, "") != metadata.get(name, "") for name in ("network", "class")):
        return _("{out} belongs to another network").format(out=out)
    if old.get("dataset", "mnist") != metadata.get("dataset", "mnist"):
        return _("{out} was trained on another data set").format(out=out)
    try:
        old_accuracy, old_n = float(old["validation_accuracy"]), int(old["validation_n"])
    except (KeyError, ValueError):
        return _("{out} does not record its validation accuracy").format(out=out)
    if old_n != int(metadata["validation_n"]) or "validation_accuracy" not in metadata:
        return _("{out} was measured on {old_n:,} validation digits and cannot be compared").format(
            out=out, old_n=old_n
        )
    if not old_accuracy <= float(metadata["validation_accuracy"]):
        return _("{out} has a higher validation accuracy, {old_accuracy:.2%}").format(
            out=out, old_accuracy=old_accuracy
        )
    return ""


def _free_name(out: Path) -> Path:
    """out with the first number from 2 that no file has yet."""
    number = 2
    while (free := out.with_name(f"{out.stem}-{number}{out.suffix}")).exists():
        number += 1
    return free


def _megabytes(count: int) -> str:
    return f"{max(count, 0) / 1e6:,.1f}"
