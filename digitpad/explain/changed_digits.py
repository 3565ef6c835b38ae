"""Digits of a drawing that was changed, each with the frame in which it lies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digitpad.ink.normalize import FIELD, Frame, normalize_in, peak_in
from digitpad.ink.pipeline import framed

Ink = npt.NDArray[np.uint8]
Digit = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class ChangedDigits:
    """n digits, float32 (n, 28, 28) in [0, 1], and where their fields lie over the ink: float32
    (n, 3), left, top and pixel, NaN without ink."""

    digits: Digit
    frames: npt.NDArray[np.float32]

    @classmethod
    def of(cls, pairs: Iterable[tuple[Digit, Frame | None]]) -> ChangedDigits:
        """Of digits, each with its frame; there may be none."""
        given = list(pairs)
        digits = np.zeros((len(given), FIELD, FIELD), np.float32)
        frames = np.full((len(given), 3), np.nan, np.float32)
        for number, (digit, frame) in enumerate(given):
            digits[number] = digit
            if frame is not None:
                frames[number] = frame.left, frame.top, frame.pixel
        return cls(digits, frames)


@dataclass(frozen=True)
class HeldFrame:
    """The frame of a whole drawing, in which what is left of it can be seen: frame, and what was
    taken for full ink there, peak."""

    frame: Frame
    peak: float

    def digit(self, ink: Ink) -> Digit:
        """The digit, float32 (28, 28), of ink in this frame."""
        return normalize_in(ink, self.frame, self.peak)


def hold(ink: Ink, fills_field: bool) -> HeldFrame | None:
    """The frame that ink, uint8 (H, W), is read in, to be held; None without ink. fills_field: as
    ink.pipeline.framed takes it."""
    _, frame = framed(ink, fills_field)
    if frame is None:
        return None
    # Greys stay as they are in a data set whose pictures fill their field.
    return HeldFrame(frame, 1.0 if fills_field else peak_in(ink, frame))
