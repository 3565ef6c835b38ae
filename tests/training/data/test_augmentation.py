from __future__ import annotations

import math

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.training.data import augmentation
from digitpad.training.data.augmentation import augment, enlarge
from digitpad.training.settings import ImageAugmentation

NONE = ImageAugmentation(0, 0, 0, 0, 0)


@pytest.fixture
def digits() -> torch.Tensor:
    """Six blobs that stay inside whatever the augmentation."""
    x = torch.zeros(6, 1, 28, 28)
    x[:, :, 9:18, 10:16] = torch.rand(6, 1, 9, 6, generator=torch.Generator().manual_seed(3))
    return x


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_no_augmentation_and_no_strength_leave_digits_as_they_are(digits):
    torch.testing.assert_close(augment(digits, NONE, seeded()), digits, atol=1e-5, rtol=0)
    torch.testing.assert_close(
        augment(digits, ImageAugmentation(), seeded(), torch.zeros(6)), digits, atol=1e-5, rtol=0
    )


def test_strength_is_each_digits_own(digits):
    strength = torch.tensor([0.0, 1, 0, 1, 0, 1])
    changed = (augment(digits, ImageAugmentation(), seeded(), strength) - digits).abs().amax(
        (1, 2, 3)
    ) > 0.01
    assert changed.tolist() == [False, True] * 3


def test_the_same_seed_deforms_the_same_way_and_another_one_differently(digits):
    first = augment(digits, ImageAugmentation(), seeded(5))
    assert torch.equal(first, augment(digits, ImageAugmentation(), seeded(5)))
    assert not torch.equal(first, augment(digits, ImageAugmentation(), seeded(6)))


def test_every_digit_is_deformed_in_its_own_way(digits):
    alike = digits[:1].expand(6, 1, 28, 28)
    deformed = augment(alike, ImageAugmentation(), seeded()).flatten(1)
    assert (torch.cdist(deformed, deformed) + torch.eye(6) > 0.1).all()


@settings(max_examples=25, deadline=None)
@given(
    st.tuples(
        st.floats(-0.5, 0.5),
        st.floats(-0.3, 0.3),
        st.floats(-0.3, 0.3),
        st.floats(-0.3, 0.3),
        st.floats(-0.3, 0.3),
        st.floats(-0.3, 0.3),
    )
)
def test_the_affine_part_is_that_of_pytorch(drawn):
    angle, across, down, shear, shift_x, shift_y = drawn
    rotation = torch.tensor(
        [[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]
    )
    matrix = (
        rotation
        @ torch.tensor([[1, shear], [0, 1]])
        @ torch.diag(torch.tensor([1 + across, 1 + down]))
    )
    theta = torch.cat([matrix, torch.tensor([[shift_x], [shift_y]])], 1)[None]
    expected = F.affine_grid(theta, [1, 1, 28, 28], align_corners=False).permute(0, 3, 1, 2)
    torch.testing.assert_close(
        augmentation._affine(torch.tensor([drawn])), expected, atol=1e-5, rtol=0
    )


def test_the_smooth_field_is_a_bicubic_enlargement():
    coarse = torch.randn(3, 2, 5, 5, generator=seeded())
    expected = F.interpolate(coarse, size=(28, 28), mode="bicubic", align_corners=True)
    torch.testing.assert_close(enlarge(coarse), expected, atol=1e-5, rtol=1e-5)


def test_a_shift_moves_by_whole_limits_at_most(digits):
    moved = augment(digits, ImageAugmentation(0, 0, 0, 2.0, 0), seeded())
    places = torch.arange(28.0)
    for axis in (2, 3):
        before, after = digits.sum(axis).squeeze(1), moved.sum(axis).squeeze(1)
        shift = (after @ places) / after.sum(1) - (before @ places) / before.sum(1)
        assert (shift.abs() <= 2.001).all() and (shift.abs() > 0.05).any()


def test_values_stay_in_range_and_ink_is_not_lost(digits):
    deformed = augment(digits, ImageAugmentation(), seeded())
    assert deformed.min() >= 0 and deformed.max() <= 1
    ratio = deformed.sum((1, 2, 3)) / digits.sum((1, 2, 3))
    assert ((ratio > 0.6) & (ratio < 1.6)).all()


def test_no_digits_give_no_digits():
    assert augment(torch.empty(0, 1, 28, 28), ImageAugmentation(), seeded()).shape == (0, 1, 28, 28)
