"""Where the digits of training come from: any number of pools, each with its share of every epoch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from zlib import crc32

import torch

from digitpad.datasets import LabelledDigits

NO_DIGIT = -1


@dataclass(frozen=True)
class DigitSource:
    """A pool of digits to train on.

    digits: uint8 (n, 28, 28), 255 = ink, as the pad's normalisation leaves them. labels: int64
    (n,), 0 to 9, or NO_DIGIT for what should be rejected. per_epoch: how many of them an epoch
    takes (all unless told; more than n takes some again). deformation: how much of the run's
    deformation they get, 0 to 1. is_drawn: whether the generator drew them, whose hands go farther
    than people's do.

    A source whose digits change from epoch to epoch overrides draw.
    """

    name: str
    digits: torch.Tensor
    labels: torch.Tensor
    per_epoch: int | None = None
    deformation: float = 1.0
    is_drawn: bool = False

    def __post_init__(self) -> None:
        if self.digits.dtype != torch.uint8 or self.digits.shape[1:] != (28, 28):
            raise ValueError(f"{self.name}: digits are uint8 (n, 28, 28), not {self.digits.dtype}")
        if self.labels.dtype != torch.int64 or self.labels.shape != (len(self.digits),):
            raise ValueError(f"{self.name}: labels are int64 (n,), one for each digit")
        if len(self.labels) and not bool(((self.labels >= NO_DIGIT) & (self.labels <= 9)).all()):
            raise ValueError(f"{self.name}: labels go from {NO_DIGIT} to 9")

    @classmethod
    def of(
        cls, name: str, pool: LabelledDigits, per_epoch: int | None = None, deformation: float = 1.0
    ) -> DigitSource:
        """A source made of NumPy arrays."""
        digits = torch.from_numpy(pool.digits.copy())
        return cls(
            name, digits, torch.from_numpy(pool.labels.astype("int64")), per_epoch, deformation
        )

    @property
    def count(self) -> int:
        """How many digits an epoch takes."""
        if len(self.digits) == 0:
            return 0
        return len(self.digits) if self.per_epoch is None else self.per_epoch

    def draw(self, epoch: int, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """The digits and labels of one epoch (counted from 0), count of them; generator is the
        CPU's.

        The same epoch and the same state of the generator give the same digits: a run that is
        resumed relies on it.
        """
        if self.count == len(self.digits):
            return self.digits, self.labels
        rounds = -(-self.count // max(1, len(self.digits)))
        order = torch.cat(
            [torch.randperm(len(self.digits), generator=generator) for _ in range(rounds)]
        )
        chosen = order[: self.count].to(self.digits.device)
        return self.digits[chosen], self.labels[chosen]

    def to(self, device: torch.device) -> DigitSource:
        """The same source with its tensors on a device."""
        return replace(self, digits=self.digits.to(device), labels=self.labels.to(device))

    def fingerprint(self) -> str:
        """What tells this source from another one: name, number, share and a checksum of its
        content."""
        content = crc32(
            self.labels.cpu().numpy().tobytes(), crc32(self.digits.cpu().numpy().tobytes())
        )
        return f"{self.name}:{len(self.digits)}:{self.per_epoch}:{self.deformation}:{content:08x}"
