"""Putting trained weights where they belong, and a run's state where it can go on from."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import torch

from digitpad.core.errors import DigitpadError
from digitpad.core.files import read_limited, write_beside
from digitpad.core.paths import PACKAGE, user_folder
from digitpad.nets.files.weights_file import save_weights
from digitpad.nets.spec.record import read_metadata

_STATE_LIMIT_BYTES = 1024 * 1024 * 1024
_FORMAT = "digitpad-training-1"


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
            f"{out.parent} cannot be made: {error.strerror}; choose another --out"
        ) from error
    if out.is_dir():
        raise DigitpadError(f"{out} is a directory; name a file in it with --out")
    if not os.access(out.parent, os.W_OK):
        raise DigitpadError(f"{out.parent} cannot be written to; choose another --out")


def keep_weights(
    out: Path, weights: dict[str, torch.Tensor], metadata: dict[str, str], replace: bool
) -> tuple[Path, str]:
    """Write weights to out, or next to it where what stands there is better; the place taken, and
    why.

    A file is replaced (also without replace) only if it belongs to the same network and data set
    and its recorded accuracy on as many validation digits is no higher; where digits were held back
    for neither, nothing says which is better.
    """
    reason = "" if replace else _reason_to_spare(out, metadata)
    taken = _free_name(out) if reason else out
    save_weights(taken, weights, metadata)
    return taken, reason


def _reason_to_spare(out: Path, metadata: dict[str, str]) -> str:
    if not out.exists():
        return ""
    try:
        old = read_metadata(out)
    except DigitpadError:
        return f"{out} is not a weights file"
    if old.get("network") != metadata["network"]:
        return f"{out} belongs to another network"
    if old.get("dataset", "mnist") != metadata.get("dataset", "mnist"):
        return f"{out} was trained on another data set"
    try:
        old_accuracy, old_n = float(old["validation_accuracy"]), int(old["validation_n"])
    except (KeyError, ValueError):
        return f"{out} does not record its validation accuracy"
    if old_n != int(metadata["validation_n"]) or "validation_accuracy" not in metadata:
        return f"{out} was measured on {old_n:,} validation digits and cannot be compared"
    if not old_accuracy <= float(metadata["validation_accuracy"]):
        return f"{out} has a higher validation accuracy, {old_accuracy:.2%}"
    return ""


def _free_name(out: Path) -> Path:
    number = 2
    while (free := out.with_name(f"{out.stem}-{number}{out.suffix}")).exists():
        number += 1
    return free


def state_path(out: Path) -> Path:
    """Where the state of the run that makes out is kept while it trains."""
    return out.with_suffix(".resume")


def save_state(
    path: Path, settings: dict[str, Any], fingerprint: str, state: dict[str, Any]
) -> None:
    """Write what --resume needs, beside and moved into place."""
    stream = io.BytesIO()
    torch.save(
        {"format": _FORMAT, "settings": settings, "fingerprint": fingerprint, "state": state},
        stream,
    )
    write_beside(path, stream.getvalue())


def load_state(path: Path) -> tuple[dict[str, Any], str, dict[str, Any]]:
    """The settings, the fingerprint of the digits and the state that save_state wrote, on the CPU.

    Only tensors and plain values are read (weights_only). Raises DigitpadError for any other file.
    """
    content = read_limited(path, _STATE_LIMIT_BYTES)
    try:
        record = torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)
        if record["format"] != _FORMAT:
            raise ValueError
        settings, fingerprint, state = record["settings"], record["fingerprint"], record["state"]
        if not (
            isinstance(settings, dict) and isinstance(fingerprint, str) and isinstance(state, dict)
        ):
            raise ValueError
    except Exception as error:  # what is no such file makes the reader fail in any way
        raise DigitpadError(
            f"{path} is not the state of a run; name the .resume file it left"
        ) from error
    return settings, fingerprint, state
