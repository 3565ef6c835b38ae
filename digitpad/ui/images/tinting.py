"""A picture with its ink in one colour and what was left out in another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from digitpad.ui.style.theme import Theme

if TYPE_CHECKING:
    from digitpad.ink.pictures import ReadPicture

_INK, _LEFT_OUT = 0.9, 0.6


def ink_colour(theme: Theme) -> QColor:
    """What was taken for ink."""
    return QColor(theme.positive)


def left_out_colour(theme: Theme) -> QColor:
    """What was left out."""
    return QColor(theme.negative)


@dataclass(frozen=True, eq=False)
class Layers:
    """What of a picture is seen: its greys, its ink and what was left out, uint8 (h, w) each, 255 =
    all of it."""

    grey: npt.NDArray[np.uint8]
    ink: npt.NDArray[np.uint8]
    left_out: npt.NDArray[np.uint8]


def layers_of(read: ReadPicture, pixels: float) -> Layers:
    """The layers of a picture, brought down by whole pixels to about so many on its longer side."""
    step = max(1, int(max(read.grey.shape) / max(1.0, pixels)))
    left_out = read.left_out.astype(np.uint8) * 255
    return Layers(_shrunk(read.grey, step), _shrunk(read.ink, step), _shrunk(left_out, step))


def tinted(layers: Layers, theme: Theme) -> QImage:
    """A picture with its ink and what was left out in their colours."""
    mixed = np.repeat(layers.grey[:, :, None], 3, axis=2).astype(np.float32)
    for level, share, colour in (
        (layers.left_out, _LEFT_OUT, left_out_colour(theme)),
        (layers.ink, _INK, ink_colour(theme)),
    ):
        channels = np.array([colour.red(), colour.green(), colour.blue()], np.float32)
        mixed += (share / 255 * level)[:, :, None] * (channels - mixed)
    pixel = mixed.round().clip(0, 255).astype(np.uint32)
    levels = 0xFF000000 | (pixel[..., 0] << 16) | (pixel[..., 1] << 8) | pixel[..., 2]
    levels = np.ascontiguousarray(levels)
    height, width = levels.shape
    # The copy outlives the array.
    return QImage(levels.data, width, height, levels.strides[0], QImage.Format.Format_RGB32).copy()


def _shrunk(levels: npt.NDArray[np.uint8], step: int) -> npt.NDArray[np.uint8]:
    """Means of whole blocks; what is left over at the ends takes what is there."""
    if step == 1:
        return levels
    padded = np.pad(levels, [(0, -side % step) for side in levels.shape], mode="edge")
    blocks = padded.reshape(padded.shape[0] // step, step, padded.shape[1] // step, step)
    return blocks.mean(axis=(1, 3), dtype=np.float32).round().astype(np.uint8)
