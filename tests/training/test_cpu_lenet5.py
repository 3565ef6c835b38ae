from __future__ import annotations

import pytest
import torch
from torch import nn

from digitpad.nets.modules import build
from digitpad.training.cpu_lenet5 import CpuLeNet5, fast_cpu_variant


@pytest.mark.parametrize("n", [1, 2, 33])
def test_logits_and_every_gradient_are_those_of_the_network(n):
    torch.manual_seed(n)
    network, x = build("lenet5"), torch.randn(n, 1, 28, 28)
    labels = torch.arange(n) % 10
    gradients = []
    for seen in (network, CpuLeNet5(network)):
        logits = seen(x)
        gradients.append(
            torch.autograd.grad(nn.functional.cross_entropy(logits, labels), network.parameters())
        )
        torch.testing.assert_close(logits, network(x), atol=2e-6, rtol=1e-5)
    for (name, _), plain, quick in zip(network.named_parameters(), *gradients, strict=True):
        torch.testing.assert_close(
            quick, plain, atol=1e-6, rtol=1e-4, msg=lambda text, name=name: name + text
        )


def test_far_from_zero_it_is_saturated_not_broken():
    network = build("lenet5")
    x = torch.full((2, 1, 28, 28), 1e4, requires_grad=False)
    quick = CpuLeNet5(network)(x)
    torch.testing.assert_close(quick, network(x), atol=1e-5, rtol=1e-5)
    quick.sum().backward()
    assert all(bool(parameter.grad.isfinite().all()) for parameter in network.parameters())


def test_it_has_the_networks_parameters_and_no_others():
    network = build("lenet5")
    quick = CpuLeNet5(network)
    assert [id(p) for p in quick.parameters()] == [id(p) for p in network.parameters()]
    assert set(quick.state_dict()) == {f"network.{name}" for name in network.state_dict()}


def test_only_lenet5_on_the_cpu_is_made_fast():
    network = build("lenet5")
    assert isinstance(fast_cpu_variant(network, torch.device("cpu")), CpuLeNet5)
    assert fast_cpu_variant(network, torch.device("cuda")) is network
    other = nn.Linear(1, 1)
    assert fast_cpu_variant(other, torch.device("cpu")) is other
