from __future__ import annotations

import numpy as np
import pytest
from colours import rgb, share_of
from pointers import LEFT, MIDDLE, NONE, RIGHT, Mouse, Pen, touch_screen
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QEventPoint, QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from support import PATIENCE_MS

from digitpad.ink.drawing import PAD_SIZE, PlacedPicture, Stroke
from digitpad.ink.rasterize import rasterize
from digitpad.ui import canvas as canvas_module
from digitpad.ui.canvas import ERASER_WIDTH, PEN_WIDTH_RANGE, Canvas
from digitpad.ui.theme import DARK, LIGHT


def shown(qtbot, width: int, height: int) -> Canvas:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(width, height)
    with qtbot.waitExposed(canvas, timeout=PATIENCE_MS):
        canvas.show()
    return canvas


@pytest.fixture
def canvas(qtbot) -> Canvas:
    """A pad as large on the screen as in its own units."""
    return shown(qtbot, PAD_SIZE, PAD_SIZE)


def width_at(canvas: Canvas, column: int) -> float:
    """How wide the ink is in a column of pixels, in pad units."""
    return float(canvas.ink[:, column].sum() / 255)


def agrees_with_its_marks(canvas: Canvas) -> bool:
    return np.array_equal(canvas.ink, rasterize(canvas.drawing.marks))


# The mouse.


def test_the_mouse_draws_a_stroke_through_the_points_it_reports(canvas):
    Mouse(canvas).draw((60, 60), (90.25, 180.5), (200, 200))
    (stroke,) = canvas.drawing.marks
    assert stroke.points.tolist() == [[60, 60, 0.5], [90.25, 180.5, 0.5], [200, 200, 0.5]]
    assert (stroke.width, stroke.erases) == (20, False)
    assert agrees_with_its_marks(canvas) and canvas.ink[180, 90] == 255


def test_the_ink_grows_with_every_move(canvas, qtbot):
    mouse = Mouse(canvas)
    amounts = []
    canvas.ink_changed.connect(lambda: amounts.append(int(canvas.ink.sum())))
    mouse.press((40, 140))
    for x in (80, 120, 160):
        mouse.move((x, 140))
    assert canvas.is_drawing and len(amounts) == 4 and amounts == sorted(set(amounts))
    with qtbot.waitSignals([canvas.stroke_finished, canvas.history_changed, canvas.ink_changed]):
        mouse.release((160, 140))
    assert not canvas.is_drawing and len(canvas.drawing) == 1


def test_a_click_is_a_dot(canvas, qtbot):
    qtbot.mouseClick(canvas, LEFT, pos=QPoint(100, 140))
    assert width_at(canvas, 100) == pytest.approx(20, abs=1.5)
    assert len(canvas.drawing) == 1 and agrees_with_its_marks(canvas)
    qtbot.mouseDClick(canvas, LEFT, pos=QPoint(200, 140))
    assert canvas.ink[140, 200] == 255


def test_a_pen_that_rests_adds_no_points(canvas):
    mouse = Mouse(canvas)
    mouse.press((100, 100))
    for _ in range(50):
        mouse.move((100, 100))
    mouse.release((100, 100))
    assert len(canvas.drawing.marks[0].points) == 1


def test_a_move_with_no_button_held_draws_nothing(canvas):
    Mouse(canvas).send(QEvent.Type.MouseMove, (100, 100), NONE, NONE)
    Mouse(canvas).draw((50, 50), (100, 100), button=MIDDLE)
    assert canvas.is_empty and len(canvas.drawing) == 0


def test_the_right_button_rubs_out(canvas):
    mouse = Mouse(canvas)
    mouse.draw((40, 140), (240, 140))
    mouse.draw((140, 60), (140, 220), button=RIGHT)
    assert canvas.drawing.marks[1].erases and canvas.drawing.marks[1].width == ERASER_WIDTH
    assert width_at(canvas, 140) == 0 and width_at(canvas, 60) == pytest.approx(20, abs=0.5)


