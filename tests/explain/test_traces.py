"""Traces give the network's own numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from digitpad.core.results import LayerKind, NetworkInfo, Recognition, Unit
from digitpad.explain.results import NoReason, StepKind, UnitTrace
from digitpad.explain.traces import trace_softmax, trace_unit
from digitpad.explain.weights import layer_weights
from digitpad.nets.modules import DeclaredNetwork, build
from digitpad.nets.spec.catalogue import NETWORKS
from tests.explain.test_fields import units_of


def read(network: DeclaredNetwork, digit: np.ndarray) -> dict[str, np.ndarray]:
    """The network's own activations in float64's company: its input as "", then its layers."""
    form = network.form
    with torch.inference_mode():
        x = form.of(torch.from_numpy(digit)[None, None])
        _, layers = network.activations(x)
    return {"": x[0, 0].numpy(), **{name: layer[0].numpy() for name, layer in layers.items()}}


def size_of(trace: UnitTrace) -> float:
    """The sum of all terms' absolute values."""
    if trace.sums is not None:
        terms = float(np.abs(trace.sums.products).sum())
    else:
        assert trace.pooled is not None
        terms = float(np.abs(trace.pooled.shares).sum())
    return terms + sum(abs(step.term) for step in trace.steps)


@pytest.mark.parametrize("name", NETWORKS)
def test_terms_and_bias_are_the_network_s_own_value(name):
    torch.manual_seed(1)
    rng = np.random.default_rng(1)
    network = build(name).eval()
    for _ in range(2):
        digit = np.round(rng.random((28, 28)) * 255).astype(np.float32) / np.float32(255)
        activations = read(network, digit)
        for layer in network.layer_infos():
            for unit in units_of(layer, rng, 8):
                weights = layer_weights(network, network.form, layer.name, unit.map)
                trace = trace_unit(unit, weights, activations)
                bound = 1e-5 * max(1.0, size_of(trace))
                assert abs(trace.value - trace.shown) <= bound, (unit, trace.value, trace.shown)
                if trace.sums is not None:
                    terms = math.fsum(trace.sums.products.ravel())
                    assert abs(terms - math.fsum(trace.sums.sums)) <= 1e-9 * max(1.0, abs(terms))
                    first = trace.steps[0].before if trace.steps else trace.value
                    assert math.isclose(first, math.fsum(trace.sums.sums), abs_tol=1e-12)


@pytest.mark.parametrize("name", ["lenet5", "lenet5-1998", "lenet5-003"])
def test_all_maps_at_once_tell_the_same_as_one(name):
    network = build(name)
    for layer in network.layer_infos():
        whole = layer_weights(network, network.form, layer.name)
        for map_ in (0, layer.shape[0] - 1):
            one = layer_weights(network, network.form, layer.name, map_)
            assert one.first == map_ and np.array_equal(one.kernels, whole.kernels[map_ : map_ + 1])
            for step, other in zip(one.steps, whole.steps, strict=True):
                assert np.array_equal(step.shift, other.shift[map_ : map_ + 1])


def test_the_rim_is_seen_as_padding_of_nothing():
    network = build("lenet5")
    activations = read(network, np.zeros((28, 28), np.float32))
    layer = network.layer_infos()[0]
    weights = layer_weights(network, network.form, "C1", 0)
    trace = trace_unit(Unit(layer, 0, 0, 0), weights, activations)
    assert trace.sums is not None
    assert trace.sums.is_padding.sum() == 16 and (trace.sums.rows[:2] < 0).all()
    assert (trace.sums.patches[0][trace.sums.is_padding] == 0).all()
    paper = -0.1307 / 0.3081
    assert np.allclose(trace.sums.patches[0][~trace.sums.is_padding], paper, atol=1e-3)


