from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitpad.ink.drawing import PlacedPicture
from digitpad.ink.normalize import Frame
from digitpad.ink.rasterize import rasterize
from digitpad.ink.whole_field import whole_field


@given(st.integers(0, 2**32 - 1))
def test_a_picture_that_fills_the_pad_comes_out_as_it_went_in(seed):
    picture = np.random.default_rng(seed).integers(0, 256, (28, 28), np.uint8)
    digit, frame = whole_field(rasterize([PlacedPicture.fitted(picture)]))
    assert digit.dtype == np.float32 and np.array_equal(np.rint(digit * 255), picture)
    assert frame == Frame(0, 0, 10)


def test_empty_ink_has_no_frame():
    digit, frame = whole_field(np.zeros((280, 280), np.uint8))
    assert not digit.any() and frame is None


@pytest.mark.parametrize("shape", [(280, 140), (100, 100), (28,), (0, 0)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(ValueError, match="square"):
        whole_field(np.zeros(shape, np.uint8))