def test_the_eraser_rubs_out_and_undo_brings_it_back(canvas):
    mouse = Mouse(canvas)
    mouse.draw((40, 140), (240, 140))
    before = canvas.ink.copy()
    canvas.set_erasing(True)
    mouse.draw((140, 60), (140, 220))
    assert width_at(canvas, 140) == 0
    canvas.undo()
    assert np.array_equal(canvas.ink, before)
    canvas.set_erasing(False)
    mouse.draw((140, 60), (140, 220))
    assert width_at(canvas, 140) > 150


def test_a_pad_rubbed_clean_is_empty(canvas):
    mouse = Mouse(canvas)
    mouse.draw((140, 140))
    mouse.draw((110, 140), (170, 140), button=RIGHT)
    assert canvas.is_empty and len(canvas.drawing) == 2


def test_a_second_button_during_a_stroke_changes_nothing(canvas):
    mouse = Mouse(canvas)
    mouse.press((40, 140))
    mouse.send(QEvent.Type.MouseButtonPress, (80, 140), RIGHT, LEFT | RIGHT)
    mouse.send(QEvent.Type.MouseMove, (120, 140), NONE, LEFT | RIGHT)
    mouse.send(QEvent.Type.MouseButtonRelease, (120, 140), RIGHT, LEFT)
    assert canvas.is_drawing
    mouse.move((200, 140))
    mouse.release((200, 140))
    (stroke,) = canvas.drawing.marks
    assert not stroke.erases and stroke.points[-1, 0] == 200


# Pens.


@pytest.mark.parametrize(("pressure", "width"), [(0.0, 10), (0.5, 20), (1.0, 30)])
def test_pen_pressure_changes_the_width(canvas, pressure, width):
    Pen(canvas).draw((40, 140, pressure), (240, 140, pressure))
    assert width_at(canvas, 140) == pytest.approx(width, abs=0.5)
    assert agrees_with_its_marks(canvas)


def test_the_end_of_a_pen_stroke_keeps_its_pressure(canvas):
    """A pen that leaves the sheet reports no pressure: the stroke must not end in a thorn."""
    Pen(canvas).draw((40, 140, 0.9), (200, 140, 0.9))
    assert canvas.drawing.marks[0].points[-1].tolist() == pytest.approx([200, 140, 0.9])


def test_the_eraser_end_rubs_out_whatever_tool_is_chosen(canvas):
    Pen(canvas).draw((40, 140, 0.5), (240, 140, 0.5))
    Pen(canvas, eraser=True).draw((140, 60, 0.5), (140, 220, 0.5))
    assert [mark.erases for mark in canvas.drawing.marks] == [False, True]
    assert width_at(canvas, 140) == 0
    canvas.set_erasing(True)
    Pen(canvas).draw((60, 60, 0.5), (60, 220, 0.5))
    assert canvas.drawing.marks[2].erases


def test_every_tablet_event_is_taken_so_that_no_mouse_event_is_made_of_it(canvas):
    pen = Pen(canvas)
    assert pen.press((50, 50)) and pen.move((90, 90)) and pen.release((90, 90))
    assert pen.press((50, 50), 0.0, button=RIGHT) and pen.release((50, 50), button=RIGHT)


def test_a_pen_in_the_air_draws_nothing_even_with_its_button_pressed(canvas):
    pen = Pen(canvas)
    pen.move((50, 50), 0.0, held=NONE)
    pen.press((60, 60), 0.0, button=RIGHT)
    pen.move((120, 120), 0.0, held=RIGHT)
    pen.release((120, 120), button=RIGHT)
    assert canvas.is_empty and len(canvas.drawing) == 0


def test_the_button_on_the_pen_rubs_out_like_the_right_mouse_button(canvas):
    pen = Pen(canvas)
    pen.draw((40, 140, 0.5), (240, 140, 0.5))
    pen.press((100, 60), 0.5, button=RIGHT)
    pen.move((100, 220), 0.5, held=RIGHT)
    pen.release((100, 220), button=RIGHT)
    pen.send(QEvent.Type.TabletPress, (180, 60), 0.5, LEFT, LEFT | RIGHT)
    pen.move((180, 220), 0.5, held=LEFT | RIGHT)
    pen.send(QEvent.Type.TabletRelease, (180, 220), 0.0, LEFT, RIGHT)
    assert [mark.erases for mark in canvas.drawing.marks] == [False, True, True]
    assert not canvas.is_drawing


