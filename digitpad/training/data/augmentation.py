"""Augmentation: digits moved and bent at random, a batch at a time, on the device that trains.

An affine map and a smooth elastic warp are added up as displacements and the digits are sampled
once, so a digit is blurred by one bilinear interpolation and not by two. The elastic part follows
Simard, Steinkraus and Platt, "Best Practices for Convolutional Neural Networks", ICDAR 2003,
section 2; what differs: the smooth field is a coarse grid of normal deviates enlarged bicubically,
in place of a Gaussian-filtered fine one, which costs far less.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F

from digitpad.training.settings import ImageAugmentation

_SIDE = 28


def augment(
    digits: torch.Tensor,
    augmentation: ImageAugmentation,
    generator: torch.Generator,
    strength: torch.Tensor | None = None,
) -> torch.Tensor:
    """Each digit of float32 (n, 1, 28, 28) moved and bent on its own; 0 comes in from outside.

    generator lives on the digits' device. strength: float32 (n,), how much of each limit a digit
    gets (1 unless told; 0 leaves it as it is). n may be 0.
    """
    n, device = len(digits), digits.device
    if n == 0:
        return digits
    if augmentation.mirrored > 0:
        turned = torch.rand(n, 1, 1, 1, generator=generator, device=device) < augmentation.mirrored
        digits = torch.where(turned, digits.flip(3), digits)
    uniform = torch.rand(n, 6, generator=generator, device=device).mul_(2).sub_(1)
    limits = torch.tensor(
        [
            augmentation.rotation_deg * torch.pi / 180,
            augmentation.scale,
            augmentation.scale,
            augmentation.shear,
            augmentation.shift_px * 2 / _SIDE,
            augmentation.shift_px * 2 / _SIDE,
        ],
        device=device,
    )
    uniform.mul_(limits)
    if strength is not None:
        uniform.mul_(strength[:, None])
    grid = _affine(uniform)
    if augmentation.elastic_px > 0:
        knots = augmentation.elastic_knots
        coarse = torch.randn(n, 2, knots, knots, generator=generator, device=device)
        coarse.mul_(augmentation.elastic_px * 2 / _SIDE)
        if strength is not None:
            coarse.mul_(strength[:, None, None, None])
        grid += enlarge(coarse)
    return F.grid_sample(
        digits, grid.permute(0, 2, 3, 1), mode="bilinear", padding_mode="zeros", align_corners=False
    )


def enlarge(coarse: torch.Tensor) -> torch.Tensor:
    """A coarse field (n, c, k, k) as a smooth one (n, c, 28, 28), bicubic, knots at the corners."""
    # Bicubic interpolation is linear in the knots: two small matrix products do it faster than
    # interpolate().
    weights = _bicubic_weights(coarse.shape[-1]).to(coarse)
    return weights @ coarse @ weights.T


def _affine(drawn: torch.Tensor) -> torch.Tensor:
    """Where each pixel comes from, (n, 2, 28, 28), x before y, in grid_sample's -1 to 1."""
    angle, scale_x, scale_y, shear, shift_x, shift_y = drawn.unbind(1)
    cos, sin = angle.cos(), angle.sin()
    across, down = 1 + scale_x, 1 + scale_y
    # rotation · shear · scale. The sum of a row and a column: faster than affine_grid's products.
    centres = (torch.arange(_SIDE, device=drawn.device) * 2 + 1 - _SIDE) / _SIDE
    from_x = torch.stack([cos * across, sin * across], 1)[:, :, None] * centres
    from_y = (
        torch.stack([(cos * shear - sin) * down, (sin * shear + cos) * down], 1)[:, :, None]
        * centres
    )
    from_y = from_y + torch.stack([shift_x, shift_y], 1)[:, :, None]
    return from_x[:, :, None, :] + from_y[:, :, :, None]


_weights: dict[int, torch.Tensor] = {}
"""Made once for each number of knots."""


def _bicubic_weights(knots: int) -> torch.Tensor:
    """What each of 28 places takes of each knot, (28, knots): interpolate() told once, since it is
    linear."""
    if knots not in _weights:
        unit = torch.eye(knots)[:, None, :, None].expand(knots, 1, knots, 1)
        columns = F.interpolate(unit, size=(_SIDE, 1), mode="bicubic", align_corners=True)
        _weights[knots] = columns[:, 0, :, 0].T.contiguous()
    return _weights[knots]
