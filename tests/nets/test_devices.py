from __future__ import annotations

import warnings

import pytest
import torch

from digitpad.core.errors import DigitpadError
from digitpad.nets import devices
from digitpad.nets.devices import choose_device, has_bfloat16, try_device


@pytest.fixture
def fake_cuda(monkeypatch):
    """A machine whose PyTorch says that it has CUDA."""
    monkeypatch.setattr(torch.backends.cuda, "is_built", lambda: True)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)


def test_the_cpu_works_by_a_real_convolution():
    choice = choose_device("cpu")
    assert choice.device == torch.device("cpu")
    assert choice.report == (f"cpu: taken, {devices.describe(choice.device)}",)


def test_auto_takes_the_first_that_works_and_tells_of_each(monkeypatch):
    monkeypatch.setattr(
        devices, "try_device", {"cuda": "no card", "mps": "no Mac", "cpu": None}.get
    )
    choice = choose_device("auto")
    assert choice.device.type == "cpu"
    assert choice.report[:2] == ("cuda: refused, no card", "mps: refused, no Mac")
    assert choice.report[2].startswith("cpu: taken")


def test_auto_tries_no_further_than_the_one_it_takes(monkeypatch):
    monkeypatch.setattr(devices, "try_device", {"cuda": "no card", "mps": None}.__getitem__)
    choice = choose_device("auto")
    assert choice.device.type == "mps"
    assert len(choice.report) == 2


def test_a_card_that_is_there_but_runs_nothing_is_refused_with_the_reason(fake_cuda, monkeypatch):
    def fail(device):
        raise RuntimeError("CUDA error: no kernel image is available\nCompile with more flags")

    monkeypatch.setattr(devices, "_convolve", fail)
    assert (
        try_device("cuda") == "a trial convolution failed: CUDA error: no kernel image is available"
    )
    with pytest.raises(DigitpadError, match=r"device cuda cannot be used: .*no kernel image"):
        choose_device("cuda")


def test_a_device_that_computes_wrongly_is_refused(monkeypatch):
    real = torch.Tensor.mean
    monkeypatch.setattr(torch.Tensor, "mean", lambda *a, **k: real(*a, **k) + 0.1)
    assert "the numbers are wrong" in (try_device("cpu") or "")


def test_a_warning_of_the_driver_becomes_part_of_the_reason(monkeypatch):
    def unavailable(kind):
        warnings.warn("The NVIDIA driver on your system is too old", UserWarning, stacklevel=1)
        return "PyTorch finds no CUDA device or driver"

    monkeypatch.setattr(devices, "_unavailable", unavailable)
    assert "driver on your system is too old" in (try_device("cuda") or "")


def test_an_unknown_device_is_refused_with_the_known_ones():
    with pytest.raises(DigitpadError, match="'tpu'; choose one of auto, cpu, cuda, mps"):
        choose_device("tpu")


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has CUDA")
def test_cuda_where_there_is_none_is_an_error_that_says_what_to_do():
    with pytest.raises(DigitpadError, match="choose --device auto or cpu"):
        choose_device("cuda")


@pytest.mark.parametrize("has_units", [True, False])
def test_a_card_says_itself_whether_it_has_units_for_bfloat16(monkeypatch, has_units):
    asked = []

    def is_supported(including_emulation=True):
        asked.append(including_emulation)
        return has_units

    monkeypatch.setattr(torch.cuda, "is_bf16_supported", is_supported)
    assert has_bfloat16(torch.device("cuda")) is has_units
    assert asked == [False], "what is emulated is slow"


@pytest.mark.parametrize(
    ("capabilities", "has_units"),
    [({"amx_bf16": True}, True), ({"amx_bf16": False, "avx512_bf16": True}, False), ({}, False)],
)
def test_a_cpu_has_them_where_it_multiplies_matrices_of_bfloat16(
    monkeypatch, capabilities, has_units
):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: capabilities, raising=False)
    assert has_bfloat16(torch.device("cpu")) is has_units


def test_where_pytorch_does_not_tell_of_the_cpu_there_are_none(monkeypatch):
    monkeypatch.delattr(torch.cpu, "get_capabilities", raising=False)
    assert not has_bfloat16(torch.device("cpu")) and not has_bfloat16(torch.device("mps"))
