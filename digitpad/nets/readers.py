"""What reads with a weights file: numpy where that is enough, PyTorch where it has to be."""

from __future__ import annotations

from pathlib import Path

from digitpad.core.languages import _
from digitpad.nets.digit_reader import DigitReader
from digitpad.nets.needing_torch import NeedsTorchError, has_torch, missing_torch
from digitpad.nets.plain_reader import PlainReader
from digitpad.nets.spec.open_choices import NOTHING_SAID, OpenChoices


def open_reader(
    weights: Path, device: str = "auto", net: str = "", choices: OpenChoices = NOTHING_SAID
) -> DigitReader:
    """The network of a weights file, ready to read; arguments as Recognizer takes them.

    For a program that reads picture by picture: a network of the catalogue is read without PyTorch,
    on the CPU, unless another device is named. Otherwise PyTorch is loaded, and computes with one
    thread. Raises DigitpadError as Recognizer does, and where PyTorch is needed and not here.
    """
    if device in ("auto", "cpu"):
        try:
            return PlainReader(weights, net, choices)
        except NeedsTorchError as error:
            needed = str(error)
    else:
        needed = _("Computing on {device} needs PyTorch").format(device=device)
    if not has_torch():
        raise missing_torch(needed)
    from digitpad.nets.devices import use_one_thread
    from digitpad.nets.recognizer import Recognizer

    use_one_thread()
    return Recognizer(weights, device, net, choices)
