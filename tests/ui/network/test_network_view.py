from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QRectF
from PySide6.QtWidgets import QApplication

from digitpad.core.results import LayerInfo, LayerKind, Unit
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.ui.network.network_view import NetworkView
from digitpad.ui.shell.window_layout import MENU_BAR, arrange
from digitpad.ui.style.theme import LIGHT
from tests.ui.colours import share_of
from tests.ui.pointers import NONE, Mouse
from tests.ui.stubs import LAYERS, recognition


@pytest.fixture
def view(qtbot) -> NetworkView:
    view = NetworkView()
    qtbot.addWidget(view)
    view.show_layers(LAYERS)
    view.resize(600, 740)
    view.show()
    return view


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(900, 4000), st.integers(600, 2400))
def test_every_layer_has_its_place_at_every_size_of_the_window(view, width, height):
    stage = arrange(width, height - MENU_BAR)
    view.set_unit(stage.unit)
    view.resize(stage.network.size())
    panels = {name: view.panel(name) for name in ("C1", "S2", "C3", "S4", "C5", "F6", "output")}
    for panel in panels.values():
        # Rounding may cost a pixel of the empty edge.
        assert view.rect().adjusted(0, 0, 1, 1).contains(panel.geometry())
        # Every square is seen.
        last = panel.layer.shape[0] - 1 if len(panel.layer.shape) == 3 else 0
        box = panel.map_box(last)
        assert box.right() <= panel.width() + 1 and box.bottom() <= panel.height() + 1
    for one, other in combinations(panels.values(), 2):
        assert not one.geometry().intersects(other.geometry()), (one.layer.name, other.layer.name)


@pytest.mark.parametrize("size", [(900, 600), (1280, 800), (2560, 1440)])
def test_every_layer_has_its_legend(view, seen, size):
    stage = arrange(size[0], size[1] - MENU_BAR)
    view.set_unit(stage.unit)
    view.resize(stage.network.size())
    for name in ("C1", "S2", "C3", "S4", "C5", "F6"):
        panel = view.panel(name)
        title = seen(panel)[: int(panel.title_height)]
        has_legend = share_of(title, LIGHT.negative) > 0 and share_of(title, LIGHT.positive) > 0
        # A pooling layer stands beside the one that it pools, whose range is its own.
        assert has_legend or name in ("S2", "S4"), name


def test_it_reads_like_the_figure_of_1998(view):
    names = ("C1", "S2", "C3", "S4", "C5", "F6", "output")
    view.set_unit(arrange(1280, 800 - MENU_BAR).unit)
    view.resize(arrange(1280, 800 - MENU_BAR).network.size())
    place = {name: view.panel(name).geometry() for name in names}
    for before, after in pairwise(("C1", "S2", "C3", "S4", "C5")):
        assert place[before].right() < place[after].left()
    assert place["C5"].bottom() < place["F6"].top() < place["output"].top()
    # Each map of S2 stands beside the one of C1 that it pools.
    for index in range(6):
        rows = [
            view.panel(name).map_box(index).translated(0, place[name].y()) for name in ("C1", "S2")
        ]
        assert rows[0].center().y() == pytest.approx(rows[1].center().y(), abs=1)
        assert rows[1].width() <= rows[0].width()


def test_layers_that_stand_side_by_side_scroll_together(view):
    view.show_layers(NETWORKS["lenet5-convolutions"].layer_infos)
    view.resize(380, 300)
    pooled, pooling = view.panel("C5"), view.panel("S6")
    assert len(pooled.shown) < 256 and pooled.shown == pooling.shown
    pooled.scroll_to(2)
    assert pooled.shown.start > 0 and pooling.shown == pooled.shown
    pooling.scroll_to(1)
    assert pooled.shown == pooling.shown


def test_the_gaps_say_what_each_layer_does(view, seen):
    view.set_unit(1.0)
    view.resize(arrange(1280, 800 - MENU_BAR).network.size())
    before = seen(view).copy()
    view.marks.show_operations((), {}, QRectF())
    changed = (seen(view) != before).any(axis=2)
    assert changed.any()
    for panel in view.panels.values():
        box = panel.geometry()
        assert not changed[box.top() : box.bottom(), box.left() + 1 : box.right() - 1].any()


def test_the_hint_is_there_as_long_as_it_is_said_and_nothing_moves(view):
    view.set_unit(1.0)
    view.say_squares(True)
    view.resize(arrange(1280, 800 - MENU_BAR).network.size())
    assert view.marks.has_hint
    places = {name: panel.geometry() for name, panel in view.panels.items()}
    at = view.panel("C1").map_box(0).center()
    Mouse(view.panel("C1")).send(QEvent.Type.MouseMove, (at.x(), at.y()), NONE, NONE)
    assert view.marks.has_hint
    view.say_squares(False)
    assert not view.marks.has_hint
    view.resize(view.width() + 40, view.height())
    view.resize(view.width() - 40, view.height())
    assert not view.marks.has_hint
    assert places == {name: panel.geometry() for name, panel in view.panels.items()}


