"""The road from a drawing or a picture to the digit that the network reads, for whoever takes it
whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from digitpad.ink.drawing import PEN_WIDTH, Mark, PlacedPicture, Stroke
from digitpad.ink.normalize import normalize
from digitpad.ink.pictures import cropped, read_picture
from digitpad.ink.rasterize import rasterize


def drawing_to_digit(marks: Iterable[Mark]) -> np.ndarray:
    """The digit, float32 (28, 28), of marks on the pad; no marks give zeros."""
    return normalize(rasterize(marks))


def strokes_to_digit(strokes: Sequence[np.ndarray], pen_width: float = PEN_WIDTH) -> np.ndarray:
    """The digit of strokes, float (n, 2) or (n, 3) in pad units, drawn with a pen of this width."""
    return drawing_to_digit(Stroke.through(stroke, pen_width) for stroke in strokes)


def picture_to_pad(source: Path | bytes) -> np.ndarray:
    """The ink of a picture, uint8 (h, w), as it is put on the pad; raises DigitpadError as
    read_picture does."""
    return cropped(read_picture(source))


def picture_to_digit(source: Path | bytes) -> np.ndarray:
    """The digit of a picture, as the pad would give it; raises DigitpadError as read_picture does."""
    return drawing_to_digit([PlacedPicture.fitted(picture_to_pad(source))])
