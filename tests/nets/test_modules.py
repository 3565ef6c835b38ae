from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from digitpad.core.errors import DigitpadError
from digitpad.core.results import LayerKind
from digitpad.nets import layers
from digitpad.nets.modules import DeclaredNetwork, build
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.nets.spec.catalogue.lenet5_1998 import TABLE_I
from digitpad.nets.spec.declaration import Conv, Dense, Network, Pool, Recipe, one_rate
from digitpad.nets.spec.layer_types import Layer, Maps


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


def random_input(name: str, n: int = 3) -> torch.Tensor:
    side = NETWORKS[name].side
    return torch.randn(n, 1, side, side, generator=torch.Generator().manual_seed(1))


def test_the_logits_of_lenet5_equal_those_of_the_same_layers_in_a_row():
    network, plain = build("lenet5"), tutorial_network()
    plain.load_state_dict(dict(zip(plain.state_dict(), network.state_dict().values(), strict=True)))
    x = random_input("lenet5")
    torch.testing.assert_close(network(x), plain(x), rtol=1e-5, atol=1e-6)


def test_activations_of_lenet5_are_every_layer_of_the_same_forward_pass():
    network = build("lenet5")
    x = random_input("lenet5")
    logits, given = network.activations(x)
    assert torch.equal(logits, network(x)) and torch.equal(given["output"], logits)
    torch.testing.assert_close(given["C1"], torch.tanh(network.C1(x)))
    torch.testing.assert_close(given["S2"][0, 0, 0, 0], given["C1"][0, 0, :2, :2].mean())
    torch.testing.assert_close(given["S4"][0, 3, 4, 4], given["C3"][0, 3, 8:, 8:].mean())
    plain = F.conv2d(given["S4"], network.C5.weight, network.C5.bias).flatten(1)
    torch.testing.assert_close(given["C5"], torch.tanh(plain))
    torch.testing.assert_close(given["F6"], torch.tanh(network.F6(given["C5"])))


@pytest.mark.parametrize("name", NETWORKS)
def test_a_module_has_the_shapes_and_parameters_that_its_declaration_counts(name):
    network = build(name).eval()
    logits, given = network.activations(random_input(name))
    assert logits.shape == (3, 10)
    assert list(given) == [info.name for info in network.layer_infos()]
    for info in network.layer_infos():
        assert tuple(given[info.name].shape) == (3, *info.shape)
        own = getattr(network, info.name, None)
        assert info.parameters == (
            sum(p.numel() for p in own.parameters()) if own is not None else 0
        )


@pytest.mark.parametrize("name", NETWORKS)
def test_no_digits_give_no_logits(name):
    side = NETWORKS[name].side
    assert build(name).eval()(torch.empty(0, 1, side, side)).shape == (0, 10)


@pytest.mark.parametrize(
    ("name", "layer"),
    [
        (name, info.name)
        for name, network in NETWORKS.items()
        for info in network.layer_infos
        if len(info.shape) == 3
    ],
)
def test_a_unit_sees_what_its_info_say(name, layer):
    network = build(name).eval()
    info = next(info for info in network.layer_infos() if info.name == layer)
    side = NETWORKS[name].side
    x = random_input(name, 1).requires_grad_()
    maps = network.activations(x)[1][layer]
    maps[0, :, 1, -1].sum().backward()
    left, top, right, bottom = info.field(1, maps.shape[-1] - 1, side)
    touched = np.argwhere(x.grad[0, 0].abs().numpy() > 0)
    # A maximum passes on to one of those it sees, a dead ReLU to none: what is touched lies within.
    assert touched.min(0)[0] >= top and touched.min(0)[1] >= left
    assert touched.max(0)[0] < bottom and touched.max(0)[1] < right
    if name == "lenet5":
        assert touched.max(0)[0] == bottom - 1 and touched.min(0)[1] == left


def test_c3_of_1998_is_a_full_convolution_with_zeros_where_nothing_is_joined():
    network = build("lenet5-1998")
    x = random_input("lenet5-1998")
    _, given = network.activations(x)
    kernels = network.C3.dense()
    for map_, row in enumerate(TABLE_I):
        joined = kernels[map_].abs().sum((1, 2)) > 0
        assert set(np.flatnonzero(joined.numpy())) == set(row)
    plain = 1.7159 * torch.tanh(F.conv2d(given["S2"], kernels, network.C3.bias) * 2 / 3)
    torch.testing.assert_close(given["C3"], plain)


def test_trained_subsampling_is_the_sum_of_a_block_times_a_factor_plus_a_bias():
    network = build("lenet5-1998")
    with torch.no_grad():
        network.S2.weight[2], network.S2.bias[2] = 0.5, -0.25
    _, given = network.activations(random_input("lenet5-1998"))
    block = given["C1"][0, 2, 4:6, 8:10]
    torch.testing.assert_close(
        given["S2"][0, 2, 2, 4], 1.7159 * torch.tanh((block.sum() * 0.5 - 0.25) * 2 / 3)
    )


