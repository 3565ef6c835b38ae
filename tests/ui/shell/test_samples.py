"""Digit keys, and the arrow keys of a pad, in the whole window."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from digitpad.core.errors import DigitpadError
from digitpad.core.paths import shipped_weights
from digitpad.ink.drawing import PAD_SIZE, Stroke
from digitpad.ink.pipeline import framed
from digitpad.ink.rasterize import rasterize
from digitpad.nets.readers import open_reader
from digitpad.ui.answer.reading import Label
from digitpad.ui.shell.samples import written
from tests.ui.browsers import GARMENTS
from tests.ui.typed_digits import CTRL, NONE, Typist
from tests.ui.windows import asked

Key = Qt.Key


def test_a_digit_key_draws_a_sample_another_one_each_time_as_one_step(qtbot, window):
    typist, pad = Typist(window.canvas), window.session.pad
    typist.press(Key.Key_7)
    first = pad.drawing.marks
    assert first and all(isinstance(mark, Stroke) for mark in first)
    assert window.session.label == Label("7", "synthetic handwriting")
    assert asked(qtbot, window, 1).any()
    typist.press(Key.Key_7)
    second = pad.drawing.marks
    assert not np.array_equal(first[0].points, second[0].points)
    pad.undo()
    assert pad.drawing.marks == first
    pad.undo()
    assert len(pad.drawing) == 0 and window.session.label is None


def test_digits_do_something_only_where_the_pad_has_the_focus(window):
    window.network_view.setFocus()
    QTest.keyClick(window.network_view, Key.Key_7)
    assert len(window.session.pad.drawing) == 0


def test_samples_are_read_as_what_they_are():
    """All of 300 from this seed but two at most: some people's 1 has a flag as long as a 7's."""
    rng, reader = np.random.default_rng(0), open_reader(shipped_weights(), "cpu")
    wrong = 0
    for i in range(300):
        strokes = written(i % 10, rng)
        every = np.concatenate([stroke.points[:, :2] for stroke in strokes])
        assert every.min() >= 0 and every.max() <= PAD_SIZE
        wrong += reader.recognize(framed(rasterize(strokes))[0]).answer != i % 10
    assert wrong <= 2


def test_a_network_of_clothes_gets_a_test_image_of_the_class_of_that_number(window, examples):
    examples[:] = [(np.full((28, 28), 200, np.uint8), "bag")]
    given = []
    window.session._next_example = lambda *which: given.append(which) or examples.pop()
    window.session.client.become_ready(classes=GARMENTS, metadata={"dataset": "fashion-mnist"})
    Typist(window.canvas).press(Key.Key_8)
    assert given == [("fashion-mnist", 8)]
    assert window.session.label == Label("bag", "Fashion-MNIST")


def test_where_there_are_no_test_images_a_digit_says_so(window, examples):
    def missing(dataset: str, class_index: int) -> None:
        raise DigitpadError("Fashion-MNIST is not here")

    window.session._next_example = missing
    window.session.client.become_ready(classes=GARMENTS, metadata={"dataset": "fashion-mnist"})
    Typist(window.canvas).press(Key.Key_8)
    assert window.notice == "Fashion-MNIST is not here"


# Beside what else the keys do in the window.


@pytest.fixture
def presented(window):
    window.presentation.begin()
    yield window
    window.presentation.end()


def test_while_presenting_arrows_walk_until_the_crosshair_is_out_and_page_keys_always(presented):
    canvas, presentation = presented.canvas, presented.presentation
    canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    typist = Typist(canvas)
    typist.press(Key.Key_Right)
    assert presentation.at == 1 and not canvas.key_pen.is_shown
    typist.press(Key.Key_Up)
    assert not canvas.key_pen.is_shown
    # Space brings the crosshair, and arrows draw.
    typist.press(Key.Key_Space)
    typist.press(Key.Key_Right)
    assert presentation.at == 1 and canvas.key_pen.is_down and canvas.key_pen.place == (144, 140)
    typist.press(Key.Key_PageDown)
    assert presentation.at == 2


def test_escape_lifts_the_pen_before_it_leaves_presenting(presented):
    typist = Typist(presented.canvas)
    typist.press(Key.Key_Space)
    typist.press(Key.Key_Escape)
    assert presented.presentation.is_on and not presented.session.pad.is_drawing
    typist.press(Key.Key_Escape)
    assert not presented.presentation.is_on


def test_ctrl_z_and_delete_are_for_the_stroke_under_way_even_on_an_empty_pad(window):
    typist, pad = Typist(window.canvas), window.session.pad
    for key, modifiers in ((Key.Key_Z, CTRL), (Key.Key_Delete, NONE), (Key.Key_Backspace, NONE)):
        typist.press(Key.Key_Space)
        typist.press(Key.Key_Right)
        typist.press(key, modifiers)
        assert pad.is_empty and not pad.is_drawing and not window.canvas.key_pen.is_down
    pad.undo()
    assert len(pad.drawing) == 1
    # With the pen up they do what they do in the window.
    typist.press(Key.Key_Delete)
    assert pad.is_empty


def test_while_the_history_is_replayed_keys_say_that_the_pad_is_read_only(window):
    window.session.pad.replay(lambda scale: np.zeros((round(280 * scale),) * 2, np.uint8))
    Typist(window.canvas).press(Key.Key_Space)
    assert window.notice and not window.session.pad.is_drawing
