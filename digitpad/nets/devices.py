"""Which device to compute on, found out by computing on it."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import torch
import torch.nn.functional as F

from digitpad.core.constants import DEVICE_NAMES
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _, ngettext

_ORDER = ("cuda", "mps", "cpu")


@dataclass(frozen=True)
class DeviceChoice:
    """The device taken, and a line for each device tried that says what happened."""

    device: torch.device
    report: tuple[str, ...]


def choose_device(name: str = "auto") -> DeviceChoice:
    """The first of CUDA, MPS and the CPU that works ("auto"), or the one named, if it works.

    A device works when a small convolution, its backward pass and a synchronise succeed on it with
    the right numbers: is_available() alone is true on machines where no kernel runs. Raises
    DigitpadError for an unknown name, and for a named device that does not work, with the reason.
    """
    if name not in DEVICE_NAMES:
        raise DigitpadError(
            _("no device is named {name!r}; choose one of {device_names}").format(
                name=name[:40], device_names=", ".join(DEVICE_NAMES)
            )
        )
    report: list[str] = []
    for kind in _ORDER if name == "auto" else (name,):
        refusal = try_device(kind)
        if refusal is None:
            device = torch.device(kind)
            report.append(_("{kind}: taken, {device}").format(kind=kind, device=describe(device)))
            return DeviceChoice(device, tuple(report))
        report.append(_("{kind}: refused, {refusal}").format(kind=kind, refusal=refusal))
    if name == "auto":
        raise DigitpadError(
            _("no device works ({report}); PyTorch may have to be installed again").format(
                report=_("; ").join(report)
            )
        )
    raise DigitpadError(
        _("the device {name} cannot be used: {refusal}; choose --device auto or cpu").format(
            name=name, refusal=refusal
        )
    )


def try_device(kind: str) -> str | None:
    """None where a convolution and its backward pass work on this kind of device, else why not,
    in a line."""
    with warnings.catch_warnings(record=True) as caught:
        # PyTorch tells of an old driver by a warning: it is the reason, so it goes into the report.
        warnings.simplefilter("always")
        try:
            refusal = _unavailable(kind)
            if refusal is None:
                _convolve(torch.device(kind))
        except (
            Exception
        ) as error:  # a broken driver may raise anything, and each means: not this one
            refusal = _("a trial convolution failed: {why}").format(why=_one_line(error))
    if refusal is not None and caught:
        refusal += f" ({_one_line(caught[0].message)})"
    return refusal


def describe(device: torch.device) -> str:
    """A device in words: the graphics card's name, or the CPU with the number of threads PyTorch
    uses."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    if device.type == "mps":
        return _("Apple's graphics processor")
    threads = torch.get_num_threads()
    return ngettext("{n} thread", "{n} threads", threads).format(n=threads)


def use_one_thread() -> None:
    """Have PyTorch compute with one thread on the CPU in all of this process, by which a single
    digit is read fastest; for programs of ours, since a library leaves that to its host."""
    torch.set_num_threads(1)


def has_bfloat16(device: torch.device) -> bool:
    """Whether a device has units for bfloat16, which compute convolutions several times as fast
    as float32."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    # PyTorch tells what a CPU has since 2.11.
    capabilities: dict[str, object] = (
        dict(getattr(torch.cpu, "get_capabilities", dict)()) if device.type == "cpu" else {}
    )
    return capabilities.get("amx_bf16") is True


def synchronize(device: torch.device) -> None:
    """Wait until all that was asked of a device is done."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()


def _unavailable(kind: str) -> str | None:
    if kind == "cuda":
        if not torch.backends.cuda.is_built():  # type: ignore[no-untyped-call]
            return _("this PyTorch was built without CUDA")
        return None if torch.cuda.is_available() else _("PyTorch finds no CUDA device or driver")
    if kind == "mps":
        if not torch.backends.mps.is_built():
            return _("this PyTorch was built without MPS")
        return None if torch.backends.mps.is_available() else _("this Mac or its macOS has no MPS")
    return None


def _convolve(device: torch.device) -> None:
    ones = torch.ones(2, 1, 8, 8, device=device)
    kernel = torch.ones(3, 1, 5, 5, device=device, requires_grad=True)
    maps = torch.tanh(F.conv2d(ones, kernel) / 25)
    torch.autograd.backward(maps.sum())
    synchronize(device)
    assert kernel.grad is not None
    # The gradient of each weight: 2 digits × 16 places × (1 - tanh(1)²) / 25.
    expected = 32 * 0.41997434 / 25
    if abs(float(kernel.grad.mean().cpu()) - expected) > 1e-3:
        raise RuntimeError("the numbers are wrong")


def _one_line(error: object) -> str:
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__)[:200]
