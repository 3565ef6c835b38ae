from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from digitpad.ink.drawing import PAD_SIZE, PlacedPicture, Stroke
from digitpad.ui.pad import pad_model as pad_model_module
from digitpad.ui.pad.canvas import Canvas
from digitpad.ui.pad.pad_model import ERASER_WIDTH, PEN_WIDTH_RANGE, PadModel
from digitpad.ui.style.panel import Role
from tests.support import PATIENCE_MS
from tests.ui.canvases import agrees_with_its_marks, shown, width_at
from tests.ui.hearing import role_of
from tests.ui.pointers import LEFT, MIDDLE, NONE, RIGHT, Mouse, Pen

# The mouse.


def test_the_mouse_draws_a_stroke_through_the_points_it_reports(canvas):
    Mouse(canvas).draw((60, 60), (90.25, 180.5), (200, 200))
    (stroke,) = canvas.pad.drawing.marks
    assert stroke.points.tolist() == [[60, 60, 0.5], [90.25, 180.5, 0.5], [200, 200, 0.5]]
    assert (stroke.width, stroke.erases) == (20, False)
    assert agrees_with_its_marks(canvas) and canvas.pad.ink[180, 90] == 255


def test_the_ink_grows_with_every_move(canvas, qtbot):
    mouse = Mouse(canvas)
    amounts = []
    canvas.pad.ink_changed.connect(lambda: amounts.append(int(canvas.pad.ink.sum())))
    mouse.press((40, 140))
    for x in (80, 120, 160):
        mouse.move((x, 140))
    assert canvas.pad.is_drawing and len(amounts) == 4 and amounts == sorted(set(amounts))
    with qtbot.waitSignals(
        [canvas.pad.stroke_finished, canvas.pad.history_changed, canvas.pad.ink_changed]
    ):
        mouse.release((160, 140))
    assert not canvas.pad.is_drawing and len(canvas.pad.drawing) == 1


def test_a_click_is_a_dot(canvas, qtbot):
    qtbot.mouseClick(canvas, LEFT, pos=QPoint(100, 140))
    assert width_at(canvas, 100) == pytest.approx(20, abs=1.5)
    assert len(canvas.pad.drawing) == 1 and agrees_with_its_marks(canvas)
    qtbot.mouseDClick(canvas, LEFT, pos=QPoint(200, 140))
    assert canvas.pad.ink[140, 200] == 255


def test_a_pen_that_rests_adds_no_points(canvas):
    mouse = Mouse(canvas)
    mouse.press((100, 100))
    for _ in range(50):
        mouse.move((100, 100))
    mouse.release((100, 100))
    assert len(canvas.pad.drawing.marks[0].points) == 1


def test_a_move_with_no_button_held_draws_nothing(canvas):
    Mouse(canvas).send(QEvent.Type.MouseMove, (100, 100), NONE, NONE)
    Mouse(canvas).draw((50, 50), (100, 100), button=MIDDLE)
    assert canvas.pad.is_empty and len(canvas.pad.drawing) == 0


def test_the_right_button_rubs_out(canvas):
    mouse = Mouse(canvas)
    mouse.draw((40, 140), (240, 140))
    mouse.draw((140, 60), (140, 220), button=RIGHT)
    assert canvas.pad.drawing.marks[1].erases and canvas.pad.drawing.marks[1].width == ERASER_WIDTH
    assert width_at(canvas, 140) == 0 and width_at(canvas, 60) == pytest.approx(20, abs=0.5)


def test_the_eraser_rubs_out_and_undo_brings_it_back(canvas):
    mouse = Mouse(canvas)
    mouse.draw((40, 140), (240, 140))
    before = canvas.pad.ink.copy()
    canvas.pad.set_erasing(True)
    mouse.draw((140, 60), (140, 220))
    assert width_at(canvas, 140) == 0
    canvas.pad.undo()
    assert np.array_equal(canvas.pad.ink, before)
    canvas.pad.set_erasing(False)
    mouse.draw((140, 60), (140, 220))
    assert width_at(canvas, 140) > 150


def test_a_pad_rubbed_clean_is_empty(canvas):
    mouse = Mouse(canvas)
    mouse.draw((140, 140))
    mouse.draw((110, 140), (170, 140), button=RIGHT)
    assert canvas.pad.is_empty and len(canvas.pad.drawing) == 2


