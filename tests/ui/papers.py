"""Pictures of digits, as people bring them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from digitpad.ink.drawing import Mark, Stroke
from digitpad.ink.rasterize import rasterize

FOUR = (((40, 60), (30, 140), (100, 140)), ((85, 60), (75, 220)))
TWO = (((150, 90), (165, 65), (190, 60), (212, 80), (205, 110), (150, 215), (225, 212)),)


def ink_of(*digits: tuple, width: float = 16) -> np.ndarray:
    """The pad's ink of digits, each of strokes: uint8 (280, 280)."""
    marks: list[Mark] = [Stroke.through(points, width) for digit in digits for points in digit]
    return rasterize(marks)


def paper(ink: np.ndarray, ground: int = 250, dark: int = 30, side: int = 400) -> np.ndarray:
    """Ink in the middle of a sheet of paper with a pencil's grain: uint8 (side, side)."""
    grey = np.full((side, side), float(ground))
    at = (side - len(ink)) // 2
    grey[at : at + len(ink), at : at + len(ink)] -= (ground - dark) * (ink / 255)
    grey += np.random.default_rng(0).normal(0, 1.5, grey.shape)
    return grey.clip(0, 255).astype(np.uint8)


def saved(folder: Path, name: str, grey: np.ndarray) -> Path:
    """A picture's file."""
    Image.fromarray(grey).save(folder / name)
    return folder / name
