from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScroller, QToolTip

from digitpad.core.results import LayerInfo
from digitpad.ui.network.feature_maps import FeatureMaps
from digitpad.ui.style.hands import lend_hands
from digitpad.ui.style.panel import MINUS, Role
from digitpad.ui.style.theme import DARK, LIGHT
from tests.support import PATIENCE_MS
from tests.ui.colours import rgb, share_of
from tests.ui.hearing import role_of, said_of
from tests.ui.pointers import NONE, Finger, Mouse
from tests.ui.stubs import LAYERS

BY_NAME = {layer.name: layer for layer in LAYERS}


@pytest.fixture
def panel_of(qtbot):
    def make(
        name: str, columns: int | None = None, size: tuple[int, int] = (420, 300)
    ) -> FeatureMaps:
        panel = FeatureMaps(BY_NAME[name], columns)
        qtbot.addWidget(panel)
        panel.resize(*size)
        panel.show()
        return panel

    return make


def middle_of(
    panel: FeatureMaps, unit: tuple[int, int, int], rows: int, columns: int
) -> tuple[int, int]:
    """(x, y) of a unit's middle in the widget."""
    index, row, column = unit
    box = panel.map_box(index)
    return int(box.x() + (column + 0.5) * box.width() / columns), int(
        box.y() + (row + 0.5) * box.height() / rows
    )


def colour_of(picture: np.ndarray, at: tuple[int, int]) -> np.ndarray:
    return picture[at[1], at[0]]


def test_zero_and_rest_are_neutral_and_the_ends_are_the_themes(panel_of, seen):
    panel = panel_of("C3", 4)
    activation = np.zeros((16, 10, 10), np.float32)
    activation[2, 3, 4], activation[15, 9, 9] = 1.0, -1.0
    rest = seen(panel)
    panel.show_activation(activation)
    picture = seen(panel)
    for unit, colour in (
        ((2, 3, 4), LIGHT.positive),
        ((15, 9, 9), LIGHT.negative),
        ((0, 0, 0), LIGHT.zero),
    ):
        assert np.array_equal(colour_of(picture, middle_of(panel, unit, 10, 10)), rgb(colour))
    panel.show_activation(None)
    assert np.array_equal(seen(panel), rest)
    assert np.array_equal(colour_of(rest, middle_of(panel, (2, 3, 4), 10, 10)), rgb(LIGHT.zero))


def test_one_range_holds_for_all_maps_of_a_layer_whatever_their_values(panel_of, seen):
    panel = panel_of("C1", 3)
    panel.show_activation(np.full((6, 28, 28), 0.5, np.float32))
    half = (rgb(LIGHT.positive) + rgb(LIGHT.zero)) / 2
    for index in range(6):
        assert (
            np.abs(colour_of(seen(panel), middle_of(panel, (index, 14, 14), 28, 28)) - half).max()
            < 3
        )


def test_a_layer_without_bounds_takes_its_largest_activation_as_its_end(qtbot, seen):
    layer = LayerInfo("R", "convolution, ReLU", (2, 4, 4), 10, 5)
    panel = FeatureMaps(layer)
    qtbot.addWidget(panel)
    panel.resize(300, 200)
    panel.show()
    activation = np.zeros((2, 4, 4), np.float32)
    activation[1, 0, 0], activation[0, 0, 0] = 7.0, -3.5
    panel.show_activation(activation)
    picture = seen(panel)
    assert np.array_equal(
        colour_of(picture, middle_of(panel, (1, 0, 0), 4, 4)), rgb(LIGHT.positive)
    )
    half = (rgb(LIGHT.negative) + rgb(LIGHT.zero)) / 2
    assert np.abs(colour_of(picture, middle_of(panel, (0, 0, 0), 4, 4)) - half).max() < 3
    panel.show_activation(np.zeros((2, 4, 4), np.float32))
    assert np.array_equal(
        colour_of(seen(panel), middle_of(panel, (1, 0, 0), 4, 4)), rgb(LIGHT.zero)
    )


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_nan_and_infinity_have_a_colour_of_their_own(panel_of, seen, theme):
    panel = panel_of("C3", 4)
    panel.set_theme(theme)
    activation = np.full((16, 10, 10), -1, np.float32)
    undefined = [(2, 3, 4), (15, 9, 9), (0, 0, 0)]
    for unit, value in zip(undefined, ("nan", "inf", "-inf"), strict=True):
        activation[unit] = float(value)
    panel.show_activation(activation)
    picture = seen(panel)
    for unit in undefined:
        at = middle_of(panel, unit, 10, 10)
        assert np.array_equal(colour_of(picture, at), rgb(theme.undefined))
    assert np.array_equal(
        colour_of(picture, middle_of(panel, (7, 5, 5), 10, 10)), rgb(theme.negative)
    )


