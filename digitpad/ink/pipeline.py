"""The one road from ink to the digit that a network reads: for the window, the commands, the
measurements and the training data alike.

    marks, strokes or a picture -> ink -> framed() -> digit

A network reads best what lies in its field as its training pictures do, so the road forks once, by
the network's data set: ``fills_field`` is that of digitpad.datasets.DataSet. Digits of MNIST's kind
lie in a box of 20 x 20 about their centre of mass; clothes and cursive characters reach from edge
to edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from digitpad.ink.drawing import PAD_SIZE, PEN_WIDTH, Mark, PlacedPicture, Stroke
from digitpad.ink.framing import fill_field
from digitpad.ink.normalize import Frame, normalize_framed
from digitpad.ink.rasterize import rasterize


def framed(ink: np.ndarray, fills_field: bool = False) -> tuple[np.ndarray, Frame | None]:
    """The digit that a network of a data set reads, and where its field lies over the ink.

    ink: uint8 (H, W), 0 = paper, 255 = ink, of any size. fills_field: as the network's data set has
    it. Returns float32 (28, 28) in [0, 1]; empty ink gives zeros and no frame. Test images of
    clothes, stretched over the whole sheet, come back as they are, but for two in a hundred.
    """
    return fill_field(ink) if fills_field else normalize_framed(ink)


def drawing_to_digit(marks: Iterable[Mark], fills_field: bool = False) -> np.ndarray:
    """The digit, float32 (28, 28) in [0, 1], of marks on the pad; no marks give zeros."""
    return framed(rasterize(marks), fills_field)[0]


def strokes_to_digit(
    strokes: Sequence[np.ndarray], pen_width: float = PEN_WIDTH, fills_field: bool = False
) -> np.ndarray:
    """The digit, float32 (28, 28) in [0, 1], of strokes drawn with a pen of this width.

    strokes: float (n, 2) or (n, 3) each, in pad units; no strokes give zeros. Raises ValueError for
    a stroke without a finite point.
    """
    marks = (Stroke.through(stroke, pen_width) for stroke in strokes)
    return drawing_to_digit(marks, fills_field)


def picture_to_pad(source: Path | str | bytes, fills_field: bool = False) -> np.ndarray:
    """The ink of a picture, uint8 (h, w), as it is put on the pad; raises DigitpadError as
    read_picture does."""
    # Pillow is imported with the first picture: the window opens sooner without it.
    from digitpad.ink.pictures import read_picture

    return ink_to_pad(read_picture(source, solid=fills_field).ink)


def ink_to_pad(ink: np.ndarray) -> np.ndarray:
    """The ink of a picture or of one digit of it, uint8 (h, w), cropped and brought down to about
    the pad's own size; a small picture stays as it is."""
    from digitpad.ink.pictures import cropped

    ink = cropped(ink)
    step = max(ink.shape) // PAD_SIZE
    if step < 2:
        return ink
    # By whole blocks: what stretches it over the pad weighs each pixel by its share.
    padded = np.pad(ink, [(0, -side % step) for side in ink.shape])
    blocks = padded.reshape(padded.shape[0] // step, step, padded.shape[1] // step, step)
    return blocks.mean(axis=(1, 3)).round().astype(np.uint8)


def picture_to_digit(source: Path | str | bytes, fills_field: bool = False) -> np.ndarray:
    """The digit, float32 (28, 28) in [0, 1], of a picture put on the pad; raises DigitpadError as
    read_picture does."""
    ink = picture_to_pad(source, fills_field)
    return drawing_to_digit([PlacedPicture.fitted(ink)], fills_field)


def ink_to_digit(ink: np.ndarray, fills_field: bool = False) -> np.ndarray:
    """The digit, float32 (28, 28) in [0, 1], of the ink of a picture, uint8 (h, w), put on the
    pad; no ink gives zeros."""
    return drawing_to_digit([PlacedPicture.fitted(ink_to_pad(ink))], fills_field)
