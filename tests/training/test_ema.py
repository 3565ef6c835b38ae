from __future__ import annotations

import torch
from torch import nn

from digitpad.training.ema import EmaWeights, LatestWeights, make_ema


def test_without_a_decay_the_network_itself_is_kept():
    network = nn.Linear(1, 1)
    kept = make_ema(network, None)
    assert isinstance(kept, LatestWeights) and kept.module is network
    nn.init.constant_(network.weight, 3.0)
    kept.update(network, 0)
    assert kept.module.weight.item() == 3.0


def test_with_one_a_copy_is_kept_that_does_not_learn():
    network = nn.Linear(2, 2)
    kept = make_ema(network, 0.99)
    assert isinstance(kept, EmaWeights) and kept.module is not network
    assert not kept.module.training and not any(p.requires_grad for p in kept.module.parameters())
    assert network.training and all(p.requires_grad for p in network.parameters())


def test_weights_that_stay_are_their_own_average():
    network = nn.Linear(2, 2)
    kept = make_ema(network, 0.999)
    before = kept.module.weight.clone()
    for steps in range(20):
        kept.update(network, steps)
    torch.testing.assert_close(kept.module.weight, before)


def test_the_decay_grows_with_the_steps_up_to_its_own():
    network = nn.Linear(1, 1, bias=False)
    kept = make_ema(network, 0.5)
    seen = []
    for steps in (0, 2, 8, 1000):
        nn.init.zeros_(kept.module.weight)
        nn.init.ones_(network.weight)
        kept.update(network, steps)
        seen.append(1 - kept.module.weight.item())
    torch.testing.assert_close(torch.tensor(seen), torch.tensor([0.1, 0.25, 0.5, 0.5]))
