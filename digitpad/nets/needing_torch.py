"""What only PyTorch can do, and whether it is there; nothing here loads it."""

from __future__ import annotations

import importlib.util
import os
import platform
import sys
from functools import cache
from pathlib import Path

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
        _("{what}. PyTorch is not installed here; `pip install digitpad` brings it").format(
            what=what
        )
    )


_LINUX_GPUS = ("/dev/nvidiactl", "/dev/dxg", "/dev/kfd")


def may_have_gpu() -> bool:
    """Whether this machine looks as if PyTorch could compute on a graphics processor here; found
    without PyTorch, which alone can tell for sure."""
    if sys.platform == "darwin":
        return platform.machine() == "arm64"
    if sys.platform == "win32":
        return Path(os.environ.get("SYSTEMROOT", "C:/Windows"), "System32/nvcuda.dll").exists()
    return any(Path(one).exists() for one in _LINUX_GPUS)
