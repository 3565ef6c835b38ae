from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from digitpad.errors import DigitpadError
from digitpad.nets.lenet5 import PARAMETERS, TOTAL_PARAMETERS, LeNet5, check_parameters
from digitpad.nets.networks import NETWORKS, as_network, build


def tutorial_network() -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2),
        nn.Tanh(),
        nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5),
        nn.Tanh(),
        nn.AvgPool2d(2),
        nn.Conv2d(16, 120, 5),
        nn.Tanh(),
        nn.Flatten(),
        nn.Linear(120, 84),
        nn.Tanh(),
        nn.Linear(84, 10),
    )


@pytest.fixture
def digits() -> torch.Tensor:
    return torch.randn(3, 1, 28, 28, generator=torch.Generator().manual_seed(1))


def test_parameters_are_those_of_the_paper_and_the_sum_is_61706():
    found = {name: sum(p.numel() for p in layer.parameters()) for name, layer in LeNet5().named_children()}
    assert found == {"C1": 156, "C3": 2416, "C5": 48120, "F6": 10164, "output": 850} == PARAMETERS
    assert sum(found.values()) == 61706 == TOTAL_PARAMETERS


def test_a_network_with_other_parameters_is_refused():
    network = LeNet5()
    network.F6 = nn.Linear(120, 83)
    with pytest.raises(ValueError, match="F6"):
        check_parameters(network)


def test_logits_equal_those_of_the_same_layers_in_a_row(digits):
    network, plain = LeNet5(), tutorial_network()
    plain.load_state_dict(dict(zip(plain.state_dict(), network.state_dict().values(), strict=True)))
    torch.testing.assert_close(network(digits), plain(digits), rtol=1e-5, atol=1e-6)


def test_activations_are_every_layer_of_the_same_forward_pass(digits):
    network = LeNet5()
    logits, layers = network.activations(digits)
    assert torch.equal(logits, network(digits))
    assert torch.equal(layers["output"], logits)
    assert list(layers) == [facts.name for facts in network.facts()]
    for facts in network.facts():
        assert tuple(layers[facts.name].shape) == (3, *facts.shape)
    torch.testing.assert_close(layers["C1"], torch.tanh(network.C1(digits)))
    torch.testing.assert_close(layers["S2"][0, 0, 0, 0], layers["C1"][0, 0, :2, :2].mean())
    torch.testing.assert_close(layers["S4"][0, 3, 4, 4], layers["C3"][0, 3, 8:, 8:].mean())
    torch.testing.assert_close(layers["C5"], torch.tanh(network.C5(layers["S4"])).flatten(1))
    torch.testing.assert_close(layers["F6"], torch.tanh(network.F6(layers["C5"])))


@pytest.mark.parametrize("layer", ["C1", "S2", "C3", "S4"])
def test_receptive_fields_are_as_wide_as_the_facts_say(layer):
    network = LeNet5()
    facts = next(facts for facts in network.facts() if facts.name == layer)
    x = torch.zeros(1, 1, 28, 28, requires_grad=True)
    maps = network.activations(x)[1][layer]
    middle = maps.shape[-1] // 2
    maps[0, :, middle, middle].sum().backward()
    touched = np.flatnonzero(x.grad[0, 0].abs().sum(0).numpy())
    assert touched[-1] - touched[0] + 1 == facts.receptive_field


def test_no_digits_give_no_logits():
    assert LeNet5()(torch.empty(0, 1, 28, 28)).shape == (0, 10)


def test_every_network_of_the_table_builds_and_describes_itself():
    for name, entry in NETWORKS.items():
        network = as_network(build(name))
        assert (network.name, network.title) == (name, entry.title)


def test_an_unknown_network_is_named_with_those_that_are_known():
    with pytest.raises(DigitpadError, match=r"'alexnet'; known: .*lenet5"):
        build("alexnet")


def test_a_module_that_shows_no_activations_is_no_network():
    with pytest.raises(TypeError, match="Linear has no name"):
        as_network(nn.Linear(1, 1))