def test_the_distances_of_1998_are_smallest_at_the_answer():
    network = build("lenet5-1998")
    logits, given = network.activations(random_input("lenet5-1998"))
    torch.testing.assert_close(logits, -given["output"])
    codes = network.output.codes
    torch.testing.assert_close(given["output"][1, 7], (given["F6"][1] - codes[7]).square().sum())
    assert (
        network.output(codes).argmin(1).tolist() == list(range(10))
        and "output.codes" not in network.state_dict()
    )


def test_the_maps_of_a_group_share_their_kernel_in_003():
    network = build("lenet5-003")
    _, given = network.activations(random_input("lenet5-003"))
    for map_, row, kernel in (
        (4, [4, 5, 0], 0),
        (13, [1, 2, 4, 5], 2),
        (15, [0, 1, 2, 3, 4, 5], 3),
    ):
        shared = network.C3[kernel]
        expected = F.relu(F.conv2d(given["S2"][:, row], shared.weight, shared.bias))
        torch.testing.assert_close(given["C3"][:, map_], expected[:, 0])


def test_dropout_silences_only_while_training():
    network = build("convnet-dropout")
    x = random_input("convnet-dropout")
    network.train()
    given = network.activations(x)[1]
    silent = given["C3"].flatten(2).abs().sum(2) == 0
    assert 0.2 < silent.float().mean() < 0.8 and (given["F5"] == 0).float().mean() > 0.4
    network.eval()
    assert not (network.activations(x)[1]["C3"].flatten(2).abs().sum(2) == 0).any()


def test_weights_start_as_the_recipe_says():
    with torch.random.fork_rng():
        torch.manual_seed(0)
        normal, xavier, paper = (
            build("convnet-8-16", "normal 0.01"),
            build("lenet5-sigmoid", "xavier"),
            build("lenet5-1998", "fan-in 2.4"),
        )
    assert (
        float(normal.output.weight.detach().std()) == pytest.approx(0.01, rel=0.1)
        and not normal.C1.bias.any()
    )
    bound = (6 / (400 + 120)) ** 0.5
    assert bound * 0.95 < float(xavier.F5.weight.detach().abs().max()) <= bound
    assert (
        float(paper.C3.weight[0].detach().abs().max()) <= 2.4 / 75
        and float(paper.F6.weight.detach().abs().max()) <= 2.4 / 120
    )
    with pytest.raises(ValueError, match="'zeros'"):
        build("lenet5", "zeros")


def test_an_unknown_network_is_named_with_those_that_are_known():
    with pytest.raises(DigitpadError, match=r"'alexnet'; known: lenet5, .*lenet5-1998"):
        build("alexnet")


@dataclass(frozen=True)
class Squared(Layer):
    """A type of layers that the package does not have: each value times itself, times a factor."""

    name: str
    activation: str | None = None
    dropout: float = 0.0

    @property
    def layer_kind(self) -> LayerKind:
        return LayerKind.OTHER

    @property
    def words(self) -> str:
        return "squares"

    def output(self, given: Maps) -> Maps:
        return replace(given, range=(0.0, None))

    def parameters(self, given: Maps) -> int:
        return 1

    def multiply_adds(self, given: Maps) -> int:
        return given.count * given.side**2


class SquaredModule(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.factor = nn.Parameter(torch.ones(()))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * x * self.factor


def test_a_type_of_layers_is_one_class_and_one_row(monkeypatch):
    monkeypatch.setitem(layers.MODULES, Squared, lambda layer, maps, side: SquaredModule())
    rows = (Conv("C1", 4, 5), Squared("Q2"), Pool("S3", "max"), Dense("output", 10))
    recipes = {"tutorial": Recipe("sgd", one_rate(1, 0.1), 1)}
    network = DeclaredNetwork(Network("n", "N", "t", "a", rows, recipes))
    x = torch.randn(3, 1, 28, 28)
    given = network.activations(x)[1]
    torch.testing.assert_close(given["Q2"], given["C1"].square())
    told = network.layer_infos()
    assert [tuple(given[one.name].shape[1:]) for one in told] == [one.shape for one in told]
    assert (told[1].kind, told[1].parameters, told[1].receptive_field) == ("squares", 1, 5)
    assert (told[1].low, told[2].low) == (0.0, 0.0) and "Q2.factor" in network.state_dict()


def test_every_type_of_layers_of_the_catalogue_has_its_row():
    used = {type(layer) for network in NETWORKS.values() for layer in network.layers}
    assert used <= layers.MODULES.keys()
