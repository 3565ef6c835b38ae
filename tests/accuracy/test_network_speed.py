from __future__ import annotations

import torch

from digitpad.accuracy import network_speed
from digitpad.accuracy.network_speed import speeds
from digitpad.nets.spec.catalogue import NETWORKS


def test_networks_are_compared_with_lenet5_in_turns(test_set, monkeypatch):
    monkeypatch.setattr(network_speed, "_MANY", 256)
    threads = torch.get_num_threads()
    torch.set_num_threads(2)
    turns = []
    plain = network_speed._Clock.turn

    def turn(self):
        assert torch.get_num_threads() == 1
        turns.append(self._network.name)
        plain(self)
        # LeNet-5 takes twice as long in the second round.
        return {
            "lenet5": [(100.0, 10.0), (50.0, 5.0), (100.0, 10.0)],
            "convnet-8-16": [(50.0, 20.0)] * 3,
        }[self._network.name][turns.count(self._network.name) - 1]

    monkeypatch.setattr(network_speed._Clock, "turn", turn)
    try:
        found = speeds([NETWORKS["convnet-8-16"]], test_set, rounds=3)
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(threads)
    assert turns == ["lenet5", "convnet-8-16"] * 3
    assert list(found) == ["convnet-8-16"]
    assert (found["convnet-8-16"].read, found["convnet-8-16"].trained) == (0.5, 2.0)


def test_every_turn_is_told_and_gives_speeds_above_nothing(test_set, monkeypatch):
    monkeypatch.setattr(network_speed, "_MANY", 128)
    told = []
    found = speeds(
        [NETWORKS["lenet5"], NETWORKS["lenet5-1998"]], test_set, 1, lambda: told.append(1)
    )
    assert len(told) == 2 and (found["lenet5"].read, found["lenet5"].trained) == (1.0, 1.0)
    assert found["lenet5-1998"].read > 0 and found["lenet5-1998"].trained > 0
