"""Receptive fields hold what changes a unit, and nothing else."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from digitpad.core.geometry import Feed, Geometry
from digitpad.core.results import LayerInfo, NetworkInfo, Unit
from digitpad.explain.fields import INPUT, fields_of, on_digit
from digitpad.explain.results import FieldBox
from digitpad.nets.modules import build
from digitpad.nets.spec.catalogue import NETWORKS


def units_of(layer: LayerInfo, rng: np.random.Generator, count: int) -> list[Unit]:
    """Some units of a layer, the corners of its maps among them."""
    if len(layer.shape) == 1:
        return [Unit(layer, int(rng.integers(layer.shape[0]))) for _ in range(count)]
    maps, rows, columns = layer.shape
    found = [Unit(layer, int(rng.integers(maps)), 0, 0)]
    found.append(Unit(layer, int(rng.integers(maps)), rows - 1, columns - 1))
    while len(found) < count:
        found.append(
            Unit(
                layer,
                int(rng.integers(maps)),
                int(rng.integers(rows)),
                int(rng.integers(columns)),
            )
        )
    return found


def value(given: dict[str, torch.Tensor], unit: Unit) -> torch.Tensor:
    layer = given[unit.layer.name]
    return layer[:, unit.map] if layer.ndim == 2 else layer[:, unit.map, unit.row, unit.column]


@pytest.mark.parametrize("name", NETWORKS)
def test_only_pixels_inside_its_field_change_a_unit(name):
    torch.manual_seed(3)
    rng = np.random.default_rng(3)
    network = build(name).eval()
    side = network.form.side
    layers = network.layer_infos()
    digit = torch.rand(1, 1, 28, 28)
    with torch.inference_mode():
        before = network.activations(network.form.of(digit))[1]
        for layer in layers:
            changes = 0
            for unit in units_of(layer, rng, 6):
                field = fields_of(unit, layers, side)[INPUT]
                box = on_digit(field, side, network.form.fit)
                inside = torch.zeros(1, 1, 28, 28, dtype=torch.bool)
                if box is not None:
                    left, top, right, bottom = (int(edge) for edge in box)
                    inside[..., top:bottom, left:right] = True
                others = torch.where(inside, digit, torch.rand(1, 1, 28, 28))
                after = network.activations(network.form.of(others))[1]
                assert torch.allclose(value(after, unit), value(before, unit), atol=1e-6), unit
                others = torch.where(inside, torch.rand(1, 1, 28, 28), digit)
                after = network.activations(network.form.of(others))[1]
                changes += not torch.equal(value(after, unit), value(before, unit))
            # A few units may be dead, or see paper alone.
            assert changes > 0, layer.name


@pytest.mark.parametrize("name", NETWORKS)
def test_fields_on_layers_between_hold_what_they_are_made_of(name):
    """On the layer right before, a unit's field is what one step of the network takes."""
    rng = np.random.default_rng(5)
    layers = NETWORKS[name].layer_infos
    for before, layer in pairwise(layers):
        for unit in units_of(layer, rng, 4):
            found = fields_of(unit, layers, NETWORKS[name].side)
            assert before.name in found and INPUT in found
            box = found[before.name]
            height, width = before.shape[1:] if len(before.shape) == 3 else (1, 1)
            assert 0 <= box.top < box.bottom <= height and 0 <= box.left < box.right <= width
            if layer.connections:
                assert box.maps == tuple(sorted(layer.connections[unit.map]))


def chain(*steps: tuple[nn.Module, Feed], side: int) -> list[LayerInfo]:
    """What would be told of modules one behind the other."""
    found: list[LayerInfo] = []
    x = torch.zeros(1, 1, side, side)
    for number, (module, feed) in enumerate(steps):
        x = module(x)
        found.append(LayerInfo(f"L{number}", "", tuple(x.shape[1:]), 0, 1, feeds=(feed,)))
    return found


KERNELS = st.tuples(st.integers(1, 4), st.integers(1, 4))
STEPS = st.tuples(st.integers(1, 3), st.integers(1, 3))


