"""From digits in [0, 1] to what a network takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from digitpad.core.constants import FIELD
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.datasets import MNIST_MEAN, MNIST_STD
from digitpad.nets.spec.open_choices import (
    FITS,
    LARGEST_SIDE,
    SMALLEST_SIDE,
    feeding_words,
)

if TYPE_CHECKING:
    import torch

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class InputForm:
    """side: of the network's input in pixels. fit: how a digit of 28 x 28 comes to it: "same",
    "pad" (paper around it) or "resize" (bilinear, and to 256 levels as Pillow leaves it). Then it
    is shifted by mean and divided by std, which is below 0 where a network takes ink for low."""

    side: int = FIELD
    fit: str = "same"
    mean: float = MNIST_MEAN
    std: float = MNIST_STD

    def __post_init__(self) -> None:
        if (
            self.fit not in FITS
            or (self.fit == "same") != (self.side == FIELD)
            or (self.fit == "pad" and self.side < FIELD)
            or not SMALLEST_SIDE <= self.side <= LARGEST_SIDE
        ):
            raise DigitpadError(
                _("a digit of {field} × {field} comes to {side} × {side} not by {fit!r}").format(
                    field=FIELD, side=self.side, fit=self.fit
                )
            )

    @property
    def words(self) -> str:
        """What is done to pixels x in [0, 1], as a person would write it."""
        return feeding_words(self.mean, self.std)

    def fitted(self, digits: torch.Tensor) -> torch.Tensor:
        """Digits float32 (n, 1, 28, 28) brought to the input's side, (n, 1, side, side), before
        they are rounded, shifted and scaled: each pixel a weighted mean of theirs."""
        import torch.nn.functional as F

        if self.fit == "pad":
            before = (self.side - FIELD) // 2
            after = self.side - FIELD - before
            return F.pad(digits, (before, after, before, after))
        if self.fit == "resize":
            return F.interpolate(
                digits,
                size=(self.side, self.side),
                mode="bilinear",
                align_corners=False,
                antialias=self.side < FIELD,
            )
        return digits

    def of(self, digits: torch.Tensor) -> torch.Tensor:
        """float32 (n, 1, side, side) from digits float32 (n, 1, 28, 28) in [0, 1]."""
        digits = self.fitted(digits)
        if self.fit == "resize":
            digits = (digits * 255).round() / 255
        return (digits - self.mean) / self.std

    def of_array(self, digits: Floats) -> Floats:
        """float32 (n, side, side) from digits float32 (n, 28, 28) in [0, 1], without PyTorch, and
        bit by bit what of() gives on the CPU where PyTorch multiplies and adds in one step.

        Raises ValueError where digits would have to be made smaller.
        """
        if self.fit == "pad":
            before = (self.side - FIELD) // 2
            fitted = np.zeros((len(digits), self.side, self.side), np.float32)
            fitted[:, before : before + FIELD, before : before + FIELD] = digits
        elif self.fit == "resize":
            fitted = np.round(_stretched(digits, self.side) * np.float32(255)) / np.float32(255)
        else:
            fitted = digits
        return (fitted - np.float32(self.mean)) / np.float32(self.std)


@cache
def _neighbours(side: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Floats]:
    """Of each pixel of a stretched row: the two pixels of the digit's row between which it lies,
    and the second one's share."""
    exact = float(np.float32(FIELD / side)) * (np.arange(side) + 0.5) - 0.5
    places = np.maximum(exact, 0).astype(np.float32)
    first = places.astype(np.intp)
    return first, np.minimum(first + 1, FIELD - 1), places - first.astype(np.float32)


def _stretched(digits: Floats, side: int) -> Floats:
    """Digits (n, 28, 28) made larger, bilinear: (n, side, side).

    The order of the sums, and where they are rounded, is PyTorch's (its kernel for one channel, in
    which each product but the second is added unrounded): a pixel half way between two levels would
    else be rounded to the other one.
    """
    if side < FIELD:
        raise ValueError(_("a digit is not made smaller here, to {side} pixels").format(side=side))
    first, second, share = _neighbours(side)
    rest = np.float32(1) - share
    upper, lower = digits[:, first], digits[:, second]
    found = upper[:, :, second] * (rest[:, None] * share)
    for pixels, weights in (
        (upper[:, :, first], rest[:, None] * rest),
        (lower[:, :, first], share[:, None] * rest),
        (lower[:, :, second], share[:, None] * share),
    ):
        # Each product of two float32 is exact in float64.
        found = (pixels.astype(np.float64) * weights + found).astype(np.float32)
    return found
