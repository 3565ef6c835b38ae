from __future__ import annotations

import numpy as np
import pytest

from digitpad.ink.drawing import Stroke
from digitpad.ink.rasterize import rasterize
from digitpad.ui.pad.pad_model import PadModel

HALF = (Stroke.through([(40, 40), (140, 140)]),)
WHOLE = [Stroke.through([(40, 40), (140, 140), (240, 240)])]


def render(scale: float) -> np.ndarray:
    return rasterize(HALF, scale=scale)


@pytest.fixture
def pad(qtbot) -> PadModel:
    pad = PadModel()
    pad.show_marks(list(WHOLE))
    return pad


def test_other_ink_is_shown_and_read_while_the_drawing_stays(qtbot, pad):
    whole, version = pad.ink.copy(), pad.version
    with qtbot.waitSignals([pad.ink_changed, pad.replay_changed]):
        pad.replay(render)
    assert (pad.ink == rasterize(HALF)).all() and pad.drawing.marks == tuple(WHOLE)
    with qtbot.waitSignals([pad.ink_changed, pad.replay_changed]):
        pad.end_replay()
    assert (pad.ink == whole).all() and pad.version == version
    with qtbot.assertNotEmitted(pad.ink_changed):
        pad.end_replay()


def test_a_locked_replay_takes_no_stroke_and_says_so(qtbot, pad):
    pad.replay(render)
    with qtbot.waitSignal(pad.touched_in_replay):
        pad.begin("mouse", 10, 10, 0.5, False)
    pad.move("mouse", 90, 90, 0.5)
    pad.end("mouse", 90, 90, 0.5)
    assert pad.replayed is not None and pad.drawing.marks == tuple(WHOLE)


def test_a_stroke_ends_a_replay_that_is_not_locked(pad):
    pad.replay(render, is_locked=False)
    pad.begin("mouse", 10, 10, 0.5, False)
    pad.end("mouse", 30, 10, 0.5)
    assert pad.replayed is None and len(pad.drawing) == 2


@pytest.mark.parametrize("change", ["undo", "clear", "show_marks"])
def test_what_changes_the_drawing_ends_a_replay(pad, change):
    pad.replay(render)
    getattr(pad, change)(*([list(HALF)] if change == "show_marks" else []))
    assert pad.replayed is None and pad.drawing.marks != tuple(WHOLE)


def test_the_screen_shows_what_is_replayed(qtbot, seen, canvas):
    canvas.pad.show_marks(list(WHOLE))
    whole = seen(canvas)
    canvas.pad.replay(render)
    half = seen(canvas)
    assert (half[200:235, 200:235] > 250).all() and (half[60:70, 60:70] < 120).any()
    canvas.resize(420, 420)
    assert (seen(canvas)[310:340, 310:340] > 250).all()
    canvas.resize(280, 280)
    canvas.pad.end_replay()
    assert (seen(canvas) == whole).all()
