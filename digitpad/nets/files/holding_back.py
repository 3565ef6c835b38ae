"""What a reader's file must not do while it is run for the sake of a class in it.

Many a network stands in the script that trains it. Run for its class, that script must neither
train, nor write its weights over those that are to be opened, nor download a data set.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch


class Training(BaseException):
    """Raised where a script begins to train or saves what it has; no Exception, so that what
    catches all errors lets it pass."""


def _stop(*_: Any, **__: Any) -> Any:
    raise Training


def _no_download(*_: Any, **__: Any) -> Any:
    raise urllib.error.URLError("nothing is downloaded while Digitpad runs a file for its network")


@contextmanager
def held_back() -> Iterator[None]:
    """While it lasts, making an optimizer or saving with torch raises Training, and urllib opens
    nothing."""
    held: list[tuple[Any, str, Any]] = [
        (torch.optim.Optimizer, "__init__", _stop),
        (torch, "save", _stop),
        (urllib.request, "urlopen", _no_download),
        (urllib.request, "urlretrieve", _no_download),
    ]
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in held]
    for owner, name, instead in held:
        setattr(owner, name, instead)
    try:
        yield
    finally:
        for owner, name, plain in before:
            setattr(owner, name, plain)
