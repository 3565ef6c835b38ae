"""The layouts in which a reader's module may take its input, from the commonest on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import torch

from digitpad.core.constants import FIELD

Form = Literal["image", "three channels", "rows", "sequence"]

_USUAL_SIDES = (FIELD, 32)
_OTHER_SIDES = (224, 64, 227, 96, 128, 56, 24, 20, 16, 14, 8)


@dataclass(frozen=True)
class Layout:
    """side: of the input in pixels. form: "image", (n, 1, side, side); "three channels", the same
    three times over, (n, 3, side, side); "rows", (n, side * side); "sequence", (n, side, side)."""

    side: int = FIELD
    form: Form = "image"

    def of(self, x: torch.Tensor) -> torch.Tensor:
        """The input in this layout, out of (n, 1, side, side)."""
        if self.form == "three channels":
            return x.repeat(1, 3, 1, 1)
        if self.form == "rows":
            return x.flatten(1)
        return x.squeeze(1) if self.form == "sequence" else x

    @property
    def words(self) -> str:
        """The sizes of one input, such as "1 × 1 × 28 × 28"."""
        return " × ".join(str(size) for size in self.of(self.sample(1)).shape)

    def sample(self, n: int, seed: int = 0) -> torch.Tensor:
        """Noise to try a network with, (n, 1, side, side), always the same of one seed."""
        generator = torch.Generator().manual_seed(seed)
        return torch.rand(n, 1, self.side, self.side, generator=generator)


def layouts(side: int | None = None) -> Iterator[Layout]:
    """The layouts to try, in their order; only those of a side where it is known."""
    forms: tuple[Form, ...] = ("image", "three channels", "rows", "sequence")
    if side is not None:
        yield from (Layout(side, form) for form in forms)
        return
    for form in forms:
        yield from (Layout(usual, form) for usual in _USUAL_SIDES)
    for form in forms[:3]:
        yield from (Layout(other, form) for other in _OTHER_SIDES)


def batch_in_view(error: BaseException) -> int | None:
    """The number of digits that a forward pass has written into it, as its error tells
    ("shape '[64, 400]' is invalid for input of size 400"); None where it is another error."""
    found = re.search(r"shape '\[(\d{1,6}), ([\d, -]+)\]' is invalid for input", str(error))
    batch = int(found[1]) if found else 0
    return batch if batch > 1 else None
