"""Where the digits of training come from: sources, each with its share of every epoch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from zlib import crc32

import torch

from digitpad.datasets import NON_DIGIT, LabelledDigits


@dataclass(frozen=True)
class DigitSource:
    """Digits to train on; raises ValueError where they are not as the fields say."""

    name: str
    """As the weights' record has it."""
    digits: torch.Tensor
    """uint8 (n, 28, 28), 255 = ink, as the pad's normalisation leaves them."""
    labels: torch.Tensor
    """int64 (n,), 0 to 9, or NON_DIGIT."""
    per_epoch: int | None = None
    """How many of them an epoch takes: all unless told; more than n takes some again."""
    augmentation: float = 1.0
    """How much of the run's augmentation they get, 0 to 1."""
    is_synthetic: bool = False
    """Whether they are synthetic handwriting, which goes farther than people's does."""

    def __post_init__(self) -> None:
        if self.digits.dtype != torch.uint8 or self.digits.shape[1:] != (28, 28):
            raise ValueError(f"{self.name}: digits are uint8 (n, 28, 28), not {self.digits.dtype}")
        if self.labels.dtype != torch.int64 or self.labels.shape != (len(self.digits),):
            raise ValueError(f"{self.name}: labels are int64 (n,), one for each digit")
        if len(self.labels) and not bool(((self.labels >= NON_DIGIT) & (self.labels <= 9)).all()):
            raise ValueError(f"{self.name}: labels go from {NON_DIGIT} to 9")

    @classmethod
    def of(cls, name: str, labelled: LabelledDigits) -> DigitSource:
        """A source made of NumPy arrays, all of which an epoch takes."""
        digits = torch.from_numpy(labelled.digits.copy())
        return cls(name, digits, torch.from_numpy(labelled.labels.astype("int64")))

    @property
    def count(self) -> int:
        """How many digits an epoch takes."""
        if len(self.digits) == 0:
            return 0
        return len(self.digits) if self.per_epoch is None else self.per_epoch

    def draw(self, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """The digits and labels of one epoch, count of them; generator is the CPU's.

        The same state of the generator gives the same digits: a run that is resumed relies on it.
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
        return f"{self.name}:{len(self.digits)}:{self.per_epoch}:{self.augmentation}:{content:08x}"
