"""Pads on the screen, and what the tests ask of them."""

from __future__ import annotations

import numpy as np

from digitpad.ink.rasterize import rasterize
from digitpad.ui.pad.canvas import Canvas
from digitpad.ui.pad.pad_model import PadModel
from tests.support import PATIENCE_MS


def shown(qtbot, width: int, height: int) -> Canvas:
    canvas = Canvas(PadModel())
    qtbot.addWidget(canvas)
    canvas.resize(width, height)
    with qtbot.waitExposed(canvas, timeout=PATIENCE_MS):
        canvas.show()
    return canvas


def width_at(canvas: Canvas, column: int) -> float:
    """How wide the ink is in a column of pixels, in pad units."""
    return float(canvas.pad.ink[:, column].sum() / 255)


def agrees_with_its_marks(canvas: Canvas) -> bool:
    return np.array_equal(canvas.pad.ink, rasterize(canvas.pad.drawing.marks))
