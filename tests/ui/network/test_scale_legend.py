from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from digitpad.core.results import LayerInfo, LayerKind
from digitpad.ui.network.activation_picture import LINE, NEUTRAL, UNDEFINED, activation_colours
from digitpad.ui.network.scale_legend import (
    Scale,
    legend_image,
    legend_room,
    paint_legend,
    resting_scale,
    scale_of,
)
from digitpad.ui.style.panel import MINUS, Panel
from digitpad.ui.style.theme import LIGHT
from tests.ui.colours import share_of


@pytest.fixture
def panel(qtbot) -> Panel:
    panel = Panel()
    qtbot.addWidget(panel)
    panel.resize(300, 100)
    return panel


def painted(panel: Panel, scale: Scale, undefined: int = 0) -> np.ndarray:
    """The title line with nothing but the legend: uint8 (h, w, 3)."""
    picture = QImage(300, 24, QImage.Format.Format_RGB888)
    picture.fill(LIGHT.ground)
    painter = QPainter(picture)
    colours = legend_image(activation_colours(LIGHT)[:LINE], scale.from_zero)
    paint_legend(painter, panel, scale, colours, 0, 300, undefined)
    painter.end()
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(24, picture.bytesPerLine())
    return rows[:, :900].reshape(24, 300, 3).copy()


@pytest.mark.parametrize(
    ("scale", "ends"),
    [
        (Scale(1.0), (f"{MINUS}1", "+1")),
        (Scale(1.7159), (f"{MINUS}1.7", "+1.7")),
        (Scale(6.0, from_zero=True), ("0", "+6")),
        (Scale(99_999.0), (f"{MINUS}99999", "+99999")),
        (Scale(372.1, from_zero=True, start=355.4), ("355.4", "372.1")),
        (Scale(3.4e38), (f"{MINUS}3.4e+38", "+3.4e+38")),
    ],
)
def test_the_ends_are_said_in_few_figures(scale, ends):
    assert scale.ends == ends


def test_a_range_from_zero_has_no_colours_below_it(panel):
    both = painted(panel, Scale(1.0))
    above = painted(panel, Scale(1.0, from_zero=True))
    assert share_of(both, LIGHT.negative) > 0 < share_of(both, LIGHT.positive)
    assert share_of(above, LIGHT.negative) == 0 < share_of(above, LIGHT.positive)


def test_the_colour_of_undefined_values_is_in_it_only_where_there_are_some(panel):
    assert share_of(painted(panel, Scale(1.0)), LIGHT.undefined) == 0
    with_swatch = painted(panel, Scale(1.0), undefined=2)
    assert share_of(with_swatch, LIGHT.undefined) > 0.005
    # What it takes of the line is asked for.
    assert legend_room(panel, Scale(1.0), 2) > legend_room(panel, Scale(1.0)) + 10


def test_what_has_no_range_yet_has_no_legend(panel):
    output = LayerInfo("output", "fully connected", (2,), 0, 32)
    scale = resting_scale(output)
    assert legend_room(panel, scale) == 0
    assert not (painted(panel, scale) != painted(panel, scale)[0, 0]).any()
    assert scale_of(output, np.float32([-2, 9.1])).ends == (f"{MINUS}9.1", "+9.1")


def test_distances_are_told_apart_however_far_all_of_them_are():
    output = LayerInfo("output", "", (4,), 0, 32, low=0.0, layer_kind=LayerKind.DISTANCES)
    distances = np.float32([372, 355, 368, np.inf])
    scale = scale_of(output, distances)
    assert scale.ends == ("355", "372")
    assert list(scale.indices(distances)) == [2 * NEUTRAL, NEUTRAL, 222, UNDEFINED]
    alike = np.full(3, 355, np.float32)
    assert set(scale_of(output, alike).indices(alike)) == {NEUTRAL}
    for odd in (np.float32([np.nan, np.inf]), np.zeros(0, np.float32)):
        assert scale_of(output, odd).indices(odd).shape == odd.shape