def test_a_second_button_during_a_stroke_changes_nothing(canvas):
    mouse = Mouse(canvas)
    mouse.press((40, 140))
    mouse.send(QEvent.Type.MouseButtonPress, (80, 140), RIGHT, LEFT | RIGHT)
    mouse.send(QEvent.Type.MouseMove, (120, 140), NONE, LEFT | RIGHT)
    mouse.send(QEvent.Type.MouseButtonRelease, (120, 140), RIGHT, LEFT)
    assert canvas.pad.is_drawing
    mouse.move((200, 140))
    mouse.release((200, 140))
    (stroke,) = canvas.pad.drawing.marks
    assert not stroke.erases and stroke.points[-1, 0] == 200


# Where strokes may lie.


@pytest.mark.parametrize("button", [LEFT, RIGHT])
def test_a_press_whose_release_before_was_lost_begins_a_new_stroke(canvas, button):
    mouse = Mouse(canvas)
    mouse.press((40, 40))
    mouse.move((80, 40))
    mouse.press((200, 200), button)
    mouse.move((240, 200), button)
    mouse.release((240, 200), button)
    ends = [mark.points[:, :2].tolist() for mark in canvas.pad.drawing.marks]
    assert ends == [[[40, 40], [80, 40]], [[200, 200], [240, 200]]]
    assert [mark.erases for mark in canvas.pad.drawing.marks] == [False, button == RIGHT]
    assert agrees_with_its_marks(canvas)


def test_a_mouse_that_comes_back_with_no_button_held_has_ended_its_stroke(canvas):
    mouse = Mouse(canvas)
    mouse.press((40, 40))
    mouse.move((80, 40))
    mouse.send(QEvent.Type.MouseMove, (200, 200), NONE, NONE)
    assert not canvas.pad.is_drawing
    (stroke,) = canvas.pad.drawing.marks
    assert stroke.points[:, :2].tolist() == [[40, 40], [80, 40]]


def test_a_stroke_may_begin_outside_the_pad(canvas):
    Mouse(canvas).draw((-80, 140), (120, 140))
    assert canvas.pad.ink[140, 0] == 255 and canvas.pad.ink[140, 100] == 255
    assert canvas.pad.drawing.marks[0].points[0, 0] == -80 and agrees_with_its_marks(canvas)


def test_a_stroke_wholly_outside_the_pad_leaves_no_ink(canvas):
    Mouse(canvas).draw((-80, -80), (-40, 400))
    assert canvas.pad.is_empty


def test_positions_without_measure_or_meaning_do_no_harm(canvas):
    mouse = Mouse(canvas)
    mouse.press((float("nan"), 140))
    mouse.move((float("inf"), 140))
    mouse.move((1e30, -1e30))
    mouse.move((140, 140))
    mouse.release((140, 140))
    assert canvas.pad.ink[140, 140] == 255
    assert np.abs(
        canvas.pad.drawing.marks[0].points
    ).max() <= 5 * PAD_SIZE and agrees_with_its_marks(canvas)
    mouse.draw((float("nan"), float("nan")))
    assert len(canvas.pad.drawing) == 1 and not canvas.pad.is_drawing


@pytest.mark.parametrize(
    ("width", "height", "at"),
    [(560, 560, (200, 300)), (560, 700, (200, 370)), (900, 560, (370, 300))],
)
def test_positions_are_in_pad_units_whatever_the_size_on_the_screen(qtbot, width, height, at):
    canvas = shown(qtbot, width, height)
    Mouse(canvas).draw(at)
    assert canvas.pad.drawing.marks[0].points[0, :2].tolist() == [100, 150]
    assert canvas.pad.ink.shape == (PAD_SIZE, PAD_SIZE)


def test_a_pen_that_never_lifts_draws_on_in_strokes_of_bounded_length(canvas, monkeypatch):
    monkeypatch.setattr(pad_model_module, "MAX_POINTS_PER_STROKE", 300)
    pen = Pen(canvas)
    pen.press((240, 140), 0.1)
    for turn in np.linspace(0, 20, 1000):
        pen.move((140 + 100 * np.cos(turn), 140 + 60 * np.sin(turn * 1.1)), 0.1)
    pen.release((140, 140))
    lengths = [len(mark.points) for mark in canvas.pad.drawing.marks]
    assert len(lengths) == 4 and max(lengths) <= 300
    # Each begins where the one before ended.
    for one, next_one in zip(canvas.pad.drawing.marks, canvas.pad.drawing.marks[1:], strict=False):
        assert np.array_equal(one.points[-1], next_one.points[0])
    assert agrees_with_its_marks(canvas)