def test_what_shares_a_kernel_and_what_sees_some_maps_is_told_as_it_is():
    shared, sparse = build("lenet5-003"), build("lenet5-1998")
    weights = layer_weights(shared, shared.form, "C3")
    assert weights.groups.tolist() == [0] * 6 + [1] * 6 + [2] * 3 + [3]
    digit = np.random.default_rng(0).random((28, 28)).astype(np.float32)
    for network in (shared, sparse):
        layer = network.layer_infos()[2]
        unit = Unit(layer, 7, 3, 4)
        trace = trace_unit(unit, layer_weights(network, network.form, "C3"), read(network, digit))
        assert trace.sums is not None
        assert trace.sums.maps.tolist() == list(layer.connections[7])


def test_pooling_marks_its_winners_and_ties():
    network = build("lenet5-relu").eval()
    activations = read(network, np.zeros((28, 28), np.float32))
    layer = network.layer_infos()[1]
    trace = trace_unit(
        Unit(layer, 0, 2, 3), layer_weights(network, network.form, "S2"), activations
    )
    # On blank paper all four are alike.
    assert trace.pooled is not None and trace.pooled.winners.all()
    assert np.count_nonzero(trace.pooled.shares) <= 1
    assert trace.pooled.rows.tolist() == [4, 5] and trace.pooled.columns.tolist() == [6, 7]


def test_distances_are_squares_to_the_code():
    network = build("lenet5-1998").eval()
    digit = np.random.default_rng(0).random((28, 28)).astype(np.float32)
    activations = read(network, digit)
    layer = network.layer_infos()[-1]
    assert layer.layer_kind is LayerKind.DISTANCES
    trace = trace_unit(Unit(layer, 3), layer_weights(network, network.form, "output"), activations)
    assert trace.sums is not None and trace.sums.is_distance
    assert (trace.sums.sums >= 0).all() and np.isin(trace.sums.kernels, (-1.0, 1.0)).all()
    assert math.isclose(trace.value, trace.shown, rel_tol=1e-5)


def test_the_activation_comes_last_and_the_total_before_it():
    network = build("lenet5-1998").eval()
    digit = np.random.default_rng(0).random((28, 28)).astype(np.float32)
    trace = trace_unit(
        Unit(network.layer_infos()[1], 2, 4, 4),
        layer_weights(network, network.form, "S2"),
        read(network, digit),
    )
    assert [step.kind for step in trace.steps] == [StepKind.SCALE, StepKind.ACTIVATION]
    assert trace.total == trace.steps[0].after == trace.steps[1].before
    assert math.isclose(trace.value, 1.7159 * math.tanh(2 / 3 * trace.total))


def test_weights_without_measure_are_refused_and_one_unit_s_are_told():
    network = build("lenet5-convolutions")
    assert layer_weights(network, network.form, "F7").reason is NoReason.TOO_LARGE
    one = layer_weights(network, network.form, "F7", 5)
    assert one.reason is None and one.kernels.shape == (1, 256, 7, 7)


def recognition(logits: np.ndarray, probabilities: np.ndarray) -> Recognition:
    return Recognition(logits.astype(np.float32), probabilities.astype(np.float32), {})


def info(**metadata: str) -> NetworkInfo:
    layers = NETWORKS["lenet5"].layer_infos
    return NetworkInfo("", "", tuple("0123456789"), 0, layers, "", "", metadata=metadata)


def test_the_softmax_is_what_is_computed_with_its_temperature():
    logits = np.random.default_rng(0).normal(size=10) * 5
    shares = torch.softmax(torch.from_numpy(logits) / 0.8236, 0).numpy()
    trace = trace_softmax(recognition(logits, shares), info(temperature="0.8236"))
    assert trace.reason is None and trace.temperature == 0.8236
    assert np.allclose(trace.exponentials / trace.total, shares, atol=1e-6)
    assert trace.exponentials.max() == 1.0 and trace.peak == trace.scaled.max()


def test_what_is_no_softmax_is_said_to_be_none():
    logits = np.zeros(10)
    assert trace_softmax(recognition(logits, np.full(10, 0.5)), info()).reason is (
        NoReason.NOT_A_SOFTMAX
    )
    logits[3] = np.nan
    assert trace_softmax(recognition(logits, np.full(10, 0.1)), info()).reason is (
        NoReason.NOT_FINITE
    )
