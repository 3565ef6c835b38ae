from __future__ import annotations

import numpy as np
import pytest

from digitpad.ink.drawing import PAD_SIZE, Stroke
from digitpad.ink.rasterize import rasterize
from digitpad.ui.pad import screen_sheet as screen_sheet_module
from digitpad.ui.pad.pad_model import PadModel
from digitpad.ui.pad.screen_sheet import ScreenSheet
from tests.support import PATIENCE_MS

SCRIBBLE = [
    Stroke.through(np.random.default_rng(seed).uniform(0, PAD_SIZE, (40, 2))) for seed in range(60)
]


@pytest.fixture
def screen(qtbot) -> ScreenSheet:
    pad = PadModel()
    screen = ScreenSheet(pad, pad)
    pad.stroke_extended.connect(screen.extend)
    pad.redrawn.connect(screen.redraw)
    return screen


def drawn(screen: ScreenSheet, side: int) -> bool:
    """Whether the ink is that of the marks, at this size."""
    marks = screen._pad.drawing.marks
    return np.array_equal(screen.ink, rasterize(marks, PAD_SIZE, side / PAD_SIZE))


def test_few_marks_are_drawn_in_the_new_size_at_once_a_stroke_under_way_too(screen):
    pad = screen._pad
    pad.show_marks(SCRIBBLE[:5])
    pad.begin("mouse", 10, 10, 0.5, False)
    pad.move("mouse", 100, 200, 0.5)
    screen.fit(400)
    pad.move("mouse", 200, 100, 0.5)
    pad.end("mouse", 250, 250, 0.5)
    assert drawn(screen, 400)


def test_many_marks_are_drawn_in_slices_and_the_pen_is_followed_meanwhile(
    screen, qtbot, monkeypatch
):
    monkeypatch.setattr(screen_sheet_module, "_SLICE_SECONDS", 0)
    pad = screen._pad
    pad.show_marks(SCRIBBLE)
    pictures = []
    screen.replaced.connect(lambda: pictures.append(len(screen.ink)))
    screen.fit(300)
    assert drawn(screen, PAD_SIZE)
    qtbot.wait(1)
    assert not pictures
    pad.undo()
    assert not screen.ink.any()
    pad.redo()
    pad.begin("mouse", 10, 10, 0.5, False)
    pad.move("mouse", 100, 200, 0.5)
    qtbot.wait(20)
    assert not pictures and not screen._slices.isActive()
    with qtbot.waitSignal(screen.replaced, timeout=PATIENCE_MS):
        pad.end("mouse", 250, 250, 0.5)
    assert drawn(screen, 300) and pictures == [300] and not screen._slices.isActive()
    pad.undo()
    assert drawn(screen, 300)


def test_a_size_that_is_left_again_is_not_drawn(screen, qtbot):
    screen._pad.show_marks(SCRIBBLE)
    screen.fit(300)
    screen.fit(PAD_SIZE)
    assert not screen._slices.isActive() and drawn(screen, PAD_SIZE)
    screen.fit(300)
    with qtbot.waitSignal(screen.replaced, timeout=PATIENCE_MS):
        screen.fit(310)
    assert drawn(screen, 310)
