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


def test_a_tap_that_is_meant_for_what_lies_there_draws_nothing(qtbot, pad):
    pad.tap_target = lambda x, y: x < 100
    version = pad.version
    with qtbot.waitSignal(pad.tapped) as heard:
        pad.begin("mouse", 40, 40, 0.5, False)
        pad.move("mouse", 42, 40, 0.5)
        pad.end("mouse", 42, 40, 0.5)
    assert heard.args == [40, 40] and pad.version == version and not pad.is_drawing
    # Elsewhere it is a dot.
    pad.begin("mouse", 140, 40, 0.5, False)
    pad.end("mouse", 140, 40, 0.5)
    assert len(pad.drawing) == 2


def test_what_begins_as_a_tap_and_moves_is_a_stroke_from_where_it_began(pad):
    pad.tap_target = lambda x, y: True
    pad.begin("mouse", 40, 40, 0.5, False)
    pad.move("mouse", 60, 40, 0.5)
    pad.end("mouse", 80, 40, 0.5)
    assert pad.drawing.marks[-1].points[:, 0].tolist() == [40, 60, 80]


def test_an_eraser_and_a_pointer_that_is_lost_make_no_tap(qtbot, pad):
    pad.tap_target = lambda x, y: True
    with qtbot.assertNotEmitted(pad.tapped):
        pad.begin("mouse", 40, 40, 0.5, False)
        pad.finish()
        pad.begin("mouse", 40, 40, 0.5, False)
        pad.abandon()
        pad.begin("mouse", 40, 40, 0.5, True)
        pad.end("mouse", 40, 40, 0.5)
    assert pad.drawing.marks[-1].erases and len(pad.drawing) == 2