def test_a_low_view_has_the_hint_in_a_line_of_its_own(view):
    layout = arrange(800, 560)
    view.say_squares(True)
    view.set_unit(layout.unit)
    view.resize(layout.network.size())
    assert view.marks.has_hint
    line = view.marks._hint.toAlignedRect()
    assert view.rect().contains(line)
    assert not any(panel.geometry().intersects(line) for panel in view.panels.values())


def test_the_outputs_have_their_names_beside_their_squares(view, seen):
    view.set_unit(1.0)
    view.resize(arrange(1280, 800 - MENU_BAR).network.size())
    view.show_layers(LAYERS, tuple("0123456789"))
    panel = view.panel("output")
    assert panel.grid == (10, 1)
    rest = seen(panel).copy()
    view.show_activations(recognition(7).activations)
    beside = int(panel.map_box(0).right()) + 2
    assert (seen(panel)[:, beside:] != rest[:, beside:]).any()
    # Where there is no room for them they stand in a block.
    view.resize(600, 90)
    assert view.panel("output").grid != (10, 1)


def test_every_layer_shows_its_own_output_and_rests_without_one(view):
    view.show_activations(recognition(7).activations)
    assert all(
        view.panel(layer.name).value_at((0, 0, 0)) == pytest.approx(0.7) for layer in LAYERS[:-1]
    )
    view.show_activations(None)
    assert all(view.panel(layer.name).value_at((0, 0, 0)) is None for layer in LAYERS[:-1])


def test_units_are_shown_as_characters_by_what_the_last_layer_is_whatever_its_words(view):
    f6 = LayerInfo("F6", "", (84,), 0, 28)
    for kind, rows in ((LayerKind.DISTANCES, 12), (LayerKind.FULL, 7)):
        words = "squared distance" if kind is LayerKind.FULL else "quadrierter Abstand"
        view.show_layers((f6, LayerInfo("output", words, (10,), 0, 28, layer_kind=kind)))
        assert view.panel("F6").grid == (rows, 84 // rows)


def test_activations_that_do_not_fit_their_layer_are_left_out(view):
    view.show_activations(
        {"C1": np.zeros((5, 28, 28), np.float32), "C3": np.ones((16, 10, 10), np.float32)}
    )
    assert (
        view.panel("C1").value_at((0, 0, 0)) is None and view.panel("C3").value_at((0, 0, 0)) == 1
    )


def test_pointing_at_a_unit_tells_which_it_is(view):
    said = []
    view.unit_pointed_at.connect(said.append)
    for name, unit, rows in (("C1", (0, 0, 0), 28), ("C3", (3, 9, 0), 10)):
        panel = view.panel(name)
        box = panel.map_box(unit[0])
        cell = box.width() / rows
        at = box.x() + (unit[2] + 0.5) * cell, box.y() + (unit[1] + 0.5) * cell
        Mouse(panel).send(QEvent.Type.MouseMove, at, NONE, NONE)
        assert said[-1] == Unit(panel.layer, *unit)
        QApplication.sendEvent(panel, QEvent(QEvent.Type.Leave))
        assert said[-1] is None


def test_showing_the_same_layers_keeps_the_panels_and_others_replace_them(view):
    before = view.panel("C1")
    view.show_activations(recognition(7).activations)
    view.show_layers(LAYERS)
    assert view.panel("C1") is before and before.value_at((0, 0, 0)) is not None
    view.show_layers(
        (
            LayerInfo("A", "convolution", (32, 26, 26), 320, 3),
            LayerInfo("B", "maximum", (32, 13, 13), 0, 4),
            LayerInfo("D", "fully connected", (50,), 0, 28),
            LayerInfo("out", "fully connected", (10,), 0, 28),
        )
    )
    with pytest.raises(KeyError):
        view.panel("C1")
    assert (
        view.panel("A").isVisible()
        and view.panel("A").geometry().isValid()
        and not view.grab().isNull()
    )


@pytest.mark.parametrize(
    "layers",
    [
        (),
        (LayerInfo("only", "", (10,), 0, 28),),
        (
            LayerInfo("F1", "", (300,), 0, 28),
            LayerInfo("F2", "", (100,), 0, 28),
            LayerInfo("out", "", (10,), 0, 28),
        ),
        tuple(LayerInfo(f"C{i}", "", (2**i, 40, 40), 0, 3) for i in range(1, 8)),
    ],
)
def test_networks_of_another_build_are_laid_out(view, layers):
    view.show_layers(layers)
    view.resize(380, 500)
    view.show_activations({layer.name: np.ones(layer.shape, np.float32) for layer in layers})
    assert not view.grab().isNull()