# Undo, redo, clear.


def test_undo_redo_and_clear(canvas):
    mouse = Mouse(canvas)
    mouse.draw((40, 60), (240, 60))
    one = canvas.pad.ink.copy()
    mouse.draw((40, 200), (240, 200))
    two = canvas.pad.ink.copy()
    canvas.pad.undo()
    assert np.array_equal(canvas.pad.ink, one)
    canvas.pad.redo()
    assert np.array_equal(canvas.pad.ink, two)
    canvas.pad.clear()
    assert canvas.pad.is_empty
    canvas.pad.undo()
    assert np.array_equal(canvas.pad.ink, two)


def test_on_an_empty_pad_they_say_nothing_and_do_nothing(canvas):
    changes = []
    canvas.pad.ink_changed.connect(lambda: changes.append(1))
    canvas.pad.undo()
    canvas.pad.redo()
    canvas.pad.clear()
    assert changes == []


@pytest.mark.parametrize("action", ["undo", "clear"])
def test_in_the_middle_of_a_stroke_they_take_it_and_what_is_left_of_it_draws_nothing(
    canvas, action
):
    mouse = Mouse(canvas)
    mouse.press((40, 140))
    mouse.move((140, 140))
    getattr(canvas.pad, action)()
    assert canvas.pad.is_empty and not canvas.pad.is_drawing
    mouse.move((240, 140))
    mouse.release((240, 140))
    assert canvas.pad.is_empty
    getattr(canvas.pad, {"undo": "redo", "clear": "undo"}[action])()
    assert canvas.pad.ink[140, 100] == 255 and canvas.pad.ink[140, 220] == 0


def test_a_picture_takes_the_place_of_what_is_there_as_one_step(canvas):
    Mouse(canvas).draw((40, 140), (240, 140))
    drawn = canvas.pad.ink.copy()
    canvas.pad.place_picture(np.full((28, 28), 200, np.uint8))
    assert (canvas.pad.ink == 200).all() and isinstance(canvas.pad.drawing.marks[0], PlacedPicture)
    canvas.pad.undo()
    assert np.array_equal(canvas.pad.ink, drawn)


def test_marks_can_be_shown(canvas):
    mark = Stroke.through([(60, 60), (200, 200)])
    canvas.pad.show_marks([mark])
    assert canvas.pad.drawing.marks == (mark,) and agrees_with_its_marks(canvas)


def test_the_pens_width_is_kept_within_its_range(canvas):
    for width, taken in ((0, PEN_WIDTH_RANGE[0]), (30, 30), (1000, PEN_WIDTH_RANGE[1])):
        canvas.pad.set_pen_width(width)
        assert canvas.pad.pen_width == taken
    Mouse(canvas).draw((40, 140), (240, 140))
    assert width_at(canvas, 140) == pytest.approx(PEN_WIDTH_RANGE[1], abs=0.5)


def test_the_cursor_shows_the_width_of_the_pen(canvas):
    canvas.pad.set_pen_width(40)
    assert canvas.cursor().pixmap().width() >= 40
    canvas.pad.set_erasing(True)
    assert ERASER_WIDTH <= canvas.cursor().pixmap().width() < 40


def test_a_stroke_ends_when_the_window_loses_the_pointers(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    canvas = Canvas(PadModel(), window)
    canvas.resize(PAD_SIZE, PAD_SIZE)
    with qtbot.waitActive(window, timeout=PATIENCE_MS):
        window.show()
    Mouse(canvas).press((40, 140))
    Mouse(canvas).move((140, 140))
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitSignal(canvas.pad.stroke_finished, timeout=PATIENCE_MS):
        other.show()
        other.activateWindow()
    Mouse(canvas).move((240, 140))
    assert len(canvas.pad.drawing) == 1 and canvas.pad.ink[140, 220] == 0


def test_a_screen_reader_hears_at_once_whether_the_pen_of_the_keys_is_down(canvas, heard):
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    assert [one.partition(",")[0] for one in heard] == ["Pen down", "Pen up"]
    assert role_of(canvas) is Role.Canvas