def test_nan_and_infinity_do_not_stretch_the_range_of_the_others(qtbot, seen):
    panel = FeatureMaps(LayerInfo("R", "convolution, ReLU", (2, 4, 4), 10, 5))
    qtbot.addWidget(panel)
    panel.resize(300, 200)
    panel.show()
    activation = np.zeros((2, 4, 4), np.float32)
    activation[0, 1, 1], activation[1, 0, 0], activation[1, 3, 3] = 7.0, np.nan, np.inf
    panel.show_activation(activation)
    assert np.array_equal(
        colour_of(seen(panel), middle_of(panel, (0, 1, 1), 4, 4)), rgb(LIGHT.positive)
    )
    # A layer of nothing else is painted too.
    panel.show_activation(np.full((2, 4, 4), np.nan, np.float32))
    assert np.array_equal(
        colour_of(seen(panel), middle_of(panel, (0, 1, 1), 4, 4)), rgb(LIGHT.undefined)
    )


@pytest.mark.parametrize("name", ["C1", "F6"])
def test_how_many_are_nan_or_infinite_is_said_as_long_as_they_are_there(panel_of, seen, name):
    panel = panel_of(name, size=(520, 300))
    activation = np.zeros(BY_NAME[name].shape, np.float32)
    panel.show_activation(activation)
    plain = seen(panel)[: int(panel.title_height)]
    activation = activation.copy()
    activation.flat[:2] = np.nan, np.inf
    panel.show_activation(activation)
    title = seen(panel)[: int(panel.title_height)]
    assert share_of(title, LIGHT.undefined) > share_of(plain, LIGHT.undefined)
    assert "2 values are NaN or infinite" in panel.accessibleDescription()
    at = QPoint(3, 3)
    QApplication.sendEvent(panel, QHelpEvent(QHelpEvent.Type.ToolTip, at, panel.mapToGlobal(at)))
    assert "2 values are NaN or infinite" in QToolTip.text()
    QToolTip.hideText()
    assert panel.describe((0, 0, 0)).endswith(": NaN")

    panel.show_activation(None)
    assert np.array_equal(seen(panel)[: int(panel.title_height)], plain)
    assert "NaN" not in panel.accessibleDescription()