def test_the_mouse_is_ignored_while_a_pen_draws(canvas):
    """Some drivers report a pen as pen and as mouse."""
    pen, mouse = Pen(canvas), Mouse(canvas)
    pen.press((40, 140))
    mouse.press((40, 140))
    pen.move((240, 140))
    mouse.move((140, 20))
    pen.release((240, 140))
    mouse.release((140, 20))
    (stroke,) = canvas.drawing.marks
    assert stroke.points[:, 1].tolist() == [140, 140]
    assert canvas.ink[20:60].sum() == 0


def test_a_pen_that_reported_itself_as_a_mouse_first_draws_one_stroke(canvas):
    pen, mouse = Pen(canvas), Mouse(canvas)
    mouse.press((40, 140))
    pen.press((40, 140), 1.0)
    mouse.move((140, 20))
    pen.move((240, 140), 1.0)
    mouse.release((240, 140))
    pen.release((240, 140))
    (stroke,) = canvas.drawing.marks
    assert stroke.points[:, 2].tolist() == [1, 1] and agrees_with_its_marks(canvas)


# Fingers.


def test_a_finger_draws_and_is_not_a_mouse_as_well(canvas):
    touch = touch_screen()
    QTest.touchEvent(canvas, touch).press(0, QPoint(40, 140))
    for x in (100, 160, 240):
        QTest.touchEvent(canvas, touch).move(0, QPoint(x, 140))
    assert canvas.is_drawing
    QTest.touchEvent(canvas, touch).release(0, QPoint(240, 140))
    (stroke,) = canvas.drawing.marks
    # Qt's own touch screen for tests is off by the width of the window's frame.
    assert stroke.points[-1].tolist() == pytest.approx([240, 140, 0.5], abs=4)
    assert width_at(canvas, 140) == pytest.approx(20, abs=0.5) and agrees_with_its_marks(canvas)


def test_a_second_finger_draws_nothing(canvas):
    touch = touch_screen()
    QTest.touchEvent(canvas, touch).press(0, QPoint(40, 140))
    QTest.touchEvent(canvas, touch).stationary(0).press(1, QPoint(40, 40))
    QTest.touchEvent(canvas, touch).move(0, QPoint(200, 140)).move(1, QPoint(200, 40))
    QTest.touchEvent(canvas, touch).release(0, QPoint(200, 140)).stationary(1)
    QTest.touchEvent(canvas, touch).release(1, QPoint(200, 40))
    assert len(canvas.drawing) == 1 and canvas.ink[:80].sum() == 0


def cancel_touch(canvas: Canvas) -> None:
    point = QEventPoint(0, QEventPoint.State.Released, QPointF(100, 100), QPointF(100, 100))
    QCoreApplication.sendEvent(
        canvas, QTouchEvent(QEvent.Type.TouchCancel, touch_screen(), Qt.KeyboardModifier.NoModifier, [point])
    )


def test_a_touch_that_turns_out_to_be_a_palm_leaves_nothing(canvas, qtbot):
    QTest.touchEvent(canvas, touch_screen()).press(0, QPoint(40, 140))
    QTest.touchEvent(canvas, touch_screen()).move(0, QPoint(240, 140))
    with qtbot.waitSignal(canvas.ink_changed):
        cancel_touch(canvas)
    assert canvas.is_empty and not canvas.is_drawing and len(canvas.drawing) == 0
    QTest.touchEvent(canvas, touch_screen()).release(0, QPoint(240, 140))


def test_a_palm_that_is_taken_back_leaves_the_pens_stroke_alone(canvas):
    pen = Pen(canvas)
    pen.press((40, 140))
    cancel_touch(canvas)
    pen.move((240, 140))
    pen.release((240, 140))
    assert len(canvas.drawing.marks[0].points) == 2