@st.composite
def geometries(draw: st.DrawFn) -> Geometry:
    kernel = draw(KERNELS)
    padding = tuple(draw(st.integers(0, side // 2)) for side in kernel)
    return Geometry(kernel, draw(STEPS), padding, draw(STEPS), draw(st.booleans()))


def module_of(geometry: Geometry) -> nn.Module:
    kind = nn.ConvTranspose2d if geometry.is_transposed else nn.Conv2d
    module = kind(
        1,
        1,
        geometry.kernel,
        geometry.stride,
        geometry.padding,
        dilation=geometry.dilation,
    )
    nn.init.uniform_(module.weight, 0.5, 1.0)
    return module


@settings(max_examples=120, deadline=None)
@given(st.lists(geometries(), min_size=1, max_size=3), st.data())
def test_any_stride_padding_dilation_and_transposition_is_framed(drawn, data):
    side = 16
    try:
        modules = [module_of(one) for one in drawn]
        infos = chain(
            *(
                (module, Feed(f"L{number - 1}" if number else "", one))
                for number, (module, one) in enumerate(zip(modules, drawn, strict=True))
            ),
            side=side,
        )
    except RuntimeError:
        return  # no room for the kernel
    layer = infos[-1]
    _, rows, columns = layer.shape
    row, column = (data.draw(st.integers(0, size - 1)) for size in (rows, columns))
    x = torch.rand(1, 1, side, side, requires_grad=True)
    (gradient,) = torch.autograd.grad(nn.Sequential(*modules)(x)[0, 0, row, column], x)
    moved = gradient[0, 0].numpy() != 0
    box = fields_of(Unit(layer, 0, row, column), infos, side).get(INPUT)
    if box is None:
        assert not moved.any()
        return
    framed = np.zeros((side, side), bool)
    framed[box.top : box.bottom, box.left : box.right] = True
    assert not (moved & ~framed).any()
    # The frame is no wider than what is seen, where one step alone has no gaps.
    if len(drawn) == 1 and moved.any():
        seen_rows, seen_columns = np.flatnonzero(moved.any(1)), np.flatnonzero(moved.any(0))
        assert (box.top, box.left) == (seen_rows[0], seen_columns[0]) or drawn[0].dilation != (1, 1)


@settings(max_examples=60, deadline=None)
@given(st.integers(8, 60), st.data())
def test_a_resized_digit_is_framed_by_the_pixels_it_is_made_of(side, data):
    if side == 28:
        return
    row, column = data.draw(st.integers(0, side - 1)), data.draw(st.integers(0, side - 1))
    x = torch.rand(1, 1, 28, 28, requires_grad=True)
    resized = F.interpolate(
        x, size=(side, side), mode="bilinear", align_corners=False, antialias=side < 28
    )
    (gradient,) = torch.autograd.grad(resized[0, 0, row, column], x)
    moved = gradient[0, 0].abs().numpy() > 1e-7
    box = on_digit(FieldBox(row, column, row + 1, column + 1), side, "resize")
    assert box is not None
    left, top, right, bottom = (int(edge) for edge in box)
    framed = np.zeros((28, 28), bool)
    framed[top:bottom, left:right] = True
    assert moved.any() and not (moved & ~framed).any()
    assert framed.sum() <= (moved.any(1).sum() + 1) * (moved.any(0).sum() + 1)


def test_paper_around_the_digit_is_no_part_of_it():
    assert on_digit(FieldBox(0, 0, 2, 2), 32, "pad") is None
    assert on_digit(FieldBox(0, 0, 5, 5), 32, "pad") == (0, 0, 3, 3)
    assert on_digit(FieldBox(3, 4, 5, 6), 28, "same") == (4, 3, 6, 5)


def test_a_branch_that_a_unit_does_not_see_is_not_framed():
    layers = (
        LayerInfo("A", "", (1, 8, 8), 0, 1, feeds=(Feed("", Geometry((3, 3), padding=(1, 1))),)),
        LayerInfo("B", "", (1, 8, 8), 0, 1, feeds=(Feed("A", Geometry((3, 3), padding=(1, 1))),)),
        LayerInfo("C", "", (1, 8, 8), 0, 1, feeds=(Feed("A", Geometry()),)),
        LayerInfo("D", "", (1, 8, 8), 0, 1, feeds=(Feed("B", Geometry()), Feed("A", Geometry()))),
    )
    assert fields_of(Unit(layers[2], 0, 2, 2), layers, 8).keys() == {"A", INPUT}
    both = fields_of(Unit(layers[3], 0, 4, 4), layers, 8)
    assert both["A"] == FieldBox(3, 3, 6, 6) and both["B"] == FieldBox(4, 4, 5, 5)
    assert both[INPUT] == FieldBox(2, 2, 7, 7)


def test_without_feeds_the_layer_s_own_field_is_taken():
    layer = LayerInfo("X", "", (2, 5, 5), 0, 6, stride=4, start=-1)
    found = fields_of(Unit(layer, 1, 1, 2), (layer,), 24)
    assert found == {INPUT: FieldBox(3, 7, 9, 13)}


def test_a_unit_of_a_network_s_description_has_its_field_on_the_digit():
    declared = NETWORKS["lenet5"]
    info = NetworkInfo("", "", tuple("0123456789"), 0, declared.layer_infos, "", "")
    unit = Unit(info.layers[2], 0, 0, 0)
    found = fields_of(unit, info.layers, info.side)
    assert found["S2"] == FieldBox(0, 0, 5, 5)
    assert found["C1"] == FieldBox(0, 0, 10, 10)
    # C1 pads the digit by two, which are no pixels of it.
    assert on_digit(found[INPUT], info.side, info.fit) == (0, 0, 12, 12)
