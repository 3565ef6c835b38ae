"""Modules of people's own: their units are framed and taken apart, or it is said why not."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from digitpad.explain.fields import INPUT, fields_of
from digitpad.explain.results import NoReason, StepKind
from digitpad.explain.traces import trace_unit
from digitpad.explain.weights import layer_weights
from digitpad.nets.files.traced import TracedNetwork
from tests.explain.own_modules import MODULES
from tests.explain.test_fields import units_of, value
from tests.explain.test_traces import size_of


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
        ("transposed", "L2", (5, 5)),
        ("upsampled", "L4", (7, 7)),
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


WHOLE = {
    "residual",
    "padded",
    "rows",
    "plain",
    "depthwise",
    "uncounted",
    "three channels",
    "perceptron",
    "transposed",
}
"""The modules of which every layer is taken apart."""


@pytest.mark.parametrize("name", MODULES)
def test_units_are_taken_apart_or_it_is_said_why_not(name):
    rng = np.random.default_rng(9)
    network = network_of(name)
    infos, form = network.layer_infos(), network.form
    x = torch.rand(1, 1, form.side, form.side)
    with torch.inference_mode():
        _, given = network.activations(x)
    activations = {"": x[0, 0].numpy(), **{one: a[0].numpy() for one, a in given.items()}}
    reasons = {}
    for layer in infos:
        for unit in units_of(layer, rng, 6):
            weights = layer_weights(network, form, layer.name, unit.map)
            trace = trace_unit(unit, weights, activations)
            if trace.reason is not None:
                reasons[layer.name] = trace.reason
                continue
            bound = 1e-5 * max(1.0, size_of(trace))
            assert abs(trace.value - trace.shown) <= bound, (unit, trace.value, trace.shown)
    assert not reasons if name in WHOLE else reasons, reasons
    # A full connection to known activations is taken apart wherever it stands.
    if name not in ("mean", "recurrent"):
        assert infos[-1].name not in reasons


def test_what_is_not_taken_apart_is_named():
    reasons = {
        (name, layer): (weights.reason, weights.operation)
        for name in ("normed", "recurrent", "mean", "preactivated", "squeezed")
        for network in [network_of(name)]
        for layer in (info.name for info in network.layer_infos())
        for weights in [layer_weights(network, network.form, layer)]
        if weights.reason is not None
    }
    assert reasons["normed", "C1"] == (
        NoReason.NOT_TAKEN_APART,
        "convolution 5 × 5, group norm",
    )
    assert reasons["recurrent", "L1"] == (NoReason.NOT_TAKEN_APART, "LSTM")
    assert reasons["mean", "output"][0] is NoReason.HIDDEN_INPUT
    assert reasons["preactivated", "S3"][0] is NoReason.HIDDEN_INPUT
    assert reasons["squeezed", "C4"][0] is NoReason.HIDDEN_INPUT


def test_batch_norm_is_a_scale_and_a_residual_is_an_addition():
    network = network_of("residual")
    weights = layer_weights(network, network.form, "C3")
    assert [step.kind for step in weights.steps] == [
        StepKind.SCALE,
        StepKind.ADDITION,
        StepKind.ACTIVATION,
    ]
    assert weights.steps[1].layer == "C1"


def test_an_activation_keeps_its_own_numbers():
    padded = network_of("padded")
    steps = layer_weights(padded, padded.form, "C1").steps
    assert steps[-1].function == "leaky ReLU" and steps[-1].parameters == (0.2,)
    plain = network_of("plain")
    steps = layer_weights(plain, plain.form, "C3").steps
    assert steps[-1].function == "prelu" and len(steps[-1].factor) == 8
