"""What only PyTorch can do, and whether it is there; nothing here loads it."""

from __future__ import annotations

import importlib.util
from functools import cache

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _


class NeedsTorchError(DigitpadError):
    """This takes PyTorch: where it can be had it is loaded and the thing done, else its line is
    shown."""


@cache
def has_torch() -> bool:
    """Whether PyTorch is installed; found without loading it."""
    return importlib.util.find_spec("torch") is not None


def missing_torch(what: str) -> NeedsTorchError:
    """That PyTorch is not here for something, and how to get it. what: a whole sentence on what
    takes it, without its end, in the person's language."""
    return NeedsTorchError(
        _("{what}, which this program does not have; `pip install digitpad` has it").format(
            what=what
        )
    )