def test_the_pen_takes_over_from_the_hand_that_lies_on_the_screen(canvas):
    pen = Pen(canvas)
    QTest.touchEvent(canvas, touch_screen()).press(0, QPoint(200, 240))
    pen.press((40, 60))
    QTest.touchEvent(canvas, touch_screen()).move(0, QPoint(220, 250))
    pen.move((140, 60))
    pen.release((140, 60))
    QTest.touchEvent(canvas, touch_screen()).release(0, QPoint(220, 250))
    (stroke,) = canvas.drawing.marks
    assert stroke.points[:, 1].tolist() == [60, 60] and not canvas.ink[200:].any()


# Where strokes may lie.


def test_a_stroke_may_begin_outside_the_pad(canvas):
    Mouse(canvas).draw((-80, 140), (120, 140))
    assert canvas.ink[140, 0] == 255 and canvas.ink[140, 100] == 255
    assert canvas.drawing.marks[0].points[0, 0] == -80 and agrees_with_its_marks(canvas)


def test_a_stroke_wholly_outside_the_pad_leaves_no_ink(canvas):
    Mouse(canvas).draw((-80, -80), (-40, 400))
    assert canvas.is_empty


def test_positions_without_measure_or_meaning_do_no_harm(canvas):
    mouse = Mouse(canvas)
    mouse.press((float("nan"), 140))
    mouse.move((float("inf"), 140))
    mouse.move((1e30, -1e30))
    mouse.move((140, 140))
    mouse.release((140, 140))
    assert canvas.ink[140, 140] == 255
    assert np.abs(canvas.drawing.marks[0].points).max() <= 5 * PAD_SIZE and agrees_with_its_marks(canvas)
    mouse.draw((float("nan"), float("nan")))
    assert len(canvas.drawing) == 1 and not canvas.is_drawing


@pytest.mark.parametrize(
    ("width", "height", "at"), [(560, 560, (200, 300)), (560, 700, (200, 370)), (900, 560, (370, 300))]
)
def test_positions_are_in_pad_units_whatever_the_size_on_the_screen(qtbot, width, height, at):
    canvas = shown(qtbot, width, height)
    Mouse(canvas).draw(at)
    assert canvas.drawing.marks[0].points[0, :2].tolist() == [100, 150]
    assert canvas.ink.shape == (PAD_SIZE, PAD_SIZE)


def test_a_pen_that_never_lifts_draws_on_in_strokes_of_bounded_length(canvas, monkeypatch):
    monkeypatch.setattr(canvas_module, "MAX_POINTS_PER_STROKE", 300)
    pen = Pen(canvas)
    pen.press((240, 140), 0.1)
    for turn in np.linspace(0, 20, 1000):
        pen.move((140 + 100 * np.cos(turn), 140 + 60 * np.sin(turn * 1.1)), 0.1)
    pen.release((140, 140))
    lengths = [len(mark.points) for mark in canvas.drawing.marks]
    assert len(lengths) == 4 and max(lengths) <= 300
    # Each begins where the one before ended.
    for one, next_one in zip(canvas.drawing.marks, canvas.drawing.marks[1:], strict=False):
        assert np.array_equal(one.points[-1], next_one.points[0])
    assert agrees_with_its_marks(canvas)


# Undo, redo, clear.


def test_undo_redo_and_clear(canvas):
    mouse = Mouse(canvas)
    mouse.draw((40, 60), (240, 60))
    one = canvas.ink.copy()
    mouse.draw((40, 200), (240, 200))
    two = canvas.ink.copy()
    canvas.undo()
    assert np.array_equal(canvas.ink, one)
    canvas.redo()
    assert np.array_equal(canvas.ink, two)
    canvas.clear()
    assert canvas.is_empty
    canvas.undo()
    assert np.array_equal(canvas.ink, two)


