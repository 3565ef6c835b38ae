from __future__ import annotations

import copy

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from digitpad.nets.modules import build
from digitpad.training.muon import MuonWithAdamW, orthogonal


@given(
    rows=st.integers(1, 40),
    columns=st.integers(1, 40),
    seed=st.integers(0, 2**16),
    scale=st.floats(1e-4, 1e4),
)
@settings(max_examples=60)
def test_a_matrix_s_directions_stay_and_its_singular_values_become_alike(
    rows, columns, seed, scale
):
    generator = torch.Generator().manual_seed(seed)
    u, _, v = torch.linalg.svd(torch.randn(rows, columns, generator=generator), full_matrices=False)
    values = torch.rand(len(v), generator=generator) * 0.95 + 0.05
    found = orthogonal(scale * (u * values) @ v)
    # In the directions of the matrix itself nothing but the diagonal is left.
    seen = u.T @ found @ v.T
    assert seen.diagonal().min() > 0.5 and seen.diagonal().max() < 1.3
    assert (seen - torch.diag(seen.diagonal())).abs().max() < 1e-2


def test_a_matrix_of_zeros_stays():
    assert not orthogonal(torch.zeros(3, 5)).any()


def test_matrices_within_move_as_far_as_adamw_moves_them_and_all_directions_alike():
    network = nn.Sequential(nn.Linear(30, 20), nn.Linear(20, 25))
    before = network[0].weight.detach().clone()
    optimizer = MuonWithAdamW(network, 0.01, 0.0, fused=False)
    network(
        torch.randn(40, 30, generator=torch.Generator().manual_seed(1))
    ).square().sum().backward()
    optimizer.step()
    moved = network[0].weight.detach() - before
    values = torch.linalg.svdvals(moved)
    # AdamW's steps are about a fifth of the rate in the root of the mean square.
    assert moved.square().mean().sqrt().item() == pytest.approx(0.2 * 0.01, rel=0.3)
    assert values[14] > 0.5 * values[0]


def test_the_last_layer_and_the_biases_move_as_with_adamw():
    torch.manual_seed(0)
    ours = nn.Sequential(nn.Linear(6, 5), nn.Tanh(), nn.Linear(5, 3))
    theirs = copy.deepcopy(ours)
    x, y = torch.randn(8, 6), torch.tensor([0, 1, 2, 0, 1, 2, 0, 1])
    plain = torch.optim.AdamW(theirs.parameters(), lr=0.01, betas=(0.9, 0.98), weight_decay=0.0)
    for network, optimizer in (
        (ours, MuonWithAdamW(ours, 0.01, 0.0, fused=False)),
        (theirs, plain),
    ):
        optimizer.zero_grad()
        nn.functional.cross_entropy(network(x), y).backward()
        optimizer.step()
    for name in ("0.bias", "2.weight", "2.bias"):
        torch.testing.assert_close(ours.get_parameter(name), theirs.get_parameter(name))
    assert not torch.allclose(ours.get_parameter("0.weight"), theirs.get_parameter("0.weight"))


@pytest.mark.parametrize("name", ["lenet5", "lenet5-1998", "convnet-8-16"])
def test_every_weight_of_a_network_moves_and_kernels_decay(name):
    network = build(name)
    before = copy.deepcopy(network.state_dict())
    optimizer = MuonWithAdamW(network, 0.01, 0.5, fused=True)
    decays = {
        id(p): group["weight_decay"] for group in optimizer.param_groups for p in group["params"]
    }
    side = network.form.side
    network(torch.rand(4, 1, side, side)).square().sum().backward()
    optimizer.step()
    for key, weight in network.named_parameters():
        assert not torch.equal(weight, before[key]), key
        assert decays[id(weight)] == (0.5 if weight.ndim > 1 else 0.0), key


def test_it_goes_on_from_its_state_as_if_it_had_not_stopped():
    def step(network, optimizer):
        optimizer.zero_grad()
        network(torch.ones(2, 4)).square().sum().backward()
        optimizer.step()

    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(4, 3), nn.Linear(3, 2))
    optimizer = MuonWithAdamW(network, 0.01, 0.1, fused=False)
    step(network, optimizer)
    other = copy.deepcopy(network)
    resumed = MuonWithAdamW(other, 0.01, 0.1, fused=False)
    resumed.load_state_dict(copy.deepcopy(optimizer.state_dict()))
    for _ in range(3):
        step(network, optimizer)
        step(other, resumed)
    for ours, theirs in zip(network.parameters(), other.parameters(), strict=True):
        assert torch.equal(ours, theirs)
