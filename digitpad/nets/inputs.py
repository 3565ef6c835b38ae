"""From digits in [0, 1] to what a network takes."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F

from digitpad.core.constants import FIELD
from digitpad.core.errors import DigitpadError
from digitpad.datasets import MNIST_MEAN, MNIST_STD
from digitpad.nets.spec.open_choices import (
    FITS,
    LARGEST_SIDE,
    SMALLEST_SIDE,
    feeding_words,
)


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
                f"a digit of {FIELD} × {FIELD} comes to {self.side} × {self.side} not by "
                f"{self.fit!r}"
            )

    @property
    def words(self) -> str:
        """What is done to pixels x in [0, 1], as a person would write it."""
        return feeding_words(self.mean, self.std)

    def fitted(self, digits: torch.Tensor) -> torch.Tensor:
        """Digits float32 (n, 1, 28, 28) brought to the input's side, (n, 1, side, side), before
        they are rounded, shifted and scaled: each pixel a weighted mean of theirs."""
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
