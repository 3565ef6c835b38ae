from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from digitpad.ink import capsules
from digitpad.ink.capsules import Capsules

SIDE = 90


@st.composite
def polylines(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Points on a sheet, half beside it and outside, close together and far apart, with radii."""
    n = draw(st.integers(1, 12))
    place = st.one_of(st.integers(-20, 110), st.floats(-60, 150, width=32), st.just(45.0))
    xy = draw(arrays(np.float64, (n, 2), elements=place))
    return xy, draw(arrays(np.float64, (n,), elements=st.floats(0.3, 70)))


@given(polylines(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_looking_at_blocks_first_changes_no_pixel(line, erases):
    found = Capsules.along(*line, SIDE)
    if found is None:
        return
    by_tiles, by_blocks = (np.full((SIDE, SIDE), 100, np.uint8) for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(capsules, "_WORTH_BLOCKS", 1000)
        found.put(by_tiles, erases)
        patch.setattr(capsules, "_WORTH_BLOCKS", 0)
        found.put(by_blocks, erases)
    assert np.array_equal(by_tiles, by_blocks)


def test_a_wide_stroke_is_drawn_by_its_rim(monkeypatch):
    """Of what a wide pen covers few pixels are looked at."""
    xy = np.column_stack([np.linspace(60, 220, 40), np.full(40, 140.0)])
    found = Capsules.along(xy, np.full(40, 50.0), 280)
    looked_at = []
    cover = capsules._Axes.cover

    def counted(self, columns, rows):
        pixels = cover(self, columns, rows)
        looked_at.append(pixels.size)
        return pixels

    monkeypatch.setattr(capsules._Axes, "cover", counted)
    ink = np.zeros((280, 280), np.uint8)
    found.put(ink, False)
    tiles = np.prod(found.high - found.low, axis=1).sum()
    assert 0 < sum(looked_at) < tiles / 6
    assert ink[140, 140] == 255 and not ink[:80].any()


def test_what_touches_no_sheet_is_none():
    assert Capsules.along(np.array([[-90.0, 10.0]]), np.array([5.0]), SIDE) is None