def test_a_layer_of_units_shows_them_row_by_row(panel_of, seen):
    panel = panel_of("F6", size=(300, 200))
    activation = np.zeros(84, np.float32)
    activation[13] = 1.0  # 12 in a row: the second of the second row
    panel.show_activation(activation)
    picture = seen(panel)
    assert np.array_equal(
        colour_of(picture, middle_of(panel, (0, 1, 1), 7, 12)), rgb(LIGHT.positive)
    )
    assert np.array_equal(colour_of(picture, middle_of(panel, (0, 1, 2), 7, 12)), rgb(LIGHT.zero))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([("C1", 2), ("C3", 4), ("S4", 8), ("C5", None), ("F6", None)]),
    st.integers(120, 900),
    st.integers(120, 900),
    st.sampled_from([0.84, 1.0, 2.6]),
)
def test_maps_lie_apart_inside_the_widget_and_each_place_belongs_to_its_unit(
    panel_of, named, width, height, unit
):
    panel = panel_of(*named)
    panel.set_unit(unit)
    panel.resize(width, height)
    maps, (rows, columns) = len(panel.shown), panel.grid
    boxes = [panel.map_box(index) for index in panel.shown]
    for i, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[:i])
        if min(width, height) >= 300 / 0.84 * unit:
            assert QRectF(panel.rect()).contains(box)
    for at in ((0, 0, 0), (maps - 1, rows - 1, columns - 1), (maps // 2, rows // 2, columns // 2)):
        if boxes[0].width() >= 2 * columns:
            assert panel.unit_at(QPoint(*middle_of(panel, at, rows, columns))) == at
    assert panel.unit_at(QPoint(-5, -5)) is None
    panel.close()


def test_squares_are_whole_device_pixels(panel_of):
    panel = panel_of("C1", 2, size=(391, 437))
    box = panel.map_box(3)
    assert box.width() % 28 == 0 and box.height() % 28 == 0 and box.x() == int(box.x())
    # Two maps of 28 squares of 4 pixels, the gap and the line around them.
    assert panel.map_box(1).right() == 2 * 28 * 4 + 4 + 1


def test_pointing_at_a_unit_says_which_until_the_pointer_leaves(qtbot, panel_of, seen):
    panel = panel_of("C3", 4)
    said = []
    panel.unit_hovered.connect(said.append)
    mouse = Mouse(panel)
    plain = seen(panel)
    for unit in ((5, 2, 7), (5, 2, 7), (5, 2, 8)):
        mouse.send(QEvent.Type.MouseMove, middle_of(panel, unit, 10, 10), NONE, NONE)
    assert said == [(5, 2, 7), (5, 2, 8)]
    assert not np.array_equal(seen(panel), plain)
    QApplication.sendEvent(panel, QEvent(QEvent.Type.Leave))
    assert said[-1] is None and np.array_equal(seen(panel), plain)


def test_units_are_named_and_valued_as_people_count(panel_of):
    panel = panel_of("C3", 4)
    assert panel.describe((0, 0, 0)) == "C3, map 1, row 1, column 1"
    activation = np.full((16, 10, 10), -0.25, np.float32)
    panel.show_activation(activation)
    assert panel.describe((15, 9, 4)) == f"C3, map 16, row 10, column 5: {MINUS}0.25"
    units = panel_of("C5")
    units.show_activation(np.arange(120, dtype=np.float32) / 120)
    assert units.describe((0, 1, 0)) == "C5, unit 21: +0.17"
    at = QPoint(*middle_of(panel, (1, 2, 3), 10, 10))
    QApplication.sendEvent(panel, QHelpEvent(QHelpEvent.Type.ToolTip, at, panel.mapToGlobal(at)))
    assert QToolTip.text() == f"C3, map 2, row 3, column 4: {MINUS}0.25"
    QToolTip.hideText()


def test_a_number_of_units_that_fills_no_rectangle_has_no_units_in_its_rest(qtbot):
    panel = FeatureMaps(LayerInfo("F", "", (11,), 0, 28), unit_rows=3)
    qtbot.addWidget(panel)
    panel.resize(300, 300)
    panel.show_activation(np.arange(11, dtype=np.float32))
    rows, columns = panel.grid
    assert rows * columns > 11
    assert (
        panel.unit_at(QPoint(*middle_of(panel, (0, rows - 1, columns - 1), rows, columns))) is None
    )
    assert panel.describe((0, 0, 0)).startswith("F, unit 1: ")


def test_the_legend_shows_the_scale(panel_of, seen):
    """Somewhere in the title line the ends and the middle of the scale stand in a row."""
    panel = panel_of("C1", 3, size=(600, 300))
    title = seen(panel)[: int(panel.title_height)]
    row = title[len(title) // 2].astype(int)

    def first(colour: str) -> int:
        return int(np.flatnonzero(np.abs(row - rgb(colour)).max(axis=1) <= 12)[0])

    assert first(LIGHT.negative) < first(LIGHT.positive)


def test_the_theme_colours_it(panel_of, seen):
    panel = panel_of("C3", 4)
    panel.show_activation(np.ones((16, 10, 10), np.float32))
    panel.set_theme(DARK)
    assert np.array_equal(
        colour_of(seen(panel), middle_of(panel, (7, 5, 5), 10, 10)), rgb(DARK.positive)
    )


@pytest.mark.parametrize("size", [(1, 1), (20, 600), (600, 20)])
def test_it_is_painted_at_any_size(panel_of, size):
    for name in BY_NAME:
        assert not panel_of(name, size=size).grab().isNull()


def test_what_is_shown_already_is_not_painted_again(qtbot, monkeypatch):
    panel = FeatureMaps(LAYERS[0])
    qtbot.addWidget(panel)
    activation = np.zeros(LAYERS[0].shape, np.float32)
    panel.show_activation(activation)
    monkeypatch.setattr(panel, "update", lambda: pytest.fail("it is painted again"))
    panel.show_activation(activation)


def test_a_finger_scrolls_maps_that_had_no_room_and_pins_nothing(panel_of, qtbot):
    panel = panel_of("C3", 1, (60, 300))
    lend_hands()
    with qtbot.waitActive(panel, timeout=PATIENCE_MS):
        panel.activateWindow()
    pinned = []
    panel.unit_pinned.connect(lambda *one: pinned.append(one))
    assert len(panel.shown) < 16
    Finger(panel).swipe((20, 250), (20, 100))
    QScroller.scroller(panel).stop()
    assert panel.shown.start > 0 and not pinned
    first = panel.shown.start
    at = panel.map_box(first).center()
    Finger(panel).tap((at.x(), at.y()))
    assert pinned == [((first, 5, 5), False)]


def test_keys_open_tips_and_menus_at_the_unit_that_they_are_at(panel_of, qtbot):
    panel = panel_of("C3", 4)
    assert panel.cursor_box().height() == panel.title_height
    qtbot.keyClick(panel, Qt.Key.Key_Right)
    square = panel.cursor_unit[0]
    assert panel.map_box(square[0]).contains(panel.cursor_box().center())
    asked = panel.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    assert asked == panel.cursor_box()


def test_a_screen_reader_hears_each_unit_that_keys_reach_and_none_that_is_hovered(panel_of, heard):
    panel = panel_of("C3", 4)
    panel.show_activation(np.full((16, 10, 10), -0.25, np.float32))
    Mouse(panel).move(middle_of(panel, (0, 2, 3), 10, 10), NONE)
    assert heard == []
    QTest.keyClick(panel, Qt.Key.Key_Right)
    QTest.keyClick(panel, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert heard == [
        f"C3, map 1, row 3, column 5: {MINUS}0.25",
        f"C3, map 2, row 3, column 5: {MINUS}0.25",
    ]
    assert said_of(panel).startswith(heard[-1]) and role_of(panel) is Role.Graphic
