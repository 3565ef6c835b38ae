"""What an error of a run is, in a line."""

from __future__ import annotations

import torch

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _


def is_out_of_memory(error: BaseException) -> bool:
    """Whether a device, or the machine, had too little memory."""
    text = str(error)
    return (
        isinstance(error, torch.OutOfMemoryError)
        or "out of memory" in text
        or "can't allocate memory" in text
    )


def in_a_line(error: Exception) -> str:
    """An error in one line: a DigitpadError's own words, or what it is and where to see more."""
    if isinstance(error, DigitpadError):
        return str(error)
    if isinstance(error, BrokenPipeError):
        return _("whoever read the output went away")
    if isinstance(error, MemoryError) or is_out_of_memory(error):
        return _("there is too little memory to go on; close other programs")
    lines = str(error).strip().splitlines() or [""]
    return _("training failed: {name}: {line} (--debug shows where)").format(
        name=type(error).__name__, line=lines[0]
    )
