from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEventPoint, QTouchEvent
from PySide6.QtTest import QTest

from digitpad.ui.pad import pointers as pointers_module
from digitpad.ui.pad.canvas import Canvas
from tests.ui.canvases import agrees_with_its_marks, width_at
from tests.ui.pointers import LEFT, NONE, RIGHT, Mouse, Pen, touch_screen

# Pens.


@pytest.mark.parametrize(("pressure", "width"), [(0.0, 10), (0.5, 20), (1.0, 30)])
def test_pen_pressure_changes_the_width(canvas, pressure, width):
    Pen(canvas).draw((40, 140, pressure), (240, 140, pressure))
    assert width_at(canvas, 140) == pytest.approx(width, abs=0.5)
    assert agrees_with_its_marks(canvas)


def test_the_end_of_a_pen_stroke_keeps_its_pressure(canvas):
    """A pen that leaves the sheet reports no pressure: the stroke must not end in a thorn."""
    Pen(canvas).draw((40, 140, 0.9), (200, 140, 0.9))
    assert canvas.pad.drawing.marks[0].points[-1].tolist() == pytest.approx([200, 140, 0.9])


def test_the_eraser_end_rubs_out_whatever_tool_is_chosen(canvas):
    Pen(canvas).draw((40, 140, 0.5), (240, 140, 0.5))
    Pen(canvas, eraser=True).draw((140, 60, 0.5), (140, 220, 0.5))
    assert [mark.erases for mark in canvas.pad.drawing.marks] == [False, True]
    assert width_at(canvas, 140) == 0
    canvas.pad.set_erasing(True)
    Pen(canvas).draw((60, 60, 0.5), (60, 220, 0.5))
    assert canvas.pad.drawing.marks[2].erases


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
    assert canvas.pad.is_empty and len(canvas.pad.drawing) == 0


def test_the_button_on_the_pen_rubs_out_like_the_right_mouse_button(canvas):
    pen = Pen(canvas)
    pen.draw((40, 140, 0.5), (240, 140, 0.5))
    pen.press((100, 60), 0.5, button=RIGHT)
    pen.move((100, 220), 0.5, held=RIGHT)
    pen.release((100, 220), button=RIGHT)
    pen.send(QEvent.Type.TabletPress, (180, 60), 0.5, LEFT, LEFT | RIGHT)
    pen.move((180, 220), 0.5, held=LEFT | RIGHT)
    pen.send(QEvent.Type.TabletRelease, (180, 220), 0.0, LEFT, RIGHT)
    assert [mark.erases for mark in canvas.pad.drawing.marks] == [False, True, True]
    assert not canvas.pad.is_drawing


def test_the_mouse_is_ignored_while_a_pen_draws(canvas):
    """Some drivers report a pen as pen and as mouse."""
    pen, mouse = Pen(canvas), Mouse(canvas)
    pen.press((40, 140))
    mouse.press((40, 140))
    pen.move((240, 140))
    mouse.move((140, 20))
    pen.release((240, 140))
    mouse.release((140, 20))
    (stroke,) = canvas.pad.drawing.marks
    assert stroke.points[:, 1].tolist() == [140, 140]
    assert canvas.pad.ink[20:60].sum() == 0


def test_a_pen_that_reported_itself_as_a_mouse_first_draws_one_stroke(canvas):
    pen, mouse = Pen(canvas), Mouse(canvas)
    mouse.press((40, 140))
    pen.press((40, 140), 1.0)
    mouse.move((140, 20))
    pen.move((240, 140), 1.0)
    mouse.release((240, 140))
    pen.release((240, 140))
    (stroke,) = canvas.pad.drawing.marks
    assert stroke.points[:, 2].tolist() == [1, 1] and agrees_with_its_marks(canvas)


def test_a_click_that_follows_the_pens_release_is_the_pens_own(canvas, monkeypatch):
    """Some drivers send a pen's tap once more, as a mouse's click."""
    pen, mouse = Pen(canvas), Mouse(canvas)
    pen.draw((40, 140, 0.5), (240, 140, 0.5))
    mouse.draw((240, 140))
    pen.press((60, 60), 0.0, button=RIGHT)  # a click of its button, in the air
    pen.release((60, 60), button=RIGHT)
    mouse.draw((60, 60), button=RIGHT)
    assert len(canvas.pad.drawing) == 1
    canvas.pad.undo()
    assert not canvas.pad.drawing.can_undo and canvas.pad.is_empty
    monkeypatch.setattr(pointers_module, "SAME_HAND_MS", 0)
    mouse.draw((60, 60), (80, 80))
    assert len(canvas.pad.drawing) == 1


def test_a_hand_laid_down_just_after_the_pen_draws_nothing(canvas, monkeypatch):
    canvas.pointers.fingers_draw = True
    Pen(canvas).draw((40, 140, 0.5), (240, 140, 0.5))
    tap(canvas, QPoint(200, 240))
    assert len(canvas.pad.drawing) == 1
    monkeypatch.setattr(pointers_module, "SAME_HAND_MS", 0)
    tap(canvas, QPoint(200, 240))
    assert len(canvas.pad.drawing) == 2


