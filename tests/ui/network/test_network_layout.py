from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from digitpad.core.geometry import Feed, Geometry
from digitpad.core.results import LayerInfo, LayerKind
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.ui.network.map_groups import groups_of
from digitpad.ui.network.network_layout import TABLE, Layout, lay_out
from digitpad.ui.network.packing import FRAME, MAP_GAP
from digitpad.ui.network.room import Room
from digitpad.ui.shell.window_layout import MENU_BAR, arrange

SIZES = [(800, 560), (900, 600), (1280, 800), (2560, 1440)]


def residual() -> tuple[LayerInfo, ...]:
    """A network whose blocks add what came in to what they made of it."""
    conv = Geometry((3, 3), (1, 1), (1, 1))
    layers = [LayerInfo("conv", "convolution 3 × 3", (16, 28, 28), 0, 3, feeds=(Feed("", conv),),
                        layer_kind=LayerKind.CONVOLUTION)]  # fmt: skip
    for number, (maps, side) in enumerate(((16, 28), (32, 14), (64, 7)), 1):
        before, names = layers[-1], [f"block{number}.a", f"block{number}.b", f"block{number}.sum"]
        for name, kind, words in zip(
            names,
            (LayerKind.CONVOLUTION, LayerKind.CONVOLUTION, LayerKind.OTHER),
            ("convolution 3 × 3, ReLU", "convolution 3 × 3", "sum, ReLU"),
            strict=True,
        ):
            same = kind is LayerKind.OTHER
            feed = Feed(layers[-1].name, Geometry() if same else conv, same)
            shortcut = (Feed(before.name, Geometry(), True),) if same else ()
            shape = (maps, side, side)
            layers.append(
                LayerInfo(name, words, shape, 0, 9, feeds=(feed, *shortcut), layer_kind=kind)
            )
    full = LayerKind.FULL
    return (*layers, LayerInfo("output", "fully connected", (10,), 0, 28, layer_kind=full))


ALL = {name: network.layer_infos for name, network in NETWORKS.items()} | {"residual": residual()}


def room(size: tuple[int, int], share: float = 1.0, ratio: float = 1.0) -> Room:
    """The network's box in a window, or its share in height."""
    stage = arrange(size[0], size[1] - MENU_BAR)
    return Room(
        stage.network.width(), stage.network.height() * share, stage.unit, ratio, 24 * stage.unit
    )


def boxes(layout: Layout) -> dict[str, QRectF]:
    return {name: QRectF(*box) for name, box in layout.boxes.items()}


def sides(layers: tuple[LayerInfo, ...], layout: Layout) -> list[tuple[LayerInfo, int]]:
    """Each layer of maps with the longer side of its maps as drawn, in device pixels."""
    return [
        (layer, max(layer.shape[1:]) * layout.packings[layer.name].cell)
        for layer in layers
        if len(layer.shape) == 3
    ]


def is_sound(layers: tuple[LayerInfo, ...], within: Room) -> Layout:
    """Whether nothing overlaps, nothing is cut, and no map is larger than one before it."""
    layout = lay_out(layers, within)
    placed = boxes(layout)
    tables = {TABLE + layer.name for layer in layers if layer.connections}
    assert set(placed) - tables == {layer.name for layer in layers}
    whole = QRectF(0, 0, within.width, within.height).adjusted(-0.01, -0.01, 1.01, 1.01)
    for key, box in placed.items():
        assert whole.contains(box), (key, box, within)
    for (one, box), (other, second) in combinations(placed.items(), 2):
        assert not box.adjusted(0.01, 0.01, -0.01, -0.01).intersects(second), (one, other)
    for operation in layout.operations:
        area = QRectF(*operation.box)
        assert whole.contains(area) and area.height() > 0 and area.width() > 0
        for key, box in placed.items():
            assert not box.adjusted(0.01, 0.01, -0.01, -0.01).intersects(area), (operation, key)
    for layer in layers:
        if len(layer.shape) == 3:
            packing, box = layout.packings[layer.name], placed[layer.name]
            gap = max(2, round(MAP_GAP * within.unit * within.ratio))
            across = packing.across * (layer.shape[2] * packing.cell + gap) - gap + 2 * FRAME
            high = packing.pitch * (packing.down - 1) + packing.lead
            high += layer.shape[1] * packing.cell + 2 * FRAME
            assert across <= box.width() * within.ratio + 0.01, layer.name
            assert high <= (box.height() - within.title) * within.ratio + 1.01, layer.name
    for (layer, side), (later, other) in combinations(sides(layers, layout), 2):
        if max(layer.shape[1:]) >= max(later.shape[1:]):
            assert side >= other, (layer.name, side, later.name, other)
    return layout


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("share", [1.0, 0.5, 0.42])
def test_every_network_flows_at_the_windows_usual_sizes(name, size, share):
    layers, within = ALL[name], room(size, share)
    layout = is_sound(layers, within)
    if share == 1.0:
        assert {TABLE + layer.name for layer in layers if layer.connections} <= set(layout.boxes)
    for layer in layers:
        if len(layer.shape) == 3 and share == 1.0:
            assert layout.packings[layer.name].cell * layer.shape[1] >= 14 * within.unit


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(ALL)),
    st.integers(800, 3200),
    st.integers(560, 2000),
    st.sampled_from([1.0, 0.6, 0.5, 0.4]),
    st.sampled_from([1.0, 1.5, 2.0]),
)
@example("lenet5-convolutions", 800, 560, 0.4, 1.0)
@example("residual", 900, 600, 1.0, 1.0)
def test_nothing_overlaps_is_cut_or_grows_along_the_way_at_any_size(
    name, width, height, share, ratio
):
    is_sound(ALL[name], room((width, height), share, ratio))


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("size", SIZES)
def test_layers_stand_in_the_order_of_the_computation(name, size):
    layers = ALL[name]
    placed = boxes(lay_out(layers, room(size)))
    for before, layer in pairwise(layers):
        one, other = placed[before.name], placed[layer.name]
        # Further right, further down, or at the head of the next column.
        is_after = other.left() >= one.right() or other.top() >= one.bottom()
        assert is_after, (before.name, layer.name)


