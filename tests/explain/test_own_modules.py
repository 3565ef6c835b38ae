"""Modules of people's own: their units are framed and taken apart, or it is said why not."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from digitpad.explain.fields import INPUT, fields_of
from digitpad.nets.files.traced import TracedNetwork
from tests.explain.own_modules import MODULES
from tests.explain.test_fields import units_of, value


def network_of(name: str) -> TracedNetwork:
    """A module with running averages as after some training, as a network."""
    torch.manual_seed(4)
    module = MODULES[name]()
    for part in module.modules():
        if isinstance(part, nn.BatchNorm1d | nn.BatchNorm2d):
            nn.init.normal_(part.running_mean)
            nn.init.uniform_(part.running_var, 0.5, 2.0)
            nn.init.uniform_(part.weight, 0.5, 2.0)
            nn.init.normal_(part.bias)
    return TracedNetwork(module, name)


@pytest.mark.parametrize("name", MODULES)
def test_only_what_lies_in_its_field_changes_a_unit(name):
    rng = np.random.default_rng(8)
    network = network_of(name)
    infos, side = network.layer_infos(), network.form.side
    x = torch.rand(1, 1, side, side)
    with torch.inference_mode():
        before = network.activations(x)[1]
        for layer in infos:
            changes = 0
            for unit in units_of(layer, rng, 6):
                box = fields_of(unit, infos, side).get(INPUT)
                inside = torch.zeros(1, 1, side, side, dtype=torch.bool)
                if box is not None:
                    inside[..., box.top : box.bottom, box.left : box.right] = True
                other = torch.rand(1, 1, side, side)
                outside_changed = network.activations(torch.where(inside, x, other))[1]
                assert torch.allclose(
                    value(outside_changed, unit), value(before, unit), atol=1e-5
                ), (unit, box)
                inside_changed = network.activations(torch.where(inside, other, x))[1]
                changes += not torch.equal(value(inside_changed, unit), value(before, unit))
            assert changes > 0, layer.name


@pytest.mark.parametrize(
    ("name", "layer", "size"),
    [
        ("residual", "C1", 3),
        ("residual", "C3", 7),
        ("padded", "C1", (3, 5)),
        ("depthwise", "C2", 7),
        ("transposed", "L2", None),
    ],
)
def test_frames_are_no_larger_than_what_is_seen(name, layer, size):
    network = network_of(name)
    infos, side = network.layer_infos(), network.form.side
    (info,) = [one for one in infos if one.name == layer]
    middle = units_of(info, np.random.default_rng(0), 1)[0]
    middle = type(middle)(info, 0, info.shape[1] // 2, info.shape[2] // 2)
    box = fields_of(middle, infos, side)[INPUT]
    found = box.bottom - box.top, box.right - box.left
    if size is None:
        assert max(found) < side
    else:
        assert found == (size if isinstance(size, tuple) else (size, size))


def test_a_residual_layer_is_fed_by_both_branches():
    infos = network_of("residual").layer_infos()
    feeds = {info.name: [feed.layer for feed in info.feeds] for info in infos}
    assert feeds["C1"] == [""] and set(feeds["C3"]) == {"C2", "C1"}


def test_a_module_without_places_is_framed_whole():
    network = network_of("recurrent")
    infos = network.layer_infos()
    unit = units_of(infos[0], np.random.default_rng(0), 1)[0]
    box = fields_of(unit, infos, 28)[INPUT]
    assert (box.top, box.left, box.bottom, box.right) == (0, 0, 28, 28)