def test_on_an_empty_pad_they_say_nothing_and_do_nothing(canvas):
    changes = []
    canvas.ink_changed.connect(lambda: changes.append(1))
    canvas.undo()
    canvas.redo()
    canvas.clear()
    assert changes == []


@pytest.mark.parametrize("action", ["undo", "clear"])
def test_in_the_middle_of_a_stroke_they_take_it_and_what_is_left_of_it_draws_nothing(canvas, action):
    mouse = Mouse(canvas)
    mouse.press((40, 140))
    mouse.move((140, 140))
    getattr(canvas, action)()
    assert canvas.is_empty and not canvas.is_drawing
    mouse.move((240, 140))
    mouse.release((240, 140))
    assert canvas.is_empty
    getattr(canvas, {"undo": "redo", "clear": "undo"}[action])()
    assert canvas.ink[140, 100] == 255 and canvas.ink[140, 220] == 0


def test_a_picture_takes_the_place_of_what_is_there_as_one_step(canvas):
    Mouse(canvas).draw((40, 140), (240, 140))
    drawn = canvas.ink.copy()
    canvas.place_picture(np.full((28, 28), 200, np.uint8))
    assert (canvas.ink == 200).all() and isinstance(canvas.drawing.marks[0], PlacedPicture)
    canvas.undo()
    assert np.array_equal(canvas.ink, drawn)


def test_marks_can_be_shown(canvas):
    mark = Stroke.through([(60, 60), (200, 200)])
    canvas.show_marks([mark])
    assert canvas.drawing.marks == (mark,) and agrees_with_its_marks(canvas)


def test_the_pens_width_is_kept_within_its_range(canvas):
    for width, taken in ((0, PEN_WIDTH_RANGE[0]), (30, 30), (1000, PEN_WIDTH_RANGE[1])):
        canvas.set_pen_width(width)
        assert canvas.pen_width == taken
    Mouse(canvas).draw((40, 140), (240, 140))
    assert width_at(canvas, 140) == pytest.approx(PEN_WIDTH_RANGE[1], abs=0.5)


def test_the_cursor_shows_the_width_of_the_pen(canvas):
    canvas.set_pen_width(40)
    assert canvas.cursor().pixmap().width() >= 40
    canvas.set_erasing(True)
    assert ERASER_WIDTH <= canvas.cursor().pixmap().width() < 40


