from __future__ import annotations

import copy

import pytest
import torch
from torch import nn

from digitpad.nets.modules import build
from digitpad.nets.spec.catalogue import network_named
from digitpad.training.optimizers import OPTIMIZERS, optimizer_for
from digitpad.training.recipes import settings_for
from digitpad.training.settings import OPTIMIZER_NAMES, TrainingSettings


def stepped(network: nn.Module, optimizer: torch.optim.Optimizer, steps: int) -> list[torch.Tensor]:
    x, y = torch.linspace(-1, 1, 12).view(4, 3), torch.tensor([0, 1, 1, 0])
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.cross_entropy(network(x), y).backward()
        optimizer.step()
    return list(network.parameters())


@pytest.mark.parametrize(
    ("page", "plain"),
    [
        ("lenet5", lambda network: torch.optim.SGD(network.parameters(), lr=1e-3, momentum=0.9)),
        ("lenet5-sigmoid", lambda network: torch.optim.SGD(network.parameters(), lr=0.9)),
        ("convnet-dropout", lambda network: torch.optim.Adam(network.parameters(), lr=1e-3)),
    ],
)
def test_a_page_s_steps_are_those_of_the_page_s_optimiser(page, plain):
    torch.manual_seed(0)
    ours = nn.Linear(3, 2)
    theirs = copy.deepcopy(ours)
    found = stepped(ours, optimizer_for(settings_for(network_named(page), "tutorial"), ours), 5)
    torch.testing.assert_close(found, stepped(theirs, plain(theirs), 5), atol=1e-6, rtol=0)


def test_ours_lets_kernels_decay_and_neither_biases_nor_the_factors_of_subsampling():
    network = build("lenet5-1998")
    optimizer = optimizer_for(TrainingSettings(weight_decay=0.5), network)
    decay = {
        id(p): group["weight_decay"] for group in optimizer.param_groups for p in group["params"]
    }
    assert len(decay) == len(list(network.parameters()))
    found = {name: decay[id(parameter)] for name, parameter in network.named_parameters()}
    assert found["C1.weight"] == found["C3.weight"] == found["F6.weight"] == 0.5
    assert found["C1.bias"] == found["S2.weight"] == found["S2.bias"] == found["F6.bias"] == 0.0


def test_every_recipe_names_one_that_there_is_and_others_are_refused():
    from digitpad.nets.spec.catalogue import NETWORKS

    named = {
        recipe.optimizer for network in NETWORKS.values() for recipe in network.recipes.values()
    }
    assert named | {settings_for(network).optimizer for network in NETWORKS.values()} == set(
        OPTIMIZERS
    )
    assert set(OPTIMIZER_NAMES) == set(OPTIMIZERS)
    with pytest.raises(ValueError, match="optimizer is 'lion'; known: adamw, muon"):
        TrainingSettings(optimizer="lion")
