from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image

from digitpad.core.errors import DigitpadError
from digitpad.nets.inputs import InputForm


def test_a_digit_is_shifted_and_scaled():
    digits = torch.rand(2, 1, 28, 28)
    torch.testing.assert_close(InputForm(mean=0.5, std=2.0).of(digits), (digits - 0.5) / 2)


def test_padding_puts_paper_around_the_digit():
    form = InputForm(32, "pad", mean=0.1, std=0.5)
    given = form.of(torch.ones(1, 1, 28, 28))
    assert given.shape == (1, 1, 32, 32)
    torch.testing.assert_close(given[0, 0, 2:30, 2:30], torch.full((28, 28), 1.8))
    torch.testing.assert_close(given[0, 0, :2], torch.full((2, 32), -0.2))


def test_resizing_is_pillows_bilinear_to_one_level(test_set):
    digits = test_set.digits[:20].copy()
    ours = (
        InputForm(32, "resize", 0.0, 1.0)
        .of(torch.from_numpy(digits).float()[:, None] / 255)[:, 0]
        .numpy()
        * 255
    )
    for digit, own in zip(digits, ours, strict=True):
        theirs = np.asarray(
            Image.fromarray(digit).resize((32, 32), Image.Resampling.BILINEAR), np.float32
        )
        assert np.abs(own - theirs).max() <= 1.01


@pytest.mark.parametrize(
    ("side", "fit"),
    [(32, "same"), (28, "pad"), (7, "resize"), (27, "pad"), (513, "resize"), (32, "stretch")],
)
def test_a_form_that_cannot_be_is_refused(side, fit):
    with pytest.raises(DigitpadError):
        InputForm(side, fit)


def test_no_digits_stay_none():
    assert InputForm(32, "pad").of(torch.empty(0, 1, 28, 28)).shape == (0, 1, 32, 32)