def test_a_stroke_ends_when_the_window_loses_the_pointers(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    canvas = Canvas(window)
    canvas.resize(PAD_SIZE, PAD_SIZE)
    with qtbot.waitActive(window, timeout=PATIENCE_MS):
        window.show()
    Mouse(canvas).press((40, 140))
    Mouse(canvas).move((140, 140))
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitSignal(canvas.stroke_finished, timeout=PATIENCE_MS):
        other.show()
        other.activateWindow()
    Mouse(canvas).move((240, 140))
    assert len(canvas.drawing) == 1 and canvas.ink[140, 220] == 0


# What is seen.


def test_what_is_drawn_is_seen_at_once_and_in_its_place(canvas, seen):
    assert share_of(seen(canvas), LIGHT.ink) == 0
    mouse = Mouse(canvas)
    mouse.press((60, 200))
    mouse.move((200, 200))
    picture = seen(canvas)
    assert np.array_equal(picture[200, 130], rgb(LIGHT.ink)) and np.array_equal(picture[100, 130], rgb(LIGHT.paper))
    mouse.release((200, 200))
    canvas.clear()
    assert share_of(seen(canvas), LIGHT.ink) == 0


def test_painting_only_what_changed_leaves_nothing_behind(canvas, seen):
    """Stroke by stroke, and the same marks painted at once: the same picture."""
    mouse = Mouse(canvas)
    rng = np.random.default_rng(0)
    for button in (LEFT, LEFT, RIGHT, LEFT):
        mouse.press(tuple(rng.uniform(20, 260, 2)), button)
        for _ in range(6):
            mouse.move(tuple(rng.uniform(20, 260, 2)), button)
            seen(canvas)
        mouse.release(tuple(rng.uniform(20, 260, 2)), button)
    piece_by_piece = seen(canvas)
    canvas.update()
    assert np.array_equal(piece_by_piece, seen(canvas))


def test_the_drawing_stays_when_the_window_grows_even_in_the_middle_of_a_stroke(qtbot, seen):
    canvas = shown(qtbot, PAD_SIZE, PAD_SIZE)
    mouse = Mouse(canvas)
    mouse.draw((40, 60), (240, 60))
    mouse.press((40, 200))
    mouse.move((140, 200))
    canvas.resize(560, 560)
    before = canvas.ink.copy()
    picture = seen(canvas)
    for x, y in ((280, 120), (200, 400)):
        assert np.array_equal(picture[y, x], rgb(LIGHT.ink))
    assert np.array_equal(canvas.ink, before)
    mouse.move((480, 400))
    mouse.release((480, 400))
    assert canvas.drawing.marks[1].points[-1, :2].tolist() == [240, 200] and agrees_with_its_marks(canvas)
    assert np.array_equal(seen(canvas)[400, 440], rgb(LIGHT.ink))


def test_the_hint_is_there_on_an_empty_pad_only(canvas, seen):
    def middle() -> np.ndarray:
        return seen(canvas)[120:160, 60:220]

    hinted = middle()
    assert share_of(hinted, LIGHT.paper, 0) < 1
    Mouse(canvas).press((20, 20))
    assert share_of(middle(), LIGHT.paper, 0) == 1
    Mouse(canvas).release((20, 20))
    canvas.undo()
    assert np.array_equal(middle(), hinted)


def test_the_corners_of_the_sheet_are_round(qtbot, seen):
    canvas = shown(qtbot, PAD_SIZE, PAD_SIZE)
    canvas.place_picture(np.full((28, 28), 255, np.uint8))
    picture = seen(canvas)
    y, x = np.indices((12, 12))
    outside = np.hypot(12 - x - 0.5, 12 - y - 0.5) > 13
    for corner in (picture, picture[::-1], picture[:, ::-1], picture[::-1, ::-1]):
        ground = corner[0, 0]
        assert (corner[:12, :12][outside] == ground).all() and not np.array_equal(ground, rgb(LIGHT.ink))


def test_the_theme_colours_paper_and_ink(canvas, seen):
    Mouse(canvas).draw((40, 140), (240, 140))
    canvas.set_theme(DARK)
    picture = seen(canvas)
    assert np.array_equal(picture[140, 140], rgb(DARK.ink)) and np.array_equal(picture[60, 140], rgb(DARK.paper))


def test_an_outline_is_shown_over_the_drawing_and_taken_away(canvas, seen):
    plain = seen(canvas)
    canvas.outline(QRectF(60, 40, 50, 80))
    framed = seen(canvas)
    changed = np.argwhere((framed != plain).any(axis=2))
    assert share_of(framed, LIGHT.accent, 90) > share_of(plain, LIGHT.accent, 90)
    # (row, column) from the top left corner of the box to the bottom right, as wide as its line
    assert np.abs(changed.min(axis=0) - [40, 60]).max() <= 2 and np.abs(changed.max(axis=0) - [120, 110]).max() <= 2
    canvas.outline(None)
    assert np.array_equal(seen(canvas), plain)


def test_the_focus_is_shown_to_who_comes_by_keys_only(qtbot, seen):
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    canvas = Canvas()
    other = QWidget(focusPolicy=Qt.FocusPolicy.StrongFocus)
    layout.addWidget(canvas)
    layout.addWidget(other)
    window.resize(320, 400)
    with qtbot.waitActive(window, timeout=PATIENCE_MS):
        window.show()
    canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    plain = share_of(seen(canvas), LIGHT.accent)
    other.setFocus()
    qtbot.keyClick(other, Qt.Key.Key_Tab)
    assert canvas.hasFocus()
    assert share_of(seen(canvas), LIGHT.accent) > plain == 0
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    assert share_of(seen(canvas), LIGHT.accent) == 0