def test_a_pen_that_comes_down_while_a_mouse_has_long_been_drawing_is_ignored(canvas, monkeypatch):
    monkeypatch.setattr(pointers_module, "SAME_HAND_MS", 0)
    pen, mouse = Pen(canvas), Mouse(canvas)
    mouse.press((40, 60))
    mouse.move((100, 60))
    pen.press((40, 200))
    pen.move((240, 200))
    mouse.move((200, 60))
    mouse.release((200, 60))
    pen.move((240, 240))
    pen.release((240, 240))
    (stroke,) = canvas.pad.drawing.marks
    assert stroke.points[:, :2].tolist() == [[40, 60], [100, 60], [200, 60]]
    assert agrees_with_its_marks(canvas)


@pytest.mark.parametrize("button", [LEFT, RIGHT])
def test_a_pen_pressed_again_without_a_release_begins_a_new_stroke(canvas, button):
    pen = Pen(canvas)
    pen.press((40, 40), button=button)
    pen.move((80, 40), held=button)
    pen.press((200, 200), button=button)
    pen.move((240, 200), held=button)
    pen.release((240, 200), button=button)
    ends = [mark.points[:, :2].tolist() for mark in canvas.pad.drawing.marks]
    assert ends == [[[40, 40], [80, 40]], [[200, 200], [240, 200]]]


def test_a_pen_that_comes_back_in_the_air_has_ended_its_stroke(canvas):
    pen = Pen(canvas)
    pen.press((40, 40))
    pen.move((80, 40))
    pen.move((200, 200), 0.0, held=NONE)
    assert not canvas.pad.is_drawing
    assert canvas.pad.drawing.marks[0].points[:, :2].tolist() == [[40, 40], [80, 40]]


def test_a_mouse_draws_again_where_a_pen_was_taken_away_unseen(canvas, monkeypatch):
    pen, mouse = Pen(canvas), Mouse(canvas)
    pen.press((40, 40))
    pen.move((80, 40))
    monkeypatch.setattr(pointers_module, "SAME_HAND_MS", 0)
    mouse.draw((200, 200), (220, 200))
    assert canvas.pad.is_drawing and len(canvas.pad.drawing) == 0
    monkeypatch.setattr(pointers_module, "LOST_PEN_MS", -1)
    mouse.draw((200, 200), (240, 200))
    ends = [mark.points[:, :2].tolist() for mark in canvas.pad.drawing.marks]
    assert ends == [[[40, 40], [80, 40]], [[200, 200], [240, 200]]]


# Fingers.


def test_a_finger_draws_and_is_not_a_mouse_as_well(canvas):
    touch = touch_screen()
    QTest.touchEvent(canvas, touch).press(0, QPoint(40, 140))
    for x in (100, 160, 240):
        QTest.touchEvent(canvas, touch).move(0, QPoint(x, 140))
    assert canvas.pad.is_drawing
    QTest.touchEvent(canvas, touch).release(0, QPoint(240, 140))
    (stroke,) = canvas.pad.drawing.marks
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
    assert len(canvas.pad.drawing) == 1 and canvas.pad.ink[:80].sum() == 0


def test_a_finger_whose_release_was_lost_draws_no_line_to_the_next(canvas):
    touch = touch_screen()
    QTest.touchEvent(canvas, touch).press(0, QPoint(40, 40))
    QTest.touchEvent(canvas, touch).move(0, QPoint(80, 40))
    QTest.touchEvent(canvas, touch).press(0, QPoint(200, 200))
    QTest.touchEvent(canvas, touch).move(0, QPoint(240, 200))
    QTest.touchEvent(canvas, touch).release(0, QPoint(240, 200))
    ends = [mark.points[-1, 0] for mark in canvas.pad.drawing.marks]
    assert ends == pytest.approx([80, 240], abs=4)


def test_a_mouse_draws_nothing_while_a_finger_does(canvas):
    touch, mouse = touch_screen(), Mouse(canvas)
    QTest.touchEvent(canvas, touch).press(0, QPoint(40, 40))
    mouse.press((200, 200))
    mouse.move((240, 240))
    QTest.touchEvent(canvas, touch).move(0, QPoint(80, 40))
    mouse.release((240, 240))
    QTest.touchEvent(canvas, touch).release(0, QPoint(80, 40))
    (stroke,) = canvas.pad.drawing.marks
    assert stroke.points[:, 0].tolist() == pytest.approx([40, 80], abs=4)


def tap(canvas: Canvas, at: QPoint) -> None:
    QTest.touchEvent(canvas, touch_screen()).press(0, at)
    QTest.touchEvent(canvas, touch_screen()).release(0, at)


def cancel_touch(canvas: Canvas) -> None:
    point = QEventPoint(0, QEventPoint.State.Released, QPointF(100, 100), QPointF(100, 100))
    QCoreApplication.sendEvent(
        canvas,
        QTouchEvent(
            QEvent.Type.TouchCancel, touch_screen(), Qt.KeyboardModifier.NoModifier, [point]
        ),
    )


