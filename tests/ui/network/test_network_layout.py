from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF

from digitpad.core.results import LayerInfo, LayerKind
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.ui.network.network_layout import TABLE, Room, columns_of, lay_out
from digitpad.ui.shell.window_layout import arrange

SIZES = [(800, 560), (900, 600), (1280, 800), (2560, 1440)]


def boxes(layers: tuple[LayerInfo, ...], room: Room) -> dict[str, QRectF]:
    return {name: QRectF(*box) for name, box in lay_out(layers, room).items()}


def room(size: tuple[int, int], share: float = 1.0, ratio: float = 1.0) -> Room:
    """The network's box in a window, or its share in height."""
    stage = arrange(*size)
    return Room(
        stage.network.width(), stage.network.height() * share, stage.unit, ratio, 24 * stage.unit
    )


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("share", [1.0, 0.44])
def test_each_layer_of_each_network_has_a_place_of_its_own(name, size, share):
    layers = NETWORKS[name].layer_infos[:-1]
    within = room(size, share)
    placed = boxes(layers, within)
    tables = {TABLE + layer.name for layer in layers if layer.connections}
    assert set(placed) - tables == {layer.name for layer in layers}
    if size != (800, 560) or share == 1.0:
        assert tables <= set(placed)
    whole = QRectF(0, 0, within.width, within.height).adjusted(-0.01, -0.01, 1, 0.01)
    for key, box in placed.items():
        assert whole.contains(box), (key, box)
        assert box.width() >= 60 * within.unit and box.height() > within.title, (key, box)
    for layer in layers:
        if len(layer.shape) == 1:
            # Its name and its legend.
            assert placed[layer.name].width() >= 110 * within.unit, layer.name
    for (one, box), (other, second) in combinations(placed.items(), 2):
        assert not box.intersects(second), (one, other)


@pytest.mark.parametrize("ratio", [1.5, 2.0])
def test_finer_screens_are_laid_out_too(ratio):
    placed = boxes(NETWORKS["lenet5-channels"].layer_infos[:-1], room((900, 600), ratio=ratio))
    assert len(placed) == 8 and not any(
        a.intersects(b) for a, b in combinations(placed.values(), 2)
    )


def test_what_is_sampled_down_belongs_beneath_what_it_samples():
    named = [
        [layer.name for layer in column]
        for column in columns_of(NETWORKS["lenet5-convolutions"].layer_infos)
    ]
    assert named == [["C1"], ["C2", "S3"], ["C4"], ["C5", "S6"]]


def test_three_columns_read_from_left_to_right():
    placed = boxes(NETWORKS["lenet5-windows"].layer_infos[:-1], room((1280, 800)))
    assert (
        placed["C1"].right() <= placed["C3"].left() and placed["C3"].right() <= placed["C5"].left()
    )
    assert placed["S2"].top() == placed["S4"].top() == placed["S6"].top() >= placed["C1"].bottom()


def test_a_layout_depends_on_what_layers_are_and_not_on_their_words():
    layers = NETWORKS["lenet5"].layer_infos[:-1]
    in_other_words = tuple(replace(layer, kind="Faltung") for layer in layers)
    within = room((1280, 800))
    assert boxes(in_other_words, within) == boxes(layers, within)
    # The layers that see strokes get more of the room than those that only sample them down.
    as_pooling = tuple(replace(layer, layer_kind=LayerKind.POOLING_MAX) for layer in layers)
    assert boxes(as_pooling, within) != boxes(layers, within)


@pytest.mark.parametrize("layers", [(), (LayerInfo("F", "", (300,), 0, 28),) * 1])
def test_networks_without_maps_are_stacked(layers):
    assert set(boxes(layers, Room(300, 200))) == {layer.name for layer in layers}
