"""Checkpoints: the file from which a run goes on where it was stopped (--resume)."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import torch

from digitpad.core.errors import DigitpadError
from digitpad.core.files import read_limited, write_beside
from digitpad.core.languages import _
from digitpad.nets.files.pickle_check import check_pickles

_LIMIT_BYTES = 1024 * 1024 * 1024
_FORMAT = "digitpad-training-1"


def checkpoint_path(out: Path) -> Path:
    """Where the checkpoint of the run that makes out is while it trains."""
    return out.with_suffix(".resume")


def checkpoint_bytes(network: torch.nn.Module) -> int:
    """How large a checkpoint of a run becomes at most: the network, its EMA, the best of them, two
    tensors of the optimiser's for each, and as much again for what is said about them."""
    tensors = [*network.parameters(), *network.buffers()]
    return 5 * sum(tensor.numel() * tensor.element_size() for tensor in tensors) + 256 * 1024


def save_checkpoint(
    path: Path, settings: dict[str, Any], fingerprint: str, state: dict[str, Any]
) -> None:
    """Write what --resume needs, beside and moved into place.

    settings: as TrainingSettings.as_record gives them. fingerprint: what tells the run's digits
    from others. state: tensors and plain values. Raises DigitpadError where it cannot be written.
    """
    stream = io.BytesIO()
    torch.save(
        {"format": _FORMAT, "settings": settings, "fingerprint": fingerprint, "state": state},
        stream,
    )
    write_beside(path, stream.getvalue())


def load_checkpoint(path: Path) -> tuple[dict[str, Any], str, dict[str, Any]]:
    """The settings, the fingerprint of the digits and the state that save_checkpoint wrote, on the
    CPU.

    Only tensors and plain values are read (weights_only); what they say is checked where they are
    taken. Raises DigitpadError for any other file.
    """
    content = read_limited(path, _LIMIT_BYTES)
    try:
        check_pickles(content)
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
            _(
                "{path} is not a checkpoint of a run; name the .resume file that training left"
            ).format(path=path)
        ) from error
    return settings, fingerprint, state
