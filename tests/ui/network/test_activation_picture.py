from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from digitpad.ui.network.activation_picture import (
    GROUND,
    LINE,
    NEUTRAL,
    UNDEFINED,
    activation_colours,
    colour_indices,
    framed_maps,
    largest_in,
    undefined_in,
)
from digitpad.ui.network.packing import Packing, Tiles
from digitpad.ui.style.theme import DARK, LIGHT
from tests.ui.colours import rgb

NAN, INF = np.float32("nan"), np.float32("inf")
activations = arrays(
    np.float32, (3, 4), elements=st.floats(width=32, allow_nan=True, allow_infinity=True)
)


def test_the_ends_of_the_range_and_zero_have_their_colours():
    indices = colour_indices(np.array([-2, -1, 0, 1, 2], np.float32), 2.0)
    assert indices.tolist() == [0, NEUTRAL // 2, NEUTRAL, NEUTRAL * 3 // 2, 2 * NEUTRAL]


def test_what_lies_beyond_the_range_has_the_colour_of_its_end():
    indices = colour_indices(np.array([-3.4e38, 3.4e38], np.float32), 1.0)
    assert indices.tolist() == [0, 2 * NEUTRAL]


@given(activations, st.sampled_from([1e-6, 0.5, 1.0, 1.7159, 3e38]))
def test_nan_and_infinity_alone_have_the_colour_outside_the_scale(activation, end):
    indices = colour_indices(activation, end)
    assert np.array_equal(indices == UNDEFINED, ~np.isfinite(activation))
    assert indices[np.isfinite(activation)].max(initial=0) <= 2 * NEUTRAL
    assert undefined_in(activation) == np.count_nonzero(indices == UNDEFINED)


def test_nan_and_infinity_are_no_part_of_the_range():
    assert largest_in(np.array([NAN, -3.5, 2, INF, -INF], np.float32)) == 3.5
    assert largest_in(np.array([NAN, INF], np.float32)) == 0
    assert largest_in(np.zeros(0, np.float32)) == 0


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_index_has_its_colour(theme):
    colours = activation_colours(theme)
    assert len(colours) == 256
    for index, colour in (
        (0, theme.negative),
        (NEUTRAL, theme.zero),
        (2 * NEUTRAL, theme.positive),
        (LINE, theme.line),
        (GROUND, theme.ground),
        (UNDEFINED, theme.undefined),
    ):
        assert np.array_equal(rgb(colours[index]), rgb(colour))


def test_each_map_is_framed_and_nothing_lies_between_them():
    maps = np.arange(3 * 2 * 2, dtype=np.uint8).reshape(3, 2, 2)
    sheet = framed_maps(maps, Tiles(3, 2, 2, gap=3, unit=1.0), Packing(across=2, down=2, cell=2))
    # Two maps of 2 x 2 squares of 2 pixels, 3 apart, with the line around both.
    assert sheet.shape == (4 + 3 + 4 + 2, 4 + 3 + 4 + 2)
    assert np.array_equal(sheet[1:5, 1:5], maps[0].repeat(2, 0).repeat(2, 1))
    assert np.array_equal(sheet[8:12, 1:5], maps[2].repeat(2, 0).repeat(2, 1))
    assert set(sheet[0, :6].tolist()) == {LINE}
    assert set(sheet[:6, 6].tolist()) == {GROUND} == set(sheet[7:, 7:].ravel().tolist())