@pytest.mark.parametrize("name", ALL)
def test_each_pooling_map_stands_beside_the_map_that_it_pools(name):
    layers = ALL[name]
    layout = lay_out(layers, room((1280, 800)))
    placed = boxes(layout)
    for group in groups_of(layers):
        first = layout.packings[group[0].name]
        for before, layer in pairwise(group):
            one, other = placed[before.name], placed[layer.name]
            packing = layout.packings[layer.name]
            assert other.left() >= one.right() and other.top() == one.top()
            assert (packing.across, packing.down, packing.pitch) == (
                first.across,
                first.down,
                first.pitch,
            )
            # The middles of the maps of a row lie on one line.
            middles = [
                2 * layout.packings[each.name].lead
                + each.shape[1] * layout.packings[each.name].cell
                for each in (before, layer)
            ]
            assert abs(middles[0] - middles[1]) <= 1


def test_lenet_5_is_drawn_as_its_figure():
    layers = NETWORKS["lenet5"].layer_infos
    layout = lay_out(layers, room((1280, 800)))
    placed = boxes(layout)
    names = ["C1", "S2", "C3", "S4", "C5"]
    assert all(placed[a].right() <= placed[b].left() for a, b in pairwise(names))
    assert placed["C5"].bottom() <= placed["F6"].top()
    assert placed["F6"].bottom() <= placed["output"].top()
    assert {operation.layer for operation in layout.operations} == {
        layer.name for layer in layers[1:]
    }
    # All maps are seen.
    for layer in layers[:4]:
        packing = layout.packings[layer.name]
        assert packing.across * packing.down >= layer.shape[0]


def test_a_convolution_begins_a_group_and_what_is_made_map_by_map_belongs_to_it():
    named = [[layer.name for layer in group] for group in groups_of(ALL["lenet5-convolutions"])]
    assert named == [["C1"], ["C2", "S3"], ["C4"], ["C5", "S6"]]
    named = [[layer.name for layer in group] for group in groups_of(residual())]
    assert named[:3] == [["conv"], ["block1.a"], ["block1.b", "block1.sum"]]


def test_a_layout_depends_on_what_layers_are_and_not_on_their_words():
    layers = NETWORKS["lenet5"].layer_infos
    in_other_words = tuple(replace(layer, kind="Faltung") for layer in layers)
    within = room((1280, 800))
    assert boxes(lay_out(in_other_words, within)) == boxes(lay_out(layers, within))


def test_the_same_network_lies_alike_above_and_below():
    within = room((1280, 800), 0.44)
    layers = NETWORKS["lenet5"].layer_infos
    other = tuple(replace(layer, parameters=1) for layer in layers)
    assert lay_out(layers, within) == lay_out(other, within)


@pytest.mark.parametrize(
    "layers",
    [
        (),
        (LayerInfo("F", "", (300,), 0, 28),),
        (LayerInfo("F1", "", (300,), 0, 28), LayerInfo("F2", "", (10,), 0, 28)),
    ],
)
def test_networks_without_maps_have_their_place_too(layers):
    placed = boxes(lay_out(layers, Room(300, 200)))
    assert set(placed) == {layer.name for layer in layers}


@pytest.mark.parametrize("size", [(1, 1), (30, 20), (120, 60), (314, 90)])
def test_a_room_too_small_for_all_still_holds_a_box_for_each(size):
    layers = tuple(LayerInfo(f"C{i}", "", (2**i, 40, 40), 0, 3) for i in range(1, 8))
    for given_layers in (layers, NETWORKS["lenet5"].layer_infos):
        layout = lay_out(given_layers, Room(*size))
        assert {layer.name for layer in given_layers} <= set(layout.boxes)