def test_a_touch_that_turns_out_to_be_a_palm_leaves_nothing(canvas, qtbot):
    QTest.touchEvent(canvas, touch_screen()).press(0, QPoint(40, 140))
    QTest.touchEvent(canvas, touch_screen()).move(0, QPoint(240, 140))
    with qtbot.waitSignal(canvas.pad.ink_changed):
        cancel_touch(canvas)
    assert canvas.pad.is_empty and not canvas.pad.is_drawing and len(canvas.pad.drawing) == 0
    QTest.touchEvent(canvas, touch_screen()).release(0, QPoint(240, 140))


def test_a_palm_that_is_taken_back_leaves_the_pens_stroke_alone(canvas):
    pen = Pen(canvas)
    pen.press((40, 140))
    cancel_touch(canvas)
    pen.move((240, 140))
    pen.release((240, 140))
    assert len(canvas.pad.drawing.marks[0].points) == 2


def test_the_pen_takes_over_from_the_hand_that_lies_on_the_screen(canvas):
    pen = Pen(canvas)
    QTest.touchEvent(canvas, touch_screen()).press(0, QPoint(200, 240))
    pen.press((40, 60))
    QTest.touchEvent(canvas, touch_screen()).move(0, QPoint(220, 250))
    pen.move((140, 60))
    pen.release((140, 60))
    QTest.touchEvent(canvas, touch_screen()).release(0, QPoint(220, 250))
    (stroke,) = canvas.pad.drawing.marks
    assert stroke.points[:, 1].tolist() == [60, 60] and not canvas.pad.ink[200:].any()


def swipe(canvas: Canvas, *points: tuple[int, int]) -> None:
    touch = touch_screen()
    QTest.touchEvent(canvas, touch).press(0, QPoint(*points[0]))
    for point in points[1:]:
        QTest.touchEvent(canvas, touch).move(0, QPoint(*point))
    QTest.touchEvent(canvas, touch).release(0, QPoint(*points[-1]))


def test_once_a_pen_was_seen_fingers_do_not_draw_until_they_are_allowed_to(canvas, monkeypatch):
    ignored: list[bool] = []
    canvas.pointers.finger_ignored = lambda: ignored.append(True)
    swipe(canvas, (40, 140), (240, 140))
    assert len(canvas.pad.drawing) == 1, "there was no pen yet"
    Pen(canvas).move((50, 50), 0.0, held=NONE)  # it is only near
    swipe(canvas, (40, 40), (240, 40))
    assert len(canvas.pad.drawing) == 1 and ignored == [True]
    swipe(canvas, (140, 240), (150, 245))
    assert ignored == [True], "a hand that is laid down asks for nothing"
    canvas.pointers.fingers_draw = True
    swipe(canvas, (40, 40), (240, 40))
    assert len(canvas.pad.drawing) == 2 and ignored == [True]


def test_a_hand_that_moves_while_the_pen_draws_asks_for_nothing(canvas, monkeypatch):
    ignored: list[bool] = []
    canvas.pointers.finger_ignored = lambda: ignored.append(True)
    monkeypatch.setattr(pointers_module, "SAME_HAND_MS", 0)
    pen = Pen(canvas)
    pen.draw((40, 40, 0.5), (60, 60, 0.5))
    touch = touch_screen()
    QTest.touchEvent(canvas, touch).press(0, QPoint(200, 200))
    pen.draw((40, 140, 0.5), (240, 140, 0.5))
    QTest.touchEvent(canvas, touch).move(0, QPoint(260, 260))
    QTest.touchEvent(canvas, touch).release(0, QPoint(260, 260))
    assert len(canvas.pad.drawing) == 2 and ignored == []


@pytest.mark.parametrize(
    ("points", "pause", "stays"),
    [
        (((200, 240), (205, 245)), 300, False),
        (((200, 240), (205, 245)), 0, True),
        (((40, 240), (200, 240)), 300, True),
    ],
)
def test_a_short_mark_of_the_hand_just_before_the_pen_is_taken_back(
    canvas, monkeypatch, points, pause, stays
):
    monkeypatch.setattr(pointers_module, "LAID_DOWN_MS", 100 * pause)
    canvas.pointers.fingers_draw = True
    swipe(canvas, *points)
    Pen(canvas).draw((40, 140, 0.5), (240, 140, 0.5))
    assert len(canvas.pad.drawing) == (2 if stays else 1)
    assert agrees_with_its_marks(canvas)
    canvas.pad.undo()
    canvas.pad.undo()
    assert len(canvas.pad.drawing) == 0


def test_only_the_newest_mark_is_taken_back(canvas, monkeypatch):
    monkeypatch.setattr(pointers_module, "LAID_DOWN_MS", 100_000)
    swipe(canvas, (200, 240), (205, 245))
    canvas.pad.undo()
    Mouse(canvas).draw((20, 20), (60, 60))
    Pen(canvas).draw((40, 140, 0.5), (240, 140, 0.5))
    assert len(canvas.pad.drawing) == 2
