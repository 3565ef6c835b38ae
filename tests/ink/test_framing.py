from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitpad.datasets import DATASETS, load
from digitpad.ink.drawing import PlacedPicture
from digitpad.ink.normalize import normalize_framed
from digitpad.ink.pipeline import framed
from digitpad.ink.rasterize import rasterize

FASHION = DATASETS["fashion-mnist"]


def block(top: int, left: int, height: int, width: int, sheet: int = 280) -> np.ndarray:
    ink = np.zeros((sheet, sheet), np.uint8)
    ink[top : top + height, left : left + width] = 200
    return ink


@pytest.mark.parametrize("name", ["mnist", "qmnist", "usps", "emnist-digits"])
def test_digits_take_the_pads_usual_road(name):
    ink = block(60, 100, 120, 30)
    digit, frame = framed(ink, DATASETS[name].fills_field)
    wanted, wanted_frame = normalize_framed(ink)
    assert np.array_equal(digit, wanted) and frame == wanted_frame


@pytest.mark.parametrize("name", ["fashion-mnist", "kmnist"])
def test_what_fills_its_field_fills_it_wherever_it_was_drawn(name):
    digit, frame = framed(block(90, 20, 140, 70), DATASETS[name].fills_field)
    assert frame is not None and frame.pixel == 5.0
    assert digit.dtype == np.float32 and digit.shape == (28, 28)
    assert digit[:, 7:21] == pytest.approx(200 / 255)
    assert not digit[:, :7].any() and not digit[:, 21:].any()
    assert (frame.left, frame.top) == (20 - 7 * 5, 90)


@given(
    top=st.integers(0, 270),
    left=st.integers(0, 270),
    height=st.integers(1, 280),
    width=st.integers(1, 280),
)
def test_no_ink_is_lost_and_it_lies_in_the_middle(top, left, height, width):
    height, width = min(height, 280 - top), min(width, 280 - left)
    ink = block(top, left, height, width)
    digit, frame = framed(ink, FASHION.fills_field)
    assert frame is not None and 0 <= digit.min() <= digit.max() <= 1
    assert digit.sum() * frame.pixel**2 == pytest.approx(ink.sum() / 255, rel=1e-4)
    rows, columns = (digit.sum(axis=axis) @ (np.arange(28) + 0.5) / digit.sum() for axis in (1, 0))
    assert 13.49 <= rows <= 14.51 and 13.49 <= columns <= 14.51
    assert max((digit > 1e-6).any(axis=axis).sum() for axis in (0, 1)) == (
        28 if max(height, width) >= 28 else max(height, width)
    )


def test_empty_ink_is_an_empty_picture():
    digit, frame = framed(np.zeros((280, 280), np.uint8), FASHION.fills_field)
    assert frame is None and digit.shape == (28, 28) and not digit.any()


@pytest.mark.skipif(
    not Path(FASHION.system_folders[0]).is_dir(),
    reason=f"Debian's {FASHION.package} is not installed",
)
def test_test_images_of_clothes_come_back_from_the_pad_as_they_were():
    clothes = load("fashion-mnist", part="test", download=False).digits[:300]
    read = [
        framed(rasterize([PlacedPicture.fitted(image)]), FASHION.fills_field)[0]
        for image in clothes
    ]
    same = [
        np.abs(digit - image / 255).max() < 0.01 for digit, image in zip(read, clothes, strict=True)
    ]
    assert np.mean(same) >= 0.97
