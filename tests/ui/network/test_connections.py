from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtWidgets import QApplication, QWidget

from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.ui.network.connections import ConnectionLines, ConnectionTable
from digitpad.ui.network.network_view import NetworkView
from digitpad.ui.style.theme import LIGHT
from tests.ui.browsers import tip_at
from tests.ui.choices import answer_of, info_of
from tests.ui.colours import share_of
from tests.ui.hearing import said_of
from tests.ui.pointers import NONE, Finger, Mouse

LAYERS = {layer.name: layer for layer in NETWORKS["lenet5-1998"].layer_infos}


@pytest.fixture
def table(qtbot) -> ConnectionTable:
    table = ConnectionTable(LAYERS["C3"], LAYERS["S2"])
    qtbot.addWidget(table)
    table.resize(400, 110)
    table.show()
    return table


@pytest.fixture
def view(qtbot) -> NetworkView:
    """The network of 1998, as it reads a 7."""
    view = NetworkView()
    qtbot.addWidget(view)
    view.show_layers(info_of("lenet5-1998").layers)
    view.resize(610, 740)
    view.show()
    view.show_activations(answer_of("lenet5-1998", 7).activations)
    return view


def point_at(widget: QWidget, place: QPointF) -> None:
    Mouse(widget).send(QEvent.Type.MouseMove, (place.x(), place.y()), NONE, NONE)


def leave(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))


def test_the_table_of_1998_has_its_sixty_connections(table):
    assert table.made == 60 and table.detail == "60 of 96 connections"
    assert "60 of 96" in table.accessibleName()


def test_a_dot_is_where_a_map_is_seen_and_nowhere_else(table, seen):
    picture = seen(table)
    for column, maps in enumerate(LAYERS["C3"].connections):
        for row in range(6):
            centre = table.cell_box(row, column).center()
            # A dot at rest covers the cell's middle; a gap has but a speck.
            spot = picture[
                round(centre.y()) - 3 : round(centre.y()) + 4,
                round(centre.x()) - 3 : round(centre.x()) + 4,
            ]
            dark = float((spot.astype(int).sum(axis=2) < 3 * 190).mean())
            assert (dark > 0.5) == (row in maps), (row, column)


@pytest.mark.parametrize("size", [(400, 110), (140, 75), (900, 300)])
def test_all_cells_lie_within_and_are_found_again(table, size):
    table.resize(*size)
    for column in range(16):
        for row in range(6):
            box = table.cell_box(row, column)
            assert QRectF(table.rect()).adjusted(-0.01, -0.01, 0.01, 0.01).contains(box)
            assert table.column_at(box.center()) == column
    assert (
        table.column_at(QPointF(5, 2)) is None and table.column_at(QPointF(size[0] + 5, 60)) is None
    )


def test_pointing_at_a_column_is_told_and_leaving_it_too(table):
    told = []
    table.map_hovered.connect(told.append)
    point_at(table, table.cell_box(3, 9).center())
    leave(table)
    assert told == [9, None]


def test_the_tool_tip_counts_from_one(table):
    assert table.describe(15) == "C3, map 16 sees the maps 1, 2, 3, 4, 5, 6 of S2"
    assert (
        tip_at(table, table.cell_box(0, 0).center().toPoint())
        == "C3, map 1 sees the maps 1, 2, 3 of S2"
    )
    assert "60 of 96" in tip_at(table, table.rect().topLeft())


def test_marked_columns_stand_out(table, seen):
    table.mark([2])
    picture = seen(table)
    left, right = table.cell_box(0, 2).left(), table.cell_box(0, 2).right()
    assert share_of(picture[:, round(left) : round(right)], LIGHT.accent) > 0.02
    assert share_of(picture[:, round(right) :], LIGHT.accent) == 0
    table.mark([])
    assert share_of(seen(table), LIGHT.accent) == 0


def test_lines_run_between_the_sides_that_face_each_other(qtbot, seen):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    lines = ConnectionLines(window)
    lines.setGeometry(window.rect())
    window.show()
    lines.join([(QRectF(20, 80, 40, 40), QRectF(220, 20, 40, 40))], LIGHT.accent)
    columns = np.flatnonzero(
        (np.abs(seen(window).astype(int) - [179, 78, 0]).max(axis=2) < 40).any(axis=0)
    )
    assert columns.min() == pytest.approx(60, abs=2) and columns.max() == pytest.approx(222, abs=2)
    lines.join([], LIGHT.accent)
    assert lines.isHidden() and lines.lines == ()


def test_pointing_at_a_map_joins_it_with_the_maps_that_it_sees(view):
    panel = view.panel("C3")
    point_at(panel, panel.map_box(6).center())
    assert len(view._lines.lines) == len(LAYERS["C3"].connections[6]) == 4
    seen_maps = [view._map_box("S2", index) for index in LAYERS["C3"].connections[6]]
    assert sorted(line[0].getRect() for line in view._lines.lines) == sorted(
        box.getRect() for box in seen_maps
    )
    leave(panel)
    assert view._lines.lines == ()


def test_pointing_at_a_map_before_joins_it_with_those_that_see_it(view, seen):
    panel = view.panel("S2")
    point_at(panel, panel.map_box(0).center())
    assert len(view._lines.lines) == sum(0 in maps for maps in LAYERS["C3"].connections) == 10
    assert share_of(seen(view.table("C3")), LIGHT.accent) > 0.02


def test_pointing_into_the_table_joins_the_maps_too(view, seen):
    table = view.table("C3")
    point_at(table, table.cell_box(0, 15).center())
    assert len(view._lines.lines) == 6
    assert share_of(seen(view.panel("S2")), LIGHT.accent) > 0


def test_a_network_that_sees_all_maps_has_no_table(qtbot):
    view = NetworkView()
    qtbot.addWidget(view)
    view.show_layers(info_of("lenet5").layers)
    with pytest.raises(KeyError):
        view.table("C3")


def test_a_column_is_reached_by_keys_and_by_touch(table, qtbot):
    told = []
    table.map_hovered.connect(told.append)
    qtbot.keyClick(table, Qt.Key.Key_Right)
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert told == [0, 1] and said_of(table) == table.describe(1)
    qtbot.keyClick(table, Qt.Key.Key_Left)
    qtbot.keyClick(table, Qt.Key.Key_Left)
    assert told[2:] == [0, 15]
    at = table.cell_box(2, 4).center()
    Finger(table).tap((at.x(), at.y()))
    assert table.current == 4
